#include "catalogue/keyword_queue.hpp"

#include "geometry/deadline.hpp"

#include <algorithm>
#include <tuple>

namespace terracat::catalogue {
namespace {

constexpr std::size_t most_examples = 3;

double score_of(QueuedKeyword const& queued) noexcept {
  return queued.candidates.empty() ? 0 : queued.candidates.front().score;
}

/// Counts each keyword once for each record that says it.
class KeywordTally {
 public:
  explicit KeywordTally(ConceptUses const& uses) : uses_(uses) {}

  void add(RecordNumber record, SaidTerm const& term) {
    auto* const group = group_of(term);
    if (group == nullptr || group->last == record) return;
    group->last = record;
    ++group->said.records;
    if (group->said.examples.size() < most_examples) group->said.examples.push_back(record);
  }

  KeywordQueue take() {
    KeywordQueue out;
    for (auto& [keyword, group] : groups_) {
      if (group.is_decided) {
        out.decided.emplace(keyword, group.said.records);
      } else {
        auto& list = group.said.candidates.empty() ? out.unknown : out.near;
        list.push_back(std::move(group.said));
      }
    }
    out.all_near = out.near.size();
    out.all_unknown = out.unknown.size();
    for (auto* const list : {&out.near, &out.unknown}) put_in_order(*list);
    return out;
  }

 private:
  struct Group {
    QueuedKeyword said;
    RecordNumber last{-1};
    bool is_decided = false;
  };

  /// \return  null if what it stands for is known by itself, or it has no words
  Group* group_of(SaidTerm const& term) {
    auto const [known, is_new] = of_terms_.emplace(&term, nullptr);
    if (!is_new) return known->second;
    auto const* const decision = uses_.decision_of(term);
    if (term.keywords.empty() || (decision == nullptr && !term.meant.empty())) return nullptr;
    auto const& keyword = decision == nullptr ? term.keywords.front() : decision->keyword;
    auto const [found, is_first] = groups_.try_emplace(keyword);
    auto& group = found->second;
    group.is_decided = decision != nullptr;
    if (is_first) {
      group.said.keyword = keyword;
      auto const label = std::ranges::find_if(
          term.labels, [&](std::string const& one) { return folded_keyword(one) == keyword; });
      group.said.label = label == term.labels.end() ? term.address : *label;
    }
    // One that is said in several languages may come nearer by another of them.
    if (group.said.candidates.empty()) group.said.candidates = term.candidates;
    known->second = &group;
    return &group;
  }

  static void put_in_order(std::vector<QueuedKeyword>& list) {
    auto const comes_first = [](QueuedKeyword const& a, QueuedKeyword const& b) {
      return std::tuple(b.records, score_of(b), std::string_view(a.keyword)) <
             std::tuple(a.records, score_of(a), std::string_view(b.keyword));
    };
    auto const most = std::min(list.size(), KeywordQueue::most_listed);
    std::ranges::partial_sort(list, list.begin() + static_cast<std::ptrdiff_t>(most), comes_first);
    list.resize(most);
  }

  ConceptUses const& uses_;
  std::unordered_map<std::string, Group> groups_; ///< which stay where they are
  std::unordered_map<SaidTerm const*, Group*> of_terms_;
};

} // namespace

bool operator<(QueuePlace const& a, QueuePlace const& b) noexcept {
  return std::tie(b.records, b.score, a.keyword) < std::tie(a.records, a.score, b.keyword);
}

QueuePlace place_of(QueuedKeyword const& queued) {
  return {.records = queued.records, .score = score_of(queued), .keyword = queued.keyword};
}

KeywordQueue keyword_queue(ConceptUses const& uses) {
  constexpr std::size_t between_looks = 1'000; // records
  KeywordTally tally(uses);
  std::size_t looked_at = 0;
  uses.each_record([&](RecordNumber record, std::span<SaidTerm const* const> terms) {
    if (looked_at++ % between_looks == 0 && geometry::is_late()) throw geometry::Late();
    for (auto const* const term : terms) tally.add(record, *term);
  });
  return tally.take();
}

} // namespace terracat::catalogue

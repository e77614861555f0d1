#include "catalogue/renamings.hpp"

#include "catalogue/damage.hpp"
#include "catalogue/likeness.hpp"
#include "formats/record_json.hpp"
#include "geometry/deadline.hpp"
#include "query/folding.hpp"

#include <terracat/text.hpp>

#include <algorithm>
#include <limits>
#include <map>
#include <set>
#include <unordered_map>

namespace terracat::catalogue {
namespace {

constexpr std::size_t at_once = 1'000; ///< records of one state: none is held for long
constexpr std::size_t most_formers = 50'000;
constexpr std::size_t most_created = 200'000;
constexpr std::size_t most_of_one_title = 20; ///< more are told apart by something else
constexpr std::size_t most_runs = 100;
constexpr std::string_view refusal_field = "other-than";
constexpr char separator = '\n'; ///< which is in no native id

/// What two descriptions of one resource have in common.
struct SharedFacts {
  std::optional<model::Bbox> bbox;
  std::set<std::string> addresses;
};

bool say_the_same(SharedFacts const& a, SharedFacts const& b) {
  if (a.bbox.has_value() != b.bbox.has_value()) return false;
  if (a.bbox && !is_same_place(*a.bbox, *b.bbox)) return false;
  return std::ranges::any_of(a.addresses,
                             [&](auto const& address) { return b.addresses.contains(address); });
}

SharedFacts shared_facts(model::Record const& record) {
  SharedFacts out{.bbox = record.bbox(), .addresses = {}};
  for (auto const& link : record->online) out.addresses.insert(link.href);
  for (auto const& asset : record->assets) out.addresses.insert(asset.href);
  for (auto const& identifier : record->identifiers) {
    if (identifier.scheme == "doi") out.addresses.insert("doi:" + identifier.value);
  }
  return out;
}

class RenamingFinder {
 public:
  RenamingFinder(store::Reader& reader, std::string const& source, std::stop_token const& stop)
      : reader_(reader), source_(source), stop_(stop) {}

  std::vector<LikelyRenaming> find() {
    read_formers();
    if (formers_.empty()) return {};
    read_created();
    std::vector<LikelyRenaming> out;
    for (auto const& [title, pair] : titles_) {
      if (is_over()) break;
      auto const& [formers, candidates] = pair;
      bool const is_usual =
          formers.size() <= most_of_one_title && candidates.size() <= most_of_one_title;
      if (!candidates.empty() && is_usual) match(formers, candidates, out);
    }
    return out;
  }

 private:
  struct Former {
    store::RecordRow row;
    RunNumber seen_by{}; ///< the last complete run that began before it was missing
  };

  struct Candidate {
    store::RecordRow row;
    RunNumber created_by{};
  };

  struct SameTitle {
    std::vector<Former> formers;
    std::vector<Candidate> candidates;
  };

  /// A state, for as long as one piece takes.
  class State {
   public:
    explicit State(store::Reader& reader) : reader_(reader) { reader_.begin(); }

    State(State const&) = delete;
    State& operator=(State const&) = delete;
    State(State&&) = delete;
    State& operator=(State&&) = delete;

    ~State() { reader_.end(); }

   private:
    store::Reader& reader_;
  };

  [[nodiscard]] bool is_over() const {
    if (geometry::is_late()) throw geometry::Late();
    return stop_.stop_requested();
  }

  void read_formers() {
    store::Grace const any{.since = model::Instant(std::numeric_limits<std::int64_t>::max()),
                           .sweeps = 1};
    store::Resource last;
    for (bool has_more = true; has_more && !is_over() && formers_.size() < most_formers;) {
      State const state(reader_);
      if (runs_.empty()) runs_ = reader_.runs(source_, most_runs);
      auto const marks = reader_.missing(source_, any, last, at_once);
      has_more = marks.size() == at_once;
      for (auto const& mark : marks) {
        last = mark.resource;
        if (mark.resource.subject != store::Subject::record) return; // records come first
        auto row = reader_.record(RecordNumber{mark.resource.number});
        if (!row) continue;
        formers_.insert(row->native_id);
        auto const seen_by = last_seen_by(mark.since);
        first_needed_ = std::min(first_needed_, seen_by);
        for (auto const& title : said_titles(*row))
          titles_[title].formers.push_back({*row, seen_by});
      }
    }
  }

  /// As its source called it, whatever it is called here; in each language if it is called
  /// otherwise.
  [[nodiscard]] std::set<std::string> said_titles(store::RecordRow const& row) {
    auto const corrections = reader_.corrections(row.source, row.native_id);
    bool const is_other = std::ranges::any_of(
        corrections, [](auto const& correction) { return correction.key.field == "title"; });
    if (!is_other) return {query::folded(row.title)};
    std::set<std::string> out;
    if (auto const record = said(row.number)) {
      for (auto const& [language, text] : (*record)->title.entries()) {
        out.insert(query::folded(text));
      }
    }
    return out;
  }

  /// \return  nothing if it is damaged: `check` tells of it
  [[nodiscard]] std::optional<model::Record> said(RecordNumber number) {
    std::size_t damage = 0;
    auto const text = unless_damaged(damage, [&] {
                        return reader_.record_text(number, &store::RecordTexts::record);
                      }).value_or(std::nullopt);
    if (!text) return std::nullopt;
    auto record = formats::from_record_json(*text, parser_);
    return record ? std::optional(std::move(*record)) : std::nullopt;
  }

  /// The last complete run through the source that was over by then; 0: there is none.
  [[nodiscard]] RunNumber last_seen_by(model::Instant since) const {
    auto const found = std::ranges::find_if(runs_, [&](Run const& run) {
      return run.outcome == RunOutcome::complete && run.mode != "changes" && run.finished &&
             *run.finished < since;
    });
    return found == runs_.end() ? RunNumber{} : found->number;
  }

  /// What came new since, if it is called as one that is missing.
  void read_created() {
    std::size_t left = most_created;
    for (auto const& run : runs_) {
      if (run.number <= first_needed_) return;
      RunDocumentSearch search{.run = run.number,
                               .outcome = DocumentOutcome::created,
                               .limit = static_cast<std::int64_t>(at_once)};
      for (bool has_more = true; has_more && !is_over() && left > 0;) {
        State const state(reader_);
        auto const documents = reader_.run_documents(search);
        has_more = documents.size() == at_once;
        for (auto const& document : documents) {
          search.after = document.number;
          add_candidate(document.native_id, run.number);
        }
        left -= std::min(left, documents.size());
      }
    }
  }

  void add_candidate(std::string const& native_id, RunNumber created_by) {
    if (formers_.contains(native_id) || !known_.insert(native_id).second) return;
    auto const number = reader_.record_by_native(source_, native_id);
    auto row = number ? reader_.record(*number) : std::nullopt;
    if (!row) return;
    auto const found = titles_.find(query::folded(row->title));
    if (found != titles_.end()) found->second.candidates.push_back({std::move(*row), created_by});
  }

  void match(std::vector<Former> const& formers, std::vector<Candidate> const& candidates,
             std::vector<LikelyRenaming>& out) {
    State const state(reader_);
    std::vector<std::pair<std::size_t, std::size_t>> pairs;
    for (std::size_t i = 0; i < formers.size(); ++i) {
      for (std::size_t k = 0; k < candidates.size(); ++k) {
        bool const is_later = candidates[k].created_by > formers[i].seen_by;
        if (is_later && are_same(formers[i].row, candidates[k].row)) pairs.emplace_back(i, k);
      }
    }
    for (auto const& one : pairs) {
      auto const rivals = std::ranges::count_if(pairs, [&](auto const& other) {
        return other.first == one.first || other.second == one.second;
      });
      if (rivals == 1) out.push_back({formers[one.first].row, candidates[one.second].row});
    }
  }

  [[nodiscard]] bool are_same(store::RecordRow const& former, store::RecordRow const& now) {
    auto const& a = facts(former.number);
    auto const& b = facts(now.number);
    return a && b && say_the_same(*a, *b) && !is_refused(former, now);
  }

  [[nodiscard]] bool is_refused(store::RecordRow const& former, store::RecordRow const& now) {
    auto const key = refusals_of(now);
    for (auto const& correction : reader_.corrections(now.source, now.native_id)) {
      if (correction.key != key) continue;
      std::string_view rest = correction.value;
      while (!rest.empty()) {
        auto const one = rest.substr(0, rest.find(separator));
        if (one == former.native_id) return true;
        rest.remove_prefix(std::min(rest.size(), one.size() + 1));
      }
    }
    return false;
  }

  /// \return  nothing of a record that is damaged
  std::optional<SharedFacts> const& facts(RecordNumber number) {
    auto const [found, is_new] = facts_.try_emplace(static_cast<std::int64_t>(number));
    if (!is_new) return found->second;
    if (auto const record = said(number)) found->second = shared_facts(*record);
    return found->second;
  }

  store::Reader& reader_;
  std::string const& source_;
  std::stop_token const& stop_;
  std::vector<Run> runs_;                      ///< the newest first
  std::set<std::string, std::less<>> formers_; ///< by their native ids
  std::set<std::string, std::less<>> known_;   ///< of those that were created
  std::map<std::string, SameTitle> titles_;    ///< folded, of formers
  RunNumber first_needed_{std::numeric_limits<std::int64_t>::max()};
  std::unordered_map<std::int64_t, std::optional<SharedFacts>> facts_;
  json::Parser parser_;
};

} // namespace

std::vector<LikelyRenaming> likely_renamings(store::Reader& reader, std::string const& source,
                                             std::stop_token const& stop) {
  return RenamingFinder(reader, source, stop).find();
}

store::CorrectionKey refusals_of(store::RecordRow const& now) {
  return {.source = now.source,
          .native_id = now.native_id,
          .field = std::string(refusal_field),
          .language = {}};
}

bool is_refusal(store::CorrectionKey const& key) noexcept {
  return key.field == refusal_field;
}

std::string with_refusal(std::string_view value, std::string_view native_id) {
  std::string out(value);
  if (!out.empty()) out += separator;
  return out.append(native_id);
}

} // namespace terracat::catalogue

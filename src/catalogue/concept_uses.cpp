#include "catalogue/concept_uses.hpp"

#include "geometry/deadline.hpp"

#include <algorithm>
#include <iterator>
#include <set>

namespace terracat::catalogue {
namespace {

using vocabulary::ConceptNumber;
using vocabulary::Resolution;
using vocabulary::Thesaurus;

constexpr std::size_t most_terms = 2'000; ///< of one record; who says more is not read further

/// The one of the first vocabulary stands for all: the site's own come first.
ConceptNumber head_in(Thesaurus const& all, ConceptNumber number) {
  auto out = number;
  for (auto const other : all.equivalents(number)) out = std::min(out, other);
  return out;
}

/// The concept itself and what lies above it, from whichever vocabulary that is known.
void add_upwards(Thesaurus const& all, ConceptNumber number, std::set<ConceptNumber>& heads) {
  constexpr std::size_t most = 1'000; // above one term
  std::vector<ConceptNumber> open{number};
  while (!open.empty() && heads.size() < most) {
    auto const next = open.back();
    open.pop_back();
    if (!heads.insert(head_in(all, next)).second) continue;
    auto same = all.equivalents(next);
    same.push_back(next);
    for (auto const one : same) {
      auto const above = all.at(one).broader();
      open.insert(open.end(), above.begin(), above.end());
    }
  }
}

constexpr std::size_t most_candidates = 5; // of a term

store::KeywordDecision const* decision_in(KeywordDecisions const& decisions,
                                          SaidTerm const& term) noexcept {
  if (decisions.all().empty()) return nullptr;
  for (auto const& keyword : term.keywords) {
    if (auto const* const found = decisions.find(keyword)) return found;
  }
  return nullptr;
}

std::vector<std::string> keywords_of(SaidTerm const& term) {
  std::vector<std::string> out;
  for (auto const& label : term.labels) {
    auto keyword = folded_keyword(label);
    if (!keyword.empty()) out.push_back(std::move(keyword));
  }
  if (!out.empty() || !term.labels.empty()) return out;
  if (auto keyword = folded_keyword(term.address); !keyword.empty()) {
    out.push_back(std::move(keyword));
  }
  return out;
}

/// Each concept once, with the best of its scores.
void take(std::vector<Resolution>& into, Resolution const& found) {
  auto const known = std::ranges::find(into, found.number, &Resolution::number);
  if (known == into.end()) {
    into.push_back(found);
  } else if (known->score < found.score) {
    *known = found;
  }
}

void look_up(Thesaurus const& all, std::string_view text, SaidTerm& term) {
  for (auto const& found : vocabulary::resolve(all, text)) {
    take(found.score < vocabulary::sure_score ? term.candidates : term.meant, found);
  }
}

/// An address that is known says what is meant; else what was decided; else the labels are looked
/// up.
void find_meaning(Thesaurus const& all, KeywordDecisions const& decisions, SaidTerm& term) {
  if (!term.address.empty()) look_up(all, term.address, term);
  auto const* const decision = term.meant.empty() ? decision_in(decisions, term) : nullptr;
  auto const number = decision == nullptr ? std::nullopt : all.find_address(decision->concept_uri);
  if (number) {
    auto today = all.current(*number);
    if (today.empty()) today.push_back(*number);
    for (auto const one : today) {
      term.meant.push_back({.number = one,
                            .label = all.at(one).label(),
                            .method = vocabulary::Method::accepted,
                            .score = 1});
    }
  }
  if (term.meant.empty() && decision == nullptr) {
    for (auto const& label : term.labels) look_up(all, label, term);
  }
  if (!term.meant.empty()) term.candidates.clear();
  std::ranges::stable_sort(term.candidates, std::ranges::greater(), &Resolution::score);
  if (term.candidates.size() > most_candidates) term.candidates.resize(most_candidates);
  term.candidates.shrink_to_fit();
}

std::string pool_key(std::string const& address, std::vector<std::string> const& labels) {
  auto key = address;
  for (auto const& label : labels) key.append(1, '\0').append(label);
  return key;
}

/// \param keywords  in order
bool has_one_of(SaidTerm const& term, std::vector<std::string> const& keywords) {
  return std::ranges::any_of(term.keywords, [&](std::string const& keyword) {
    return std::ranges::binary_search(keywords, keyword);
  });
}

/// What a rule leads to; without a meaning if no vocabulary knows it.
SaidTerm by_rule(Thesaurus const& all, ConceptRule const& rule) {
  SaidTerm out{.address = {},
               .labels = {},
               .keywords = {},
               .meant = {},
               .candidates = {},
               .counted = {},
               .rule = rule.name};
  if (auto const number = concept_of(all, rule)) {
    out.meant.push_back({.number = *number,
                         .label = all.at(*number).label(),
                         .method = vocabulary::Method::accepted,
                         .score = 1});
  }
  return out;
}

void add_term(TermPool& pool, std::string const& address, model::LocalText const& label,
              std::vector<SaidTerm const*>& out) {
  std::vector<std::string> labels;
  for (auto const& entry : label.entries()) labels.push_back(entry.text);
  if ((address.empty() && labels.empty()) || out.size() >= most_terms) return;
  auto const* const term = pool.intern(address, std::move(labels));
  if (std::ranges::find(out, term) == out.end()) out.push_back(term);
}

std::vector<ConceptNumber> counted(std::span<SaidTerm const* const> terms) {
  std::vector<ConceptNumber> out;
  for (auto const* const term : terms) {
    out.insert(out.end(), term->counted.begin(), term->counted.end());
  }
  std::ranges::sort(out);
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

} // namespace

TermPool::TermPool(std::shared_ptr<vocabulary::Thesaurus const> thesaurus,
                   std::shared_ptr<KeywordDecisions const> decisions,
                   std::shared_ptr<ConceptRules const> rules)
    : thesaurus_(std::move(thesaurus)),
      decisions_(std::move(decisions)),
      rules_(rules ? std::move(rules) : std::make_shared<ConceptRules const>()) {
  for (auto const& rule : std::span(*rules_).first(std::min(rules_->size(), most_concept_rules))) {
    auto& term = by_rules_.emplace_back(by_rule(*thesaurus_, rule));
    std::set<ConceptNumber> heads;
    for (auto const& meant : term.meant) add_upwards(*thesaurus_, meant.number, heads);
    term.counted.assign(heads.begin(), heads.end());
  }
}

std::vector<SaidTerm const*> TermPool::concluded(std::string_view source,
                                                 std::span<SaidTerm const* const> said) const {
  std::vector<SaidTerm const*> out;
  if (source.empty() && said.empty()) return out; // it is none
  for (std::size_t place = 0; place < by_rules_.size(); ++place) {
    auto const& rule = (*rules_)[place];
    auto const fulfils = [place](SaidTerm const* term) {
      return std::ranges::find(term->fulfilled, place) != term->fulfilled.end();
    };
    bool const is_fulfilled = rule.words.empty() || std::ranges::any_of(said, fulfils);
    if (is_fulfilled && !by_rules_[place].meant.empty() && rule.is_of_source(source)) {
      out.push_back(&by_rules_[place]);
    }
  }
  return out;
}

SaidTerm const* TermPool::intern(std::string address, std::vector<std::string> labels) {
  auto const known = terms_.find(pool_key(address, labels));
  if (known != terms_.end()) return known->second;
  SaidTerm term{.address = std::move(address),
                .labels = std::move(labels),
                .keywords = {},
                .meant = {},
                .candidates = {},
                .counted = {}};
  term.keywords = keywords_of(term);
  return keep(std::move(term));
}

SaidTerm const* TermPool::keep(SaidTerm term) {
  find_meaning(*thesaurus_, *decisions_, term);
  std::set<ConceptNumber> heads;
  for (auto const& meant : term.meant) add_upwards(*thesaurus_, meant.number, heads);
  term.counted.assign(heads.begin(), heads.end());
  term.fulfilled.clear();
  for (std::size_t place = 0; place < by_rules_.size(); ++place) {
    if ((*rules_)[place].fits_one_of(term.keywords)) {
      term.fulfilled.push_back(static_cast<std::uint16_t>(place));
    }
  }
  // Last: a term of which something is missing must not be found.
  auto const* const out = &kept_.emplace_back(std::move(term));
  terms_[pool_key(out->address, out->labels)] = out;
  return out;
}

void TermPool::decide(std::shared_ptr<KeywordDecisions const> decisions) {
  auto const changed = decisions_->differences(*decisions);
  decisions_ = std::move(decisions);
  std::vector<SaidTerm const*> affected;
  for (auto const& [key, term] : terms_) {
    if (has_one_of(*term, changed)) affected.push_back(term);
  }
  for (auto const* const term : affected) {
    auto anew = *term;
    anew.meant.clear();
    anew.candidates.clear();
    keep(std::move(anew));
  }
}

std::unordered_map<SaidTerm const*, SaidTerm const*>
TermPool::renewed(std::vector<std::string> const& keywords) const {
  std::unordered_map<SaidTerm const*, SaidTerm const*> out;
  for (auto const& term : kept_) {
    if (has_one_of(term, keywords)) out[&term] = terms_.at(pool_key(term.address, term.labels));
  }
  return out;
}

ConceptNumber ConceptUses::head_of(Number number) const {
  return head_in(thesaurus(), number);
}

store::KeywordDecision const* ConceptUses::decision_of(SaidTerm const& term) const noexcept {
  return decision_in(*decisions_, term);
}

void ConceptUses::each_record(
    std::function<void(RecordNumber, std::span<SaidTerm const* const>)> const& visit) const {
  for (auto const& [number, block] : blocks_) {
    for (std::int64_t place = 0; place < block_size; ++place) {
      auto const& terms = block->terms.at(static_cast<std::size_t>(place));
      if (!terms.empty()) visit(RecordNumber{number * block_size + place}, terms);
    }
  }
}

ConceptUses::Block const* ConceptUses::block_of(RecordNumber record) const {
  auto const block = blocks_.find(static_cast<std::int64_t>(record) / block_size);
  return block == blocks_.end() ? nullptr : block->second.get();
}

std::span<SaidTerm const* const> ConceptUses::terms_of(RecordNumber record) const {
  auto const* const block = block_of(record);
  if (block == nullptr) return {};
  return block->terms.at(place_in_block(record));
}

std::span<ConceptNumber const> ConceptUses::counted_of(RecordNumber record) const {
  auto const* const block = block_of(record);
  if (block == nullptr) return {};
  return block->counted.at(place_in_block(record));
}

std::vector<RecordNumber> ConceptUses::records_about(Number number, std::size_t limit) const {
  auto const head = head_of(number);
  auto const says = [head](SaidTerm const* term) {
    return std::ranges::binary_search(term->counted, head);
  };
  std::vector<RecordNumber> out;
  limit = std::min(limit, count(head));
  for (auto const& [block, records] : blocks_) {
    if (geometry::is_late()) throw geometry::Late();
    for (std::int64_t place = 0; place < block_size; ++place) {
      if (out.size() >= limit) return out;
      if (std::ranges::any_of(records->terms.at(static_cast<std::size_t>(place)), says)) {
        out.push_back(RecordNumber{block * block_size + place});
      }
    }
  }
  return out;
}

ConceptUses::Block& ConceptUses::own_block(RecordNumber record) {
  auto const number = static_cast<std::int64_t>(record);
  auto& block = blocks_[number / block_size];
  if (!block) {
    block = std::make_shared<Block>();
  } else if (block.use_count() > 1) {
    block = std::make_shared<Block>(*block);
  }
  return *block;
}

void ConceptUses::count(std::vector<Number> const& heads, bool is_dataset, std::uint32_t step) {
  for (auto const number : heads) {
    counts_.at(number) += step;
    if (is_dataset) datasets_.at(number) += step;
  }
}

std::uint32_t ConceptUses::place_of(std::string_view source) {
  auto const known = std::ranges::find(sources_, source);
  auto const place = known - sources_.begin();
  if (known == sources_.end()) sources_.emplace_back(source);
  return static_cast<std::uint32_t>(place);
}

void ConceptUses::put(RecordNumber record, std::vector<SaidTerm const*> terms, bool is_dataset,
                      std::string_view source) {
  if (terms.empty() && source.empty() && block_of(record) == nullptr) return;
  auto const concluded = pool_->concluded(source, terms);
  terms.insert(terms.end(), concluded.begin(), concluded.end());
  auto& block = own_block(record);
  auto const place = place_in_block(record);
  block.sources.at(place) = place_of(source);
  auto& own = block.terms.at(place);
  auto& heads = block.counted.at(place);
  constexpr auto once_less = ~std::uint32_t{0}; // counts are unsigned, and come back to 0
  count(heads, block.are_datasets.test(place), once_less);
  own = std::move(terms);
  own.shrink_to_fit();
  heads = counted(own);
  heads.shrink_to_fit();
  block.are_datasets.set(place, is_dataset);
  count(heads, is_dataset, 1);
}

std::optional<ConceptUses::Said> ConceptUses::said_at(Block const& block,
                                                      std::int64_t place) const {
  auto const at = static_cast<std::size_t>(place);
  Said out{.terms = {}, .is_dataset = block.are_datasets.test(at), .source = {}};
  std::ranges::copy_if(block.terms.at(at), std::back_inserter(out.terms),
                       [](SaidTerm const* term) { return term->rule.empty(); });
  out.source = sources_.at(block.sources.at(at));
  if (out.terms.empty() && out.source.empty()) return std::nullopt;
  return out;
}

ConceptUses ConceptUses::told_by(std::shared_ptr<TermPool> const& pool) const {
  ConceptUses out(pool, revision_);
  std::unordered_map<SaidTerm const*, SaidTerm const*> told;
  for (auto const& [number, block] : blocks_) {
    for (std::int64_t place = 0; place < block_size; ++place) {
      auto former = said_at(*block, place);
      if (!former) continue;
      for (auto& term : former->terms) {
        auto& known = told[term];
        if (known == nullptr) known = pool->intern(term->address, term->labels);
        term = known;
      }
      out.put(RecordNumber{number * block_size + place}, std::move(former->terms),
              former->is_dataset, former->source);
    }
  }
  return out;
}

void ConceptUses::decide(std::shared_ptr<KeywordDecisions const> const& decisions) {
  auto const changed = decisions_->differences(*decisions);
  if (changed.empty()) return;
  pool_->decide(decisions);
  decisions_ = decisions;
  auto const renewed = pool_->renewed(changed);
  std::vector<std::pair<RecordNumber, Said>> affected;
  auto const is_affected = [&](SaidTerm const* term) { return renewed.contains(term); };
  each_record([&](RecordNumber record, std::span<SaidTerm const* const> terms) {
    if (std::ranges::none_of(terms, is_affected)) return;
    auto const place = static_cast<std::int64_t>(place_in_block(record));
    auto told = said_at(*block_of(record), place).value();
    for (auto& term : told.terms) {
      if (auto const found = renewed.find(term); found != renewed.end()) term = found->second;
    }
    affected.emplace_back(record, std::move(told));
  });
  for (auto& [record, told] : affected) {
    put(record, std::move(told.terms), told.is_dataset, told.source);
  }
}

std::vector<SaidTerm const*> ConceptUses::terms_of(model::Record const& record) {
  std::vector<SaidTerm const*> out;
  for (auto const& set : record->keyword_sets) {
    for (auto const& keyword : set.keywords) add_term(*pool_, keyword.uri, keyword.label, out);
  }
  for (auto const* const texts : {&record->variables, &record->platforms, &record->instruments}) {
    for (auto const& text : *texts) add_term(*pool_, {}, text, out);
  }
  return out;
}

} // namespace terracat::catalogue

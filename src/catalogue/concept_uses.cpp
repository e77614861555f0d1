#include "catalogue/concept_uses.hpp"

#include "geometry/deadline.hpp"

#include <algorithm>
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

/// An address that is known says what is meant; else the labels are looked up.
std::vector<Resolution> meaning_of(Thesaurus const& all, SaidTerm const& term) {
  std::vector<Resolution> out;
  auto const take = [&](std::string_view text) {
    for (auto const& found : vocabulary::resolve(all, text)) {
      if (found.score < vocabulary::sure_score) continue;
      auto const known = std::ranges::find(out, found.number, &Resolution::number);
      if (known == out.end()) {
        out.push_back(found);
      } else if (known->score < found.score) {
        *known = found;
      }
    }
  };
  if (!term.address.empty()) take(term.address);
  if (!out.empty()) return out;
  for (auto const& label : term.labels) take(label);
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

SaidTerm const* TermPool::intern(std::string address, std::vector<std::string> labels) {
  auto key = address;
  for (auto const& label : labels) key.append(1, '\0').append(label);
  if (auto const known = terms_.find(key); known != terms_.end()) return &known->second;
  SaidTerm term{
      .address = std::move(address), .labels = std::move(labels), .meant = {}, .counted = {}};
  term.meant = meaning_of(*thesaurus_, term);
  std::set<ConceptNumber> heads;
  for (auto const& meant : term.meant) add_upwards(*thesaurus_, meant.number, heads);
  term.counted.assign(heads.begin(), heads.end());
  // Last: a term of which something is missing must not be found.
  return &terms_.emplace(std::move(key), std::move(term)).first->second;
}

ConceptNumber ConceptUses::head_of(Number number) const {
  return head_in(thesaurus(), number);
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

void ConceptUses::put(RecordNumber record, std::vector<SaidTerm const*> terms, bool is_dataset) {
  if (terms.empty() && terms_of(record).empty()) return;
  auto& block = own_block(record);
  auto const place = place_in_block(record);
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

ConceptUses ConceptUses::told_by(std::shared_ptr<TermPool> const& pool) const {
  ConceptUses out(pool, revision_);
  std::unordered_map<SaidTerm const*, SaidTerm const*> told;
  for (auto const& [number, block] : blocks_) {
    for (std::int64_t place = 0; place < block_size; ++place) {
      auto const& former = block->terms.at(static_cast<std::size_t>(place));
      if (former.empty()) continue;
      Terms terms;
      for (auto const* const term : former) {
        auto& known = told[term];
        if (known == nullptr) known = pool->intern(term->address, term->labels);
        terms.push_back(known);
      }
      out.put(RecordNumber{number * block_size + place}, std::move(terms),
              block->are_datasets.test(static_cast<std::size_t>(place)));
    }
  }
  return out;
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

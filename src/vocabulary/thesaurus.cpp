#include "vocabulary/thesaurus.hpp"

#include "vocabulary/address.hpp"
#include "vocabulary/draft.hpp"
#include "vocabulary/tables.hpp"

#include <algorithm>
#include <unordered_set>

namespace terracat::vocabulary {
namespace {

/// What lies in one direction, by breadth: a circle ends where it began.
std::vector<Step> closure(Tables::Numbers const& next, ConceptNumber from,
                          ClosureBounds const& bounds) {
  std::vector<Step> out;
  std::unordered_set<ConceptNumber> seen{from};
  auto const visit = [&](ConceptNumber number, std::uint32_t distance) {
    for (auto const other : next.of(number)) {
      if (out.size() >= bounds.limit) return;
      if (seen.insert(other).second) out.push_back({.number = other, .distance = distance});
    }
  };
  if (bounds.depth > 0) visit(from, 1);
  for (std::size_t i = 0; i < out.size(); ++i) {
    auto const step = out[i]; // a copy: the list grows
    if (step.distance < bounds.depth) visit(step.number, step.distance + 1);
  }
  return out;
}

} // namespace

Thesaurus::Thesaurus() : Thesaurus(std::span<Draft const>()) {}

Thesaurus::Thesaurus(std::span<Draft const> drafts)
    : tables_(std::make_unique<Tables const>(build(drafts, {}))) {}

Thesaurus::Thesaurus(std::vector<Draft>&& drafts)
    : tables_(std::make_unique<Tables const>(build(drafts, drafts))) {}

Thesaurus::Thesaurus(Thesaurus&&) noexcept = default;
Thesaurus& Thesaurus::operator=(Thesaurus&&) noexcept = default;
Thesaurus::~Thesaurus() = default;

std::span<Vocabulary const> Thesaurus::vocabularies() const noexcept {
  return tables_->vocabularies;
}

std::span<Scheme const> Thesaurus::schemes() const noexcept {
  return tables_->schemes;
}

std::span<Group const> Thesaurus::groups() const noexcept {
  return tables_->groups;
}

std::span<ConceptNumber const> Thesaurus::compartments() const noexcept {
  return tables_->compartments;
}

std::uint64_t Thesaurus::digest() const noexcept {
  return tables_->digest;
}

std::size_t Thesaurus::size() const noexcept {
  return tables_->concepts.size();
}

Concept Thesaurus::at(ConceptNumber number) const {
  return {*tables_, number};
}

std::optional<ConceptNumber> Thesaurus::find_address(std::string_view address) const {
  auto const key = address_key(address);
  auto const key_of = [this](ConceptNumber number) {
    return tables_->texts.of(tables_->concepts[number].address);
  };
  auto const found =
      std::ranges::lower_bound(tables_->by_address, std::string_view(key), {}, key_of);
  if (found == tables_->by_address.end() || key_of(*found) != key) return std::nullopt;
  return *found;
}

std::optional<std::uint32_t> Thesaurus::find_group(std::string_view address) const {
  auto const found = tables_->group_of.find(address_key(address));
  if (found == tables_->group_of.end()) return std::nullopt;
  return found->second;
}

std::optional<ConceptNumber> Thesaurus::find_name(std::uint16_t vocabulary,
                                                  std::string_view name) const {
  auto const key_of = [this](ConceptNumber number) {
    auto const& row = tables_->concepts[number];
    return std::pair(row.vocabulary, local_name(tables_->texts.of(row.uri)));
  };
  auto const wanted = std::pair(vocabulary, name);
  auto const found = std::ranges::lower_bound(tables_->by_name, wanted, {}, key_of);
  if (found == tables_->by_name.end() || key_of(*found) != wanted) return std::nullopt;
  return *found;
}

std::vector<Step> Thesaurus::all_narrower(ConceptNumber number, ClosureBounds const& bounds) const {
  return closure(tables_->narrower, number, bounds);
}

std::vector<Step> Thesaurus::all_broader(ConceptNumber number, ClosureBounds const& bounds) const {
  return closure(tables_->broader, number, bounds);
}

std::vector<ConceptNumber> Thesaurus::equivalents(ConceptNumber number) const {
  auto const all = tables_->equals.of(tables_->concepts.at(number).equals);
  std::vector<ConceptNumber> out(all.begin(), all.end());
  std::erase(out, number);
  return out;
}

std::vector<ConceptNumber> Thesaurus::current(ConceptNumber number) const {
  if (!at(number).is_deprecated()) return {number};
  std::vector<ConceptNumber> out;
  for (auto const& step : closure(tables_->replacements, number, {})) {
    if (!at(step.number).is_deprecated()) out.push_back(step.number);
  }
  return out;
}

} // namespace terracat::vocabulary

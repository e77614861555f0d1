#include "vocabulary/equality.hpp"

#include "vocabulary/address.hpp"

#include <numeric>
#include <unordered_map>

namespace terracat::vocabulary {
namespace {

/// Groups of numbers that are joined two by two.
class Groups {
 public:
  explicit Groups(std::size_t count) : parents_(count), sizes_(count, 1) {
    std::iota(parents_.begin(), parents_.end(), 0U);
  }

  /// A group of one that is no concept and counts for nothing.
  std::uint32_t add() {
    auto const number = static_cast<std::uint32_t>(parents_.size());
    parents_.push_back(number);
    sizes_.push_back(0);
    return number;
  }

  std::uint32_t root(std::uint32_t number) {
    while (parents_[number] != number) {
      parents_[number] = parents_[parents_[number]];
      number = parents_[number];
    }
    return number;
  }

  /// \return  false if the group would be too large
  bool join(std::uint32_t a, std::uint32_t b) {
    a = root(a);
    b = root(b);
    if (a == b) return true;
    if (sizes_[a] + sizes_[b] > most_equals) return false;
    if (sizes_[a] < sizes_[b]) std::swap(a, b);
    parents_[b] = a;
    sizes_[a] += sizes_[b];
    return true;
  }

 private:
  std::vector<std::uint32_t> parents_;
  std::vector<std::size_t> sizes_;
};

} // namespace

void equate(Tables& tables, std::vector<ExactMatch> const& matches) {
  auto const count = tables.concepts.size();
  Groups groups(count);
  std::unordered_map<std::string, std::uint32_t> elsewhere;
  for (auto const& [self, other, uri] : matches) {
    auto target = other;
    if (!target) {
      auto const [known, is_new] = elsewhere.try_emplace(address_key(tables.texts.of(uri)));
      if (is_new) known->second = groups.add();
      target = known->second;
    }
    if (!groups.join(self, *target)) {
      auto const& row = tables.concepts[self];
      tables.vocabularies[row.vocabulary].report.add(
          FindingCode::match_left_out, tables.texts.of(row.uri), tables.texts.of(uri));
    }
  }
  std::unordered_map<std::uint32_t, std::uint32_t> numbers; // of groups, by their roots
  std::vector<std::pair<std::uint32_t, ConceptNumber>> members;
  for (ConceptNumber number = 0; number < count; ++number) {
    auto const next = static_cast<std::uint32_t>(numbers.size());
    auto const group = numbers.try_emplace(groups.root(number), next).first->second;
    tables.concepts[number].equals = group;
    members.emplace_back(group, number);
  }
  tables.equals = {numbers.size(), members};
}

} // namespace terracat::vocabulary

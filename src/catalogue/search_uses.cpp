#include "catalogue/search_uses.hpp"

#include <algorithm>

namespace terracat::catalogue {

void SearchUses::count(std::span<std::string const> properties, PropertyUse const& use) {
  std::scoped_lock const lock(mutex_);
  for (auto const& property : properties) {
    if (uses_.size() >= most_properties && !uses_.contains(property)) continue;
    auto& known = uses_[property];
    known.searches += use.searches;
    known.refused += use.refused;
    known.bodies += use.bodies;
    known.seconds += use.seconds;
  }
}

std::vector<std::pair<std::string, PropertyUse>> SearchUses::all() const {
  std::vector<std::pair<std::string, PropertyUse>> out;
  {
    std::scoped_lock const lock(mutex_);
    out.assign(uses_.begin(), uses_.end());
  }
  std::ranges::stable_sort(out, std::ranges::greater(),
                           [](auto const& one) { return one.second.seconds; });
  return out;
}

} // namespace terracat::catalogue

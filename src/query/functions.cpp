#include "query/functions.hpp"

#include <algorithm>
#include <array>

namespace terracat::query {
namespace {

/// THE table of functions: the meaning of each row of the table of operators.
auto parts() noexcept {
  return std::array{logic_functions(),    scalar_functions(), spatial_functions(),
                    temporal_functions(), list_functions(),   named_functions()};
}

} // namespace

Function const* function(std::string_view name) noexcept {
  for (auto const& part : parts()) {
    auto const found = std::ranges::find(part, name, &Function::name);
    if (found != part.end()) return &*found;
  }
  return nullptr;
}

std::vector<Function const*> discoverable_functions() {
  std::vector<Function const*> out;
  for (auto const& part : parts()) {
    for (auto const& one : part) {
      if (!one.description.empty()) out.push_back(&one);
    }
  }
  std::ranges::sort(out, {}, &Function::name);
  return out;
}

} // namespace terracat::query

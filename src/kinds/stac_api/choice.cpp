#include "kinds/stac_api/choice.hpp"

#include <algorithm>

namespace terracat::kinds::stac_api {
namespace {

std::vector<std::string> strings(json::Value const& list) {
  std::vector<std::string> out;
  for (auto const element : list.elements()) out.emplace_back(element.string().value_or(""));
  return out;
}

} // namespace

bool Choice::wants(std::string_view collection) const {
  auto const is_in = [collection](std::vector<std::string> const& list) {
    return std::ranges::find(list, collection) != list.end();
  };
  return (collections.empty() || is_in(collections)) && !is_in(exclude);
}

std::string Choice::to_text() const {
  std::string out;
  for (auto const& id : collections) out += "\n+" + id;
  for (auto const& id : exclude) out += "\n-" + id;
  return out;
}

Choice choice_of(json::Value const& options) {
  return {.collections = strings(*options.member("collections")),
          .exclude = strings(*options.member("exclude"))};
}

} // namespace terracat::kinds::stac_api

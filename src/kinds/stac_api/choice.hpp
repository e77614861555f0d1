#pragma once

#include <terracat/json.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace terracat::kinds::stac_api {

/// Which collections of a source are wanted.
struct Choice {
  std::vector<std::string> collections; ///< empty: all
  std::vector<std::string> exclude;

  [[nodiscard]] bool wants(std::string_view collection) const;

  /// As one text, for what a checkpoint refers to.
  [[nodiscard]] std::string to_text() const;
};

/// \param options  with the lists `collections` and `exclude`
[[nodiscard]] Choice choice_of(json::Value const& options);

} // namespace terracat::kinds::stac_api

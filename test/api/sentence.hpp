#pragma once

#include <terracat/json.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace terracat::test {

/// The values at a path, in order. A place that is not there is one without a value.
struct Found {
  std::vector<std::optional<json::Value>> values;
  bool is_many = false; ///< the path has `[*]`
};

/// \throws std::runtime_error  if the path cannot be read
[[nodiscard]] Found at_path(json::Value const& root, std::string_view path);

/// Says what is wrong with the sentence about the body; nothing if it is true.
/// \param body  no JSON: only `body` can be spoken of
[[nodiscard]] std::optional<std::string> objection(std::string const& sentence,
                                                   std::string const& body);

/// True if the text fits the pattern, in which `*` stands for anything.
[[nodiscard]] bool fits(std::string_view text, std::string_view pattern);

} // namespace terracat::test

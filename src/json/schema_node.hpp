#pragma once

#include "json/schema_pattern.hpp"

#include <terracat/json.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace terracat::json {

/// What a node of a schema leads to: the number of another one.
using NodeIndex = std::size_t;

/// One schema or a part of one, as check() walks through them. What is not said is not asked.
struct SchemaNode {
  /// A set of Kind, as bits, and of whole numbers.
  using Types = std::uint8_t;
  static constexpr Types any_type = 0;
  static constexpr Types whole_number = 1U << 6U;

  static constexpr Types bit(Kind kind) noexcept {
    return static_cast<Types>(1U << static_cast<unsigned>(kind));
  }

  bool is_never = false; ///< nothing fits
  std::string message;   ///< instead of our own sentence about a value
  Types types = any_type;
  std::optional<std::vector<std::string>> choices; ///< as canonical() writes them

  std::optional<double> minimum;
  std::optional<double> maximum;
  std::optional<double> above;
  std::optional<double> below;
  std::optional<double> multiple_of;

  std::optional<std::size_t> min_length;
  std::optional<std::size_t> max_length;
  std::optional<Pattern> pattern;

  std::vector<std::string> required;
  std::map<std::string, NodeIndex, std::less<>> properties;
  std::vector<std::pair<Pattern, NodeIndex>> pattern_properties;
  std::optional<NodeIndex> additional_properties;
  std::optional<NodeIndex> property_names;
  std::optional<std::size_t> min_properties;
  std::optional<std::size_t> max_properties;
  std::vector<std::pair<std::string, std::vector<std::string>>> dependent_required;
  std::vector<std::pair<std::string, NodeIndex>> dependent_schemas;

  std::vector<NodeIndex> first_items;
  std::optional<NodeIndex> items; ///< those behind
  std::optional<NodeIndex> contains;
  std::size_t min_contains = 1;
  std::optional<std::size_t> max_contains;
  std::optional<std::size_t> min_items;
  std::optional<std::size_t> max_items;
  bool is_unique = false;

  std::vector<NodeIndex> all_of; ///< with what `$ref` leads to
  std::vector<NodeIndex> any_of;
  std::vector<NodeIndex> one_of;
  std::optional<NodeIndex> none_of;
  std::optional<NodeIndex> condition;
  std::optional<NodeIndex> consequence;
  std::optional<NodeIndex> alternative;
};

/// The same text for values that JSON Schema calls equal.
[[nodiscard]] std::string canonical(Value const& value);

} // namespace terracat::json

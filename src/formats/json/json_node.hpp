#pragma once

#include "formats/draft.hpp"

#include <terracat/json.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace terracat::formats {

/// A value of a document with the way to it. One that is not there has neither text nor parts, so
/// that a path is followed without a question at each step.
class JsonNode {
 public:
  explicit JsonNode(std::optional<json::Value> value, std::string pointer = {})
      : value_(value), pointer_(std::move(pointer)) {}

  [[nodiscard]] explicit operator bool() const noexcept { return value_ && !value_->is_null(); }

  [[nodiscard]] std::optional<json::Value> const& value() const noexcept { return value_; }

  [[nodiscard]] std::string const& pointer() const noexcept { return pointer_; }

  [[nodiscard]] JsonNode member(std::string_view name) const;

  /// The elements of a list; the value itself where a source wrote one instead of a list of one. No
  /// more of them than `longest_list`.
  [[nodiscard]] std::vector<JsonNode> each() const;

  /// The members of an object, no more than `longest_list`.
  [[nodiscard]] std::vector<JsonNode> members() const;

  /// The text on one line; digits of a number. Empty for anything else.
  [[nodiscard]] std::string line() const;

  /// The text as it is written.
  [[nodiscard]] std::string_view text() const noexcept;

 private:
  std::optional<json::Value> value_;
  std::string pointer_;
};

/// Why a document cannot become a record.
[[nodiscard]] Finding refusal(FindingCode code, JsonNode const& where, std::string_view what);

/// A name, in the language of the draft. Placeholders and words for nothing are left out, the
/// former noted.
[[nodiscard]] model::LocalText name_of(JsonNode const& node, Draft& draft);

/// Likewise, with line breaks and without markup.
[[nodiscard]] model::LocalText prose_of(JsonNode const& node, Draft& draft);

} // namespace terracat::formats

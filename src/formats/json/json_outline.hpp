#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace terracat::formats {

/// The members of a JSON document's outermost object, found without parsing what is in them. Enough
/// to tell formats apart; a document that is no JSON gives whatever its beginning looks like.
class JsonOutline {
 public:
  /// Looks at the first mebibyte: a geometry of that size may stand before the member that tells.
  explicit JsonOutline(std::string_view document);

  /// True if there is such a member.
  [[nodiscard]] bool has(std::string_view name) const;

  /// The text of the member's value as it stands in the document; empty if there is no such member.
  [[nodiscard]] std::string_view value(std::string_view name) const;

  /// The member's value if it is a string without escapes, without its quotes; else empty.
  [[nodiscard]] std::string_view string(std::string_view name) const;

 private:
  std::vector<std::pair<std::string_view, std::string_view>> members_;
};

} // namespace terracat::formats

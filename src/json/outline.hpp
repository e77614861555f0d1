#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace terracat::json {

/// The members of one JSON object, found without parsing what is in them, and no further than they
/// are asked for. A text that is no JSON gives whatever its beginning looks like. One thread.
class Outline {
 public:
  /// \param object  begins with its brace; outlives this
  explicit Outline(std::string_view object);

  /// \param members  of an object whose braces are left out; outlive this
  [[nodiscard]] static Outline of_members(std::string_view members);

  /// True if there is such a member.
  [[nodiscard]] bool has(std::string_view name) const;

  /// The text of the member's value as it stands in the object; empty if there is no such member.
  [[nodiscard]] std::string_view value(std::string_view name) const;

  /// The member's value if it is a string without escapes, without its quotes; else empty.
  [[nodiscard]] std::string_view string(std::string_view name) const;

 private:
  Outline(std::string_view text, std::size_t at) : text_(text), at_(at) {}

  /// \return  false if there are no more
  bool find_next() const;

  std::string_view text_;
  mutable std::size_t at_; ///< where the next member is looked for
  mutable std::vector<std::pair<std::string_view, std::string_view>> found_;
};

} // namespace terracat::json

#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Pages for people, of which a few tags are looked at. They are untrusted, and nothing in them is
/// followed but what is asked for.
namespace terracat::kinds::html {

/// Takes the tags of a page one by one; what stands in comments is none.
class Tags {
 public:
  explicit Tags(std::string_view page) noexcept : rest_(page) {}

  /// \return  what stands between `<` and `>`, which may stand in quotes; nothing at the end
  [[nodiscard]] std::optional<std::string_view> next();

  /// What stands before the end tag of an element whose content is no markup, as that of a script;
  /// all the rest if there is no end.
  [[nodiscard]] std::string_view text_until_end_of(std::string_view element);

 private:
  [[nodiscard]] bool go_to(char character);
  [[nodiscard]] std::size_t end_of_tag() const;

  std::string_view rest_;
};

/// True for the start tag of an element, and for the end tag of one that is called with a slash.
[[nodiscard]] bool names(std::string_view tag, std::string_view element);

/// The value of an attribute of a tag, its references to characters resolved.
[[nodiscard]] std::optional<std::string> attribute(std::string_view tag, std::string_view wanted);

/// A text with its references to the characters that attributes and JSON need.
[[nodiscard]] std::string unescaped(std::string_view text);

/// The contents of all scripts of a media type, as they are written, whatever parameters the type
/// has, without the comments that hide them.
[[nodiscard]] std::vector<std::string_view> scripts_in(std::string_view page,
                                                       std::string_view media_type);

} // namespace terracat::kinds::html

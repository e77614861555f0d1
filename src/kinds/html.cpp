#include "kinds/html.hpp"

#include <terracat/text.hpp>

#include <algorithm>
#include <array>
#include <utility>

namespace terracat::kinds::html {
namespace {

constexpr std::string_view blanks = " \t\r\n\f";

/// The names by which characters stand in attributes of addresses.
constexpr std::array<std::pair<std::string_view, char>, 9> references{{{"&amp;", '&'},
                                                                       {"&#38;", '&'},
                                                                       {"&#x26;", '&'},
                                                                       {"&quot;", '"'},
                                                                       {"&#34;", '"'},
                                                                       {"&#39;", '\''},
                                                                       {"&#x27;", '\''},
                                                                       {"&lt;", '<'},
                                                                       {"&gt;", '>'}}};

/// Takes the attributes of a tag one by one from its text.
class Attributes {
 public:
  explicit Attributes(std::string_view text) noexcept : rest_(text) {}

  [[nodiscard]] std::optional<std::string> find(std::string_view wanted) {
    while (skip(blanks), !rest_.empty()) {
      auto const name = take(rest_.find_first_of(" \t\r\n\f=/"));
      skip(blanks);
      if (!rest_.starts_with('=')) {
        if (rest_.starts_with('/')) rest_.remove_prefix(1);
        continue;
      }
      rest_.remove_prefix(1);
      auto const value = take_value();
      if (equal_ignoring_case(name, wanted)) return unescaped(value);
    }
    return std::nullopt;
  }

 private:
  void skip(std::string_view characters) {
    rest_.remove_prefix(std::min(rest_.find_first_not_of(characters), rest_.size()));
  }

  std::string_view take(std::size_t bytes) {
    auto const taken = rest_.substr(0, bytes);
    rest_.remove_prefix(taken.size());
    return taken;
  }

  std::string_view take_value() {
    skip(blanks);
    bool const is_quoted = rest_.starts_with('"') || rest_.starts_with('\'');
    if (!is_quoted) return take(rest_.find_first_of(blanks));
    auto const quote = rest_.front();
    rest_.remove_prefix(1);
    auto const value = take(rest_.find(quote));
    rest_.remove_prefix(std::min<std::size_t>(1, rest_.size()));
    return value;
  }

  std::string_view rest_;
};

/// A script may be hidden from old browsers, or from XML.
std::string_view without_covers(std::string_view script) {
  constexpr std::array<std::string_view, 4> before{"<!--", "<![CDATA[", "//<![CDATA[",
                                                   "/*<![CDATA[*/"};
  constexpr std::array<std::string_view, 5> behind{"//-->", "-->", "//]]>", "/*]]>*/", "]]>"};
  script = trimmed(script);
  for (auto const cover : before) {
    if (!script.starts_with(cover)) continue;
    script = trimmed(script.substr(cover.size()));
    break;
  }
  for (auto const cover : behind) {
    if (!script.ends_with(cover)) continue;
    script = trimmed(script.substr(0, script.size() - cover.size()));
    break;
  }
  return script;
}

} // namespace

std::string unescaped(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    auto const* const found = std::ranges::find_if(
        references, [text](auto const& reference) { return text.starts_with(reference.first); });
    bool const is_reference = found != references.end();
    out += is_reference ? found->second : text.front();
    text.remove_prefix(is_reference ? found->first.size() : 1);
  }
  return out;
}

std::optional<std::string_view> Tags::next() {
  constexpr std::string_view comment = "<!--";
  while (go_to('<')) {
    if (rest_.starts_with(comment)) {
      auto const end = rest_.find("-->", comment.size());
      rest_.remove_prefix(std::min(end, rest_.size()));
      continue;
    }
    rest_.remove_prefix(1);
    auto const tag = rest_.substr(0, end_of_tag());
    if (tag.size() == rest_.size()) return std::nullopt; // cut off
    rest_.remove_prefix(tag.size() + 1);
    return tag;
  }
  return std::nullopt;
}

std::string_view Tags::text_until_end_of(std::string_view element) {
  auto const whole = rest_;
  while (go_to('<')) {
    bool const is_end = rest_.size() > element.size() + 1 && rest_[1] == '/' &&
                        equal_ignoring_case(rest_.substr(2, element.size()), element);
    if (is_end) return whole.substr(0, whole.size() - rest_.size());
    rest_.remove_prefix(1);
  }
  return whole;
}

bool Tags::go_to(char character) {
  rest_.remove_prefix(std::min(rest_.find(character), rest_.size()));
  return !rest_.empty();
}

std::size_t Tags::end_of_tag() const {
  auto at = rest_.find_first_of("\"'>");
  while (at != std::string_view::npos && rest_[at] != '>') {
    // A quote opens a value behind an equals sign only.
    auto const before = rest_.find_last_not_of(blanks, at == 0 ? 0 : at - 1);
    bool const opens = before != std::string_view::npos && rest_[before] == '=';
    if (opens) at = rest_.find(rest_[at], at + 1);
    if (at != std::string_view::npos) at = rest_.find_first_of("\"'>", at + 1);
  }
  return at;
}

bool names(std::string_view tag, std::string_view element) {
  auto const name = tag.substr(0, tag.find_first_of(" \t\r\n\f/", 1)); // "/body", too
  return equal_ignoring_case(name, element);
}

std::optional<std::string> attribute(std::string_view tag, std::string_view wanted) {
  return Attributes(tag.substr(std::min(tag.find_first_of(blanks), tag.size()))).find(wanted);
}

std::vector<std::string_view> scripts_in(std::string_view page, std::string_view media_type) {
  constexpr std::size_t most = 1'000;
  std::vector<std::string_view> out;
  Tags tags(page);
  while (auto const tag = tags.next()) {
    for (auto const* const element : {"style", "textarea", "title"}) {
      if (names(*tag, element)) static_cast<void>(tags.text_until_end_of(element));
    }
    if (!names(*tag, "script")) continue;
    auto const text = tags.text_until_end_of("script");
    auto const type = attribute(*tag, "type").value_or("");
    auto const essence = trimmed(std::string_view(type).substr(0, type.find(';')));
    if (!equal_ignoring_case(essence, media_type)) continue;
    if (auto const script = without_covers(text); !script.empty()) out.push_back(script);
    if (out.size() == most) break;
  }
  return out;
}

} // namespace terracat::kinds::html

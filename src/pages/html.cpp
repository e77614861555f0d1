#include "pages/html.hpp"

#include <terracat/text.hpp>

#include <algorithm>
#include <array>

namespace terracat::pages {
namespace {

/// What stands for a character in texts and values; empty: it stands for itself.
constexpr std::string_view escape_of(char c) noexcept {
  switch (c) {
  case '&':
    return "&amp;";
  case '<':
    return "&lt;";
  case '>':
    return "&gt;";
  case '"':
    return "&quot;";
  case '\'':
    return "&#39;";
  default:
    return {};
  }
}

constexpr bool is_control(char c) noexcept {
  auto const byte = static_cast<unsigned char>(c);
  return (byte < 0x20 && c != '\t' && c != '\n' && c != '\r') || byte == 0x7f;
}

/// Browsers pass over some of these before they look at the scheme.
constexpr bool is_blank(char c) noexcept {
  return static_cast<unsigned char>(c) <= 0x20 || c == 0x7f;
}

void append_escaped(std::string& out, std::string_view text) {
  std::size_t done = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    auto const escape = escape_of(text[i]);
    if (escape.empty() && !is_control(text[i])) continue;
    out += text.substr(done, i - done);
    out += escape;
    done = i + 1;
  }
  out += text.substr(done);
}

} // namespace

Url Url::own(std::string path) {
  if (path.starts_with('#')) return Url(std::move(path));
  path.erase(0, std::min(path.find_first_not_of("/\\"), path.size())); // "//x" is another host
  return Url("/" + path);
}

std::optional<Url> Url::elsewhere(std::string_view address) {
  constexpr std::array<std::string_view, 4> schemes{"http://", "https://", "ftp://", "mailto:"};
  bool const is_harmless =
      std::ranges::any_of(
          schemes,
          [&](auto scheme) { return lowered(address.substr(0, scheme.size())) == scheme; }) &&
      std::ranges::none_of(address, is_blank);
  return is_harmless ? std::optional(Url(std::string(address))) : std::nullopt;
}

Html& Html::text(std::string_view text) {
  append_escaped(out_, text);
  return *this;
}

Html& Html::empty(Tag tag, Attributes attributes) {
  begin(tag, attributes);
  return *this;
}

void Html::begin(Tag tag, Attributes attributes) {
  out_ += '<';
  out_ += tag.text();
  for (auto const& attribute : attributes) {
    if (attribute.is_left_out()) continue;
    out_ += ' ';
    out_ += attribute.name();
    out_ += "=\"";
    append_escaped(out_, attribute.value());
    out_ += '"';
  }
  out_ += '>';
}

Html& Html::end(Tag tag) {
  out_ += "</";
  out_ += tag.text();
  out_ += '>';
  return *this;
}

Html& Html::script(Url const& source) {
  out_ += R"(<script type="module" src=")";
  text(source.text());
  out_ += R"("></script>)";
  return *this;
}

Html& Html::json_ld(std::string_view json) {
  out_ += R"(<script type="application/ld+json">)";
  for (auto const c : json) { // outside of strings JSON has none of these
    switch (c) {
    case '<':
      out_ += R"(\u003c)";
      break;
    case '>':
      out_ += R"(\u003e)";
      break;
    case '&':
      out_ += R"(\u0026)";
      break;
    default:
      out_ += c;
    }
  }
  out_ += "</script>";
  return *this;
}

} // namespace terracat::pages

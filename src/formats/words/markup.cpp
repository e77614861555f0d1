#include "formats/words/markup.hpp"

#include "formats/words/text.hpp"
#include "formats/words/utf8.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

namespace terracat::formats {
namespace {

enum class Effect { none, line, bullet, drop_content };

struct TagRule {
  std::string_view name;
  Effect effect;
};

using enum Effect;

constexpr std::array elements{
    TagRule{"a", none},          TagRule{"abbr", none},   TagRule{"address", line},
    TagRule{"article", line},    TagRule{"b", none},      TagRule{"big", none},
    TagRule{"blockquote", line}, TagRule{"body", line},   TagRule{"br", line},
    TagRule{"caption", line},    TagRule{"center", line}, TagRule{"cite", none},
    TagRule{"code", none},       TagRule{"dd", line},     TagRule{"div", line},
    TagRule{"dl", line},         TagRule{"dt", line},     TagRule{"em", none},
    TagRule{"font", none},       TagRule{"h1", line},     TagRule{"h2", line},
    TagRule{"h3", line},         TagRule{"h4", line},     TagRule{"h5", line},
    TagRule{"h6", line},         TagRule{"hr", line},     TagRule{"html", line},
    TagRule{"i", none},          TagRule{"img", none},    TagRule{"li", bullet},
    TagRule{"ol", line},         TagRule{"p", line},      TagRule{"pre", line},
    TagRule{"q", none},          TagRule{"s", none},      TagRule{"script", drop_content},
    TagRule{"section", line},    TagRule{"small", none},  TagRule{"span", none},
    TagRule{"strike", none},     TagRule{"strong", none}, TagRule{"style", drop_content},
    TagRule{"sub", none},        TagRule{"sup", none},    TagRule{"table", line},
    TagRule{"tbody", line},      TagRule{"td", none},     TagRule{"th", none},
    TagRule{"thead", line},      TagRule{"tr", line},     TagRule{"tt", none},
    TagRule{"u", none},          TagRule{"ul", line},
};

struct Entity {
  std::string_view name;
  std::string_view text;
};

/// Those that French and English texts are written with.
constexpr std::array entities{
    Entity{"amp", "&"},    Entity{"lt", "<"},     Entity{"gt", ">"},     Entity{"quot", "\""},
    Entity{"apos", "'"},   Entity{"nbsp", " "},   Entity{"eacute", "é"}, Entity{"egrave", "è"},
    Entity{"ecirc", "ê"},  Entity{"euml", "ë"},   Entity{"agrave", "à"}, Entity{"acirc", "â"},
    Entity{"ccedil", "ç"}, Entity{"icirc", "î"},  Entity{"iuml", "ï"},   Entity{"ocirc", "ô"},
    Entity{"ouml", "ö"},   Entity{"ugrave", "ù"}, Entity{"ucirc", "û"},  Entity{"uuml", "ü"},
    Entity{"auml", "ä"},   Entity{"oelig", "œ"},  Entity{"Eacute", "É"}, Entity{"Egrave", "È"},
    Entity{"Agrave", "À"}, Entity{"Ccedil", "Ç"}, Entity{"laquo", "«"},  Entity{"raquo", "»"},
    Entity{"lsquo", "‘"},  Entity{"rsquo", "’"},  Entity{"ldquo", "“"},  Entity{"rdquo", "”"},
    Entity{"ndash", "–"},  Entity{"mdash", "—"},  Entity{"hellip", "…"}, Entity{"deg", "°"},
    Entity{"micro", "µ"},  Entity{"times", "×"},  Entity{"plusmn", "±"}, Entity{"sup2", "²"},
    Entity{"sup3", "³"},   Entity{"copy", "©"},   Entity{"reg", "®"},    Entity{"euro", "€"},
};

struct Tag {
  TagRule element;
  bool is_end = false;
  std::string_view attributes;
  std::size_t length = 0; ///< from `<` to `>`
};

/// The HTML tag that begins the text, which begins with `<`.
std::optional<Tag> tag_at(std::string_view text) {
  constexpr std::size_t longest = 2'000;
  auto const end = text.substr(0, longest).find('>');
  if (end == std::string_view::npos) return std::nullopt;
  auto inside = text.substr(1, end - 1);
  bool const is_end = inside.starts_with('/');
  if (is_end) inside.remove_prefix(1);
  constexpr std::size_t longest_name = 10;
  auto const name_end =
      std::min(inside.substr(0, longest_name + 1).find_first_of(" \t\r\n/"), inside.size());
  if (name_end > longest_name) return std::nullopt;
  auto const name = lowered(inside.substr(0, name_end));
  auto const* const found = std::ranges::find(elements, name, &TagRule::name);
  if (found == elements.end()) return std::nullopt;
  // Behind the name come attributes, or nothing: `<a b>` of a formula has none.
  auto const attributes = stripped(inside.substr(name_end));
  if (!attributes.empty() && attributes != "/" && attributes.find('=') == std::string_view::npos) {
    return std::nullopt;
  }
  return Tag{.element = *found, .is_end = is_end, .attributes = attributes, .length = end + 1};
}

/// The address of `href="…"`, if it is one that means something outside of its page.
std::string link_of(std::string_view attributes) {
  auto const lower = lowered(attributes);
  auto const name = lower.find("href");
  if (name == std::string::npos) return {};
  auto const open = attributes.find_first_of("\"'", name);
  if (open == std::string_view::npos) return {};
  auto const close = attributes.find(attributes[open], open + 1);
  if (close == std::string_view::npos) return {};
  auto const address = stripped(attributes.substr(open + 1, close - open - 1));
  return lowered(address.substr(0, 4)) == "http" ? std::string(address) : std::string();
}

std::optional<std::string> character_of_number(std::string_view digits) {
  bool const is_hex = digits.starts_with('x') || digits.starts_with('X');
  if (is_hex) digits.remove_prefix(1);
  std::uint32_t number = 0;
  auto const* const end = digits.data() + digits.size();
  auto const [stop, error] = std::from_chars(digits.data(), end, number, is_hex ? 16 : 10);
  if (error != std::errc{} || stop != end || number < 0x20 || number > 0x10FFFF ||
      (number >= 0xD800 && number <= 0xDFFF)) {
    return std::nullopt;
  }
  std::string out;
  append_character(out, number);
  return out;
}

/// The text of the entity that begins here with `&`, and how long it is written.
std::optional<std::pair<std::string, std::size_t>> entity_at(std::string_view text) {
  constexpr std::size_t longest = 12;
  auto const end = text.substr(0, longest).find(';');
  if (end == std::string_view::npos) return std::nullopt;
  auto const name = text.substr(1, end - 1);
  if (name.starts_with('#')) {
    auto character = character_of_number(name.substr(1));
    if (!character) return std::nullopt;
    return std::pair{std::move(*character), end + 1};
  }
  auto const* const found = std::ranges::find(entities, name, &Entity::name);
  if (found == entities.end()) return std::nullopt;
  return std::pair{std::string(found->text), end + 1};
}

class Stripper {
 public:
  explicit Stripper(std::string_view text) noexcept : rest_(text) {}

  PlainText strip() {
    while (!rest_.empty()) {
      auto const plain = std::min(rest_.find_first_of("<&"), rest_.size());
      out_ += rest_.substr(0, plain);
      rest_.remove_prefix(plain);
      if (rest_.empty()) break;
      if (rest_.front() == '<') {
        take_tag();
      } else {
        take_entity();
      }
    }
    return {.text = std::move(out_), .had_markup = had_markup_};
  }

 private:
  void take_tag() {
    auto const tag = tag_at(rest_);
    if (!tag) {
      take(1);
      return;
    }
    had_markup_ = true;
    rest_.remove_prefix(tag->length);
    if (tag->element.name == "a") {
      take_link(*tag);
      return;
    }
    switch (tag->element.effect) {
    case none:
      break;
    case line:
      out_ += '\n';
      break;
    case bullet:
      out_ += tag->is_end ? "\n" : "\n- ";
      break;
    case drop_content:
      if (!tag->is_end) rest_.remove_prefix(std::min(rest_.find("</"), rest_.size()));
      break;
    }
  }

  void take_link(Tag const& tag) {
    if (!tag.is_end) {
      link_ = link_of(tag.attributes);
      link_text_begins_ = out_.size();
      return;
    }
    auto const text = std::string_view(out_).substr(std::min(link_text_begins_, out_.size()));
    if (!link_.empty() && text.find(link_) == std::string_view::npos) out_ += " (" + link_ + ")";
    link_.clear();
  }

  void take_entity() {
    auto const entity = entity_at(rest_);
    if (!entity) {
      take(1);
      return;
    }
    had_markup_ = true;
    out_ += entity->first;
    rest_.remove_prefix(entity->second);
  }

  void take(std::size_t length) {
    out_ += rest_.substr(0, length);
    rest_.remove_prefix(length);
  }

  std::string_view rest_;
  std::string out_;
  std::string link_;
  std::size_t link_text_begins_ = 0;
  bool had_markup_ = false;
};

} // namespace

PlainText without_markup(std::string_view text) {
  if (text.find_first_of("<&") == std::string_view::npos) {
    return {.text = std::string(text), .had_markup = false};
  }
  return Stripper(text).strip();
}

} // namespace terracat::formats

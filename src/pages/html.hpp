#pragma once

#include <concepts>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>

/// HTML by construction: names are literals that are checked when the program is compiled, texts
/// and values are escaped where they are written, addresses are of schemes that do no harm, and
/// what is opened is closed. Nothing that was harvested can become markup.
namespace terracat::pages {

/// The name of an element, of HTML or of XML that is written likewise.
class Tag {
 public:
  template<std::size_t Size>
  consteval Tag(char const (&text)[Size]) : text_(text, Size - 1) { // NOLINT: meant to be implicit
    for (auto const c : text_) {
      bool const is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      if (!is_letter && c != ':' && (c < '0' || c > '9')) throw "no name of an element";
    }
    if (text_ == "script" || text_ == "style") throw "its content is not escaped: see json_ld";
  }

  [[nodiscard]] constexpr std::string_view text() const noexcept { return text_; }

 private:
  std::string_view text_;
};

/// An address that may stand in a page.
class Url {
 public:
  /// An address of the site itself: a path that begins with "/", or "#fragment".
  [[nodiscard]] static Url own(std::string path);

  /// An address elsewhere, as somebody wrote it. \return  nothing unless it is http, https, ftp or
  /// mailto
  [[nodiscard]] static std::optional<Url> elsewhere(std::string_view address);

  [[nodiscard]] std::string const& text() const noexcept { return text_; }

 private:
  explicit Url(std::string text) : text_(std::move(text)) {}

  std::string text_;
};

/// One attribute. Those that hold addresses take a Url, those that hold programs do not exist.
class Attribute {
 public:
  /// The name of an attribute that holds no address.
  class Name {
   public:
    template<std::size_t Size>
    consteval Name(char const (&text)[Size]) : text_(text, Size - 1) { // NOLINT: implicit
      for (auto const c : text_) {
        bool const is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        if (!is_letter && c != '-' && c != ':') throw "no name of an attribute";
      }
      if (text_.starts_with("on") || text_ == "style" || text_ == "srcdoc") throw "it would run";
      for (auto const* const address : {"href", "src", "action", "formaction", "data", "srcset"}) {
        if (text_ == address) throw "it holds an address: give a Url";
      }
    }

    [[nodiscard]] constexpr std::string_view text() const noexcept { return text_; }

   private:
    std::string_view text_;
  };

  /// The name of an attribute that holds an address.
  class AddressName {
   public:
    template<std::size_t Size>
    consteval AddressName(char const (&text)[Size]) : text_(text, Size - 1) { // NOLINT: implicit
      if (text_ != "href" && text_ != "src" && text_ != "action") throw "it holds no address";
    }

    [[nodiscard]] constexpr std::string_view text() const noexcept { return text_; }

   private:
    std::string_view text_;
  };

  /// \param value  outlives the element's first tag
  constexpr Attribute(Name name, std::string_view value) noexcept
      : name_(name.text()), value_(value) {}

  /// \param is_there  false: it is left out
  constexpr Attribute(Name name, std::same_as<bool> auto is_there) noexcept
      : name_(name.text()), is_left_out_(!is_there) {}

  /// Left out if there is no value.
  constexpr Attribute(Name name,
                      std::same_as<std::optional<std::string_view>> auto const& value) noexcept
      : name_(name.text()), value_(value.value_or("")), is_left_out_(!value) {}

  Attribute(AddressName name, Url const& value) noexcept
      : name_(name.text()), value_(value.text()) {}

  [[nodiscard]] constexpr std::string_view name() const noexcept { return name_; }

  [[nodiscard]] constexpr std::string_view value() const noexcept { return value_; }

  [[nodiscard]] constexpr bool is_left_out() const noexcept { return is_left_out_; }

 private:
  std::string_view name_;
  std::string_view value_;
  bool is_left_out_ = false;
};

/// The value of an attribute that is left out if there is none.
[[nodiscard]] constexpr std::optional<std::string_view>
unless_empty(std::string_view value) noexcept {
  return value.empty() ? std::nullopt : std::optional(value);
}

using Attributes = std::initializer_list<Attribute>;

/// Markup that stands in the program as a literal: drawings, signs.
class Markup {
 public:
  template<std::size_t Size>
  consteval Markup(char const (&text)[Size]) : text_(text, Size - 1) {} // NOLINT: implicit

  [[nodiscard]] constexpr std::string_view text() const noexcept { return text_; }

 private:
  std::string_view text_;
};

/// Writes HTML.
class Html {
 public:
  /// Text, escaped. Control characters, which no text may hold, are left out.
  Html& text(std::string_view text);

  Html& markup(Markup markup) {
    out_ += markup.text();
    return *this;
  }

  /// An element that has no content: `meta`, `img`, `input`.
  Html& empty(Tag tag, Attributes attributes);

  /// An element with a text.
  Html& element(Tag tag, Attributes attributes, std::string_view content) {
    begin(tag, attributes);
    text(content);
    return end(tag);
  }

  /// An element with what `write` writes.
  template<std::invocable Write>
  Html& element(Tag tag, Attributes attributes, Write&& write) {
    begin(tag, attributes);
    write();
    return end(tag);
  }

  /// Facts for machines (JSON-LD). \param json  valid JSON
  Html& json_ld(std::string_view json);

  /// A program of the site's own, which runs when the page has been read.
  Html& script(Url const& source);

  /// The document type, which stands before everything.
  Html& doctype() { return markup("<!doctype html>\n"); }

  [[nodiscard]] std::string const& written() const noexcept { return out_; }

  [[nodiscard]] std::string take() noexcept { return std::move(out_); }

 private:
  void begin(Tag tag, Attributes attributes);
  Html& end(Tag tag);

  std::string out_;
};

} // namespace terracat::pages

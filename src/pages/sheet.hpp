#pragma once

#include "pages/html.hpp"
#include "pages/language.hpp"
#include "pages/look.hpp"
#include "pages/message.hpp"
#include "pages/words.hpp"

#include <string>
#include <string_view>

namespace terracat::pages {

/// The site as its pages speak of it; valid while a page is written.
struct SiteFacts {
  std::string_view title;
  std::string_view description;
  std::string_view language;        ///< BCP 47, of title and description
  std::string_view url;             ///< public, without a slash at the end; may have a path
  std::string_view publisher;       ///< who answers for it; may be empty
  std::string_view contact;         ///< an address to write to; may be empty
  Look const* look = nullptr;       ///< null: what is shipped alone
  std::string_view map_tiles = {};  ///< over the coasts of maps; empty: none
  std::string_view map_credit = {}; ///< whose they are
};

/// A page in the making: its HTML, its language, and the site that it belongs to.
class Sheet {
 public:
  Sheet(SiteFacts const& site, Language language) noexcept : site_(site), language_(language) {}

  [[nodiscard]] SiteFacts const& site() const noexcept { return site_; }

  [[nodiscard]] Language language() const noexcept { return language_; }

  [[nodiscard]] std::string_view in(Message message) const noexcept {
    return message.in(language_);
  }

  [[nodiscard]] std::string filled(Message message,
                                   std::initializer_list<std::string_view> values) const {
    return pages::filled(message, language_, values);
  }

  [[nodiscard]] std::string counted(Counted const& what, std::size_t count) const {
    return pages::counted(what, language_, count);
  }

  /// A page in the language of this one. \param path  "" is the first page, "/search?q=x" another
  [[nodiscard]] Url page(std::string_view path) const { return page(path, language_); }

  [[nodiscard]] Url page(std::string_view path, Language language) const {
    return own("/" + std::string(code(language)) + (path.empty() ? "/" : std::string(path)));
  }

  /// Another address of the site: "/stac".
  [[nodiscard]] Url own(std::string_view path) const;

  /// The address of a page as the world knows it.
  [[nodiscard]] std::string public_page(std::string_view path, Language language) const;

  /// The language of a text, as far as it has to be said: it is another one than the page's.
  [[nodiscard]] std::optional<std::string_view> lang(Shown const& shown) const noexcept;

  /// An element with a text that somebody wrote in a language of his.
  void element(Tag tag, std::optional<std::string_view> style, Shown const& shown) {
    html.element(tag, {{"class", style}, {"lang", lang(shown)}}, shown.text);
  }

  Html html;

 private:
  SiteFacts const& site_;
  Language language_;
};

} // namespace terracat::pages

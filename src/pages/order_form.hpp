#pragma once

#include "pages/sheet.hpp"

#include <string>
#include <string_view>

/// Forms by which operators say something. They need no script, and carry the token of the site
/// that shows them.
namespace terracat::pages {

/// A form that is sent to a page of the site.
/// \param path   of that page, below the language
/// \param token  of forms (not empty)
/// \param name   by which buttons elsewhere on the page belong to it; nothing: there are none
/// \param write  what is in it
template<class Write>
void write_order_form(Sheet& sheet, std::string const& path, std::string_view token, Write&& write,
                      std::optional<std::string_view> name = std::nullopt) {
  auto& html = sheet.html;
  html.element("form", {{"method", "post"}, {"action", sheet.page(path)}, {"id", name}}, [&] {
    html.empty("input", {{"type", "hidden"}, {"name", "token"}, {"value", token}});
    write();
  });
}

/// Sends the form that it stands in.
void write_order_button(Sheet& sheet, std::string_view style, std::string_view text);

/// That what a form said was taken, and what follows from it.
void write_taken(Sheet& sheet, std::string_view text);

} // namespace terracat::pages

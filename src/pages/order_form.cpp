#include "pages/order_form.hpp"

#include "pages/signs.hpp"

namespace terracat::pages {

void write_order_button(Sheet& sheet, std::string_view style, std::string_view text) {
  sheet.html.element("button", {{"class", style}, {"type", "submit"}}, text);
}

void write_taken(Sheet& sheet, std::string_view text) {
  auto& html = sheet.html;
  html.element("p", {{"class", "note ok"}, {"role", "status"}},
               [&] { html.markup(sign::check).text(" ").text(text); });
}

} // namespace terracat::pages

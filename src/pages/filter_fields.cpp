#include "pages/filter_fields.hpp"

namespace terracat::pages {

void write_text_field(Sheet& sheet, TextField const& field) {
  auto& html = sheet.html;
  html.element("label", {{"for", field.name}}, sheet.in(field.label));
  html.empty("input", {{"type", "text"},
                       {"id", field.name},
                       {"name", field.name},
                       {"value", field.value},
                       {"maxlength", field.most},
                       {"aria-invalid",
                        field.is_wrong ? std::optional<std::string_view>("true") : std::nullopt},
                       {"aria-describedby", field.hint_id}});
  if (field.is_wrong) html.element("p", {{"class", "wrong"}}, sheet.in(cannot_be_read));
}

} // namespace terracat::pages

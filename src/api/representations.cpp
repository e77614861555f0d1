#include "api/representations.hpp"

#include "api/accept.hpp"
#include "api/media_types.hpp"

#include <terracat/problem.hpp>

#include <algorithm>
#include <array>
#include <string>
#include <vector>

namespace terracat::api {
namespace {

// THE table. form, name, media type
constexpr std::array representation_table{
    FormRow{Form::json, "json", {}},
    FormRow{Form::html, "html", html_type},
    FormRow{Form::ndjson, "ndjson", "application/x-ndjson"},
    FormRow{Form::geojson_seq, "geojsonseq", "application/geo+json-seq"},
    FormRow{Form::csv, "csv", "text/csv"},
    FormRow{Form::atom, "atom", "application/atom+xml"},
};

Form named(std::string_view f, Forms others) {
  std::string names = "'json'";
  for (auto const& row : representation_table) {
    bool const is_there = row.form == Form::json || others.has(row.form);
    if (is_there && row.name == f) return row.form;
    if (others.has(row.form)) names += ", '" + std::string(row.name) + "'";
  }
  throw ProblemError({.kind = ProblemKind::invalid_parameter,
                      .detail = others.is_empty()
                                    ? "the only representation that can be asked for here is 'json'"
                                    : "the representations that can be asked for here are " + names,
                      .where = "f"});
}

} // namespace

std::span<FormRow const> forms() noexcept {
  return representation_table;
}

FormRow const& row_of(Form form) noexcept {
  return *std::ranges::find(representation_table, form, &FormRow::form);
}

Form wanted_form(std::string_view f, std::string_view accept, std::string_view media_type,
                 Forms others) {
  if (!f.empty()) return named(f, others);
  if (accept.empty() || others.is_empty()) return Form::json;
  // Whoever likes any JSON is content with the one that there is.
  std::vector<std::string_view> offers{media_type, "application/json"};
  std::vector<Form> offered{Form::json, Form::json};
  for (auto const& row : representation_table) {
    if (!others.has(row.form)) continue;
    offers.push_back(row.media_type);
    offered.push_back(row.form);
  }
  return offered.at(preferred_type(accept, offers));
}

bool prefers_page(std::string_view accept) {
  return wanted_form({}, accept, json_type, {Form::html}) == Form::html;
}

} // namespace terracat::api

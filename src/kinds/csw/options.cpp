#include "kinds/csw/options.hpp"

#include "kinds/options.hpp"

#include <array>
#include <utility>

namespace terracat::kinds::csw {
namespace {

struct NamedSchema {
  std::string_view name;
  std::string_view uri;
};

constexpr std::array named_schemas{
    NamedSchema{"gmd", "http://www.isotc211.org/2005/gmd"},
    NamedSchema{"gmi", "http://www.isotc211.org/2005/gmi"},
    NamedSchema{"mdb", "http://standards.iso.org/iso/19115/-3/mdb/2.0"},
};

std::string schema_uri(std::string_view text) {
  for (auto const& [name, uri] : named_schemas) {
    if (name == text) return std::string(uri);
  }
  return std::string(text);
}

} // namespace

Options parse_options(std::string_view json) {
  auto const document = read_options(options_schema, json);
  auto const root = document.root();
  auto const text = [&root](std::string_view name) { return std::string(*root.string(name)); };
  auto const limit = root.member("max_records");
  auto modified = text("modified");
  if (modified.empty()) {
    modified = text("type_names") == "csw:Record" ? "dct:modified" : "apiso:Modified";
  }
  return {.by_post = text("method") == "POST",
          .output_schema = schema_uri(text("output_schema")),
          .type_names = text("type_names"),
          .sort_by = text("sort_by"),
          .constraint = text("constraint"),
          .modified = std::move(modified),
          .page_size = whole_number(*root.member("page_size")),
          .max_records = limit ? std::optional(whole_number(*limit)) : std::nullopt};
}

void limit_to_changes(Options& options, model::Instant since) {
  auto const second = model::Instant(since.milliseconds() - since.milliseconds() % 1'000);
  auto const changed = options.modified + " >= '" + model::to_iso8601(second) + "'";
  auto const& given = options.constraint;
  options.constraint = given.empty() ? changed : "(" + given + ") AND " + changed;
}

} // namespace terracat::kinds::csw

#include "kinds/csw/options.hpp"

#include "kinds/options.hpp"

#include <array>

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
  auto const text = [&root](std::string_view name, std::string_view otherwise) {
    return std::string(root.string(name).value_or(otherwise));
  };
  auto const number = [&root](std::string_view name) -> std::optional<std::size_t> {
    auto const member = root.member(name);
    if (!member) return std::nullopt;
    return static_cast<std::size_t>(member->number().value_or(1));
  };
  return {.by_post = text("method", "GET") == "POST",
          .output_schema = schema_uri(text("output_schema", "gmd")),
          .type_names = text("type_names", "csw:Record"),
          .sort_by = text("sort_by", "dc:identifier"),
          .constraint = text("constraint", ""),
          .page_size = number("page_size").value_or(50),
          .max_records = number("max_records")};
}

} // namespace terracat::kinds::csw

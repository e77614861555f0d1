#include "kinds/stac_api/options.hpp"

#include "kinds/options.hpp"

#include <terracat/kind.hpp>

namespace terracat::kinds::stac_api {

namespace {

/// Its words are the server's business.
std::string filter_of(json::Value const& options) {
  std::string text(*options.string("filter"));
  if (text.empty()) return text;
  auto const filter = json::Document::parse(text);
  if (!filter || !filter->root().is_object()) {
    throw ProtocolError("options/filter: expected an object of JSON");
  }
  if (options.string("items_from") != "search") {
    throw ProtocolError("options/filter: items are filtered if items_from is search");
  }
  return filter->root().text();
}

} // namespace

Options parse_options(std::string_view json) {
  auto const document = read_options(options_schema, json);
  auto const root = document.root();
  return {.items = *root.member("items")->boolean(),
          .choice = choice_of(root),
          .items_by_search = root.string("items_from") == "search",
          .filter = filter_of(root),
          .collections_by_post = root.string("collections_method") == "POST",
          .paging = root.string("paging") == "page" ? Paging::page : Paging::links,
          .page_size = whole_number(*root.member("page_size")),
          .max_pages = whole_number(*root.member("max_pages"))};
}

} // namespace terracat::kinds::stac_api

#include "api/item_stream.hpp"

#include "api/criteria_input.hpp"
#include "api/crs.hpp"
#include "api/item_writer.hpp"
#include "api/row_stream.hpp"

namespace terracat::api {
namespace {

/// So many items are read at once that a small answer is one piece.
constexpr std::size_t piece = 100;

/// Columns that a table has for properties.
constexpr std::size_t most_columns = 200;

/// Properties that the items say something of, apart from what has columns anyway.
std::vector<std::string> columns_of(query::Queryables const& queryables) {
  std::vector<std::string> out;
  for (auto const& [name, queryable] : queryables.all()) {
    bool const has_column = name == "id" || name == "collection" || name == "datetime" ||
                            name == "start_datetime" || name == "end_datetime" ||
                            name == "geometry";
    if (!has_column && out.size() < most_columns) out.push_back(name);
  }
  return out;
}

struct ItemRows {
  SearchRequest search; ///< with the token of the next piece

  bool operator()(Exchange const& exchange, catalogue::View& view, std::size_t most,
                  RowWriter& out) {
    search.items.limit = most;
    auto found = or_throw(view.items(search.items));
    ItemWriter writer(exchange, view, search.fields,
                      named_projection(exchange, ParameterInput(exchange), crs_parameter));
    std::string item;
    for (std::size_t place = 0; place < found.rows.size(); ++place) {
      item.clear();
      writer.append(found.rows[place].number, found.collections[place], item);
      out.append(item);
    }
    search.items.token = std::move(found.next);
    return search.items.token.has_value();
  }
};

} // namespace

Reply stream_items(Exchange const& exchange, catalogue::View& view, SearchRequest search,
                   std::optional<std::size_t> most) {
  auto& items = search.items;
  items.must_be_light = false;
  items.count = false;
  items.most_scanned = exchange.site().scan_items;
  auto table = exchange.form() == Form::csv
                   ? table_of_items(columns_of(*view.queryables(items.criteria.collections)))
                   : Table();
  auto const page = page_in(items);
  return stream_rows(exchange, view,
                     {.next = ItemRows{std::move(search)},
                      .piece = piece,
                      .page = page,
                      .most = most,
                      .table = std::move(table),
                      .depends_on_language = false});
}

} // namespace terracat::api

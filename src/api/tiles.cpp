#include "api/handlers.hpp"
#include "api/item_writer.hpp"
#include "api/search_parameters.hpp"
#include "api/tags.hpp"
#include "api/vector_tile.hpp"

#include <algorithm>
#include <charconv>
#include <set>

/// `/search/tiles`: the footprints of a search as vector tiles, and what maps want to know of them.
namespace terracat::api {
namespace {

constexpr std::string_view layer = "items";

/// Beyond this zoom maps enlarge what they have: a unit of a tile is 60 cm there.
constexpr int enough_zoom = 14;

/// \return  nothing if it is no number
std::optional<std::int64_t> number_of(std::string_view text) {
  std::int64_t value = 0;
  auto const* const end = text.data() + text.size();
  auto const [stop, error] = std::from_chars(text.data(), end, value);
  return error == std::errc{} && stop == end ? std::optional(value) : std::nullopt;
}

geometry::Tile asked_tile(Exchange const& exchange) {
  auto const zoom = number_of(exchange.captured("z"));
  auto const x = number_of(exchange.captured("x"));
  auto const y = number_of(exchange.captured("y"));
  auto const tile = zoom && x && y ? geometry::Tile::at(*zoom, *x, *y) : std::nullopt;
  if (tile) return *tile;
  throw ProblemError({.kind = ProblemKind::not_found,
                      .detail = "there is no such tile: zooms are 0 to " +
                                std::to_string(geometry::Tile::finest) +
                                ", columns and rows at zoom z are 0 to 2^z - 1",
                      .where = {}});
}

SearchRequest search_in(Exchange const& exchange, catalogue::View& view) {
  auto search = read_search_parameters(exchange, view, {});
  if (!exchange.parameters().get("limit")) {
    search.items.limit = std::min(standard_footprints, exchange.site().max_limit);
  }
  return search;
}

/// Adds what a map can use of the properties: texts, numbers, true and false. A feature has each
/// name once.
void add_properties(VectorTile::Attributes& out, json::Value const& item) {
  auto const properties = item.member("properties");
  if (!properties) return;
  std::set<std::string_view> names{"id", "collection"};
  for (auto const& [name, value] : properties->members()) {
    if (!names.insert(name).second) continue;
    if (auto const text = value.string()) {
      out.emplace_back(name, std::string(*text));
    } else if (auto const whole = value.integer()) {
      out.emplace_back(name, *whole);
    } else if (auto const number = value.number()) {
      out.emplace_back(name, *number);
    } else if (auto const truth = value.boolean()) {
      out.emplace_back(name, *truth);
    }
  }
}

/// The footprints that the tile shows. Bodies are read only if properties are wanted.
std::string drawn(Exchange const& exchange, catalogue::View& view, geometry::Tile const& tile,
                  catalogue::ItemAnswer const& answer, query::Fields const& fields) {
  VectorTile out(layer);
  ItemWriter writer(exchange, view, fields);
  std::string body;
  for (std::size_t i = 0; i < answer.rows.size(); ++i) {
    auto const number = answer.rows[i].number;
    auto const& collection = answer.collections[i];
    auto const footprint = view.reader().footprint(number);
    if (!footprint) continue;
    VectorTile::Attributes attributes{{"id", view.item_id(number)}, {"collection", collection}};
    if (fields.is_active()) {
      body.clear();
      writer.append(number, collection, body);
      add_properties(attributes, exchange.worker().item_parser().parse(body).value());
    }
    out.add(tile.cut(*footprint), attributes);
  }
  return out.take();
}

} // namespace

Reply get_tile(Exchange& exchange) {
  auto const tile = asked_tile(exchange);
  auto view = exchange.view();
  auto tag = list_tag(exchange, view.revision(), view.last_item_change({}));
  auto search = search_in(exchange, view);
  if (auto reply = not_modified(exchange, tag)) return std::move(*reply);
  search.items.criteria.filters.push_back({query::Intersects{model::Geometry::box(tile.bbox())}});
  auto const answer = view.items(search.items);
  if (!answer) throw ProblemError(answer.error());
  auto reply =
      tagged(drawn(exchange, view, tile, *answer, search.fields), vector_tile_type, std::move(tag));
  // As servers of OGC APIs tell it where an answer has no place for it.
  if (answer->matched) {
    reply.headers.emplace_back("OGC-NumberMatched", std::to_string(*answer->matched));
  }
  reply.headers.emplace_back("OGC-NumberReturned", std::to_string(answer->rows.size()));
  return reply;
}

Reply get_tile_set(Exchange& exchange) {
  auto view = exchange.view();
  static_cast<void>(search_in(exchange, view)); // what is wrong is told here, not by each tile
  auto const query = exchange.parameters().with("", "");
  auto const tiles = exchange.url("/search/tiles/{z}/{x}/{y}.mvt");
  auto const bounds = geometry::Tile::at(0, 0, 0)->bbox();
  json::Writer out;
  out.begin_object().name("tilejson").string("3.0.0").name("name").string(exchange.root().title);
  out.name("tiles").begin_array();
  out.string(query.empty() ? tiles : tiles + "?" + query).end_array();
  out.name("vector_layers").begin_array().begin_object().name("id").string(layer);
  out.name("fields").begin_object().name("id").string("String");
  out.name("collection").string("String").end_object().end_object().end_array();
  out.name("minzoom").integer(0).name("maxzoom").integer(enough_zoom);
  out.name("bounds").begin_array();
  out.number(bounds.west()).number(bounds.south()).number(bounds.east()).number(bounds.north());
  return lasting(exchange, out.end_array().end_object().take(), json_type);
}

} // namespace terracat::api

#include "api/search_parameters.hpp"

#include "geometry/normalise.hpp"
#include "query/filter.hpp"
#include "query/sort.hpp"

#include <algorithm>
#include <charconv>

namespace terracat::api {
namespace {

constexpr std::size_t most_ids = 10'000;
constexpr std::size_t most_positions = 10'000; ///< of a geometry to search with

[[noreturn]] void refuse(ProblemKind kind, std::string detail, std::string where) {
  throw ProblemError({.kind = kind, .detail = std::move(detail), .where = std::move(where)});
}

template<class Value>
Value or_throw(Result<Value> result) {
  if (!result) throw ProblemError(result.error());
  return std::move(*result);
}

/// The same, with the place where the value stood if the reader did not know it.
template<class Value>
Value or_throw(Result<Value> result, ProblemKind kind, std::string const& where) {
  if (result) return std::move(*result);
  auto problem = result.error();
  if (problem.kind == ProblemKind::invalid_parameter) problem.kind = kind;
  problem.where = where + (problem.where.starts_with('/') ? problem.where : std::string());
  throw ProblemError(problem);
}

/// The parts between commas, empty ones included.
std::vector<std::string_view> parts_of(std::string_view text) {
  std::vector<std::string_view> out;
  for (;;) {
    auto const comma = text.find(',');
    out.push_back(text.substr(0, comma));
    if (comma == std::string_view::npos) return out;
    text.remove_prefix(comma + 1);
  }
}

/// Ids between commas; nobody means an empty one.
std::vector<std::string> ids_in(std::string_view text) {
  std::vector<std::string> out;
  for (auto const part : parts_of(text)) {
    if (!part.empty()) out.emplace_back(part);
  }
  return out;
}

std::optional<double> number_in(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  double value = 0;
  auto const* const end = text.data() + text.size();
  auto const [stop, error] = std::from_chars(text.data(), end, value);
  return error == std::errc{} && stop == end ? std::optional(value) : std::nullopt;
}

model::DatetimeReading reading_for(Exchange const& exchange) {
  bool const is_qgis = exchange.request().head.user_agent.find("QGIS") != std::string_view::npos;
  return is_qgis || exchange.site().lenient_datetime ? model::DatetimeReading::lenient
                                                     : model::DatetimeReading::strict;
}

model::Geometry geometry_in(json::Value const& value, ProblemKind kind, std::string const& where) {
  auto const raw = or_throw(json::read_geometry(value, most_positions), kind, where);
  return or_throw(geometry::normalise(raw), kind, where);
}

/// \param prefix  of the places of problems: "/" in a body
void check_together(query::Criteria const& criteria, ProblemKind kind, std::string const& prefix) {
  if (criteria.bbox && criteria.intersects) {
    refuse(kind, "'bbox' and 'intersects' cannot stand together", prefix + "bbox");
  }
  if (criteria.ids.size() > most_ids) {
    refuse(kind, "at most " + std::to_string(most_ids) + " ids can be asked for", prefix + "ids");
  }
}

/// Collections under the ids that the scope shows them by: clients may name them by others, such
/// as a DOI. Ids that lead nowhere stay, and find nothing.
std::vector<std::string> resolved(catalogue::View& view, std::vector<std::string> ids) {
  for (auto& id : ids) {
    if (view.collection(id)) continue;
    if (auto const other = view.collection_by_identifier(id)) id = other->id;
  }
  return ids;
}

void check_crs(std::optional<std::string_view> crs, ProblemKind kind, std::string const& where) {
  if (crs && crs->find("CRS84") == std::string_view::npos) {
    refuse(kind, "the CRS of filters here is http://www.opengis.net/def/crs/OGC/1.3/CRS84", where);
  }
}

/// The queryables of a search, made only if something in it names a property.
class Vocabulary {
 public:
  Vocabulary(catalogue::View& view, std::vector<std::string> const& collections)
      : view_(view), collections_(collections) {}

  query::Queryables const& operator*() {
    if (!queryables_) queryables_ = view_.queryables(collections_);
    return *queryables_;
  }

 private:
  catalogue::View& view_;
  std::vector<std::string> const& collections_;
  std::shared_ptr<query::Queryables const> queryables_;
};

// ---- GET

constexpr std::string_view geometry_example = R"({"type":"Point","coordinates":[2.35,48.85]})";
constexpr std::string_view query_example = R"({"eo:cloud_cover":{"lt":10}})";
constexpr std::string_view filter_example =
    R"({"op":"<","args":[{"property":"eo:cloud_cover"},10]})";

/// Reads the parameters of one request; JSON in parameters goes through the worker's parser.
class ParameterReader {
 public:
  explicit ParameterReader(Exchange const& exchange) : exchange_(exchange) {}

  [[nodiscard]] std::optional<std::string_view> text(std::string_view name) const {
    return exchange_.parameters().get(name);
  }

  [[nodiscard]] std::optional<model::Bbox3> bbox() const {
    auto const given = text("bbox");
    if (!given) return std::nullopt;
    std::vector<double> numbers;
    for (auto const part : parts_of(*given)) {
      auto const number = number_in(part);
      if (!number) {
        refuse(ProblemKind::invalid_parameter,
               "'" + std::string(part.substr(0, 50)) +
                   "' is no number; expected west,south,east,north",
               "bbox");
      }
      numbers.push_back(*number);
    }
    return or_throw(model::Bbox3::from_numbers(numbers));
  }

  [[nodiscard]] std::optional<model::Interval> datetime() const {
    auto const given = text("datetime");
    if (!given) return std::nullopt;
    return or_throw(model::parse_datetime_parameter(*given, reading_for(exchange_)));
  }

  [[nodiscard]] std::optional<model::Geometry> intersects() const {
    auto const given = text("intersects");
    if (!given) return std::nullopt;
    return geometry_in(parsed(*given, geometry_example, "intersects"),
                       ProblemKind::invalid_parameter, "intersects");
  }

  [[nodiscard]] std::vector<query::Expression> filters(Vocabulary& queryables) const {
    std::vector<query::Expression> out;
    if (auto const given = text("query")) {
      out.push_back(or_throw(query::read_query_extension(parsed(*given, query_example, "query"),
                                                         *queryables, "query")));
    }
    if (auto const given = text("filter")) {
      check_language(given->starts_with('{'));
      out.push_back(or_throw(
          query::read_cql2_json(parsed(*given, filter_example, "filter"), *queryables, "filter")));
    }
    return out;
  }

 private:
  void check_language(bool looks_like_json) const {
    auto const language = text("filter-lang");
    if (language ? *language != "cql2-json" : !looks_like_json) {
      refuse(ProblemKind::invalid_parameter, "the filter language here is 'cql2-json'",
             "filter-lang");
    }
    check_crs(text("filter-crs"), ProblemKind::invalid_parameter, "filter-crs");
  }

  [[nodiscard]] json::Value parsed(std::string_view given, std::string_view example,
                                   std::string_view name) const {
    auto const value = exchange_.worker().parser().parse(given);
    if (value) return *value;
    refuse(ProblemKind::invalid_parameter,
           "expected JSON such as " + std::string(example) + ": " + value.error().detail,
           std::string(name));
  }

  Exchange const& exchange_;
};

// ---- POST

std::vector<std::string> strings_in(json::Value const& value, std::string const& where) {
  if (!value.is_array()) {
    refuse(ProblemKind::invalid_body, "expected an array of strings", where);
  }
  std::vector<std::string> out;
  for (auto const element : value.elements()) {
    auto const text = element.string();
    if (!text) {
      refuse(ProblemKind::invalid_body, "expected a string",
             where + "/" + std::to_string(out.size()));
    }
    out.emplace_back(*text);
  }
  return out;
}

/// Reads the members of one body. A member that is null counts as absent, except `fields`.
class BodyReader {
 public:
  BodyReader(Exchange const& exchange, json::Value const& body)
      : exchange_(exchange), body_(body) {}

  [[nodiscard]] std::optional<json::Value> member(std::string_view name) const {
    auto const found = body_.member(name);
    return found && !found->is_null() ? found : std::nullopt;
  }

  /// One collection may be named without brackets: stac-api-validator and others do.
  [[nodiscard]] std::vector<std::string> collections() const {
    auto const one = body_.string("collections");
    return one ? std::vector<std::string>{std::string(*one)} : list("collections");
  }

  [[nodiscard]] std::vector<std::string> list(std::string_view name) const {
    auto const given = member(name);
    return given ? strings_in(*given, "/" + std::string(name)) : std::vector<std::string>();
  }

  [[nodiscard]] std::optional<model::Bbox3> bbox() const {
    auto const given = member("bbox");
    if (!given) return std::nullopt;
    std::vector<double> numbers;
    for (auto const element : given->elements()) {
      auto const number = element.number();
      if (!number) {
        refuse(ProblemKind::invalid_body,
               element.text().substr(0, 50) + " is no number; expected [west, south, east, north]",
               "/bbox");
      }
      numbers.push_back(*number);
    }
    return or_throw(model::Bbox3::from_numbers(numbers), ProblemKind::invalid_body, "/bbox");
  }

  [[nodiscard]] std::optional<model::Interval> datetime() const {
    auto const given = member("datetime");
    if (!given) return std::nullopt;
    auto const text = given->string();
    if (!text) refuse(ProblemKind::invalid_body, "expected a string", "/datetime");
    return or_throw(model::parse_datetime_parameter(*text, reading_for(exchange_)),
                    ProblemKind::invalid_body, "/datetime");
  }

  [[nodiscard]] std::optional<model::Geometry> intersects() const {
    auto const given = member("intersects");
    if (!given) return std::nullopt;
    return geometry_in(*given, ProblemKind::invalid_body, "/intersects");
  }

  [[nodiscard]] std::vector<query::Expression> filters(Vocabulary& queryables) const {
    std::vector<query::Expression> out;
    if (auto const given = member("query")) {
      out.push_back(or_throw(query::read_query_extension(*given, *queryables, "/query")));
    }
    if (auto const given = member("filter")) {
      auto const language = body_.string("filter-lang").value_or("cql2-json");
      if (language != "cql2-json" || given->string()) {
        refuse(ProblemKind::invalid_body, "the filter language here is 'cql2-json', an object",
               "/filter-lang");
      }
      check_crs(body_.string("filter-crs"), ProblemKind::invalid_body, "/filter-crs");
      out.push_back(or_throw(query::read_cql2_json(*given, *queryables, "/filter")));
    }
    return out;
  }

  [[nodiscard]] std::optional<std::size_t> limit() const {
    auto const given = member("limit");
    if (!given) return std::nullopt;
    auto const number = given->integer();
    if (!number || *number < 1) {
      refuse(ProblemKind::invalid_body, "expected a whole number from 1", "/limit");
    }
    return static_cast<std::size_t>(*number);
  }

  [[nodiscard]] std::optional<std::string> token() const {
    auto const given = member("token");
    if (!given) return std::nullopt;
    auto const text = given->string();
    if (!text) refuse(ProblemKind::invalid_body, "expected a string", "/token");
    return std::string(*text);
  }

 private:
  Exchange const& exchange_;
  json::Value body_;
};

} // namespace

SearchRequest read_search_parameters(Exchange const& exchange, catalogue::View& view,
                                     std::vector<std::string> collections) {
  ParameterReader const reader(exchange);
  SearchRequest out;
  auto& criteria = out.items.criteria;
  criteria.collections = std::move(collections);
  if (auto const given = reader.text("collections")) {
    auto named = resolved(view, ids_in(*given));
    if (!criteria.collections.empty() && named != criteria.collections) {
      refuse(ProblemKind::invalid_parameter,
             "these are the items of '" + criteria.collections.front() +
                 "'; 'search' looks into other collections",
             "collections");
    }
    criteria.collections = std::move(named);
  }
  if (auto const given = reader.text("ids")) criteria.ids = ids_in(*given);
  criteria.bbox = reader.bbox();
  criteria.datetime = reader.datetime();
  criteria.intersects = reader.intersects();
  check_together(criteria, ProblemKind::invalid_parameter, "");
  Vocabulary queryables(view, criteria.collections);
  criteria.filters = reader.filters(queryables);
  if (auto const given = reader.text("sortby")) {
    out.items.sort = or_throw(query::read_sortby(*given, *queryables));
  }
  if (exchange.parameters().has("fields")) {
    out.fields = query::Fields::from_parameter(reader.text("fields").value_or(""));
  }
  auto const& site = exchange.site();
  out.items.limit = read_limit(exchange, site.default_limit, site.max_limit);
  if (auto const given = reader.text("token")) out.items.token = std::string(*given);
  return out;
}

SearchRequest read_search_body(Exchange const& exchange, catalogue::View& view,
                               json::Value const& body) {
  if (!body.is_object()) refuse(ProblemKind::invalid_body, "expected a JSON object", "");
  BodyReader const reader(exchange, body);
  SearchRequest out;
  auto& criteria = out.items.criteria;
  criteria.collections = resolved(view, reader.collections());
  criteria.ids = reader.list("ids");
  criteria.bbox = reader.bbox();
  criteria.datetime = reader.datetime();
  criteria.intersects = reader.intersects();
  check_together(criteria, ProblemKind::invalid_body, "/");
  Vocabulary queryables(view, criteria.collections);
  criteria.filters = reader.filters(queryables);
  if (auto const given = reader.member("sortby")) {
    out.items.sort = or_throw(query::read_sortby(*given, *queryables));
  }
  if (auto const given = body.member("fields")) { // stac-api-validator wants a null refused
    out.fields = or_throw(query::Fields::from_body(*given));
  }
  auto const& site = exchange.site();
  out.items.limit = std::min(reader.limit().value_or(site.default_limit), site.max_limit);
  out.items.token = reader.token();
  return out;
}

std::size_t read_limit(Exchange const& exchange, std::size_t standard, std::size_t greatest) {
  auto const given = exchange.parameters().get("limit");
  if (!given) return standard;
  std::size_t value = 0;
  auto const* const end = given->data() + given->size();
  auto const [stop, error] = std::from_chars(given->data(), end, value);
  if (error == std::errc::result_out_of_range && stop == end) return greatest;
  if (error != std::errc{} || stop != end || value == 0) {
    refuse(ProblemKind::invalid_parameter, "expected a whole number from 1", "limit");
  }
  return std::min(value, greatest);
}

std::size_t read_start(Exchange const& exchange) {
  auto const given = exchange.parameters().get("token");
  if (!given) return 0;
  std::size_t value = 0;
  auto const* const end = given->data() + given->size();
  auto const [stop, error] = std::from_chars(given->data(), end, value);
  if (error != std::errc{} || stop != end) {
    refuse(ProblemKind::invalid_parameter,
           "this is no page token; follow the link 'next' as it is given", "token");
  }
  return value;
}

Problem no_such_collection(catalogue::View& view, std::string_view id) {
  auto const ids = view.some_ids();
  auto const close = query::nearest(id, {ids.begin(), ids.end()});
  auto detail = "there is no collection '" + std::string(id.substr(0, 100)) + "' here";
  if (!close.empty()) detail += "; did you mean '" + close.front() + "'?";
  return {.kind = ProblemKind::not_found, .detail = std::move(detail), .where = {}};
}

catalogue::ShownCollection existing_collection(catalogue::View& view, std::string_view id) {
  auto collection = view.collection(id);
  if (!collection) collection = view.collection_by_identifier(id);
  if (!collection) throw ProblemError(no_such_collection(view, id));
  return std::move(*collection);
}

} // namespace terracat::api

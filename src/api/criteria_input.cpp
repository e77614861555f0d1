#include "api/criteria_input.hpp"

#include "api/crs.hpp"
#include "api/spoken_places.hpp"
#include "geometry/normalise.hpp"
#include "query/filter.hpp"
#include "query/free_text.hpp"
#include "query/words.hpp"
#include "vocabulary/guess.hpp"

#include <algorithm>
#include <charconv>

namespace terracat::api {
namespace {

constexpr std::size_t most_ids = 10'000; ///< of items, and of collections
constexpr std::size_t most_of_page = 50; ///< unless a person asks for more
constexpr std::size_t most_phrases = 100;
constexpr std::size_t most_positions = 10'000; ///< of a geometry to search with

constexpr std::string_view geometry_example = R"({"type":"Point","coordinates":[2.35,48.85]})";
constexpr std::string_view query_example = R"({"eo:cloud_cover":{"lt":10}})";
constexpr std::string_view filter_example =
    R"({"op":"<","args":[{"property":"eo:cloud_cover"},10]})";

model::DatetimeReading reading_for(Exchange const& exchange) {
  bool const is_qgis = exchange.request().head.user_agent.find("QGIS") != std::string_view::npos;
  return is_qgis || exchange.site().lenient_datetime ? model::DatetimeReading::lenient
                                                     : model::DatetimeReading::strict;
}

/// \return  nothing if there is none; what is said of one has to be right even so
std::optional<query::Expression> read_filter(SearchInput const& input, Exchange const& exchange,
                                             Vocabulary& queryables) {
  auto const language = input.text("filter-lang");
  if (language && *language != "cql2-text" && *language != "cql2-json") {
    input.refuse("the filter languages here are 'cql2-text' and 'cql2-json'", "filter-lang");
  }
  auto const* const projection = named_projection(exchange, input, filter_crs_parameter);
  if (input.form("filter") == SearchInput::Form::absent) return std::nullopt;
  // Without a name, text is text and an object JSON, whatever the method: neither can be the other.
  bool const is_text = input.form("filter") == SearchInput::Form::text;
  auto const where = input.where("filter");
  auto filter =
      or_throw((language ? *language == "cql2-text" : is_text)
                   ? query::parse_cql2_text(input.text("filter").value(), where)
                   : query::parse_cql2_json(input.json("filter", filter_example).value(), where));
  if (projection != nullptr) from_crs(filter, *projection);
  return or_throw(query::bind(filter, *queryables));
}

/// A parameter says in which CRS the box is, and has to be right even without one; bodies have
/// none.
std::optional<model::Bbox3> read_box(SearchInput const& input, Exchange const& exchange) {
  auto const* const projection = exchange.parameters().has(bbox_crs_parameter)
                                     ? named_projection(exchange, input, bbox_crs_parameter)
                                     : nullptr;
  auto given = input.numbers("bbox");
  if (!given) return std::nullopt;
  auto& numbers = *given;
  if (projection != nullptr && (numbers.size() == 4 || numbers.size() == 6)) {
    auto const east = numbers.size() / 2; // behind the heights, if there are any
    auto const box = input.or_throw(
        projection->box_from(std::array{numbers[0], numbers[1], numbers[east], numbers[east + 1]}),
        "bbox");
    numbers[0] = box.west();
    numbers[1] = box.south();
    numbers[east] = box.east();
    numbers[east + 1] = box.north();
  }
  return input.or_throw(model::Bbox3::from_numbers(numbers), "bbox");
}

/// What is absent is false. \throws ProblemError
bool is_true(SearchInput const& input, std::string_view name) {
  if (input.form(name) == SearchInput::Form::absent) return false;
  if (input.form(name) == SearchInput::Form::json) {
    auto const value = input.json(name, "true")->boolean();
    if (value) return *value;
  } else {
    auto const text = input.text(name);
    if (text == "true" || text == "false") return text == "true";
  }
  input.refuse("expected true or false", name);
}

bool explains(SearchInput const& input) {
  return is_true(input, "explain");
}

/// The names of the place that the text is called by, if it is one of these.
std::vector<index::Expansion> names_of(std::string_view text,
                                       std::vector<gazetteer::Place const*> const& places,
                                       gazetteer::Gazetteer const& all, bool counts_where) {
  std::vector<index::Expansion> out;
  if (places.empty()) return out;
  auto const* const place = all.find(text);
  if (std::ranges::find(places, place) == places.end()) return out;
  for (auto const& name : place->names) {
    out.push_back({.label = name.text, .language = std::string(name.language), .weight = 1});
  }
  if (counts_where) out.front().bbox = place->bbox;
  return out;
}

/// What says the same as a part of a question, as the vocabularies and the names of places know.
index::Expander expander_of(Site const& site, std::string_view question, bool counts_where) {
  std::vector<gazetteer::Place const*> spoken;
  for (auto const& one : spoken_places(site, question)) spoken.push_back(one.place);
  return [spoken = std::move(spoken), counts_where, places = site.places,
          thesaurus = site.thesaurus](std::string_view text) {
    constexpr double broader = 0.4; // found by measuring (doc/discovery.md)
    auto out = names_of(text, spoken, *places, counts_where);
    auto said = thesaurus->expansions(text, {.broader = broader});
    if (said.empty())
      said = thesaurus->expansions(vocabulary::without_plurals(text), {.broader = broader});
    for (auto const& one : said) {
      out.push_back({.label = std::string(one.label.text),
                     .language = std::string(one.label.language),
                     .weight = one.weight});
    }
    return out;
  };
}

catalogue::PlaceNames place_names(SearchInput const& input) {
  using enum catalogue::PlaceNames;
  auto const given = input.text("place");
  if (!given || given == "weighed") return weighed;
  if (given == "words") return words;
  if (given == "bounds") return bounds;
  input.refuse("expected words, weighed or bounds", "place");
}

/// What stands between quotation marks, the first `most_phrases`.
std::vector<std::string> quoted(std::string_view text) {
  std::vector<std::string> out;
  for (bool is_quoted = false; !text.empty() && out.size() < most_phrases; is_quoted = !is_quoted) {
    auto const mark = std::min(text.find('"'), text.size());
    if (is_quoted) out.emplace_back(text.substr(0, mark));
    text.remove_prefix(std::min(mark + 1, text.size()));
  }
  return out;
}

} // namespace

std::vector<std::string> bounded(SearchInput const& input, std::vector<std::string> ids,
                                 std::string_view name) {
  if (ids.size() <= most_ids) return ids;
  input.refuse("at most " + std::to_string(most_ids) + " ids can be asked for", name);
}

Vocabulary record_vocabulary() {
  return Vocabulary(
      [] { return std::make_shared<query::Queryables const>(query::Queryables::of_records()); });
}

void read_criteria(SearchInput const& input, Exchange const& exchange, Vocabulary& queryables,
                   query::Criteria& out) {
  out.ids = bounded(input, input.texts("ids"), "ids");
  out.bbox = read_box(input, exchange);
  if (auto const text = input.text("datetime")) {
    out.datetime =
        input.or_throw(model::parse_datetime_parameter(*text, reading_for(exchange)), "datetime");
  }
  if (auto const value = input.json("intersects", geometry_example)) {
    auto const raw = input.or_throw(json::read_geometry(*value, most_positions), "intersects");
    out.intersects = input.or_throw(geometry::normalise(raw), "intersects");
  }
  if (out.bbox && out.intersects) {
    input.refuse("'bbox' and 'intersects' cannot stand together", "bbox");
  }
  if (auto const value = input.json("query", query_example)) {
    out.filters.push_back(
        or_throw(query::read_query_extension(*value, *queryables, input.where("query"))));
  }
  if (auto filter = read_filter(input, exchange, queryables)) {
    out.filters.push_back(std::move(*filter));
  }
}

std::optional<std::size_t> limit_in(BodyInput const& input) {
  auto const given = input.member("limit");
  if (!given) return std::nullopt;
  auto const number = given->integer();
  if (!number || *number < 1) input.refuse("expected a whole number from 1", "limit");
  return static_cast<std::size_t>(*number);
}

namespace {

void read_phrases(SearchInput const& input, query::Criteria& out) {
  auto const phrases = input.texts("q");
  if (phrases.empty()) return;
  if (phrases.size() > most_phrases) {
    input.refuse("at most " + std::to_string(most_phrases) + " phrases can be asked for", "q");
  }
  if (std::ranges::any_of(phrases, query::is_too_long)) {
    input.refuse("a phrase has at most " + std::to_string(query::most_words) + " words", "q");
  }
  auto condition = query::says_one_of(phrases);
  if (!condition) input.refuse("expected words; a phrase here has neither letters nor digits", "q");
  out.filters.push_back(std::move(*condition));
}

} // namespace

void read_free_text(SearchInput const& input, query::Criteria& out) {
  if (input.form("q") != SearchInput::Form::text) return read_phrases(input, out);
  auto const text = *input.text("q");
  if (text.empty()) return;
  out.filters.push_back(input.or_throw(query::read_free_text(text), "q"));
}

void read_words(SearchInput const& input, Exchange const& exchange, catalogue::RecordRequest& out) {
  auto const places = place_names(input); // it has to be right even where it does not count
  if (!explains(input)) {
    bool const is_stac = exchange.has_root() && exchange.root().family == Family::stac;
    return is_stac ? read_free_text(input, out.criteria) : read_phrases(input, out.criteria);
  }
  std::string question;
  for (auto const& text : input.texts("q")) question += (question.empty() ? "" : " ") + text;
  if (question.empty()) input.refuse("expected a question in 'q'", "explain");
  ask(exchange.site(), std::move(question), out, places);
}

bool wants_guesses(SearchInput const& input) {
  return is_true(input, "guessed");
}

query::Expression property_condition(SearchInput const& input, query::Queryables const& queryables,
                                     std::string_view name, std::string_view value) {
  json::Writer condition;
  condition.begin_object().name(name).begin_object().member("eq", value).end_object();
  // A parser of its own, for that of the worker may hold a body.
  auto const parsed = json::Document::parse(condition.end_object().take());
  return input.or_throw(
      query::read_query_extension(parsed.value().root(), queryables, std::string(name)), name);
}

void ask(Site const& site, std::string question, catalogue::RecordRequest& out,
         catalogue::PlaceNames places) {
  if (question.empty()) return;
  for (auto const& phrase : quoted(question)) {
    if (auto condition = query::says_one_of({phrase})) {
      out.criteria.filters.push_back(std::move(*condition));
    }
  }
  out.expand = expander_of(site, question, places != catalogue::PlaceNames::words);
  out.places = places;
  out.question = std::move(question);
}

std::optional<std::string> token_in(SearchInput const& input) {
  auto const given = input.text("token");
  return given ? std::optional(std::string(*given)) : std::nullopt;
}

std::size_t read_limit(Exchange const& exchange, std::size_t standard, std::size_t greatest) {
  auto const given = exchange.parameters().get("limit");
  if (!given) return exchange.form() == Form::html ? std::min(standard, most_of_page) : standard;
  std::size_t value = 0;
  auto const* const end = given->data() + given->size();
  auto const [stop, error] = std::from_chars(given->data(), end, value);
  if (error == std::errc::result_out_of_range && stop == end) return greatest;
  if (error != std::errc{} || stop != end || value == 0) {
    throw ProblemError({.kind = ProblemKind::invalid_parameter,
                        .detail = "expected a whole number from 1",
                        .where = "limit"});
  }
  return std::min(value, greatest);
}

void check_object(json::Value const& body) {
  if (body.is_object()) return;
  throw ProblemError(
      {.kind = ProblemKind::invalid_body, .detail = "expected a JSON object", .where = {}});
}

} // namespace terracat::api

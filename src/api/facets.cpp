#include "api/choices.hpp"
#include "api/criteria_input.hpp"
#include "api/handlers.hpp"
#include "api/media_types.hpp"
#include "api/record_parameters.hpp"
#include "api/tags.hpp"
#include "query/folding.hpp"

#include <terracat/text.hpp>

#include <algorithm>

/// `/api/v1/facets`: by what the records of a search can be narrowed.
namespace terracat::api {
namespace {

constexpr std::size_t standard_buckets = 20;
constexpr std::size_t most_buckets = 1'000;

/// Those of concepts are left out as long as nobody has counted them. \throws ProblemError  if they
/// are wanted by name even so
std::vector<catalogue::FacetRow const*> wanted_facets(SearchInput const& input,
                                                      catalogue::View& view) {
  std::vector<catalogue::FacetRow const*> out;
  auto const rows = catalogue::facet_rows();
  auto const names = input.texts("facets");
  for (auto const& row : rows) {
    if (names.empty() && (row.property != catalogue::concepts_name || view.concepts())) {
      out.push_back(&row);
    }
  }
  for (auto const& name : names) {
    auto const row = std::ranges::find(rows, name, &catalogue::FacetRow::name);
    if (row == rows.end()) {
      std::string detail = "there is no facet '" + name.substr(0, 100) + "'; there are ";
      for (auto const& one : rows) {
        detail += (&one == rows.data() ? "" : ", ") + std::string(one.name);
      }
      input.refuse(std::move(detail), "facets");
    }
    if (row->property == catalogue::concepts_name && !view.concepts()) {
      throw ProblemError({.kind = ProblemKind::overloaded,
                          .detail = "what records are about is still being counted; try again",
                          .where = "facets"});
    }
    if (std::ranges::find(out, &*row) == out.end()) out.push_back(&*row);
  }
  return out;
}

/// The facet that a property belongs to; null: it belongs to none.
catalogue::FacetRow const* facet_of(std::string_view property) {
  auto const rows = catalogue::facet_rows();
  auto const found = std::ranges::find(rows, property, &catalogue::FacetRow::property);
  return found == rows.end() ? nullptr : &*found;
}

/// The concept under which what is exactly the same is counted.
std::optional<vocabulary::ConceptNumber> head_of(catalogue::View& view, std::string_view address) {
  auto const& uses = view.concepts();
  auto const number = uses ? uses->thesaurus().find_address(address) : std::nullopt;
  return number ? std::optional(uses->head_of(*number)) : std::nullopt;
}

struct Question {
  catalogue::FacetRequest request; ///< what was picked is there always
  std::size_t limit = standard_buckets;
  std::string label_part; ///< folded; labels have to have it
};

/// What was picked of a facet is kept apart, since the facet goes on to show what else there is.
Question read_question(Exchange const& exchange, catalogue::View& view) {
  ParameterInput const input(exchange);
  Question out;
  auto& request = out.request;
  auto& criteria = request.search.criteria;
  read_words(input, exchange, request.search);
  request.search.guesses = wants_guesses(input);
  for (auto& one : read_record_criteria(input, exchange, view, criteria)) {
    auto const* const row = facet_of(one.property);
    if (row == nullptr) {
      criteria.filters.push_back(std::move(one.condition));
      continue;
    }
    for (auto& value : one.values) {
      bool const is_concept = row->property == catalogue::concepts_name;
      auto const head = is_concept ? head_of(view, value) : std::nullopt;
      request.always.push_back({.facet = row->name, .key = std::move(value), .head = head});
    }
    request.selections.push_back({.facet = row->name, .condition = std::move(one.condition)});
  }
  if (auto const datetime = std::exchange(criteria.datetime, std::nullopt)) {
    request.always.push_back({.facet = catalogue::decade_facet,
                              .key = std::string(input.text("datetime").value_or(""))});
    request.selections.push_back(
        {.facet = catalogue::decade_facet, .condition = {query::PeriodMeets{*datetime}}});
  }
  request.groups = groups_of(exchange.site());
  if (auto const pole = input.text("pole")) {
    if (std::ranges::find(request.groups, *pole, &catalogue::SourceGroup::key) ==
        request.groups.end()) {
      input.refuse("there is no pole of that name here", "pole");
    }
    request.always.push_back({.facet = catalogue::pole_facet, .key = std::string(*pole)});
    request.group = *pole;
  }
  request.facets = wanted_facets(input, view);
  request.languages = exchange.site().languages;
  if (auto const wanted = input.text("lang")) {
    request.languages.insert(request.languages.begin(), lowered(*wanted));
  }
  out.limit = read_limit(exchange, standard_buckets, most_buckets);
  out.label_part = query::folded(input.text("facet_q").value_or(""));
  if (out.label_part.empty()) request.most = out.limit;
  return out;
}

void write_bucket(json::Writer& out, catalogue::Facet const& facet,
                  catalogue::FacetBucket const& bucket, bool is_picked) {
  out.begin_object().name("key").string(bucket.key);
  if (facet.row->property == "themes" || facet.row->property == catalogue::concepts_name) {
    out.member("uri", bucket.key);
  }
  out.name("label").string(bucket.label);
  out.name("count").integer(static_cast<std::int64_t>(bucket.count));
  out.name("selected").boolean(is_picked).end_object();
}

/// What was picked is there whatever `limit` and `facet_q`, so that it can be let go of.
void write_facet(json::Writer& out, catalogue::Facet const& facet, Question const& question) {
  out.begin_object().name("name").string(facet.row->name);
  out.name("property").string(facet.row->property.empty() ? facet.row->name : facet.row->property);
  out.name("buckets").begin_array();
  std::size_t written = 0;
  bool has_more = facet.values > facet.buckets.size();
  for (auto const& bucket : facet.buckets) {
    bool const is_picked =
        std::ranges::any_of(question.request.always, [&](catalogue::FacetValue const& value) {
          if (bucket.head) return value.head == bucket.head;
          return value.facet == facet.row->name && value.key == bucket.key;
        });
    bool const is_asked =
        question.label_part.empty() ||
        query::folded(bucket.label).find(question.label_part) != std::string::npos;
    bool const fits = is_asked && written < question.limit;
    has_more = has_more || (is_asked && !fits && !is_picked);
    if (!fits && !is_picked) continue;
    if (is_asked) ++written;
    write_bucket(out, facet, bucket, is_picked);
  }
  out.end_array().name("more").boolean(has_more).end_object();
}

} // namespace

Reply get_facets(Exchange& exchange) {
  auto view = exchange.view(whole_root(exchange.site(), Family::records).scope);
  auto tag = concept_list_tag(exchange, view);
  auto const question = read_question(exchange, view);
  if (auto reply = not_modified(exchange, tag)) return std::move(*reply);
  json::Writer out;
  out.begin_object().name("facets").begin_array();
  for (auto const& facet : view.facets(question.request)) write_facet(out, facet, question);
  out.end_array().end_object();
  return tagged(out.take(), json_type, std::move(tag));
}

} // namespace terracat::api

#include "api/record_parameters.hpp"

#include "api/criteria_input.hpp"
#include "api/vocabulary_question.hpp"
#include "query/filter.hpp"
#include "query/sort.hpp"

#include <algorithm>

namespace terracat::api {
namespace {

/// Records under the ids that the scope shows them by. Ids that lead nowhere stay, and find
/// nothing.
std::vector<std::string> resolved_records(catalogue::View& view, std::vector<std::string> ids) {
  for (auto& id : ids) {
    if (auto const one = view.record(id)) {
      auto const cluster = view.cluster_of(one->row.number);
      if (!cluster.empty()) id = cluster.front().id;
    } else if (auto const other = view.record_by_identifier(id)) {
      id = other->id;
    }
  }
  return ids;
}

std::vector<query::Scalar> scalars(std::vector<std::string> texts) {
  std::vector<query::Scalar> out;
  out.reserve(texts.size());
  for (auto& text : texts) out.emplace_back(std::move(text));
  return out;
}

void read_lists(SearchInput const& input, std::vector<PropertyCondition>& out) {
  if (auto types = input.texts("type"); !types.empty()) {
    query::In in{{.name = "type", .type = query::Type::text}, scalars(types)};
    out.push_back({"type", std::move(types), {std::move(in)}});
  }
  if (auto ids = bounded(input, input.texts("externalIds"), "externalIds"); !ids.empty()) {
    query::Property const asked{.name = std::string(catalogue::asked_identifiers),
                                .type = query::Type::list};
    query::ListCompare has{asked, query::ListComparison::overlaps, scalars(ids)};
    out.push_back({"externalIds", std::move(ids), {std::move(has)}});
  }
}

/// Equality with a property, for each parameter that is called like one: of a list, that it has the
/// value.
void read_properties(Exchange const& exchange, SearchInput const& input,
                     query::Queryables const& queryables, std::vector<PropertyCondition>& out) {
  for (auto const& [name, queryable] : queryables.all()) {
    bool const is_parameter_of_its_own =
        name == "type" || name == "externalIds" || name == "datetime" || name == "id";
    auto const given = is_parameter_of_its_own ? std::nullopt : input.text(name);
    if (!given) continue;
    auto const value = name == catalogue::concepts_name
                           ? known_address(*exchange.site().thesaurus, *given)
                           : std::string(*given);
    out.push_back({name, {value}, property_condition(input, queryables, name, value)});
  }
}

/// Records to be passed over. Clients that make pages by themselves send it.
std::size_t read_offset(SearchInput const& input) {
  auto const given = input.integer("offset").value_or(0);
  if (given < 0) input.refuse("expected a whole number from 0", "offset");
  return static_cast<std::size_t>(given);
}

/// What both methods say in the same way.
catalogue::RecordRequest read_search(SearchInput const& input, Exchange const& exchange,
                                     catalogue::View& view) {
  catalogue::RecordRequest out;
  read_words(input, exchange, out);
  for (auto& one : read_record_criteria(input, exchange, view, out.criteria)) {
    out.criteria.filters.push_back(std::move(one.condition));
  }
  out.guesses = wants_guesses(input);
  out.offset = read_offset(input);
  out.token = token_in(input);
  return out;
}

} // namespace

std::vector<PropertyCondition> read_record_criteria(SearchInput const& input,
                                                    Exchange const& exchange, catalogue::View& view,
                                                    query::Criteria& out) {
  auto queryables = record_vocabulary();
  read_criteria(input, exchange, queryables, out);
  out.ids = resolved_records(view, std::move(out.ids));
  std::vector<PropertyCondition> conditions;
  read_lists(input, conditions);
  read_properties(exchange, input, *queryables, conditions);
  return conditions;
}

catalogue::RecordRequest read_record_parameters(Exchange const& exchange, catalogue::View& view) {
  ParameterInput const input(exchange);
  auto out = read_search(input, exchange, view);
  if (auto const given = input.text("sortby")) {
    out.sort = or_throw(query::read_sortby(*given, *record_vocabulary()));
  }
  auto const& site = exchange.site();
  out.limit = read_limit(exchange, site.default_limit, site.max_limit);
  return out;
}

catalogue::RecordRequest read_record_body(Exchange const& exchange, catalogue::View& view,
                                          json::Value const& body) {
  check_object(body);
  BodyInput const input(body);
  auto out = read_search(input, exchange, view);
  if (auto const given = input.member("sortby")) {
    out.sort = or_throw(query::read_sortby(*given, *record_vocabulary()));
  }
  auto const& site = exchange.site();
  out.limit = std::min(limit_in(input).value_or(site.default_limit), site.max_limit);
  return out;
}

} // namespace terracat::api

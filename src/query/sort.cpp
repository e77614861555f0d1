#include "query/sort.hpp"

namespace terracat::query {
namespace {

Problem bad_sort(ProblemKind kind, std::string detail, std::string where) {
  return {.kind = kind, .detail = std::move(detail), .where = std::move(where)};
}

Result<SortKey> sort_key(std::string_view name, bool descending, Queryables const& queryables,
                         std::string const& where) {
  auto const* const queryable = queryables.find(name);
  if (queryable == nullptr || !queryable->is_sortable) return queryables.unsortable(name, where);
  return SortKey{queryable->as.front(), descending};
}

Problem too_many(ProblemKind kind) {
  return bad_sort(
      kind, "at most " + std::to_string(most_sort_keys) + " properties can be sorted by", "sortby");
}

} // namespace

Result<std::vector<SortKey>> read_sortby(std::string_view parameter, Queryables const& queryables) {
  std::vector<SortKey> keys;
  while (!parameter.empty()) {
    auto const comma = parameter.find(',');
    auto name = parameter.substr(0, comma);
    parameter = comma == std::string_view::npos ? std::string_view() : parameter.substr(comma + 1);
    bool const descending = name.starts_with('-');
    if (!name.empty() && std::string_view("+- ").find(name.front()) != std::string_view::npos) {
      name.remove_prefix(1);
    }
    if (name.empty()) {
      return bad_sort(ProblemKind::invalid_parameter,
                      "expected names of properties, such as -datetime,+id", "sortby");
    }
    auto key = sort_key(name, descending, queryables, "sortby");
    if (!key) return key.error();
    keys.push_back(std::move(*key));
    if (keys.size() > most_sort_keys) return too_many(ProblemKind::invalid_parameter);
  }
  return keys;
}

Result<std::vector<SortKey>> read_sortby(json::Value const& member, Queryables const& queryables) {
  if (!member.is_array()) {
    return bad_sort(ProblemKind::invalid_body,
                    "expected an array of {\"field\": …, \"direction\": \"asc\" or \"desc\"}",
                    "/sortby");
  }
  std::vector<SortKey> keys;
  for (auto const element : member.elements()) {
    auto const where = "/sortby/" + std::to_string(keys.size());
    auto const field = element.string("field");
    if (!field) return bad_sort(ProblemKind::invalid_body, "expected a 'field'", where);
    auto const given = element.member("direction");
    auto const direction = given ? given->string().value_or("") : "asc";
    if (direction != "asc" && direction != "desc") {
      return bad_sort(ProblemKind::invalid_body, "the direction is 'asc' or 'desc'",
                      where + "/direction");
    }
    auto key = sort_key(*field, direction == "desc", queryables, where + "/field");
    if (!key) return key.error();
    keys.push_back(std::move(*key));
    if (keys.size() > most_sort_keys) return too_many(ProblemKind::invalid_body);
  }
  return keys;
}

} // namespace terracat::query

#include "query/filter.hpp"
#include "query/literal.hpp"
#include "query/pattern.hpp"

#include <terracat/text.hpp>

#include <algorithm>
#include <array>

namespace terracat::query {
namespace {

enum class Operator : std::uint8_t {
  eq,
  neq,
  lt,
  lte,
  gt,
  gte,
  starts_with,
  ends_with,
  contains,
  in
};

struct Row {
  std::string_view name;
  Operator op;
  Comparison comparison; ///< of the first six
};

constexpr std::array operators{
    Row{"eq", Operator::eq, Comparison::equal},
    Row{"neq", Operator::neq, Comparison::not_equal},
    Row{"lt", Operator::lt, Comparison::less},
    Row{"lte", Operator::lte, Comparison::less_equal},
    Row{"gt", Operator::gt, Comparison::greater},
    Row{"gte", Operator::gte, Comparison::greater_equal},
    Row{"startsWith", Operator::starts_with, {}},
    Row{"endsWith", Operator::ends_with, {}},
    Row{"contains", Operator::contains, {}},
    Row{"in", Operator::in, {}},
};

Problem bad_query(std::string detail, std::string where) {
  return {
      .kind = ProblemKind::invalid_filter, .detail = std::move(detail), .where = std::move(where)};
}

std::optional<Expression> on_list(Property const& property, Operator op, json::Value const& value) {
  auto values = value.is_array() ? list_literal(value) : std::nullopt;
  bool const whole = values.has_value();
  if (!whole) {
    for (auto const type : {Type::text, Type::number, Type::boolean}) {
      bool const fits = value.kind() == (type == Type::text     ? json::Kind::string
                                         : type == Type::number ? json::Kind::number
                                                                : json::Kind::boolean);
      if (fits) values = std::vector{*literal(value, type)};
    }
  }
  if (!values) return std::nullopt;
  auto const made = [&](ListComparison comparison) {
    return Expression{ListCompare{property, comparison, *values}};
  };
  switch (op) {
  case Operator::eq:
    return made(whole ? ListComparison::equals : ListComparison::contains);
  case Operator::neq:
    return Expression{Not{{made(whole ? ListComparison::equals : ListComparison::contains)}}};
  case Operator::contains:
    return made(ListComparison::contains);
  case Operator::in:
    return made(ListComparison::overlaps);
  default:
    return std::nullopt;
  }
}

bool is_of_texts(Operator op) noexcept {
  return op == Operator::starts_with || op == Operator::ends_with || op == Operator::contains;
}

std::optional<Expression> on_text(Property const& property, Operator op, std::string const& text) {
  auto const escaped = escaped_pattern(text);
  switch (op) {
  case Operator::starts_with:
    return Expression{Like{property, escaped + "%"}};
  case Operator::ends_with:
    return Expression{Like{property, "%" + escaped}};
  case Operator::contains:
    return Expression{Like{property, "%" + escaped + "%"}};
  default:
    return std::nullopt;
  }
}

std::optional<Expression> condition(Property const& property, Row const& row,
                                    json::Value const& value) {
  if (property.type == Type::list) return on_list(property, row.op, value);
  if (row.op == Operator::in) {
    auto values = literals(value, property.type);
    if (!values) return std::nullopt;
    return Expression{In{property, std::move(*values)}};
  }
  auto const read = literal(value, property.type);
  if (!read) return std::nullopt;
  if (row.op <= Operator::gte) return Expression{Compare{property, row.comparison, *read}};
  if (property.type != Type::text) return std::nullopt;
  return on_text(property, row.op, std::get<std::string>(*read));
}

Problem unknown_operator(std::string_view name, std::string where) {
  return bad_query("'" + std::string(name.substr(0, 50)) + "' is no operator; there are " +
                       listed(operators, [](auto const& row) { return row.name; }),
                   std::move(where));
}

} // namespace

Result<Expression> read_query_extension(json::Value const& query, Queryables const& queryables,
                                        std::string const& where, FilterLimits limits) {
  if (!query.is_object()) return bad_query("expected an object of properties", where);
  And all;
  std::size_t parts = 0;
  for (auto const [name, conditions] : query.members()) {
    auto const at = where + "/" + std::string(name.substr(0, 100));
    auto const* const queryable = queryables.find(name);
    if (queryable == nullptr) return queryables.unknown(name, at);
    if (!conditions.is_object() || conditions.size() == 0) {
      return bad_query("expected an object of operators, such as {\"eq\": …}", at);
    }
    for (auto const [op, value] : conditions.members()) {
      auto const* const row = std::ranges::find(operators, op, &Row::name);
      if (row == operators.end()) return unknown_operator(op, at);
      parts += 1 + (value.is_array() ? value.size() : 0);
      if (parts > limits.nodes) {
        return bad_query("the query has more than " + std::to_string(limits.nodes) +
                             " parts: conditions, and values in lists",
                         where);
      }
      if (is_of_texts(row->op) && value.string().value_or("").size() > longest_pattern) {
        return bad_query("a text to look for has at most " + std::to_string(longest_pattern) +
                             " bytes",
                         at + "/" + std::string(op));
      }
      auto made = for_each_type(*queryable, value.text(), at + "/" + std::string(op),
                                [&, &given = value](Property const& property) {
                                  return condition(property, *row, given);
                                });
      if (!made) return made.error();
      all.of.push_back(std::move(*made));
    }
  }
  if (all.of.empty()) return Expression{Always{}};
  return Expression{std::move(all)};
}

} // namespace terracat::query

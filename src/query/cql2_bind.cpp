#include "query/filter.hpp"

#include "query/cql2_terms.hpp"
#include "query/functions.hpp"
#include "query/literal.hpp"
#include "query/simplify.hpp"

#include <algorithm>
#include <array>
#include <span>

namespace terracat::query {
namespace {

struct ComparisonName {
  std::string_view name;
  Comparison comparison;
  Comparison mirrored; ///< with the two sides exchanged
};

constexpr std::array comparisons{
    ComparisonName{"=", Comparison::equal, Comparison::equal},
    ComparisonName{"<>", Comparison::not_equal, Comparison::not_equal},
    ComparisonName{"<", Comparison::less, Comparison::greater},
    ComparisonName{"<=", Comparison::less_equal, Comparison::greater_equal},
    ComparisonName{">", Comparison::greater, Comparison::less},
    ComparisonName{">=", Comparison::greater_equal, Comparison::less_equal},
};

template<class Value>
Value or_throw(Result<Value> result) {
  if (!result) throw ProblemError(result.error());
  return std::move(*result);
}

bool is_constant(Cql2 const& node) noexcept {
  return std::holds_alternative<bool>(node.node) || std::holds_alternative<double>(node.node) ||
         std::holds_alternative<std::string>(node.node) ||
         std::holds_alternative<Cql2::Date>(node.node) ||
         std::holds_alternative<Cql2::Timestamp>(node.node);
}

bool is_time(Cql2 const& node) noexcept {
  return std::holds_alternative<Cql2::Date>(node.node) ||
         std::holds_alternative<Cql2::Timestamp>(node.node);
}

bool has_texts(Queryable const& queryable) {
  return std::ranges::find(queryable.as, Type::text, &Property::type) != queryable.as.end();
}

Expression constant(bool is_true) {
  return is_true ? Expression{Always{}} : Expression{Not{{Expression{Always{}}}}};
}

/// Makes a condition of what was written: where a property is compared with literals one that an
/// index and SQL understand (query.hpp), of all else a term. Everything that cannot be one ends in
/// ProblemError.
class Binder {
 public:
  explicit Binder(Queryables const& queryables) noexcept : terms_(queryables) {}

  [[nodiscard]] Expression condition(Cql2 const& node) const {
    if (auto const* const flag = std::get_if<bool>(&node.node)) return constant(*flag);
    auto const* const call = std::get_if<Cql2::Call>(&node.node);
    if (call == nullptr || function(call->op)->gives != kind::boolean) {
      refuse_filter("expected a condition, such as a comparison", node.where);
    }
    if (call->op == "and") return {And{conditions(call->arguments)}};
    if (call->op == "or") return {Or{conditions(call->arguments)}};
    if (call->op == "not") return {Not{conditions(call->arguments)}};
    if (auto simple = comparison(*call)) return std::move(*simple);
    auto term = terms_.term(node, kind::boolean, "a condition");
    if (auto simple = simplified(term)) return std::move(*simple);
    auto const* const scalar = std::get_if<Scalar>(&term.node);
    return scalar == nullptr ? Expression{Holds{std::move(term)}}
                             : constant(std::get<bool>(*scalar));
  }

 private:
  using Arguments = std::vector<Cql2>;
  using Simple = std::optional<Expression>; ///< nothing: it takes a term

  [[nodiscard]] std::vector<Expression> conditions(Arguments const& arguments) const {
    std::vector<Expression> out;
    for (auto const& argument : arguments) out.push_back(condition(argument));
    return out;
  }

  [[nodiscard]] Simple comparison(Cql2::Call const& call) const {
    if (call.op == "isNull") return is_null(call.arguments.front());
    auto const* const row = std::ranges::find(comparisons, call.op, &ComparisonName::name);
    bool const is_binary = row != comparisons.end();
    if (!is_binary && call.op != "between" && call.op != "in" && call.op != "like") {
      return std::nullopt;
    }
    Arguments arguments;
    for (auto const& argument : call.arguments) arguments.push_back(computed(argument));
    bool const mirrored = is_binary && TermBinder::is_name(arguments[1]);
    if (mirrored) std::swap(arguments[0], arguments[1]);
    if (!TermBinder::is_name(arguments[0]) || TermBinder::is_geometry(arguments[0])) {
      return std::nullopt;
    }
    auto const values = std::span(arguments).subspan(1);
    auto const& queryable = terms_.property(arguments[0]);
    if (call.op == "in") return in(queryable, values.front());
    if (!std::ranges::all_of(values, is_constant)) return std::nullopt;
    if (std::ranges::any_of(values, is_time) && has_texts(queryable)) return std::nullopt;
    if (call.op == "between") return between(queryable, values);
    if (call.op == "like") return like(queryable, values.front());
    return compared(queryable, mirrored ? row->mirrored : row->comparison, values.front());
  }

  /// The node, or what it comes to if it is a call that is the same for every item; of an array its
  /// elements.
  [[nodiscard]] Cql2 computed(Cql2 const& node) const {
    if (auto const* const array = std::get_if<Cql2::Array>(&node.node)) {
      Cql2::Array out;
      for (auto const& element : array->elements) out.elements.push_back(computed(element));
      return {std::move(out), node.where};
    }
    return terms_.constant(node).value_or(node);
  }

  [[nodiscard]] static Simple compared(Queryable const& queryable, Comparison comparison,
                                       Cql2 const& value) {
    return or_throw(for_each_type(queryable, to_cql2_json(value), value.where,
                                  [&](Property const& property) -> std::optional<Expression> {
                                    auto const read = literal(value, property.type);
                                    if (!read) return std::nullopt;
                                    return Expression{Compare{property, comparison, *read}};
                                  }));
  }

  [[nodiscard]] static Simple between(Queryable const& queryable, std::span<Cql2 const> ends) {
    auto const shown = to_cql2_json(ends[0]) + " and " + to_cql2_json(ends[1]);
    return or_throw(for_each_type(queryable, shown, ends[0].where,
                                  [&](Property const& property) -> std::optional<Expression> {
                                    auto const least = literal(ends[0], property.type);
                                    auto const most = literal(ends[1], property.type);
                                    if (!least || !most) return std::nullopt;
                                    return Expression{
                                        And{{{Compare{property, Comparison::greater_equal, *least}},
                                             {Compare{property, Comparison::less_equal, *most}}}}};
                                  }));
  }

  [[nodiscard]] static Simple in(Queryable const& queryable, Cql2 const& values) {
    auto const* const list = std::get_if<Cql2::Array>(&values.node);
    if (list == nullptr) refuse_filter("expected an array of values", values.where);
    if (!std::ranges::all_of(list->elements, is_constant)) return std::nullopt;
    if (std::ranges::any_of(list->elements, is_time) && has_texts(queryable)) return std::nullopt;
    return or_throw(for_each_type(queryable, to_cql2_json(values), values.where,
                                  [&](Property const& property) -> std::optional<Expression> {
                                    In in{property, {}};
                                    for (auto const& element : list->elements) {
                                      auto read = literal(element, property.type);
                                      if (!read) return std::nullopt;
                                      in.values.push_back(std::move(*read));
                                    }
                                    return Expression{std::move(in)};
                                  }));
  }

  [[nodiscard]] static Simple like(Queryable const& queryable, Cql2 const& value) {
    auto const* const pattern = std::get_if<std::string>(&value.node);
    if (pattern == nullptr) refuse_filter("expected a pattern, which is a text", value.where);
    check_pattern(*pattern, value.where);
    return or_throw(for_each_type(queryable, to_cql2_json(value), value.where,
                                  [&](Property const& property) -> std::optional<Expression> {
                                    if (property.type != Type::text) return std::nullopt;
                                    return Expression{Like{property, *pattern}};
                                  }));
  }

  [[nodiscard]] Simple is_null(Cql2 const& operand) const {
    if (TermBinder::is_geometry(operand)) {
      return Expression{IsNull{{.place = Property::Place::geometry}}};
    }
    if (!TermBinder::is_name(operand)) return std::nullopt;
    // Null means that the property is missing in every type that it may have.
    And all;
    for (auto const& property : terms_.property(operand).as) all.of.push_back({IsNull{property}});
    return all.of.size() == 1 ? std::move(all.of.front()) : Expression{std::move(all)};
  }

  TermBinder terms_;
};

} // namespace

Result<Expression> bind(Cql2 const& filter, Queryables const& queryables) {
  try {
    return Binder(queryables).condition(filter);
  } catch (ProblemError const& error) {
    return error.problem();
  }
}

Result<Expression> read_cql2_json(json::Value const& filter, Queryables const& queryables,
                                  std::string const& where, FilterLimits limits) {
  auto const parsed = parse_cql2_json(filter, where, limits);
  if (!parsed) return parsed.error();
  return bind(*parsed, queryables);
}

Result<Expression> read_cql2_text(std::string_view filter, Queryables const& queryables,
                                  std::string const& where, FilterLimits limits) {
  auto const parsed = parse_cql2_text(filter, where, limits);
  if (!parsed) return parsed.error();
  return bind(*parsed, queryables);
}

} // namespace terracat::query

#include "query/cql2_syntax.hpp"

#include "query/filter.hpp"
#include "query/queryables.hpp"

#include <terracat/text.hpp>

#include <algorithm>
#include <array>

namespace terracat::query {
namespace {

constexpr std::size_t any = 100'000; ///< as many arguments as the filter may have parts

constexpr Operation of_one(std::string_view name) {
  return {name, 1, 1};
}

constexpr Operation of_two(std::string_view name, Notation notation = Notation::call) {
  return {name, 2, 2, notation};
}

// THE table of operators and functions.
constexpr std::array operations{
    Operation{"and", 2, any, Notation::junction},
    Operation{"or", 2, any, Notation::junction},
    Operation{"not", 1, 1, Notation::negation},
    of_two("=", Notation::comparison),
    of_two("<>", Notation::comparison),
    of_two("<", Notation::comparison),
    of_two("<=", Notation::comparison),
    of_two(">", Notation::comparison),
    of_two(">=", Notation::comparison),
    Operation{"between", 3, 3, Notation::special},
    of_two("in", Notation::special),
    of_two("like", Notation::special),
    Operation{"isNull", 1, 1, Notation::special},
    of_two("+", Notation::arithmetic),
    of_two("-", Notation::arithmetic),
    of_two("*", Notation::arithmetic),
    of_two("/", Notation::arithmetic),
    of_two("div", Notation::arithmetic),
    of_two("%", Notation::arithmetic),
    of_two("^", Notation::arithmetic),
    of_one("casei"),
    of_one("accenti"),
    of_two("s_contains"),
    of_two("s_crosses"),
    of_two("s_disjoint"),
    of_two("s_equals"),
    of_two("s_intersects"),
    of_two("s_overlaps"),
    of_two("s_touches"),
    of_two("s_within"),
    of_two("t_after"),
    of_two("t_before"),
    of_two("t_contains"),
    of_two("t_disjoint"),
    of_two("t_during"),
    of_two("t_equals"),
    of_two("t_finishedBy"),
    of_two("t_finishes"),
    of_two("t_intersects"),
    of_two("t_meets"),
    of_two("t_metBy"),
    of_two("t_overlappedBy"),
    of_two("t_overlaps"),
    of_two("t_startedBy"),
    of_two("t_starts"),
    of_two("a_containedBy"),
    of_two("a_contains"),
    of_two("a_equals"),
    of_two("a_overlaps"),
    of_one("abs"),
    of_one("ceil"),
    of_one("day"),
    of_one("floor"),
    of_one("length"),
    of_one("lower"),
    of_one("month"),
    of_one("round"),
    of_one("upper"),
    of_one("year"),
};

} // namespace

Operation const* operation(std::string_view name) noexcept {
  auto const* const found = std::ranges::find_if(
      operations, [&](auto const& one) { return equal_ignoring_case(one.name, name); });
  return found == operations.end() ? nullptr : found;
}

Problem unknown_operation(std::string_view name, std::string where) {
  std::vector<std::string_view> names;
  names.reserve(operations.size());
  for (auto const& one : operations) names.push_back(one.name);
  auto detail = "'" + std::string(name.substr(0, 50)) + "' is no operator or function here; ";
  auto const close = nearest(name, names);
  if (close.empty()) {
    detail += "there are " + listed(operations, &Operation::name);
  } else {
    detail +=
        "did you mean " + listed(close, [](auto const& one) { return "'" + one + "'"; }) + "?";
  }
  return {
      .kind = ProblemKind::invalid_filter, .detail = std::move(detail), .where = std::move(where)};
}

std::span<Operation const> all_operations() noexcept {
  return operations;
}

Result<void> check_arguments(Operation const& operation, std::size_t count,
                             std::string const& where) {
  if (count >= operation.least && count <= operation.most) return {};
  auto wanted = std::to_string(operation.least);
  if (operation.most == any) {
    wanted += " or more";
  } else if (operation.most > operation.least) {
    wanted += " to " + std::to_string(operation.most);
  }
  return Problem{.kind = ProblemKind::invalid_filter,
                 .detail = "'" + std::string(operation.name) + "' has " + std::to_string(count) +
                           (count == 1 ? " argument" : " arguments") + ", expected " + wanted,
                 .where = where};
}

void check_array(Operation const& operation, Cql2 const& argument) {
  auto const* const call = std::get_if<Cql2::Call>(&argument.node);
  if (!operation.takes_arrays() || call == nullptr) return;
  auto const* const made_by = query::operation(call->op);
  if (made_by != nullptr && made_by->notation == Notation::call) return;
  refuse_filter("'" + call->op + "' makes no array, as '" + std::string(operation.name) +
                    "' expects",
                argument.where);
}

void refuse_filter(std::string detail, std::string where) {
  throw ProblemError({.kind = ProblemKind::invalid_filter,
                      .detail = std::move(detail),
                      .where = std::move(where)});
}

void FilterMeter::add_parts(std::size_t count, std::string const& where) {
  parts_ += count;
  if (parts_ <= limits_.nodes) return;
  refuse_filter("the filter has more than " + std::to_string(limits_.nodes) +
                    " parts: conditions, and values in lists",
                where);
}

void FilterMeter::add_positions(model::RawGeometry const& geometry, std::string const& where) {
  model::for_each_position(geometry, [this](model::Position const&) { ++positions_; });
  if (positions_ <= limits_.positions) return;
  refuse_filter("the geometries of the filter have more than " + std::to_string(limits_.positions) +
                    " positions together",
                where);
}

void FilterMeter::enter(std::string const& where) {
  if (++depth_ <= limits_.depth) return;
  refuse_filter("the filter is nested more than " + std::to_string(limits_.depth) + " deep", where);
}

} // namespace terracat::query

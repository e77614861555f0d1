#include "query/cql2_terms.hpp"

#include "geometry/normalise.hpp"
#include "query/filter.hpp"
#include "query/functions.hpp"
#include "query/term.hpp"

#include <algorithm>
#include <array>

namespace terracat::query {
namespace {

Term as_term(Moment const& moment) {
  auto const first = model::Instant(moment.first);
  if (moment.first == moment.last) return {Scalar(first)};
  return {model::Bound::at(first, model::Precision::day)};
}

/// What a text says as a time.
Term time(std::string_view text, std::string const& where) {
  auto const moment = moment_in(text);
  if (!moment) {
    refuse_filter("'" + std::string(text.substr(0, 100)) +
                      "' is no date or timestamp, such as 2024-02-06 or 2024-02-06T12:00:00Z",
                  where);
  }
  return as_term(*moment);
}

bool fits(Kinds kinds, Kinds wanted) noexcept {
  return (kinds & wanted) != 0 || ((kinds & kind::text) != 0 && (wanted & kind::time) != 0);
}

/// Values of the two can be compared with each other.
bool are_comparable(Kinds a, Kinds b) noexcept {
  return fits(a, b) || fits(b, a);
}

/// Operators whose arguments are compared with the first of them.
bool compares(std::string_view op) noexcept {
  constexpr std::array names{"=", "<>", "<", "<=", ">", ">=", "between", "in"};
  return std::ranges::find(names, op) != names.end();
}

std::string described(Cql2 const& node, Kinds kinds) {
  auto const* const name = std::get_if<Cql2::Name>(&node.node);
  if (name == nullptr) return shown(kinds);
  return "'" + name->text.substr(0, 100) + "' (" + shown(kinds) + ")";
}

/// What is the same for every item is computed once.
Term folded(Term term) {
  if (!is_constant(term)) return term;
  auto const value = value_of(term);
  if (auto const* const flag = std::get_if<bool>(&value.value)) return {Scalar(*flag)};
  if (auto const* const number = std::get_if<double>(&value.value)) return {Scalar(*number)};
  if (auto const* const text = std::get_if<std::string>(&value.value)) return {Scalar(*text)};
  return term;
}

/// The arguments as the function takes them: `in` has the values of its list beside each other.
std::vector<Cql2 const*> arguments_of(Cql2::Call const& call) {
  std::vector<Cql2 const*> out;
  for (auto const& argument : call.arguments) out.push_back(&argument);
  if (call.op != "in") return out;
  auto const* const list = std::get_if<Cql2::Array>(&out.back()->node);
  if (list == nullptr) refuse_filter("expected an array of values", out.back()->where);
  out.pop_back();
  for (auto const& element : list->elements) out.push_back(&element);
  return out;
}

} // namespace

void check_pattern(std::string_view pattern, std::string const& where) {
  if (pattern.size() <= longest_pattern) return;
  refuse_filter("a pattern has at most " + std::to_string(longest_pattern) + " bytes", where);
}

Kinds kinds_of(Term const& term) noexcept {
  if (auto const* const scalar = std::get_if<Scalar>(&term.node)) {
    constexpr std::array kinds{kind::boolean, kind::number, kind::text, kind::time};
    return kinds.at(scalar->index());
  }
  if (std::holds_alternative<model::Bound>(term.node)) return kind::time;
  if (auto const* const call = std::get_if<Term::Call>(&term.node)) return call->function->gives;
  auto const* const read = std::get_if<Term::Read>(&term.node);
  if (read == nullptr) return kind::geometry;
  Kinds out = 0;
  for (auto const& property : read->as) out |= kinds_of(property.type);
  return out;
}

/// One overload for each kind of node.
struct TermBinder::Make {
  TermBinder const& binder;
  Cql2 const& node;
  Kinds wanted;

  Term operator()(bool flag) const { return {Scalar(flag)}; }

  Term operator()(double number) const { return {Scalar(number)}; }

  Term operator()(std::string const& text) const {
    bool const is_time = (wanted & kind::text) == 0 && (wanted & kind::time) != 0;
    return is_time ? time(text, node.where) : Term{Scalar(text)};
  }

  Term operator()(Cql2::Date const& date) const { return time(date.text, node.where); }

  Term operator()(Cql2::Timestamp const& moment) const { return time(moment.text, node.where); }

  Term operator()(Cql2::Name const&) const {
    if (is_geometry(node)) return {Term::Footprint{}};
    return {Term::Read{binder.property(node).as}};
  }

  Term operator()(Cql2::Interval const& interval) const {
    return binder.interval(interval, node.where);
  }

  Term operator()(Cql2::Box const&) const { return {geometry(node)}; }

  Term operator()(Cql2::Shape const&) const { return {geometry(node)}; }

  Term operator()(Cql2::Array const& array) const {
    Term::Call out{function("array"), {}};
    for (auto const& element : array.elements) {
      out.arguments.push_back(binder.term(element, kind::any, "an array"));
    }
    return {std::move(out)};
  }

  Term operator()(Cql2::Call const& call) const { return folded({binder.call(call)}); }
};

Term TermBinder::term(Cql2 const& node, Kinds wanted, std::string_view by) const {
  auto out = std::visit(Make{*this, node, wanted}, node.node);
  auto const kinds = kinds_of(out);
  if (fits(kinds, wanted)) return out;
  refuse_filter("expected " + shown(wanted) + " for " + std::string(by) + ", found " +
                    described(node, kinds),
                node.where);
}

Term::Call TermBinder::call(Cql2::Call const& call) const {
  auto const* const meaning = function(call.op);
  auto const by = "'" + call.op + "'";
  auto const arguments = arguments_of(call);
  Term::Call out{meaning, {}};
  for (auto const* const argument : arguments) {
    if (out.arguments.empty()) {
      out.arguments.push_back(term(*argument, meaning->takes, by));
      continue;
    }
    auto const first = kinds_of(out.arguments.front());
    bool const is_compared = compares(call.op);
    // A text that is compared with times has to be one.
    auto const wanted = is_compared && first == kind::time ? kind::time : meaning->takes_next;
    out.arguments.push_back(term(*argument, wanted, by));
    auto const kinds = kinds_of(out.arguments.back());
    if (!is_compared || are_comparable(first, kinds)) continue;
    refuse_filter(by + " compares " + described(*arguments.front(), first) + " with " +
                      described(*argument, kinds),
                  argument->where);
  }
  if (call.op == "like") {
    auto const* const scalar = std::get_if<Scalar>(&out.arguments.back().node);
    auto const* const pattern = scalar == nullptr ? nullptr : std::get_if<std::string>(scalar);
    if (pattern != nullptr) check_pattern(*pattern, arguments.back()->where);
  }
  return out;
}

Term TermBinder::interval(Cql2::Interval const& interval, std::string const& where) const {
  Term::Call out{function("interval"), {}};
  for (auto const& end : interval.ends) {
    auto const* const text = std::get_if<std::string>(&end.node);
    bool const is_open = text != nullptr && *text == "..";
    out.arguments.push_back(is_open ? Term{model::Bound::open()}
                                    : term(end, kind::time, "the end of an interval"));
  }
  Term made{std::move(out)};
  if (is_constant(made) && value_of(made).is_missing()) {
    refuse_filter("the interval ends before it begins", where);
  }
  return made;
}

std::optional<Cql2> TermBinder::constant(Cql2 const& node) const {
  if (!std::holds_alternative<Cql2::Call>(node.node)) return std::nullopt;
  auto const made = term(node, kind::any, "a value");
  auto const* const scalar = std::get_if<Scalar>(&made.node);
  if (scalar == nullptr) return std::nullopt;
  if (auto const* const flag = std::get_if<bool>(scalar)) return Cql2{*flag, node.where};
  if (auto const* const number = std::get_if<double>(scalar)) return Cql2{*number, node.where};
  return Cql2{std::get<std::string>(*scalar), node.where};
}

Queryable const& TermBinder::property(Cql2 const& node) const {
  auto const* const name = std::get_if<Cql2::Name>(&node.node);
  if (name == nullptr) refuse_filter("expected a property", node.where);
  auto const* const queryable = queryables_.find(name->text);
  if (queryable == nullptr) throw ProblemError(queryables_.unknown(name->text, node.where));
  return *queryable;
}

bool TermBinder::is_geometry(Cql2 const& node) noexcept {
  auto const* const name = std::get_if<Cql2::Name>(&node.node);
  return name != nullptr && name->text == "geometry";
}

model::Geometry TermBinder::geometry(Cql2 const& node) {
  auto const made = [&]() -> Result<model::Geometry> {
    if (auto const* const box = std::get_if<Cql2::Box>(&node.node)) {
      auto const read = model::Bbox3::from_numbers(box->numbers);
      if (!read) refuse_filter(read.error().detail, node.where);
      return model::Geometry::box(read->plane);
    }
    return geometry::normalise(std::get<Cql2::Shape>(node.node).geometry);
  }();
  if (!made) refuse_filter(made.error().detail, node.where + made.error().where);
  return *made;
}

} // namespace terracat::query

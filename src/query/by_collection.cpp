#include "query/by_collection.hpp"

#include "query/parts.hpp"
#include "query/pattern.hpp"
#include "query/term.hpp"

#include <terracat/problem.hpp>

#include <algorithm>

namespace terracat::query {
namespace {

bool is_id(Property const& property) noexcept {
  return property.place == Property::Place::collection;
}

bool reads_id(Term const& term) {
  bool out = false;
  for_each_leaf(term, [&](Term const& leaf) {
    auto const* const read = std::get_if<Term::Read>(&leaf.node);
    out |= read != nullptr && std::ranges::any_of(read->as, is_id);
  });
  return out;
}

/// The term for an item of the collection that is called so.
void put_id(Term& term, std::string const& id) {
  if (auto* const call = std::get_if<Term::Call>(&term.node)) {
    for (auto& argument : call->arguments) put_id(argument, id);
  } else if (reads_id(term)) {
    term.node = Scalar(id);
  }
}

/// One overload for each kind of condition that may ask for an id; the others stay.
struct Replace {
  Expression& condition;
  std::span<NamedCollection const> names;

  void operator()(Compare& compare) const {
    if (!is_id(compare.property)) return;
    put([&](std::string const& id) {
      return query::holds(compare.comparison, Scalar(id), compare.value);
    });
  }

  void operator()(In& in) const {
    if (!is_id(in.property)) return;
    put([&](std::string const& id) {
      return std::ranges::find(in.values, Scalar(id)) != in.values.end();
    });
  }

  void operator()(Like& like) const {
    if (is_id(like.property)) put([&](std::string const& id) { return matches(id, like.pattern); });
  }

  void operator()(IsNull& is_null) const {
    if (is_id(is_null.property)) put([](std::string const&) { return false; });
  }

  void operator()(Holds& holds) const {
    if (!reads_id(holds.term)) return;
    InCollections whole;
    Or any;
    for (auto const& [number, id] : names) {
      auto term = holds.term;
      put_id(term, id);
      if (!is_constant(term)) {
        if (any.of.size() == most_told_apart) refuse();
        any.of.push_back({And{{{InCollections{{number}}}, {Holds{std::move(term)}}}}});
      } else if (value_of(term).value == Datum{true}.value) {
        whole.collections.push_back(number);
      }
    }
    any.of.push_back({std::move(whole)});
    condition = {std::move(any)};
  }

  void operator()(And& all) const { each(all.of); }

  void operator()(Or& any) const { each(any.of); }

  void operator()(Not& none) const { each(none.of); }

  template<class Other>
  void operator()(Other const& /*condition*/) const {}

 private:
  [[noreturn]] static void refuse() {
    throw ProblemError({.kind = ProblemKind::invalid_filter,
                        .detail = "ids of collections can be compared with what items have in " +
                                  std::to_string(most_told_apart) +
                                  " collections at most; name those that are meant beside the "
                                  "filter ('collections')",
                        .where = {}});
  }

  void each(std::vector<Expression>& operands) const {
    for (auto& operand : operands) operand = by_collection(std::move(operand), names);
  }

  template<class Test>
  void put(Test const& test) const {
    InCollections in;
    for (auto const& [number, id] : names) {
      if (test(id)) in.collections.push_back(number);
    }
    condition = {std::move(in)};
  }
};

} // namespace

Expression by_collection(Expression condition, std::span<NamedCollection const> names) {
  std::visit(Replace{condition, names}, condition.node);
  return condition;
}

bool names_collections(Expression const& condition) {
  auto const parts = parts_of(condition);
  return (parts.property != nullptr && is_id(*parts.property)) ||
         (parts.term != nullptr && reads_id(*parts.term)) ||
         std::ranges::any_of(parts.operands, names_collections);
}

} // namespace terracat::query

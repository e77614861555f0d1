#include "query/parts.hpp"

namespace terracat::query {
namespace {

Parts looks_at(Property const& property) noexcept {
  return {.operands = {}, .property = &property};
}

/// One overload for each kind of condition.
struct Part {
  Parts operator()(Always const&) const { return {}; }

  Parts operator()(Compare const& compare) const { return looks_at(compare.property); }

  Parts operator()(In const& in) const { return looks_at(in.property); }

  Parts operator()(IsNull const& is_null) const { return looks_at(is_null.property); }

  Parts operator()(Like const& like) const { return looks_at(like.property); }

  Parts operator()(ListCompare const& compare) const { return looks_at(compare.property); }

  Parts operator()(Intersects const& intersects) const {
    return {.operands = {}, .geometry = &intersects.geometry};
  }

  Parts operator()(HeightsMeet const&) const { return {}; }

  Parts operator()(PeriodMeets const&) const { return {}; }

  Parts operator()(HasId const&) const { return {}; }

  Parts operator()(InCollections const&) const { return {}; }

  Parts operator()(Holds const& holds) const { return {.operands = {}, .term = &holds.term}; }

  Parts operator()(And const& all) const { return {.operands = all.of}; }

  Parts operator()(Or const& any) const { return {.operands = any.of}; }

  Parts operator()(Not const& none) const { return {.operands = none.of}; }
};

} // namespace

Parts parts_of(Expression const& expression) {
  return std::visit(Part{}, expression.node);
}

} // namespace terracat::query

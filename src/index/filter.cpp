#include "index/filter.hpp"

#include "geometry/deadline.hpp"
#include "index/block.hpp"
#include "query/parts.hpp"
#include "query/pattern.hpp"
#include "query/words.hpp"

#include <algorithm>

namespace terracat::index {
namespace {

using query::Comparison;
using query::Property;

constexpr auto first_moment = no_time + 1;
constexpr auto last_moment = std::numeric_limits<std::int64_t>::max();

/// What is true where the comparison is false.
Comparison opposite(Comparison comparison) noexcept {
  switch (comparison) {
  case Comparison::equal:
    return Comparison::not_equal;
  case Comparison::not_equal:
    return Comparison::equal;
  case Comparison::less:
    return Comparison::greater_equal;
  case Comparison::less_equal:
    return Comparison::greater;
  case Comparison::greater:
    return Comparison::less_equal;
  case Comparison::greater_equal:
    break;
  }
  return Comparison::less;
}

/// Those of `size` values that compare so with one that has `below` of them below it, and is itself
/// one of them (`equal` 1) or not (0).
CodeSpans spans_of(Comparison comparison, Column::Code below, Column::Code equal,
                   Column::Code size) {
  auto const behind = below + equal;
  auto const of = [](Column::Code begin, Column::Code end) {
    return begin < end ? CodeSpans{{begin, end - 1}} : CodeSpans();
  };
  switch (comparison) {
  case Comparison::equal:
    return of(below, behind);
  case Comparison::not_equal:
    return united(of(0, below), of(behind, size));
  case Comparison::less:
    return of(0, below);
  case Comparison::less_equal:
    return of(0, behind);
  case Comparison::greater:
    return of(behind, size);
  case Comparison::greater_equal:
    break;
  }
  return of(below, size);
}

/// Whether segments know what a condition asks of an item; a limit of a property is another matter
/// (Filter::knows). What is combined is asked about by itself.
struct Answerable {
  bool operator()(query::Always const& /*condition*/) const { return true; }

  bool operator()(query::Compare const& /*condition*/) const { return true; }

  bool operator()(query::In const& /*condition*/) const { return true; }

  bool operator()(query::IsNull const& /*condition*/) const { return true; }

  bool operator()(query::Like const& /*condition*/) const { return true; }

  bool operator()(query::ListCompare const& /*condition*/) const { return false; }

  bool operator()(query::Intersects const& /*condition*/) const { return false; }

  bool operator()(query::HeightsMeet const& /*condition*/) const { return false; }

  bool operator()(query::PeriodMeets const& /*condition*/) const { return true; }

  bool operator()(query::HasId const& /*condition*/) const { return false; }

  bool operator()(query::InCollections const& /*condition*/) const { return true; }

  bool operator()(query::Holds const& /*condition*/) const { return false; }

  bool operator()(query::And const& /*condition*/) const { return true; }

  bool operator()(query::Or const& /*condition*/) const { return true; }

  bool operator()(query::Not const& /*condition*/) const { return true; }
};

/// Where a value stands in the order of a column's.
struct Standing {
  Column::Code below;
  Column::Code equal;
};

double as_double(query::Scalar const& value) {
  if (auto const* const flag = std::get_if<bool>(&value)) return *flag ? 1 : 0;
  if (auto const* const time = std::get_if<model::Instant>(&value)) {
    return static_cast<double>(time->milliseconds());
  }
  return std::get<double>(value);
}

Standing standing(Column const& column, query::Scalar const& value) {
  if (auto const* const text = std::get_if<std::string>(&value)) {
    auto const below = column.lower_bound(std::string_view(*text));
    bool const is_there = below < column.size() && column.text(below) == *text;
    return {below, is_there ? Column::Code{1} : 0};
  }
  auto const number = as_double(value);
  auto const below = column.lower_bound(number);
  bool const is_there = below < column.size() && column.value(below) == number;
  return {below, is_there ? Column::Code{1} : 0};
}

} // namespace

/// Makes the steps. Each function gives the rows of which a condition is `wanted`: true or false.
class FilterMaker {
 public:
  using Node = Filter::Node;
  using Kind = Node::Kind;

  FilterMaker(Segment const& segment, Properties const& properties, Said const& said)
      : segment_(segment), properties_(properties), said_(said) {}

  [[nodiscard]] Node make(query::Expression const& condition, bool wanted) const {
    return std::visit([&](auto const& node) { return of(node, wanted); }, condition.node);
  }

  /// Those of which all, or any, are true, without steps that change nothing.
  [[nodiscard]] Node joined(Kind kind, std::vector<Node> of) const {
    Node out{.kind = kind};
    for (auto& node : of) {
      if (!join(out, std::move(node))) return constant(kind == Kind::any);
    }
    if (out.of.size() != 1) return out;
    auto only = std::move(out.of.front());
    return only;
  }

  /// Makes it ready, when nothing is joined with it any more.
  static void finish(Node& node) {
    if (node.kind == Kind::all) std::ranges::stable_sort(node.of, {}, Filter::price_with_rest);
    if (node.kind == Kind::codes)
      node.test.emplace(*node.column, *node.bits, std::move(node.codes));
    for (auto& one : node.of) finish(one);
  }

  [[nodiscard]] static bool is_everything(Node const& node) noexcept {
    return node.kind == Kind::all && node.of.empty();
  }

  [[nodiscard]] static bool is_nothing(Node const& node) noexcept {
    return node.kind == Kind::any && node.of.empty();
  }

 private:
  [[nodiscard]] static Node constant(bool is_true) {
    return {.kind = is_true ? Kind::all : Kind::any};
  }

  [[nodiscard]] Node of(query::Always const& /*condition*/, bool wanted) const {
    return constant(wanted);
  }

  [[nodiscard]] Node of(query::Compare const& compare, bool wanted) const {
    auto const comparison = wanted ? compare.comparison : opposite(compare.comparison);
    if (compare.property.place == Property::Place::time) {
      return of_time(comparison, std::get<model::Instant>(compare.value).milliseconds(),
                     compare.property);
    }
    auto const& column = column_of(compare.property);
    auto const [below, equal] = standing(column, compare.value);
    auto codes = spans_of(comparison, below, equal, column.size());
    return limited(of_codes(column, std::move(codes)), compare.property);
  }

  [[nodiscard]] Node of(query::In const& in, bool wanted) const {
    if (in.property.place == Property::Place::time) { // each on its own
      auto const comparison = wanted ? Comparison::equal : Comparison::not_equal;
      std::vector<Node> each;
      for (auto const& value : in.values) {
        each.push_back(of(query::Compare{in.property, comparison, value}, true));
      }
      if (!wanted) each.push_back(of(query::IsNull{in.property}, false));
      return joined(wanted ? Kind::any : Kind::all, std::move(each));
    }
    auto const& column = column_of(in.property);
    std::vector<Column::Code> codes;
    for (auto const& value : in.values) {
      auto const [below, equal] = standing(column, value);
      if (equal == 1) codes.push_back(below);
    }
    return limited(of_values(column, index::spans_of(std::move(codes)), wanted), in.property);
  }

  [[nodiscard]] Node of(query::IsNull const& is_null, bool wanted) const {
    auto const& property = is_null.property;
    if (property.place == Property::Place::geometry) {
      return {.kind = Kind::no_footprint, .is_not = !wanted};
    }
    auto const is_time = property.place == Property::Place::time;
    if (!wanted) {
      if (is_time) return limited(of_moments(first_moment, last_moment), property);
      auto const& column = column_of(property);
      return limited(of_values(column, {}, false), property);
    }
    std::vector<Node> either;
    if (is_time) {
      either.push_back(of_moments(no_time, no_time));
    } else if (auto const& column = column_of(property); column.is_empty()) {
      either.push_back(constant(true));
    } else {
      either.push_back(of_codes(column, {{Column::none, Column::none}}));
    }
    if (!property.only_in.empty()) either.push_back(of_collections(property.only_in, false));
    return joined(Kind::any, std::move(either));
  }

  [[nodiscard]] Node of(query::Like const& like, bool wanted) const {
    if (auto const phrase = query::phrase_in(like)) {
      auto const* const items = said_.find(*phrase);
      bool const may_match =
          items->may_have_any_in(segment_.lowest_number, segment_.highest_number);
      return may_match ? Node{.kind = Kind::items, .is_not = !wanted, .items = items}
                       : constant(!wanted);
    }
    auto const& column = column_of(like.property);
    std::vector<Column::Code> codes;
    auto const beginning =
        query::literal_beginning(like.pattern); // texts that have it stand together
    constexpr Column::Code often = 64;
    for (auto code = column.lower_bound(beginning); code < column.size(); ++code) {
      if (code % often == 0 && geometry::is_late()) throw geometry::Late();
      auto const text = column.text(code);
      if (!text.starts_with(beginning)) break;
      if (query::matches(text, like.pattern)) codes.push_back(code);
    }
    return limited(of_values(column, index::spans_of(std::move(codes)), wanted), like.property);
  }

  [[nodiscard]] Node of(query::PeriodMeets const& meets, bool wanted) const {
    auto const* const first = segment_.holds_spans() ? segment_.first.data() : segment_.time.data();
    auto const* const last = segment_.holds_spans() ? segment_.last.data() : segment_.time.data();
    auto const begin = meets.interval.first();
    auto const end = meets.interval.last();
    auto const from = begin ? begin->milliseconds() : first_moment;
    auto const to = end ? end->milliseconds() : last_moment;
    std::vector<Node> both;
    if (wanted) {
      both.push_back({.kind = Kind::moments, .times = first, .from = first_moment, .to = to});
      both.push_back({.kind = Kind::moments, .times = last, .from = from, .to = last_moment});
      return joined(Kind::all, std::move(both));
    }
    if (end) {
      both.push_back({.kind = Kind::moments, .times = first, .from = to + 1, .to = last_moment});
    }
    if (begin) {
      both.push_back({.kind = Kind::moments, .times = last, .from = first_moment, .to = from - 1});
    }
    return joined(Kind::any, std::move(both));
  }

  [[nodiscard]] Node of(query::InCollections const& in, bool wanted) const {
    return of_collections(in.collections, wanted);
  }

  [[nodiscard]] Node of(query::And const& all, bool wanted) const {
    return joined(wanted ? Kind::all : Kind::any, each(all.of, wanted));
  }

  [[nodiscard]] Node of(query::Or const& any, bool wanted) const {
    return joined(wanted ? Kind::any : Kind::all, each(any.of, wanted));
  }

  [[nodiscard]] Node of(query::Not const& none, bool wanted) const {
    return make(none.of.front(), !wanted);
  }

  // Those of the store (Answerable).
  [[nodiscard]] Node of(query::ListCompare const& /*condition*/, bool /*wanted*/) const {
    refuse();
  }

  [[nodiscard]] Node of(query::Intersects const& /*condition*/, bool /*wanted*/) const { refuse(); }

  [[nodiscard]] Node of(query::HeightsMeet const& /*condition*/, bool /*wanted*/) const {
    refuse();
  }

  [[nodiscard]] Node of(query::HasId const& /*condition*/, bool /*wanted*/) const { refuse(); }

  [[nodiscard]] Node of(query::Holds const& /*condition*/, bool /*wanted*/) const { refuse(); }

  [[noreturn]] static void refuse() {
    throw std::logic_error("a filter of a condition that segments cannot answer");
  }

  [[nodiscard]] std::vector<Node> each(std::vector<query::Expression> const& conditions,
                                       bool wanted) const {
    std::vector<Node> out;
    out.reserve(conditions.size());
    for (auto const& condition : conditions) out.push_back(make(condition, wanted));
    return out;
  }

  [[nodiscard]] Column const& column_of(Property const& property) const {
    return segment_.columns[properties_.find(property).value()];
  }

  [[nodiscard]] Node of_codes(Column const& column, CodeSpans codes) const {
    if (column.is_empty() || codes.empty()) return constant(false);
    // That no row has a value is known of the column; that none has these is not.
    if (codes.front().first == Column::none && !column.has_missing()) return constant(false);
    if (are_of_all_rows(codes, column)) return constant(true);
    auto const number = static_cast<std::size_t>(&column - segment_.columns.data());
    return {.kind = Kind::codes,
            .column = &column,
            .bits = &segment_.value_bits[number],
            .codes = std::move(codes)};
  }

  /// Those that are among these values, or have another one.
  [[nodiscard]] Node of_values(Column const& column, CodeSpans values, bool wanted) const {
    return of_codes(column, wanted ? std::move(values) : other_values(values, column.size()));
  }

  /// \return  false if it decides what all of them are together
  [[nodiscard]] bool join(Node& all, Node node) const {
    bool const needs_all = all.kind == Kind::all;
    if (is_nothing(node) || is_everything(node)) return needs_all == is_everything(node);
    if (node.kind == all.kind) {
      return std::ranges::all_of(node.of, [&](Node& one) { return join(all, std::move(one)); });
    }
    auto const is_like_it = [&](Node const& one) {
      return one.kind == Kind::codes && one.column == node.column;
    };
    auto const known = std::ranges::find_if(all.of, is_like_it);
    if (node.kind != Kind::codes || known == all.of.end()) {
      all.of.push_back(std::move(node));
      return true;
    }
    auto const join_codes = needs_all ? common : united;
    auto both = of_codes(*node.column, join_codes(known->codes, node.codes));
    all.of.erase(known);
    return join(all, std::move(both));
  }

  [[nodiscard]] Node of_moments(std::int64_t from, std::int64_t to) const {
    return {.kind = Kind::moments, .times = segment_.time.data(), .from = from, .to = to};
  }

  [[nodiscard]] Node of_time(Comparison comparison, std::int64_t time,
                             Property const& property) const {
    auto const spans = [&]() -> std::vector<Node> {
      switch (comparison) {
      case Comparison::equal:
        return {of_moments(time, time)};
      case Comparison::not_equal:
        return {of_moments(first_moment, time - 1), of_moments(time + 1, last_moment)};
      case Comparison::less:
        return {of_moments(first_moment, time - 1)};
      case Comparison::less_equal:
        return {of_moments(first_moment, time)};
      case Comparison::greater:
        return {of_moments(time + 1, last_moment)};
      case Comparison::greater_equal:
        break;
      }
      return {of_moments(time, last_moment)};
    };
    return limited(joined(Kind::any, spans()), property);
  }

  [[nodiscard]] Node of_collections(std::vector<RecordNumber> const& numbers, bool wanted) const {
    Node out{.kind = Kind::collections};
    for (auto const& [number, items] : segment_.collections) {
      bool const is_in = std::ranges::find(numbers, number) != numbers.end();
      out.set.push_back(is_in == wanted ? 1 : 0);
    }
    if (std::ranges::find(out.set, 1) == out.set.end()) return constant(false);
    if (std::ranges::find(out.set, 0) == out.set.end()) return constant(true);
    return out;
  }

  /// In other collections the property counts as missing.
  [[nodiscard]] Node limited(Node node, Property const& property) const {
    if (property.only_in.empty()) return node;
    std::vector<Node> both;
    both.push_back(std::move(node));
    both.push_back(of_collections(property.only_in, true));
    return joined(Kind::all, std::move(both));
  }

  Segment const& segment_;
  Properties const& properties_;
  Said const& said_;
};

bool Filter::knows(Property const& property, Version const& version) {
  return property.place == Property::Place::time || version.column(property).has_value();
}

bool Filter::can_answer(query::Expression const& condition, Version const& version,
                        Said const& said) {
  if (!std::visit(Answerable(), condition.node)) return false;
  if (auto const* const like = std::get_if<query::Like>(&condition.node)) {
    if (auto const phrase = query::phrase_in(*like)) return said.find(*phrase) != nullptr;
  }
  auto const parts = query::parts_of(condition);
  bool const is_of_geometry =
      parts.property != nullptr && parts.property->place == Property::Place::geometry;
  if (parts.property != nullptr && !is_of_geometry && !knows(*parts.property, version)) {
    return false;
  }
  return std::ranges::all_of(
      parts.operands, [&](auto const& operand) { return can_answer(operand, version, said); });
}

Filter::Filter(Segment const& segment, Properties const& properties, Said const& said,
               std::span<query::Expression const* const> all)
    : segment_(&segment) {
  FilterMaker const maker(segment, properties, said);
  std::vector<Node> nodes;
  for (auto const* const condition : all) nodes.push_back(maker.make(*condition, true));
  root_ = maker.joined(Node::Kind::all, std::move(nodes));
  FilterMaker::finish(root_);
}

bool Filter::is_always() const noexcept {
  return FilterMaker::is_everything(root_);
}

bool Filter::is_never() const noexcept {
  return FilterMaker::is_nothing(root_);
}

} // namespace terracat::index

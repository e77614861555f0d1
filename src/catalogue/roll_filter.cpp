#include "catalogue/roll_filter.hpp"

#include "catalogue/word_condition.hpp"
#include "query/parts.hpp"
#include "query/term.hpp"

#include <algorithm>

namespace terracat::catalogue {
namespace {

bool is_null_of(query::Expression const& expression, query::Property::Place place) {
  auto const* const is_null = std::get_if<query::IsNull>(&expression.node);
  return is_null != nullptr && is_null->property.place == place;
}

/// True of nothing that states a place, or an end of a period: it finds what is silent on them.
bool is_of_silence(query::Expression const& expression) {
  using enum query::Property::Place;
  if (is_null_of(expression, geometry)) return true;
  auto const* const all = std::get_if<query::And>(&expression.node);
  return all != nullptr && all->of.size() == 2 && is_null_of(all->of.front(), start) &&
         is_null_of(all->of.back(), end);
}

/// The condition of that kind that has to be true of what is not silent on it: the whole one, or
/// that of `bbox` or `datetime` where silent records match as well (query::condition).
template<class Node>
Node const* condition_in(query::Expression const& expression) {
  if (auto const* const whole = std::get_if<Node>(&expression.node)) return whole;
  auto const* const any = std::get_if<query::Or>(&expression.node);
  if (any == nullptr || any->of.size() != 2 || !is_of_silence(any->of.back())) return nullptr;
  return std::get_if<Node>(&any->of.front().node);
}

/// All of that geometry is within the area.
bool covers(model::Geometry const& area, model::Bbox const& box_of_geometry) {
  return area.is_box() && area.bbox().contains(box_of_geometry);
}

} // namespace

struct View::RollFilter::Asked {
  std::vector<std::string_view> properties;
  bool period = false;
  bool place = false;
  bool other = false;

  void add(query::Property const& property) {
    using enum query::Property::Place;
    other = other || !property.only_in.empty();
    if (property.place == own) {
      auto const known = std::ranges::find(properties, property.name);
      if (known == properties.end()) properties.push_back(property.name);
    } else if (property.place == time || property.place == start || property.place == end) {
      period = true;
    } else if (property.place == geometry) {
      place = true;
    } else {
      other = true;
    }
  }

  void add(query::Term const& term) {
    query::for_each_leaf(term, [this](query::Term const& leaf) {
      place = place || std::holds_alternative<query::Term::Footprint>(leaf.node);
      auto const* const read = std::get_if<query::Term::Read>(&leaf.node);
      if (read == nullptr) return;
      for (auto const& property : read->as) add(property);
    });
  }
};

void View::RollFilter::collect(query::Expression const& expression, Asked& out) {
  auto const& node = expression.node;
  out.period = out.period || std::holds_alternative<query::PeriodMeets>(node);
  out.other = out.other || std::holds_alternative<query::HasId>(node) ||
              std::holds_alternative<query::InCollections>(node) ||
              std::holds_alternative<query::HeightsMeet>(node);
  auto const parts = query::parts_of(expression);
  if (parts.property != nullptr) out.add(*parts.property);
  if (parts.term != nullptr) out.add(*parts.term);
  out.place = out.place || parts.geometry != nullptr;
  for (auto const& operand : parts.operands) collect(operand, out);
}

View::RollFilter::RollFilter(View& view, Roll const& roll, query::Expression const& where)
    : view_(view), roll_(roll) {
  add(where);
  std::ranges::stable_sort(parts_, {}, &Part::asks);
}

void View::RollFilter::add(query::Expression const& where) {
  if (auto const* const all = std::get_if<query::And>(&where.node)) {
    for (auto const& operand : all->of) add(operand);
  } else if (!std::holds_alternative<query::Always>(where.node)) {
    parts_.push_back(part_of(where));
  }
}

View::RollFilter::Part View::RollFilter::part_of(query::Expression const& expression) {
  Part out{.holds = query::Evaluator(expression)};
  out.says = rows_that_say(expression, roll_, *view_.known_.rolls.pool().words());
  if (out.says) {
    out.asks = Asks::words;
    return out;
  }
  Asked asked;
  collect(expression, asked);
  bool const is_of_one = asked.properties.size() == 1 && !asked.period && !asked.place;
  if (asked.other) return out;
  if (asked.properties.empty() && asked.period != asked.place) {
    out.asks = asked.period ? Asks::period : Asks::place;
    out.area = condition_in<query::Intersects>(expression);
    auto const* const meets = condition_in<query::PeriodMeets>(expression);
    if (meets != nullptr) out.period = Lasting(meets->interval);
    return out;
  }
  if (!is_of_one) return out;
  auto const column = kept_column(asked.properties.front());
  if (column < kept_properties.size()) {
    out.asks = Asks::column;
    out.values = &roll_.column(column).values;
    out.answers.resize(roll_.column(column).kept.size() + 1);
  } else if (asked.properties.front() == concepts_name && view_.concepts()) {
    out.of_concepts = ConceptCondition::make(expression, *view_.concepts());
    out.asks = out.of_concepts ? Asks::concepts : Asks::anything;
    if (out.of_concepts && !concepts_) concepts_ = roll_.concepts(view_.concepts());
  }
  return out;
}

bool View::RollFilter::operator()(Hit const& hit) {
  return std::ranges::all_of(parts_, [&](Part& part) { return holds(part, hit); });
}

std::optional<bool> View::RollFilter::is_told(Part const& part, std::uint32_t row) const {
  auto const traits = roll_.traits()[row];
  if (part.period && traits.has_period) return roll_.lasting()[row].intersects(*part.period);
  if (part.area == nullptr || !roll_.boxes()[row]) return std::nullopt;
  auto const& box = *roll_.boxes()[row];
  auto const& area = part.area->geometry;
  if (!box.intersects(area.bbox())) return false;
  bool const is_there = (traits.fills_box && area.is_box()) || covers(area, box);
  return is_there ? std::optional(true) : std::nullopt;
}

bool View::RollFilter::holds(Part& part, Hit const& hit) {
  if (auto const told = is_told(part, hit.row)) return *told;
  if (part.values == nullptr) return is_true(part, hit);
  auto const last = part.answers.size() - 1;
  auto& known = part.answers[std::min<std::size_t>((*part.values)[hit.row], last)];
  if (known == Answer::untold) known = is_true(part, hit) ? Answer::yes : Answer::no;
  return known == Answer::yes;
}

bool View::RollFilter::is_true(Part const& part, Hit const& hit) {
  if (part.says) return (*part.says)[hit.row] != 0;
  if (part.of_concepts) return part.of_concepts->holds(concepts_->of(hit.row));
  return part.holds(AskedRecord(view_, roll_, hit)) == query::Truth::yes;
}

} // namespace terracat::catalogue

#include "catalogue/derived.hpp"

#include <algorithm>
#include <array>

/// What a source states of a collection, as wide as the items are.
namespace terracat::catalogue {
namespace {

using json::Value;

/// Properties that say which item it is, not what the collection is like.
constexpr std::array<std::string_view, 8> unsummed{"datetime", "start_datetime", "end_datetime",
                                                   "title",    "description",    "created",
                                                   "updated",  "published"};

void write_time(json::Writer& out, std::optional<model::Instant> instant) {
  auto const text = instant ? model::to_rfc3339(*instant) : std::nullopt;
  if (text) {
    out.string(*text);
  } else {
    out.null();
  }
}

/// The first element of the first list of a member: of boxes, or of intervals.
std::optional<Value> first_of(std::optional<Value> const& object, std::string_view name) {
  auto const list = object ? object->member(name) : std::nullopt;
  if (!list || list->size() == 0) return std::nullopt;
  return *list->elements().begin();
}

/// Writes a stated object with another first element in one of its lists.
template<class Write>
void write_with_first(json::Writer& out, Value object, std::string_view name, Write const& write) {
  out.begin_object();
  for (auto const [member, value] : object.members()) {
    out.name(member);
    if (member != name) {
      out.value(value);
      continue;
    }
    out.begin_array();
    bool is_first = true;
    for (auto const element : value.elements()) {
      if (std::exchange(is_first, false)) {
        write();
      } else {
        out.value(element);
      }
    }
    out.end_array();
  }
  out.end_object();
}

// ---- Where

std::optional<model::Bbox3> box_in(std::optional<Value> const& value) {
  if (!value || !value->is_array()) return std::nullopt;
  std::vector<double> numbers;
  for (auto const element : value->elements()) {
    auto const number = element.number();
    if (!number) return std::nullopt;
    numbers.push_back(*number);
  }
  auto const box = model::Bbox3::from_numbers(numbers);
  return box ? std::optional(*box) : std::nullopt;
}

void write_spatial(json::Writer& out, Derived const& derived, std::optional<Value> const& stated) {
  if (!stated) {
    out.begin_object().name("bbox").begin_array();
    write_box(out, derived.bbox.value_or(model::Bbox::world()));
    out.end_array().end_object();
    return;
  }
  auto const box = box_in(first_of(stated, "bbox"));
  if (!box || !derived.bbox || box->plane.contains(*derived.bbox)) return void(out.value(*stated));
  auto const wide = widened(box->plane, *derived.bbox);
  if (wide == box->plane) return void(out.value(*stated));
  // Heights are not summed up, so that those that are stated may not be all.
  write_with_first(out, *stated, "bbox", [&] { write_box(out, wide); });
}

// ---- When

/// An end of an interval: null is open. \return  nothing if it cannot be read
std::optional<std::optional<model::Instant>> end_in(Value const& interval, std::size_t place) {
  if (!interval.is_array() || interval.size() != 2) return std::nullopt;
  auto element = interval.elements().begin();
  if (place == 1) ++element;
  if ((*element).is_null()) return std::optional<model::Instant>();
  auto const text = (*element).string();
  auto const instant = text ? model::parse_rfc3339(*text) : Result<model::Instant>(Problem{});
  if (!instant) return std::nullopt;
  return std::optional(*instant);
}

void write_temporal(json::Writer& out, Derived const& derived, std::optional<Value> const& stated) {
  if (!stated) {
    out.begin_object().name("interval").begin_array().begin_array();
    write_time(out, derived.first);
    write_time(out, derived.last);
    out.end_array().end_array().end_object();
    return;
  }
  auto const interval = first_of(stated, "interval");
  auto const begin = interval ? end_in(*interval, 0) : std::nullopt;
  auto const end = interval ? end_in(*interval, 1) : std::nullopt;
  bool const is_early = begin && *begin && derived.first && *derived.first < **begin;
  bool const is_late = end && *end && derived.last && **end < *derived.last;
  if (!begin || !end || (!is_early && !is_late)) return void(out.value(*stated));
  write_with_first(out, *stated, "interval", [&] {
    auto element = interval->elements().begin();
    out.begin_array();
    is_early ? write_time(out, derived.first) : void(out.value(*element));
    ++element;
    is_late ? write_time(out, derived.last) : void(out.value(*element));
    out.end_array();
  });
}

std::string rendered_extent(Derived const& derived, std::string_view stated) {
  json::Parser parser;
  auto const parsed = parser.parse(stated.empty() ? "{}" : stated);
  json::Writer out;
  out.begin_object().name("spatial");
  write_spatial(out, derived, parsed ? parsed->member("spatial") : std::nullopt);
  out.name("temporal");
  write_temporal(out, derived, parsed ? parsed->member("temporal") : std::nullopt);
  return out.end_object().take();
}

// ---- What

bool has_range(PropertySummary const& summary) noexcept {
  return summary.lowest.has_value() &&
         (summary.type == query::Type::number || summary.type == query::Type::time);
}

void write_value(json::Writer& out, PropertySummary const& summary, double value) {
  if (summary.type == query::Type::time) {
    write_time(out, model::Instant(static_cast<std::int64_t>(value)));
  } else {
    out.number(value);
  }
}

void write_summary(json::Writer& out, PropertySummary const& summary) {
  if (has_range(summary)) {
    out.begin_object().name("minimum");
    write_value(out, summary, *summary.lowest);
    out.name("maximum");
    write_value(out, summary, *summary.highest);
    out.end_object();
    return;
  }
  out.begin_array();
  for (auto const& value : summary.values) out.string(value);
  out.end_array();
}

/// A value as the range of a summary has it. \return  nothing if it is of another type
std::optional<double> place_of(PropertySummary const& summary, Value value) {
  if (summary.type == query::Type::number) return value.number();
  auto const text = value.string();
  auto const time = text ? model::parse_rfc3339(*text) : Result<model::Instant>(Problem{});
  return time ? std::optional(static_cast<double>(time->milliseconds())) : std::nullopt;
}

/// A stated range, as wide as the items are.
void write_range(json::Writer& out, PropertySummary const& summary, Value stated) {
  out.begin_object();
  for (auto const [name, value] : stated.members()) {
    auto const place = place_of(summary, value);
    out.name(name);
    if (place && name == "minimum" && *summary.lowest < *place) {
      write_value(out, summary, *summary.lowest);
    } else if (place && name == "maximum" && *summary.highest > *place) {
      write_value(out, summary, *summary.highest);
    } else {
      out.value(value);
    }
  }
  out.end_object();
}

template<class Test>
bool holds_for_all(Value list, Test const& test) {
  bool holds = true;
  for (auto const element : list.elements()) holds = holds && test(element);
  return holds;
}

/// Stated values, with those behind them that items have besides; of numbers the least and the
/// greatest, for others are not kept.
void write_values(json::Writer& out, PropertySummary const& summary, Value stated) {
  out.begin_array();
  for (auto const element : stated.elements()) out.value(element);
  if (holds_for_all(stated, [](Value one) { return one.string().has_value(); })) {
    for (auto const& value : summary.values) {
      if (holds_for_all(stated, [&](Value one) { return one.string() != value; })) {
        out.string(value);
      }
    }
  }
  auto const add = [&](double number) {
    if (holds_for_all(stated, [&](Value one) { return one.number() != number; })) {
      out.number(number);
    }
  };
  bool const are_numbers =
      summary.type == query::Type::number && summary.lowest &&
      holds_for_all(stated, [](Value one) { return one.number().has_value(); });
  if (are_numbers) add(*summary.lowest);
  if (are_numbers && *summary.highest != *summary.lowest) add(*summary.highest);
  out.end_array();
}

/// Beside a JSON Schema, or what is of another type, items have nothing to say.
void write_stated(json::Writer& out, PropertySummary const* summary, Value stated) {
  bool const is_range = summary != nullptr && has_range(*summary) && stated.is_object();
  if (is_range) return write_range(out, *summary, stated);
  if (summary != nullptr && stated.is_array()) return write_values(out, *summary, stated);
  out.value(stated);
}

std::string rendered_summaries(Derived const& derived, std::string_view stated) {
  json::Parser parser;
  auto const parsed = parser.parse(stated.empty() ? "{}" : stated);
  json::Writer out;
  out.begin_object();
  std::size_t written = 0;
  if (parsed) {
    for (auto const [name, value] : parsed->members()) {
      auto const known = derived.properties.find(name);
      out.name(name);
      write_stated(out, known == derived.properties.end() ? nullptr : &known->second, value);
      ++written;
    }
  }
  for (auto const& [name, summary] : derived.properties) {
    bool const is_summary = has_range(summary) || !summary.values.empty();
    bool const is_stated = parsed && parsed->member(name);
    if (!is_summary || is_stated || std::ranges::find(unsummed, name) != unsummed.end()) continue;
    out.name(name);
    write_summary(out, summary);
    ++written;
  }
  out.end_object();
  return written == 0 ? std::string() : out.take();
}

} // namespace

model::Bbox widened(model::Bbox const& stated, model::Bbox const& items) {
  if (stated.contains(items)) return stated;
  auto const south = std::min(stated.south(), items.south());
  auto const north = std::max(stated.north(), items.north());
  auto const lies_in = [&](double longitude) {
    return longitude >= stated.west() || longitude <= stated.east();
  };
  bool const may_lie_beside = stated.crosses_antimeridian() && !items.crosses_antimeridian() &&
                              lies_in(items.west()) && lies_in(items.east());
  if (may_lie_beside) return model::Bbox::restored(stated.west(), south, stated.east(), north);
  auto narrowest = model::Bbox::restored(-180, south, 180, north);
  for (auto const west : {stated.west(), items.west()}) {
    for (auto const east : {stated.east(), items.east()}) {
      auto const box = model::Bbox::restored(west, south, east, north);
      bool const holds_both = box.contains(stated) && box.contains(items);
      if (holds_both && box.width() < narrowest.width()) narrowest = box;
    }
  }
  return narrowest;
}

std::optional<model::Interval> widened(model::Interval const& stated, Derived const& derived) {
  bool const is_early = derived.first && stated.first() && *derived.first < *stated.first();
  bool const is_late = derived.last && stated.last() && *stated.last() < *derived.last;
  if (!is_early && !is_late) return std::nullopt;
  auto const made =
      model::Interval::make(is_early ? model::Bound::at(*derived.first) : stated.start(),
                            is_late ? model::Bound::at(*derived.last) : stated.end());
  return made ? std::optional(*made) : std::nullopt;
}

void render(Derived& derived, std::string_view stated_extent, std::string_view stated_summaries) {
  derived.extent = rendered_extent(derived, stated_extent);
  derived.summaries = rendered_summaries(derived, stated_summaries);
}

} // namespace terracat::catalogue

#include "formats/json/extent_text.hpp"

#include "formats/json/box_text.hpp"
#include "formats/json/time_text.hpp"

#include <terracat/text.hpp>

#include <algorithm>

namespace terracat::formats {
namespace {

using json::Value;
using model::Bbox;
using model::Bound;
using model::HeightRange;
using model::Interval;
using model::TemporalExtent;

/// Heights of GeoJSON: metres above the ellipsoid of WGS 84.
constexpr std::string_view height_unit = "m";
constexpr std::string_view height_crs = "EPSG:4979";

// ---- Reading areas

/// The boxes of `bbox`; a box that is not in an array of boxes counts as one.
std::vector<ReadBox> read_boxes(Value const& bbox, std::string const& where,
                                FindingList& findings) {
  std::vector<ReadBox> boxes;
  bool const is_list = bbox.is_array() && bbox.size() > 0 && (*bbox.elements().begin()).is_array();
  if (!is_list) {
    if (auto box = read_box(bbox, where, findings)) boxes.push_back(*box);
    return boxes;
  }
  std::size_t index = 0;
  for (auto const element : bbox.elements()) {
    auto box = read_box(element, where + "/" + std::to_string(index++), findings);
    if (box) boxes.push_back(*box);
  }
  return boxes;
}

Bbox united(std::span<Bbox const> boxes) {
  auto all = boxes.front();
  for (auto const& box : boxes) all = all.joined(box);
  return all;
}

/// Leaves the first out where it says no more than the others together.
std::vector<Bbox> without_whole(std::vector<Bbox> boxes) {
  if (boxes.size() < 2) return boxes;
  auto const parts = std::span(boxes).subspan(1);
  if (united(parts) == boxes.front()) boxes.erase(boxes.begin());
  return boxes;
}

// ---- Reading periods

/// There is an end, and nobody wrote it down (ISO 19108 indeterminatePosition).
constexpr std::string_view unknown_end = "unknown";

struct ReadEnd {
  Bound bound = Bound::open();
  std::string text;
};

bool is_as_it_should_be(WrittenTime const& written, PlainDates plain_dates) noexcept {
  return written.is_utc ||
         (plain_dates == PlainDates::allowed && written.at.precision() == model::Precision::day);
}

ReadEnd read_end(std::optional<Value> const& value, IntervalPlace const& place,
                 FindingList& findings) {
  if (!value || value->is_null()) return {};
  auto text = value->string() ? std::string(trimmed(*value->string())) : value->text();
  if (text.empty() || text == "..") return {};
  if (text == unknown_end) return {Bound::unknown(), {}};
  auto const written = read_time(text);
  if (!written) {
    findings.add(FindingCode::date_unreadable, place.pointer, text);
    return {Bound::unknown(), std::move(text)};
  }
  if (!is_as_it_should_be(*written, place.plain_dates)) {
    findings.add(FindingCode::date_repaired, place.pointer, text);
  }
  return {written->at, std::move(text)};
}

/// The two ends of `["…",null]`.
TemporalExtent read_pair(Value const& pair, IntervalPlace const& place, FindingList& findings) {
  std::vector<Value> ends;
  for (auto const element : pair.elements()) ends.push_back(element);
  auto const end = [&ends](std::size_t index) {
    return index < ends.size() ? std::optional(ends[index]) : std::nullopt;
  };
  return read_period(end(0), end(1), place, findings);
}

bool covers_the_same(std::optional<Interval> const& a, std::optional<Interval> const& b) {
  return a && b && a->first() == b->first() && a->last() == b->last();
}

/// The whole of some periods, as Record::period has it.
std::optional<Interval> united(std::span<TemporalExtent const> extents) {
  model::RecordParts parts;
  parts.native_id = "parts";
  parts.title = model::LocalText("parts");
  parts.temporal.assign(extents.begin(), extents.end());
  return model::Record::make(std::move(parts))->period();
}

// ---- Writing

/// The parts of an area that are worth naming beside the whole: none, or two at least, for the
/// schema forbids exactly two boxes.
std::vector<Bbox> named_parts(model::Record const& record, Bbox const& whole) {
  std::vector<Bbox> parts;
  for (auto const& extent : record->spatial) {
    if (!extent.geometry || extent.geometry->bbox() == whole) continue;
    auto const& box = extent.geometry->bbox();
    if (std::ranges::find(parts, box) == parts.end()) parts.push_back(box);
  }
  if (parts.size() == 1) parts.insert(parts.begin(), whole);
  return parts;
}

std::optional<HeightRange> heights_of(model::Record const& record) {
  std::optional<HeightRange> all;
  for (auto const& [range, unit, crs] : record->vertical) {
    if (unit != height_unit || crs != height_crs) continue;
    all = all ? HeightRange{std::min(all->lowest, range.lowest),
                            std::max(all->highest, range.highest)}
              : range;
  }
  return all;
}

void write_area(json::Writer& out, model::Record const& record, ExtentText& text) {
  auto const whole = record.bbox();
  text.area_is_unknown = !whole;
  auto const heights = heights_of(record);
  out.name("spatial").begin_object().name("bbox").begin_array();
  out.raw(box_text(whole.value_or(Bbox::world()), heights));
  if (whole) {
    for (auto const& part : named_parts(record, *whole)) out.raw(box_text(part, heights));
  }
  out.end_array().end_object();
}

void write_end(json::Writer& out, std::optional<std::string> const& end) {
  if (end) {
    out.string(*end);
  } else {
    out.null();
  }
}

/// The words of the source for a moment, where STAC takes them: they may be finer than a
/// millisecond.
std::optional<std::string> own_words(model::Record const& record, Bound const& bound, bool is_end) {
  for (auto const& extent : record->temporal) {
    if (!extent.interval) continue;
    auto const own = is_end ? known_end(*extent.interval) : known_start(*extent.interval);
    auto const& text = is_end ? extent.end_text : extent.start_text;
    if (!(own == bound)) continue;
    auto const written = read_time(text);
    if (written && written->is_utc && written->at == bound) return text;
  }
  return std::nullopt;
}

void write_interval(json::Writer& out, model::Record const& record, Interval const& interval) {
  auto const start = known_start(interval);
  auto const end = known_end(interval);
  auto const first = own_words(record, start, false);
  auto const last = own_words(record, end, true);
  out.begin_array();
  write_end(out, first ? first : first_second(start));
  write_end(out, last ? last : last_second(end));
  out.end_array();
}

/// True if null stands for something else than an open end.
bool loses_an_end(TemporalExtent const& extent) {
  if (!extent.interval) return !extent.start_text.empty() || !extent.end_text.empty();
  auto const& start = extent.interval->start();
  auto const& end = extent.interval->end();
  return (!start.is_open() && !first_second(start)) || (!end.is_open() && !last_second(end));
}

/// The source's words for an end, unless a date that is read everywhere says the same.
/// \return  empty for an open end
std::string original_text(Bound const& bound, std::string const& text) {
  if (bound.is_open()) return {};
  if (bound.is_unknown()) return text.empty() ? std::string(unknown_end) : text;
  auto const written = read_time(text);
  bool const is_readable = written && written->at == bound;
  if (is_readable || (!text.empty() && !first_second(bound))) return text;
  return model::to_iso8601(*bound.earliest());
}

std::string original_intervals(std::vector<TemporalExtent> const& extents) {
  if (std::ranges::none_of(extents, loses_an_end)) return {};
  json::Writer out;
  out.begin_array();
  for (auto const& extent : extents) {
    auto const unknown = Bound::unknown();
    auto const& interval = extent.interval;
    auto const start = original_text(interval ? interval->start() : unknown, extent.start_text);
    auto const end = original_text(interval ? interval->end() : unknown, extent.end_text);
    out.begin_array();
    write_end(out, start.empty() ? std::nullopt : std::optional(start));
    write_end(out, end.empty() ? std::nullopt : std::optional(end));
    out.end_array();
  }
  out.end_array();
  return out.take();
}

void write_time_span(json::Writer& out, model::Record const& record, ExtentText& text) {
  auto const whole = record.period();
  text.time_is_unknown = !whole;
  out.name("temporal").begin_object().name("interval").begin_array();
  if (whole) {
    write_interval(out, record, *whole);
    for (auto const& extent : record->temporal) {
      if (extent.interval && !covers_the_same(extent.interval, whole)) {
        write_interval(out, record, *extent.interval);
      }
    }
  } else {
    out.begin_array().null().null().end_array();
  }
  out.end_array().end_object();
}

} // namespace

void read_spatial_extent(Value const& spatial, model::RecordParts& record, FindingList& findings) {
  auto const bbox = spatial.is_array() ? std::optional(spatial) : spatial.member("bbox");
  if (!bbox || bbox->is_null()) return;
  std::vector<Bbox> planes;
  for (auto const& box : read_boxes(*bbox, "/extent/spatial/bbox", findings)) {
    planes.push_back(box.plane);
    if (!box.heights) continue;
    model::VerticalExtent const vertical{*box.heights, std::string(height_unit),
                                         std::string(height_crs)};
    if (std::ranges::find(record.vertical, vertical) == record.vertical.end()) {
      record.vertical.push_back(vertical);
    }
  }
  for (auto const& plane : without_whole(std::move(planes))) {
    record.spatial.push_back({model::Geometry::box(plane), {}});
  }
}

void read_intervals(Value const& intervals, IntervalPlace const& place, model::RecordParts& record,
                    FindingList& findings) {
  if (!intervals.is_array() || intervals.size() == 0) return;
  std::vector<TemporalExtent> extents;
  if ((*intervals.elements().begin()).is_array()) {
    std::size_t index = 0;
    for (auto const pair : intervals.elements()) {
      IntervalPlace const element{place.pointer + "/" + std::to_string(index++), place.plain_dates};
      extents.push_back(read_pair(pair, element, findings));
    }
  } else {
    extents.push_back(read_pair(intervals, place, findings));
  }
  bool const first_is_whole =
      extents.size() > 1 &&
      covers_the_same(extents.front().interval, united(std::span(extents).subspan(1)));
  if (first_is_whole) extents.erase(extents.begin());
  record.temporal = std::move(extents);
}

TemporalExtent read_period(std::optional<Value> const& start, std::optional<Value> const& end,
                           IntervalPlace const& place, FindingList& findings) {
  auto const first = read_end(start, {place.pointer + "/0", place.plain_dates}, findings);
  auto const last = read_end(end, {place.pointer + "/1", place.plain_dates}, findings);
  TemporalExtent extent{std::nullopt, first.text, last.text};
  if (first.bound.is_unknown() && last.bound.is_unknown()) return extent;
  if (auto const interval = Interval::make(first.bound, last.bound)) {
    extent.interval = *interval;
  } else {
    findings.add(FindingCode::interval_reversed, place.pointer, first.text + "/" + last.text);
  }
  return extent;
}

Bound known_start(Interval const& interval) noexcept {
  return interval.start().is_unknown() ? interval.end() : interval.start();
}

Bound known_end(Interval const& interval) noexcept {
  return interval.end().is_unknown() ? interval.start() : interval.end();
}

ExtentText write_extent(model::Record const& record) {
  ExtentText text;
  json::Writer out;
  out.begin_object();
  write_area(out, record, text);
  write_time_span(out, record, text);
  out.end_object();
  text.extent = out.take();
  text.original_interval = original_intervals(record->temporal);
  return text;
}

} // namespace terracat::formats

#include "formats/xml/gml.hpp"

#include "formats/words/dates.hpp"
#include "formats/words/text.hpp"

namespace terracat::formats::gml {
namespace {

using model::Bound;

/// A position as written: its text and what its attribute says of it.
struct TimePosition {
  std::string text;
  std::string indeterminate;
};

enum class End { start, finish };

/// The position within an element of one of these names, or within an instant in it.
TimePosition position_within(xml::Node time, std::string_view position_name,
                             std::string_view property_name) {
  auto node = time.child(position_name);
  if (!node) {
    auto const property = time.child(property_name);
    node = property.at("TimeInstant/timePosition");
    // Some write the date right into the property.
    if (!node) node = property;
  }
  return {.text = one_line(node.text()),
          .indeterminate = one_line(node.attribute("indeterminatePosition"))};
}

/// What the source meant by a position. "now" is an open end, "unknown" is not; "before" and
/// "after" with a date say that the date is not exact, which changes nothing in a catalogue.
Bound bound_of(TimePosition const& position, End end, std::vector<FindingCode>& findings) {
  auto const word = folded(position.indeterminate);
  auto const reading = read_date(position.text);
  bool const has_date = reading.at.earliest().has_value();
  auto at = reading.at;
  if (word == "now" || (word == "after" && !has_date)) {
    at = Bound::open();
  } else if (!has_date && position.text.empty() && !word.empty()) {
    // Not one of the four words of GML, but sometimes a sentence that says the same.
    at = read_date(position.indeterminate).at;
  }
  if (reading.finding) findings.push_back(*reading.finding);
  // An open end is the future; nothing begins there.
  return end == End::start && at.is_open() ? Bound::unknown() : at;
}

std::string const& written(TimePosition const& position) noexcept {
  return position.text.empty() ? position.indeterminate : position.text;
}

PeriodReading instant(xml::Node time) {
  PeriodReading reading;
  TimePosition position{
      .text = one_line(time.child("timePosition").text()),
      .indeterminate = one_line(time.child("timePosition").attribute("indeterminatePosition"))};
  auto const at = bound_of(position, End::start, reading.findings);
  reading.extent.start_text = written(position);
  reading.extent.end_text = written(position);
  if (at.earliest()) reading.extent.interval = model::Interval::instant(at);
  return reading;
}

} // namespace

PeriodReading read_period(xml::Node time) {
  if (time.name() == "TimeInstant") return instant(time);
  PeriodReading reading;
  auto const begin = position_within(time, "beginPosition", "begin");
  auto const finish = position_within(time, "endPosition", "end");
  auto const from = bound_of(begin, End::start, reading.findings);
  auto const to = bound_of(finish, End::finish, reading.findings);
  reading.extent.start_text = written(begin);
  reading.extent.end_text = written(finish);
  auto const name = one_line(time.child("name").text());
  if (reading.extent.start_text.empty() && reading.extent.end_text.empty() && !name.empty()) {
    // A period of geology has a name instead of dates.
    reading.extent.start_text = name;
    reading.findings.push_back(FindingCode::date_unreadable);
  }
  // A period that is only open says nothing.
  if (!from.earliest() && !to.earliest()) return reading;
  if (auto const interval = model::Interval::make(from, to)) {
    reading.extent.interval = *interval;
  } else {
    reading.findings.push_back(FindingCode::interval_reversed);
  }
  return reading;
}

} // namespace terracat::formats::gml

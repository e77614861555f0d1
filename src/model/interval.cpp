#include <terracat/interval.hpp>

namespace terracat::model {
namespace {

/// The first moment after the year, month, day or second that begins at `instant`.
Instant after(Instant instant, Precision precision) noexcept {
  auto date = instant.date();
  switch (precision) {
  case Precision::year:
    ++date.year;
    break;
  case Precision::month:
    date.year += date.month == 12 ? 1 : 0;
    date.month = date.month == 12 ? 1 : date.month + 1;
    break;
  case Precision::day:
    return Instant(instant.milliseconds() + 86'400'000);
  case Precision::second:
    return Instant(instant.milliseconds() + 1'000);
  case Precision::millisecond:
    return Instant(instant.milliseconds() + 1);
  }
  // The offset of the source may have moved the moment off the first of the month: keep the day.
  date.day = 1;
  auto const next = Instant::at(date, instant.ms_of_day());
  return next ? Instant(next->milliseconds() + (instant.date().day - 1) * std::int64_t{86'400'000})
              : instant;
}

Problem parameter_problem(std::string detail) {
  return {.kind = ProblemKind::invalid_parameter, .detail = std::move(detail), .where = "datetime"};
}

Result<Bound> parse_bound(std::string_view text, DatetimeReading reading) {
  if (text.empty() || text == "..") return Bound::open();
  auto const instant =
      reading == DatetimeReading::lenient ? parse_rfc3339_lenient(text) : parse_rfc3339(text);
  if (!instant) return parameter_problem(instant.error().detail);
  return Bound::at(*instant);
}

} // namespace

std::optional<Instant> Bound::earliest() const noexcept {
  if (kind_ != Kind::at) return std::nullopt;
  return instant_;
}

std::optional<Instant> Bound::latest() const noexcept {
  if (kind_ != Kind::at) return std::nullopt;
  return Instant(after(instant_, precision_).milliseconds() - 1);
}

Result<Interval> Interval::make(Bound start, Bound end) {
  if (start.is_unknown() && end.is_unknown()) {
    return parameter_problem("an interval needs at least one end");
  }
  auto const first = start.earliest();
  auto const last = end.latest();
  if (first && last && *first > *last) {
    return parameter_problem("the interval starts after its end");
  }
  return Interval(start, end);
}

std::optional<Instant> Interval::first() const noexcept {
  return start_.is_unknown() ? end_.earliest() : start_.earliest();
}

std::optional<Instant> Interval::last() const noexcept {
  return end_.is_unknown() ? start_.latest() : end_.latest();
}

bool Interval::intersects(Interval const& other) const noexcept {
  auto const starts_too_late = [](std::optional<Instant> first, std::optional<Instant> last) {
    return first && last && *first > *last;
  };
  return !starts_too_late(first(), other.last()) && !starts_too_late(other.first(), last());
}

Result<Interval> parse_datetime_parameter(std::string_view text, DatetimeReading reading) {
  auto const slash = text.find('/');
  if (slash == std::string_view::npos) {
    auto bound = parse_bound(text, reading);
    if (!bound) return bound.error();
    if (bound->is_open()) {
      return parameter_problem("expected a date-time or an interval 'start/end'");
    }
    return Interval::instant(*bound);
  }
  auto const start = parse_bound(text.substr(0, slash), reading);
  if (!start) return start.error();
  auto const end = parse_bound(text.substr(slash + 1), reading);
  if (!end) return end.error();
  if (start->is_open() && end->is_open()) {
    return parameter_problem("at least one end of the interval must be a date-time");
  }
  return Interval::make(*start, *end);
}

} // namespace terracat::model

#pragma once

#include <terracat/instant.hpp>

namespace terracat::model {

/// How much of a date its author wrote; what was left out is filled with the earliest value.
enum class Precision : std::uint8_t { year, month, day, second, millisecond };

/// One end of an interval: a moment with its precision, open (nothing limits it), or unknown (there
/// is a limit that nobody wrote down).
class Bound {
 public:
  [[nodiscard]] static Bound at(Instant instant,
                                Precision precision = Precision::millisecond) noexcept {
    return Bound(Kind::at, instant, precision);
  }

  [[nodiscard]] static Bound open() noexcept {
    return Bound(Kind::open, Instant(0), Precision::millisecond);
  }

  [[nodiscard]] static Bound unknown() noexcept {
    return Bound(Kind::unknown, Instant(0), Precision::millisecond);
  }

  [[nodiscard]] bool is_open() const noexcept { return kind_ == Kind::open; }

  [[nodiscard]] bool is_unknown() const noexcept { return kind_ == Kind::unknown; }

  [[nodiscard]] Precision precision() const noexcept { return precision_; }

  /// The first moment that this end covers; nothing when open or unknown.
  [[nodiscard]] std::optional<Instant> earliest() const noexcept;

  /// The last millisecond that this end covers: `2004` ends with 2004-12-31T23:59:59.999Z.
  [[nodiscard]] std::optional<Instant> latest() const noexcept;

  friend bool operator==(Bound const&, Bound const&) = default;

 private:
  enum class Kind : std::uint8_t { at, open, unknown };

  Bound(Kind kind, Instant instant, Precision precision) noexcept
      : instant_(instant), kind_(kind), precision_(precision) {}

  Instant instant_;
  Kind kind_;
  Precision precision_;
};

/// A span of time with both ends included. One that exists has its start no later than its end and
/// at least one end that is not unknown.
class Interval {
 public:
  [[nodiscard]] static Result<Interval> make(Bound start, Bound end);

  /// A single moment, or the whole of the year, month or day that was written.
  [[nodiscard]] static Interval instant(Bound at) noexcept { return Interval(at, at); }

  [[nodiscard]] Bound const& start() const noexcept { return start_; }

  [[nodiscard]] Bound const& end() const noexcept { return end_; }

  /// The smallest moment of the interval; nothing when it is open to the past. An unknown start
  /// counts as the end, for nothing more is known.
  [[nodiscard]] std::optional<Instant> first() const noexcept;

  /// The greatest moment; nothing when open to the future. An unknown end counts as the start.
  [[nodiscard]] std::optional<Instant> last() const noexcept;

  /// True if the two share a moment.
  [[nodiscard]] bool intersects(Interval const& other) const noexcept;

  friend bool operator==(Interval const&, Interval const&) = default;

 private:
  Interval(Bound start, Bound end) noexcept : start_(start), end_(end) {}

  Bound start_;
  Bound end_;
};

/// How strictly a `datetime` parameter is read (design.md 17.5: validators demand 400 where QGIS
/// sends no offset).
enum class DatetimeReading : std::uint8_t { strict, lenient };

/// Reads the `datetime` parameter of OGC API Features 7.15.4: an instant, or `start/end` where one
/// of the two may be `..` or empty.
[[nodiscard]] Result<Interval> parse_datetime_parameter(std::string_view text,
                                                        DatetimeReading reading);

} // namespace terracat::model

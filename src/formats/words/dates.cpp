#include "formats/words/dates.hpp"

#include "formats/words/text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <string>

namespace terracat::formats {
namespace {

using model::Bound;
using model::Date;
using model::Instant;
using model::Precision;

/// What was read so far: the parts of a date, how many of them there are, and whether they stood in
/// an unusual form.
struct Parts {
  Date date{.year = 0, .month = 1, .day = 1};
  Precision precision = Precision::year;
  bool repaired = false;
};

struct Time {
  std::int64_t ms_of_day = 0;
  Precision precision = Precision::second;
};

/// Walks over a text; what is not as expected is left where it is.
class Cursor {
 public:
  explicit Cursor(std::string_view text) noexcept : rest_(text) {}

  [[nodiscard]] std::string_view rest() const noexcept { return rest_; }

  [[nodiscard]] bool at_end() const noexcept { return rest_.empty(); }

  bool take(char c) noexcept {
    if (!rest_.starts_with(c)) return false;
    rest_.remove_prefix(1);
    return true;
  }

  bool take_any(std::string_view set) noexcept {
    return !rest_.empty() && set.find(rest_.front()) != std::string_view::npos &&
           take(rest_.front());
  }

  /// All digits that stand here.
  std::string_view digits() noexcept {
    auto const* const end = std::ranges::find_if_not(rest_, is_digit);
    auto const found = rest_.substr(0, static_cast<std::size_t>(end - rest_.begin()));
    rest_.remove_prefix(found.size());
    return found;
  }

  /// A number of exactly two digits.
  std::optional<unsigned> two_digits() noexcept {
    if (rest_.size() < 2 || !is_digit(rest_[0]) || !is_digit(rest_[1])) return std::nullopt;
    auto const number = static_cast<unsigned>((rest_[0] - '0') * 10 + (rest_[1] - '0'));
    rest_.remove_prefix(2);
    return number;
  }

 private:
  std::string_view rest_;
};

/// \return  -1 for no digit, or for more than any number here has
std::int64_t number_of(std::string_view digits) noexcept {
  constexpr std::size_t longest = 12;
  if (digits.size() > longest) return -1;
  std::int64_t number = -1;
  std::from_chars(digits.data(), digits.data() + digits.size(), number);
  return number;
}

// ---- Words

bool means_open(std::string_view folded_text) noexcept {
  constexpr std::array<std::string_view, 18> words{
      "now",         "present",    "to present", "ongoing",       "on going",     "current",
      "today",       "continuing", "continuous", "updated daily", "en cours",     "aujourd hui",
      "a nos jours", "a ce jour",  "maintenant", "actuel",        "actuellement", "courant"};
  return std::ranges::find(words, folded_text) != words.end();
}

bool means_unknown(std::string_view folded_text, std::string_view text) {
  constexpr std::array<std::string_view, 4> words{"inapplicable", "withheld", "template",
                                                  "indetermine"};
  return says_nothing(text) || std::ranges::find(words, folded_text) != words.end();
}

struct Month {
  std::string_view name;
  unsigned number;
};

/// In French and English, without accents; some are both.
constexpr std::array months{
    Month{"janvier", 1},   Month{"january", 1},   Month{"janv", 1},      Month{"jan", 1},
    Month{"fevrier", 2},   Month{"february", 2},  Month{"fevr", 2},      Month{"fev", 2},
    Month{"feb", 2},       Month{"mars", 3},      Month{"march", 3},     Month{"mar", 3},
    Month{"avril", 4},     Month{"april", 4},     Month{"avr", 4},       Month{"apr", 4},
    Month{"mai", 5},       Month{"may", 5},       Month{"juin", 6},      Month{"june", 6},
    Month{"jun", 6},       Month{"juillet", 7},   Month{"july", 7},      Month{"juil", 7},
    Month{"jul", 7},       Month{"aout", 8},      Month{"august", 8},    Month{"aug", 8},
    Month{"septembre", 9}, Month{"september", 9}, Month{"sept", 9},      Month{"sep", 9},
    Month{"octobre", 10},  Month{"october", 10},  Month{"oct", 10},      Month{"novembre", 11},
    Month{"november", 11}, Month{"nov", 11},      Month{"decembre", 12}, Month{"december", 12},
    Month{"dec", 12},
};

std::optional<unsigned> month_named(std::string_view word) noexcept {
  auto const* const found = std::ranges::find(months, word, &Month::name);
  if (found == months.end()) return std::nullopt;
  return found->number;
}

/// A day of the month: `8`, `08`, `1er`, `1st`, `22nd`.
std::optional<unsigned> day_of_word(std::string_view word) noexcept {
  Cursor cursor(word);
  auto const digits = cursor.digits();
  constexpr std::array<std::string_view, 6> endings{"", "er", "st", "nd", "rd", "th"};
  bool const ends_well = std::ranges::find(endings, cursor.rest()) != endings.end();
  if (digits.empty() || digits.size() > 2 || !ends_well) return std::nullopt;
  return static_cast<unsigned>(number_of(digits));
}

/// `8 juillet 1974`, `le 1er mai 2010`, `May 27, 2016`, `février 2014`: nothing besides.
std::optional<Parts> with_month_name(std::string_view folded_text) {
  auto words = split(folded_text, " ");
  if (!words.empty() && words.front() == "le") words.erase(words.begin());
  if (words.size() < 2 || words.size() > 3) return std::nullopt;
  auto const year = words.back();
  if (year.size() != 4 || !std::ranges::all_of(year, is_digit)) return std::nullopt;
  Parts parts{.date = {.year = number_of(year), .month = 1, .day = 1},
              .precision = Precision::month,
              .repaired = true};
  std::optional<unsigned> month;
  std::optional<unsigned> day;
  for (std::size_t i = 0; i + 1 < words.size(); ++i) {
    if (auto const named = month_named(words[i]); named && !month) {
      month = named;
    } else {
      day = day_of_word(words[i]);
    }
  }
  if (!month || (words.size() == 3 && !day)) return std::nullopt;
  parts.date.month = *month;
  if (day) {
    parts.date.day = *day;
    parts.precision = Precision::day;
  }
  return parts;
}

// ---- Numbers

/// Day and month in this order, or exchanged if only that makes a date.
bool set_month_and_day(Parts& parts, unsigned month, unsigned day) noexcept {
  if (month == 0 && day == 0) {
    parts.repaired = true;
    return parts.date.year != 0;
  }
  if (month > 12 && day >= 1 && day <= 12) {
    std::swap(month, day);
    parts.repaired = true;
  }
  parts.date.month = month;
  parts.precision = Precision::month;
  if (day == 0) {
    parts.repaired = true;
    return month >= 1 && month <= 12;
  }
  parts.date.day = day;
  parts.precision = Precision::day;
  return exists(parts.date);
}

/// A day counted from the first of January, which is 1; one before or after the year is in another.
std::optional<Parts> counted(std::int64_t year, std::int64_t day_of_year) noexcept {
  auto const first = Instant::at({.year = year, .month = 1, .day = 1});
  if (!first) return std::nullopt;
  constexpr std::int64_t ms_per_day = 86'400'000;
  Instant const day(first->milliseconds() + (day_of_year - 1) * ms_per_day);
  return Parts{.date = day.date(), .precision = Precision::day, .repaired = true};
}

/// What follows the year of a day of the year (`1990-001`), ISO 8601.
std::optional<Parts> ordinal(std::int64_t year, std::int64_t day_of_year) noexcept {
  auto parts = counted(year, day_of_year);
  return parts && parts->date.year == year ? parts : std::nullopt;
}

/// What follows `2004-W`: the week and perhaps the day in it, from Monday (`2004-W53-6`), ISO 8601.
std::optional<Parts> of_week(Cursor& cursor, std::int64_t year) noexcept {
  auto const week = cursor.two_digits();
  if (!week || *week == 0 || *week > 53) return std::nullopt;
  std::int64_t weekday = 1;
  if (cursor.take('-')) weekday = number_of(cursor.digits());
  if (weekday < 1 || weekday > 7) return std::nullopt;
  auto const fourth = Instant::at({.year = year, .month = 1, .day = 4});
  if (!fourth) return std::nullopt;
  constexpr std::int64_t ms_per_day = 86'400'000;
  // 1970-01-01 was a Thursday; the week that holds 4 January is the first.
  auto const days = fourth->milliseconds() / ms_per_day - (fourth->milliseconds() < 0 ? 1 : 0);
  auto const days_after_monday = ((days + 3) % 7 + 7) % 7;
  return counted(year, 4 - days_after_monday + (std::int64_t{*week} - 1) * 7 + weekday - 1);
}

/// `20170322` and `201703`; four digits are a year.
std::optional<Parts> compact(std::string_view digits) noexcept {
  Parts parts;
  if (digits.size() == 4) {
    parts.date.year = number_of(digits);
    return parts;
  }
  if (digits.size() != 8 && digits.size() != 6) return std::nullopt;
  parts.date.year = number_of(digits.substr(0, 4));
  auto const month = static_cast<unsigned>(number_of(digits.substr(4, 2)));
  auto const day = digits.size() == 8 ? static_cast<unsigned>(number_of(digits.substr(6, 2))) : 0;
  if (!set_month_and_day(parts, month, day)) return std::nullopt;
  return parts;
}

/// A year with a month that a program could not fill in.
Parts with_year_only(std::int64_t year) noexcept {
  return {
      .date = {.year = year, .month = 1, .day = 1}, .precision = Precision::year, .repaired = true};
}

/// What follows `2015-`.
std::optional<Parts> after_year(Cursor& cursor, std::int64_t year) noexcept {
  if (cursor.take('W')) return of_week(cursor, year);
  Parts parts;
  parts.date.year = year;
  auto const second = cursor.digits();
  if (second.size() == 3) return ordinal(year, number_of(second));
  if (second.empty() || second.size() > 2) return std::nullopt;
  auto const month = static_cast<unsigned>(number_of(second));
  parts.repaired = second.size() == 1;
  if (!cursor.take('-')) {
    if (month == 0) return with_year_only(year);
    parts.date.month = month;
    parts.precision = Precision::month;
    return month <= 12 ? std::optional(parts) : std::nullopt;
  }
  auto const third = cursor.digits();
  if (third.empty() || third.size() > 2) return std::nullopt;
  parts.repaired = parts.repaired || third.size() == 1;
  bool const fits = set_month_and_day(parts, month, static_cast<unsigned>(number_of(third)));
  return fits ? std::optional(parts) : std::nullopt;
}

/// `31/12/2015`, `12/31/2015`, `2015/12/31`, `31.12.2015`. With slashes both orders of day and
/// month are in use: only what can be read in one way is read.
std::optional<Parts> with_separator(Cursor& cursor, std::string_view first,
                                    char separator) noexcept {
  auto const second = cursor.digits();
  if (!cursor.take(separator)) return std::nullopt;
  auto const third = cursor.digits();
  if (second.empty() || second.size() > 2) return std::nullopt;
  Parts parts;
  parts.repaired = true;
  auto const middle = static_cast<unsigned>(number_of(second));
  if (first.size() == 4 && !third.empty() && third.size() <= 2) {
    parts.date.year = number_of(first);
    bool const fits = set_month_and_day(parts, middle, static_cast<unsigned>(number_of(third)));
    return fits ? std::optional(parts) : std::nullopt;
  }
  if (first.empty() || first.size() > 2 || third.size() != 4) return std::nullopt;
  parts.date.year = number_of(third);
  auto const day = static_cast<unsigned>(number_of(first));
  bool const is_ambiguous = separator == '/' && day <= 12 && middle <= 12 && day != middle;
  if (is_ambiguous || !set_month_and_day(parts, middle, day)) return std::nullopt;
  return parts;
}

std::optional<Parts> calendar_date(Cursor& cursor) noexcept {
  bool const is_negative = cursor.take('-');
  bool const is_signed = is_negative || cursor.take('+');
  auto const first = cursor.digits();
  constexpr std::size_t longest_year = 9;
  if (first.empty() || first.size() > longest_year) return std::nullopt;
  if (!is_signed) {
    for (auto const separator : {'/', '.'}) {
      if (cursor.take(separator)) return with_separator(cursor, first, separator);
    }
  }
  if (cursor.take('-')) {
    // Without a sign, more than five digits are anything but a year.
    bool const is_year = first.size() >= 4 && (is_signed || first.size() <= 5);
    if (!is_year) return std::nullopt;
    auto const year = number_of(first);
    return after_year(cursor, is_negative ? -year : year);
  }
  if (!is_signed) return compact(first);
  Parts parts;
  parts.date.year = is_negative ? -number_of(first) : number_of(first);
  return first.size() >= 4 && exists(parts.date) ? std::optional(parts) : std::nullopt;
}

// ---- Times

/// The digits behind the decimal sign, as milliseconds.
std::int64_t milliseconds_of(std::string_view digits) {
  std::string thousandths(digits.substr(0, 3));
  thousandths.resize(3, '0');
  return number_of(thousandths);
}

/// `12:30`, `12:30:05.1234567`, `123005`, `24:00:00`.
std::optional<Time> clock_time(Cursor& cursor) {
  auto const hour = cursor.two_digits();
  bool const has_colons = cursor.take(':');
  auto const minute = cursor.two_digits();
  if (!hour || !minute || *hour > 24 || *minute > 59) return std::nullopt;
  Time time;
  unsigned second = 0;
  std::int64_t milliseconds = 0;
  if (!has_colons || cursor.take(':')) {
    auto const seconds = cursor.two_digits();
    if (!seconds && has_colons) return std::nullopt;
    second = seconds.value_or(0);
    if (second > 60) return std::nullopt;
    if (seconds && cursor.take_any(".,")) {
      auto const fraction = cursor.digits();
      if (fraction.empty()) return std::nullopt;
      milliseconds = milliseconds_of(fraction);
      time.precision = Precision::millisecond;
    }
  }
  auto const in_minute = second == 60 ? 59'999 : std::int64_t{second} * 1'000 + milliseconds;
  time.ms_of_day = (std::int64_t{*hour} * 60 + *minute) * 60'000 + in_minute;
  if (*hour == 24 && time.ms_of_day != 86'400'000) return std::nullopt;
  return time;
}

/// Milliseconds to subtract from local time; nothing if what stands here is no zone.
std::optional<std::int64_t> zone(Cursor& cursor) noexcept {
  cursor.take(' ');
  for (std::string_view const utc : {"", "Z", "z", "UTC", "GMT"}) {
    if (cursor.rest() != utc) continue;
    cursor = Cursor({});
    return 0;
  }
  bool const is_west = cursor.take('-');
  if (!is_west && !cursor.take('+')) return std::nullopt;
  auto const hours = cursor.two_digits();
  if (!hours || *hours > 23) return std::nullopt;
  cursor.take(':');
  auto const minutes = cursor.at_end() ? 0U : cursor.two_digits().value_or(60);
  if (minutes > 59) return std::nullopt;
  auto const offset = (std::int64_t{*hours} * 60 + minutes) * 60'000;
  return is_west ? -offset : offset;
}

DateReading unreadable() {
  return {.at = Bound::unknown(), .finding = FindingCode::date_unreadable};
}

DateReading reading(Parts const& parts, std::int64_t ms_of_day, std::int64_t offset) {
  auto const day = Instant::at(parts.date);
  if (!day) return unreadable();
  Instant const instant(day->milliseconds() + ms_of_day - offset);
  DateReading made{.at = Bound::at(instant, parts.precision), .finding = {}};
  if (parts.repaired) made.finding = FindingCode::date_repaired;
  return made;
}

/// What follows the date: a time, a zone, both or nothing.
DateReading with_time(Parts parts, Cursor cursor) {
  bool const has_mark = cursor.take_any("Tt");
  bool const has_time = has_mark || (cursor.rest().size() > 5 && cursor.take(' '));
  if (!has_time) {
    auto const offset = zone(cursor);
    return offset && cursor.at_end() ? reading(parts, 0, *offset) : unreadable();
  }
  auto const time = clock_time(cursor);
  auto const offset = time ? zone(cursor) : std::nullopt;
  if (!offset || !cursor.at_end()) {
    // The day is certain, whatever the time may be (`1995-01-01TUnknown`).
    if (!has_mark || parts.precision != Precision::day) return unreadable();
    parts.repaired = true;
    return reading(parts, 0, 0);
  }
  if (parts.precision != Precision::day) {
    // A month with the time that a program put behind it (`2001-01T00:00:00`).
    parts.repaired = true;
    return time->ms_of_day == 0 ? reading(parts, 0, *offset) : unreadable();
  }
  parts.precision = time->precision;
  return reading(parts, time->ms_of_day, *offset);
}

} // namespace

DateReading read_date(std::string_view text) {
  constexpr std::size_t longest = 60;
  auto const word = stripped(text);
  if (word.empty()) return {};
  if (word.size() > longest) return unreadable();
  Cursor cursor(word);
  if (auto const parts = calendar_date(cursor)) return with_time(*parts, cursor);
  auto const plain = folded(word);
  if (means_open(plain)) return {.at = Bound::open(), .finding = {}};
  if (means_unknown(plain, word)) return {};
  if (auto const parts = with_month_name(plain)) return reading(*parts, 0, 0);
  return unreadable();
}

} // namespace terracat::formats

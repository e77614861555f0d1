#include <terracat/instant.hpp>

#include <array>
#include <charconv>
#include <chrono>

namespace terracat::model {
namespace {

constexpr std::int64_t ms_per_day = 86'400'000;
constexpr std::int64_t days_per_era = 146'097; // 400 Gregorian years
constexpr std::int64_t era_of_epoch = 719'468; // days from 0000-03-01 to 1970-01-01

constexpr std::int64_t floor_div(std::int64_t value, std::int64_t by) noexcept {
  return value / by - (value % by < 0 ? 1 : 0);
}

bool is_leap(std::int64_t year) noexcept {
  return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

unsigned days_in(std::int64_t year, unsigned month) noexcept {
  constexpr std::array<unsigned, 13> days{0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month == 2 && is_leap(year) ? 29 : days[month];
}

/// Years counted from March put the leap day last, so that a day of the year gives its month by
/// a linear formula: 153 days in each five months.
std::int64_t days_since_epoch(Date const& date) noexcept {
  auto const year = date.year - (date.month <= 2 ? 1 : 0);
  auto const era = floor_div(year, 400);
  auto const year_of_era = year - era * 400;
  auto const month_from_march = (date.month + 9) % 12;
  auto const day_of_year = (153 * month_from_march + 2) / 5 + date.day - 1;
  auto const day_of_era =
      year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + std::int64_t{day_of_year};
  return era * days_per_era + day_of_era - era_of_epoch;
}

Date date_of_day(std::int64_t days) noexcept {
  auto const shifted = days + era_of_epoch;
  auto const era = floor_div(shifted, days_per_era);
  auto const day_of_era = shifted - era * days_per_era;
  auto const year_of_era =
      (day_of_era - day_of_era / 1'460 + day_of_era / 36'524 - day_of_era / 146'096) / 365;
  auto const day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  auto const month_from_march = (5 * day_of_year + 2) / 153;
  auto const day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
  auto const month = month_from_march < 10 ? month_from_march + 3 : month_from_march - 9;
  return {.year = era * 400 + year_of_era + (month <= 2 ? 1 : 0),
          .month = static_cast<unsigned>(month),
          .day = static_cast<unsigned>(day)};
}

/// Walks over a date-time text; every step either takes what it expects or fails.
class Scanner {
 public:
  explicit Scanner(std::string_view text) noexcept : rest_(text) {}

  [[nodiscard]] bool at_end() const noexcept { return rest_.empty(); }

  /// Exactly `count` digits.
  std::optional<unsigned> digits(std::size_t count) noexcept {
    if (rest_.size() < count) return std::nullopt;
    unsigned value = 0;
    auto const* const end = rest_.data() + count;
    auto const [stop, error] = std::from_chars(rest_.data(), end, value);
    if (error != std::errc{} || stop != end) return std::nullopt;
    rest_.remove_prefix(count);
    return value;
  }

  /// Any of the characters in `set`.
  std::optional<char> one_of(std::string_view set) noexcept {
    if (rest_.empty() || set.find(rest_.front()) == std::string_view::npos) return std::nullopt;
    auto const taken = rest_.front();
    rest_.remove_prefix(1);
    return taken;
  }

  /// The digits after a decimal point, as milliseconds; nothing if there is no digit.
  std::optional<std::int64_t> fraction() noexcept {
    std::int64_t value = 0;
    std::size_t taken = 0;
    while (!rest_.empty() && rest_.front() >= '0' && rest_.front() <= '9') {
      if (taken < 3) value = value * 10 + (rest_.front() - '0');
      ++taken;
      rest_.remove_prefix(1);
    }
    if (taken == 0) return std::nullopt;
    for (auto digits = taken; digits < 3; ++digits) value *= 10;
    return value;
  }

 private:
  std::string_view rest_;
};

std::optional<Date> scan_date(Scanner& scanner) noexcept {
  auto const year = scanner.digits(4);
  if (!year || !scanner.one_of("-")) return std::nullopt;
  auto const month = scanner.digits(2);
  if (!month || !scanner.one_of("-")) return std::nullopt;
  auto const day = scanner.digits(2);
  if (!day) return std::nullopt;
  return Date{.year = *year, .month = *month, .day = *day};
}

std::optional<std::int64_t> scan_time(Scanner& scanner) noexcept {
  auto const hour = scanner.digits(2);
  if (!hour || *hour > 23 || !scanner.one_of(":")) return std::nullopt;
  auto const minute = scanner.digits(2);
  if (!minute || *minute > 59 || !scanner.one_of(":")) return std::nullopt;
  auto const second = scanner.digits(2);
  if (!second || *second > 60) return std::nullopt;
  std::int64_t milliseconds = 0;
  if (scanner.one_of(".")) {
    auto const fraction = scanner.fraction();
    if (!fraction) return std::nullopt;
    milliseconds = *fraction;
  }
  auto const within_minute =
      *second == 60 ? std::int64_t{59'999} : std::int64_t{*second} * 1'000 + milliseconds;
  return (std::int64_t{*hour} * 60 + *minute) * 60'000 + within_minute;
}

/// Milliseconds to subtract from local time to get UTC.
std::optional<std::int64_t> scan_offset(Scanner& scanner) noexcept {
  auto const sign = scanner.one_of("Zz+-");
  if (!sign) return std::nullopt;
  if (*sign == 'Z' || *sign == 'z') return 0;
  auto const hour = scanner.digits(2);
  if (!hour || *hour > 23 || !scanner.one_of(":")) return std::nullopt;
  auto const minute = scanner.digits(2);
  if (!minute || *minute > 59) return std::nullopt;
  auto const magnitude = (std::int64_t{*hour} * 60 + *minute) * 60'000;
  return *sign == '-' ? -magnitude : magnitude;
}

Problem not_a_datetime(std::string_view text) {
  return {.kind = ProblemKind::invalid_parameter,
          .detail = "'" + std::string(text.substr(0, 80)) +
                    "' is not a date-time of RFC 3339, such as 2024-05-01T00:00:00Z",
          .where = {}};
}

std::optional<Instant> scan_instant(std::string_view text, bool lenient) noexcept {
  Scanner scanner(text);
  auto const date = scan_date(scanner);
  if (!date) return std::nullopt;
  if (lenient && scanner.at_end()) return Instant::at(*date);
  if (!scanner.one_of("Tt")) return std::nullopt;
  auto const time = scan_time(scanner);
  if (!time) return std::nullopt;
  std::int64_t offset = 0;
  if (!(lenient && scanner.at_end())) {
    auto const scanned = scan_offset(scanner);
    if (!scanned || !scanner.at_end()) return std::nullopt;
    offset = *scanned;
  }
  auto const local = Instant::at(*date, *time);
  if (!local) return std::nullopt;
  return Instant(local->milliseconds() - offset);
}

void append_padded(std::string& out, std::int64_t value, std::size_t width) {
  auto const digits = std::to_string(value);
  if (digits.size() < width) out.append(width - digits.size(), '0');
  out += digits;
}

void append_month_to_second(std::string& out, Instant instant) {
  auto const date = instant.date();
  auto const time = instant.ms_of_day();
  out += '-';
  append_padded(out, date.month, 2);
  out += '-';
  append_padded(out, date.day, 2);
  out += 'T';
  append_padded(out, time / 3'600'000, 2);
  out += ':';
  append_padded(out, time / 60'000 % 60, 2);
  out += ':';
  append_padded(out, time / 1'000 % 60, 2);
  if (time % 1'000 != 0) {
    out += '.';
    append_padded(out, time % 1'000, 3);
  }
  out += 'Z';
}

} // namespace

bool exists(Date const& date) noexcept {
  constexpr std::int64_t year_limit = 200'000'000;
  return date.year >= -year_limit && date.year <= year_limit && date.month >= 1 &&
         date.month <= 12 && date.day >= 1 && date.day <= days_in(date.year, date.month);
}

std::optional<Instant> Instant::at(Date const& date, std::int64_t ms_of_day) noexcept {
  if (!exists(date) || ms_of_day < 0 || ms_of_day >= ms_per_day) return std::nullopt;
  return Instant(days_since_epoch(date) * ms_per_day + ms_of_day);
}

Instant Instant::now() noexcept {
  auto const since_epoch = std::chrono::system_clock::now().time_since_epoch();
  return Instant(std::chrono::duration_cast<std::chrono::milliseconds>(since_epoch).count());
}

Date Instant::date() const noexcept {
  return date_of_day(floor_div(milliseconds_, ms_per_day));
}

std::int64_t Instant::ms_of_day() const noexcept {
  return milliseconds_ - floor_div(milliseconds_, ms_per_day) * ms_per_day;
}

Result<Instant> parse_rfc3339(std::string_view text) {
  if (auto const instant = scan_instant(text, false)) return *instant;
  return not_a_datetime(text);
}

Result<Instant> parse_rfc3339_lenient(std::string_view text) {
  if (auto const instant = scan_instant(text, true)) return *instant;
  return not_a_datetime(text);
}

std::optional<std::string> to_rfc3339(Instant instant) {
  auto const year = instant.date().year;
  if (year < 0 || year > 9999) return std::nullopt;
  return to_iso8601(instant);
}

std::string to_iso8601(Instant instant) {
  auto const year = instant.date().year;
  std::string out;
  if (year < 0) out += '-';
  if (year > 9999) out += '+';
  append_padded(out, year < 0 ? -year : year, 4);
  append_month_to_second(out, instant);
  return out;
}

} // namespace terracat::model

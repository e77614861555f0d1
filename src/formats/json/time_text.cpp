#include "formats/json/time_text.hpp"

#include <terracat/text.hpp>

#include <algorithm>

namespace terracat::formats {
namespace {

using model::Bound;
using model::Date;
using model::Instant;
using model::Precision;

/// Takes a text apart from the left. What does not fit leaves the rest as it is.
class Scanner {
 public:
  explicit Scanner(std::string_view text) noexcept : rest_(text) {}

  [[nodiscard]] bool at_end() const noexcept { return rest_.empty(); }

  [[nodiscard]] char next() const noexcept { return rest_.empty() ? '\0' : rest_.front(); }

  [[nodiscard]] std::size_t digits_ahead() const noexcept {
    auto const* const end = std::ranges::find_if_not(rest_, is_digit);
    return static_cast<std::size_t>(end - rest_.begin());
  }

  /// \return  the character taken, or NUL
  char one_of(std::string_view characters) noexcept {
    if (rest_.empty() || characters.find(rest_.front()) == std::string_view::npos) return '\0';
    auto const taken = rest_.front();
    rest_.remove_prefix(1);
    return taken;
  }

  /// Exactly `count` digits, at most 9 of them.
  std::optional<unsigned> number(std::size_t count) noexcept {
    if (digits_ahead() < count) return std::nullopt;
    unsigned value = 0;
    for (auto const c : rest_.substr(0, count)) value = value * 10 + static_cast<unsigned>(c - '0');
    rest_.remove_prefix(count);
    return value;
  }

  void skip_digits() noexcept { rest_.remove_prefix(digits_ahead()); }

 private:
  std::string_view rest_;
};

struct WrittenDate {
  Date date;
  Precision precision;
};

/// `YYYYMMDD`
std::optional<WrittenDate> basic_date(Scanner& scanner) {
  auto const year = scanner.number(4);
  auto const month = scanner.number(2);
  auto const day = scanner.number(2);
  return WrittenDate{{.year = *year, .month = *month, .day = *day}, Precision::day};
}

/// `YYYY`, `YYYY-MM`, `YYYY-MM-DD`, with more digits of the year if it has a sign or a month.
std::optional<WrittenDate> scan_date(Scanner& scanner) {
  auto const sign = scanner.one_of("+-");
  auto const digits = scanner.digits_ahead();
  if (digits == 8 && sign == '\0') return basic_date(scanner);
  constexpr std::size_t most_digits = 9;
  if (digits < 4 || digits > most_digits) return std::nullopt;
  std::int64_t const year = *scanner.number(digits);
  WrittenDate written{{.year = sign == '-' ? -year : year}, Precision::year};
  if (scanner.one_of("-") == '\0') {
    return digits == 4 || sign != '\0' ? std::optional(written) : std::nullopt;
  }
  auto const month = scanner.number(2);
  if (!month) return std::nullopt;
  written.date.month = *month;
  written.precision = Precision::month;
  if (scanner.one_of("-") == '\0') return written;
  auto const day = scanner.number(2);
  if (!day) return std::nullopt;
  written.date.day = *day;
  written.precision = Precision::day;
  return written;
}

struct WrittenTimeOfDay {
  std::int64_t milliseconds = 0;
  Precision precision = Precision::second;
};

/// `HH:MM`, `HH:MM:SS`, `HH:MM:SS.fff`, with or without colons.
std::optional<WrittenTimeOfDay> scan_time(Scanner& scanner) {
  auto const hour = scanner.number(2);
  scanner.one_of(":");
  auto const minute = scanner.number(2);
  if (!hour || !minute || *hour > 23 || *minute > 59) return std::nullopt;
  WrittenTimeOfDay time;
  time.milliseconds = (std::int64_t{*hour} * 60 + *minute) * 60'000;
  bool const has_seconds = scanner.one_of(":") != '\0' || scanner.digits_ahead() >= 2;
  if (!has_seconds) return time;
  auto const second = scanner.number(2);
  if (!second || *second > 60) return std::nullopt;
  // A leap second counts as the last millisecond of its minute, as in parse_rfc3339.
  bool const is_leap = *second == 60;
  time.milliseconds += is_leap ? 59'999 : std::int64_t{*second} * 1'000;
  if (scanner.one_of(".,") == '\0') return time;
  time.precision = Precision::millisecond;
  std::int64_t weight = is_leap ? 0 : 100;
  for (; is_digit(scanner.next()) && weight > 0; weight /= 10) {
    time.milliseconds += std::int64_t{*scanner.number(1)} * weight;
  }
  scanner.skip_digits();
  return time;
}

/// Milliseconds to subtract from local time: `Z`, `+HH`, `+HHMM`, `+HH:MM`, or nothing for UTC.
std::optional<std::int64_t> scan_offset(Scanner& scanner) {
  if (scanner.at_end() || scanner.one_of("Zz") != '\0') return 0;
  auto const sign = scanner.one_of("+-");
  auto const hour = scanner.number(2);
  if (sign == '\0' || !hour || *hour > 23) return std::nullopt;
  scanner.one_of(":");
  auto const minute = scanner.digits_ahead() == 2 ? scanner.number(2) : 0U;
  if (!minute || *minute > 59) return std::nullopt;
  auto const magnitude = (std::int64_t{*hour} * 60 + *minute) * 60'000;
  return sign == '-' ? -magnitude : magnitude;
}

std::optional<Bound> scan(std::string_view text) {
  Scanner scanner(text);
  auto const date = scan_date(scanner);
  if (!date) return std::nullopt;
  WrittenTimeOfDay time{0, date->precision};
  if (scanner.one_of("Tt ") != '\0') {
    auto const written = scan_time(scanner);
    if (!written) return std::nullopt;
    if (date->precision == Precision::day) {
      time = *written;
    } else if (written->milliseconds != 0) {
      return std::nullopt; // a time of day in no particular day
    }
  }
  auto const offset = scan_offset(scanner);
  if (!offset || !scanner.at_end()) return std::nullopt;
  auto const local = Instant::at(date->date, time.milliseconds);
  if (!local) return std::nullopt;
  // A date stays the date that was written, whatever the offset behind it.
  bool const is_date =
      time.precision != Precision::second && time.precision != Precision::millisecond;
  return Bound::at(Instant(local->milliseconds() - (is_date ? 0 : *offset)), time.precision);
}

} // namespace

std::optional<WrittenTime> read_time(std::string_view text) {
  auto const written = trimmed(text);
  auto const bound = scan(written);
  if (!bound) return std::nullopt;
  bool const is_utc = (text.ends_with('Z') || text.ends_with("+00:00")) &&
                      text.find('T') != std::string_view::npos && model::parse_rfc3339(text);
  return WrittenTime{*bound, is_utc};
}

std::optional<std::string> first_second(model::Bound const& bound) {
  auto const first = bound.earliest();
  return first ? model::to_rfc3339(*first) : std::nullopt;
}

std::optional<std::string> last_second(model::Bound const& bound) {
  auto const last = bound.latest();
  if (!last) return std::nullopt;
  if (bound.precision() == Precision::millisecond) return model::to_rfc3339(*last);
  auto const into_second = (last->milliseconds() % 1'000 + 1'000) % 1'000;
  return model::to_rfc3339(Instant(last->milliseconds() - into_second));
}

} // namespace terracat::formats

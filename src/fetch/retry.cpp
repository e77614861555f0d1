#include "fetch/retry.hpp"

#include <terracat/text.hpp>

#include <algorithm>
#include <array>
#include <charconv>

namespace terracat::fetch {
namespace {

constexpr std::string_view blanks = " \t"; // RFC 9110 5.6.3

template<class Number>
std::optional<Number> number_in(std::string_view digits) noexcept {
  Number value = 0;
  auto const* const end = digits.data() + digits.size();
  auto const [stop, error] = std::from_chars(digits.data(), end, value);
  if (error != std::errc{} || stop != end || digits.empty() || digits.front() == '-') {
    return std::nullopt;
  }
  return value;
}

/// Cuts a date into its words; blanks, commas and hyphens part them.
class Words {
 public:
  explicit Words(std::string_view text) noexcept : rest_(text) {}

  /// \return  an empty word at the end
  std::string_view next() noexcept {
    constexpr std::string_view separators = " ,-";
    rest_.remove_prefix(std::min(rest_.find_first_not_of(separators), rest_.size()));
    auto const length = std::min(rest_.find_first_of(separators), rest_.size());
    auto const word = rest_.substr(0, length);
    rest_.remove_prefix(length);
    return word;
  }

 private:
  std::string_view rest_;
};

std::optional<unsigned> month_named(std::string_view name) noexcept {
  constexpr std::array<std::string_view, 12> names{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                   "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  auto const* const found = std::ranges::find(names, name);
  if (found == names.end()) return std::nullopt;
  return static_cast<unsigned>(found - names.begin()) + 1;
}

/// `08:49:37`
std::optional<std::int64_t> ms_of_day(std::string_view text) noexcept {
  if (text.size() != 8 || text[2] != ':' || text[5] != ':') return std::nullopt;
  auto const hour = number_in<unsigned>(text.substr(0, 2));
  auto const minute = number_in<unsigned>(text.substr(3, 2));
  auto const second = number_in<unsigned>(text.substr(6, 2));
  if (!hour || !minute || !second || *hour > 23 || *minute > 59 || *second > 60)
    return std::nullopt;
  return std::int64_t{*hour * 3'600 + *minute * 60 + std::min(*second, 59U)} * 1'000;
}

/// A year of two digits is the one that is no more than fifty years ahead.
std::int64_t full_year(unsigned two_digits, model::Instant now) noexcept {
  auto const this_year = now.date().year;
  auto const year = this_year - this_year % 100 + two_digits;
  return year > this_year + 50 ? year - 100 : year;
}

} // namespace

bool may_succeed_later(int status) noexcept {
  constexpr std::array later{408, 425, 429, 500, 502, 503, 504};
  return std::ranges::find(later, status) != later.end();
}

std::chrono::milliseconds Backoff::after(std::uint32_t failures, double jitter) const noexcept {
  auto const doublings = std::min(failures, 21U) - 1; // 2^20 times any sensible beginning is enough
  auto const longest = std::min<std::int64_t>(first.count() << doublings, limit.count());
  auto const share = 0.5 + std::clamp(jitter, 0.0, 1.0) / 2;
  return std::chrono::milliseconds(static_cast<std::int64_t>(static_cast<double>(longest) * share));
}

std::optional<model::Instant> parse_http_date(std::string_view text, model::Instant now) noexcept {
  Words words(trimmed(text, blanks));
  words.next(); // the day of the week, which the date implies
  auto const second = words.next();
  auto const third = words.next();
  auto const fourth = words.next();
  auto const fifth = words.next();
  // asctime has the month before the day and the year behind the time.
  bool const is_asctime = month_named(second).has_value();
  auto const day = number_in<unsigned>(is_asctime ? third : second);
  auto const month = month_named(is_asctime ? second : third);
  auto const time = ms_of_day(is_asctime ? fourth : fifth);
  auto const year_text = is_asctime ? fifth : fourth;
  auto const year = number_in<unsigned>(year_text);
  bool const ends_well = is_asctime ? words.next().empty() : words.next() == "GMT";
  if (!day || !month || !time || !year || !ends_well || !words.next().empty()) return std::nullopt;
  auto const whole_year = year_text.size() == 2 ? full_year(*year, now) : std::int64_t{*year};
  return model::Instant::at({.year = whole_year, .month = *month, .day = *day}, *time);
}

std::optional<std::chrono::seconds> parse_retry_after(std::string_view value,
                                                      model::Instant now) noexcept {
  auto const text = trimmed(value, blanks);
  if (auto const seconds = number_in<std::uint32_t>(text)) return std::chrono::seconds(*seconds);
  auto const date = parse_http_date(text, now);
  if (!date) return std::nullopt;
  auto const ahead = std::max<std::int64_t>(date->milliseconds() - now.milliseconds(), 0);
  return std::chrono::ceil<std::chrono::seconds>(std::chrono::milliseconds(ahead));
}

} // namespace terracat::fetch

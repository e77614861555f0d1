#include "run/quiet_hours.hpp"

#include <terracat/text.hpp>

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <utility>

namespace terracat::run {
namespace {

constexpr std::int64_t ms_of_minute = 60'000;
constexpr std::int64_t minutes_of_day = std::int64_t{24} * 60;
constexpr std::int64_t minutes_of_week = 7 * minutes_of_day;
constexpr std::array<std::string_view, 7> day_names{"mon", "tue", "wed", "thu",
                                                    "fri", "sat", "sun"};

/// 0 is Monday.
std::optional<std::size_t> day_named(std::string_view name) {
  auto const* const found = std::ranges::find(day_names, lowered(name));
  if (found == day_names.end()) return std::nullopt;
  return static_cast<std::size_t>(found - day_names.begin());
}

using Days = std::array<bool, 7>;

/// Reads "mon", "mon-fri", "sat,sun", "fri-mon".
std::optional<Days> days_in(std::string_view text) {
  Days out{};
  for (;;) {
    auto const comma = text.find(',');
    auto const part = text.substr(0, comma);
    auto const hyphen = part.find('-');
    auto const first = day_named(part.substr(0, hyphen));
    auto const last = hyphen == std::string_view::npos ? first : day_named(part.substr(hyphen + 1));
    if (!first || !last) return std::nullopt;
    for (auto at = *first;; at = (at + 1) % out.size()) {
      out.at(at) = true;
      if (at == *last) break;
    }
    if (comma == std::string_view::npos) return out;
    text.remove_prefix(comma + 1);
  }
}

/// Reads "08:30", up to "24:00", as minutes of the day.
std::optional<std::int64_t> minute_in(std::string_view text) {
  auto const is_digit = [&](std::size_t at) { return text[at] >= '0' && text[at] <= '9'; };
  if (text.size() != 5 || text[2] != ':') return std::nullopt;
  if (!is_digit(0) || !is_digit(1) || !is_digit(3) || !is_digit(4)) return std::nullopt;
  auto const digit = [&](std::size_t at) { return std::int64_t{text[at] - '0'}; };
  auto const hours = digit(0) * 10 + digit(1);
  auto const minutes = digit(3) * 10 + digit(4);
  auto const all = hours * 60 + minutes;
  return minutes < 60 && all <= minutes_of_day ? std::optional(all) : std::nullopt;
}

} // namespace

Result<QuietHours> QuietHours::parse(std::vector<std::string> const& windows) {
  QuietHours out;
  auto const refused = [](std::string detail) {
    return Problem{
        .kind = ProblemKind::invalid_parameter, .detail = std::move(detail), .where = {}};
  };
  for (auto const& window : windows) {
    std::string_view const text = window;
    auto const blank = text.find(' ');
    bool const has_days = blank != std::string_view::npos;
    auto const days = has_days ? days_in(text.substr(0, blank)) : days_in("mon-sun");
    auto const times = has_days ? text.substr(blank + 1) : text;
    auto const hyphen = std::min(times.find('-'), times.size());
    auto const begin = minute_in(times.substr(0, hyphen));
    auto const end = minute_in(times.substr(std::min(hyphen + 1, times.size())));
    if (!days || !begin || !end || *begin == *end) {
      return refused("'" + window + "': expected hours such as mon-fri 08:00-18:00");
    }
    for (std::size_t at = 0; at < days->size(); ++at) {
      if (!days->at(at)) continue;
      auto const midnight = static_cast<std::int64_t>(at) * minutes_of_day;
      out.windows_.push_back({.begin = midnight + *begin,
                              .end = midnight + *end + (*end < *begin ? minutes_of_day : 0)});
    }
  }
  if (out.is_always()) return refused("they leave no time of the week");
  return out;
}

bool QuietHours::is_always() const noexcept {
  return end(model::Instant(0)).milliseconds() >= minutes_of_week * ms_of_minute;
}

void QuietHours::add(QuietHours const& other) {
  windows_.insert(windows_.end(), other.windows_.begin(), other.windows_.end());
}

model::Instant QuietHours::end(model::Instant now) const noexcept {
  constexpr std::int64_t first_monday = -3 * minutes_of_day; // 1970 began on a Thursday
  auto const since = now.milliseconds() - first_monday * ms_of_minute;
  auto const in_week =
      ((since % (minutes_of_week * ms_of_minute)) + minutes_of_week * ms_of_minute) %
      (minutes_of_week * ms_of_minute);
  auto const monday = now.milliseconds() - in_week;
  auto at = in_week;
  auto const covers = [&](Window const& window, std::int64_t shift) {
    return (window.begin - shift) * ms_of_minute <= at && at < (window.end - shift) * ms_of_minute;
  };
  // Windows may follow one another; none of them ends where it was before.
  for (bool has_moved = true; has_moved && at < in_week + minutes_of_week * ms_of_minute;) {
    has_moved = false;
    for (auto const& window : windows_) {
      for (auto const shift : {minutes_of_week, std::int64_t{0}, -minutes_of_week}) {
        if (!covers(window, shift)) continue;
        at = (window.end - shift) * ms_of_minute;
        has_moved = true;
      }
    }
  }
  return model::Instant(monday + at);
}

} // namespace terracat::run

#include "run/cron.hpp"

#include <terracat/text.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <string>
#include <vector>

namespace terracat::run {
namespace {

constexpr std::int64_t minute = 60'000;
constexpr std::int64_t day = 86'400'000;

struct Field {
  std::string_view name;
  unsigned least;
  unsigned most;
  std::string_view names; ///< three letters each, the first for `least` or 1
};

constexpr std::array fields{
    Field{"minute", 0, 59, ""},
    Field{"hour", 0, 23, ""},
    Field{"day of month", 1, 31, ""},
    Field{"month", 1, 12, "janfebmaraprmayjunjulaugsepoctnovdec"},
    Field{"day of week", 0, 7, "sunmontuewedthufrisat"},
};

std::optional<unsigned> number_in(std::string_view text, Field const& field) {
  unsigned value = 0;
  auto const [stop, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error == std::errc{} && stop == text.data() + text.size()) return value;
  auto const at = text.size() == 3 ? field.names.find(lowered(text)) : std::string_view::npos;
  if (at == std::string_view::npos || at % 3 != 0) return std::nullopt;
  return static_cast<unsigned>(at / 3) + field.least;
}

/// Sets the numbers of one element of a list: `*`, `5`, `1-5`, `*/10`, `0-30/5`.
template<std::size_t Size>
bool add_element(std::string_view text, Field const& field, std::bitset<Size>& out) {
  unsigned step = 1;
  bool has_step = false;
  if (auto const slash = text.find('/'); slash != std::string_view::npos) {
    auto const given = number_in(text.substr(slash + 1), {field.name, 0, 0, ""});
    if (!given || *given == 0) return false;
    step = *given;
    has_step = true;
    text = text.substr(0, slash);
  }
  auto first = field.least;
  auto last = field.most;
  if (text != "*") {
    auto const dash = text.find('-');
    auto const from = number_in(text.substr(0, dash), field);
    auto const to = dash == std::string_view::npos ? from : number_in(text.substr(dash + 1), field);
    if (!from || !to || *from < field.least || *to > field.most || *from > *to) return false;
    first = *from;
    last = has_step && dash == std::string_view::npos ? field.most : *to;
  }
  for (auto value = first; value <= last; value += step) out.set(value);
  return true;
}

template<std::size_t Size>
bool read_field(std::string_view text, Field const& field, std::bitset<Size>& out) {
  while (true) {
    auto const comma = text.find(',');
    if (!add_element(text.substr(0, comma), field, out)) return false;
    if (comma == std::string_view::npos) return true;
    text = text.substr(comma + 1);
  }
}

std::vector<std::string_view> words(std::string_view text) {
  std::vector<std::string_view> out;
  while (true) {
    auto const start = text.find_first_not_of(" \t");
    if (start == std::string_view::npos) return out;
    auto const end = std::min(text.find_first_of(" \t", start), text.size());
    out.push_back(text.substr(start, end - start));
    text = text.substr(end);
  }
}

Problem bad_cron(std::string detail) {
  return {.kind = ProblemKind::invalid_parameter, .detail = std::move(detail), .where = "schedule"};
}

} // namespace

Result<Cron> Cron::parse(std::string_view expression) {
  auto const given = words(expression);
  if (given.size() != fields.size()) {
    return bad_cron("expected five fields: minute, hour, day of month, month, day of week");
  }
  Cron cron;
  std::bitset<8> weekdays;
  std::array const readable{
      read_field(given[0], fields[0], cron.minutes_), read_field(given[1], fields[1], cron.hours_),
      read_field(given[2], fields[2], cron.days_),    read_field(given[3], fields[3], cron.months_),
      read_field(given[4], fields[4], weekdays),
  };
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (!readable.at(i)) {
      return bad_cron("the " + std::string(fields.at(i).name) + " '" + std::string(given[i]) +
                      "' cannot be read");
    }
  }
  for (std::size_t i = 0; i < 8; ++i) {
    if (weekdays[i]) cron.weekdays_.set(i % 7);
  }
  cron.any_day_ = given[2] == "*";
  cron.any_weekday_ = given[4] == "*";
  return cron;
}

bool Cron::fits_day(model::Instant instant) const {
  auto const date = instant.date();
  if (!months_[date.month]) return false;
  auto const days_since_epoch = instant.milliseconds() / day;
  auto const weekday =
      static_cast<std::size_t>((days_since_epoch + 4) % 7); // 1970 began on Thursday
  bool const day_fits = days_[date.day];
  bool const weekday_fits = weekdays_[weekday];
  if (any_day_ || any_weekday_) return day_fits && weekday_fits;
  return day_fits || weekday_fits;
}

std::optional<model::Instant> Cron::after(model::Instant instant) const {
  auto now = (instant.milliseconds() / minute + 1) * minute;
  auto const end = now + std::int64_t{8} * 366 * day;
  while (now < end) {
    model::Instant const candidate(now);
    if (!fits_day(candidate)) {
      now = (now / day + 1) * day;
      continue;
    }
    auto const of_day = candidate.ms_of_day();
    if (!hours_[static_cast<std::size_t>(of_day / (60 * minute))]) {
      now = (now / (60 * minute) + 1) * 60 * minute;
      continue;
    }
    if (minutes_[static_cast<std::size_t>(of_day / minute % 60)]) return candidate;
    now += minute;
  }
  return std::nullopt;
}

} // namespace terracat::run

#include "pages/words.hpp"

#include "pages/message.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdlib>

namespace terracat::pages {
namespace {

using model::Bound;
using model::Instant;
using model::Precision;

constexpr std::array<Message, 12> months{{{"janvier", "January"},
                                          {"février", "February"},
                                          {"mars", "March"},
                                          {"avril", "April"},
                                          {"mai", "May"},
                                          {"juin", "June"},
                                          {"juillet", "July"},
                                          {"août", "August"},
                                          {"septembre", "September"},
                                          {"octobre", "October"},
                                          {"novembre", "November"},
                                          {"décembre", "December"}}};

constexpr std::int64_t minutes_a_day = 1'440;

constexpr Message before_christ{"{0} av. J.-C.", "{0} BC"};
constexpr Message at_time{"{0} à {1} UTC", "{0}, {1} UTC"};
constexpr Message just_now{"à l’instant", "just now"};
constexpr Message minutes_ago{"il y a {0} min", "{0} min ago"};
constexpr Message hours_ago{"il y a {0} h", "{0} h ago"};
constexpr Message yesterday{"hier", "yesterday"};
constexpr Message ongoing{"{0} → en cours", "{0} → ongoing"};
constexpr Message until{"jusqu’à {0}", "until {0}"};
constexpr Message since{"depuis {0}, fin non renseignée", "since {0}, end not stated"};
constexpr Message at_all_times{"sans limite de temps", "at all times"};
constexpr Message whole_world{"Monde entier", "Whole world"};
constexpr Message from_to{"{0} à {1}", "{0} to {1}"};

std::string year(std::int64_t year, Language language) {
  if (year > 0) return std::to_string(year);
  return filled(before_christ, language, {number(static_cast<std::size_t>(1 - year), language)});
}

std::string date(model::Date const& date, Precision precision, Language language) {
  auto out = year(date.year, language);
  if (precision == Precision::year) return out;
  out = std::string(months.at(date.month - 1).in(language)) + " " + out;
  if (precision == Precision::month) return out;
  bool const is_first = date.day == 1 && language == Language::fr;
  return std::to_string(date.day) + (is_first ? "er " : " ") + out;
}

std::string two_digits(std::int64_t value) {
  return (value < 10 ? "0" : "") + std::to_string(value);
}

/// "42,3° N"
std::string degrees(double value, Message positive, Message negative, Language language) {
  auto out = decimal(std::abs(value), 2, language) + "°";
  if (value != 0) out += "\u00a0" + std::string((value > 0 ? positive : negative).in(language));
  return out;
}

std::string latitude(double value, Language language) {
  return degrees(value, {"N", "N"}, {"S", "S"}, language);
}

std::string longitude(double value, Language language) {
  return degrees(value, {"E", "E"}, {"O", "W"}, language);
}

/// Where a character that begins at or before `at` begins.
std::size_t beginning_of_character(std::string_view text, std::size_t at) noexcept {
  while (at > 0 && (static_cast<unsigned char>(text[at]) & 0xc0U) == 0x80U) --at;
  return at;
}

/// The bound as far as it says something: one that begins or ends a year names the year.
model::Bound coarsened(Bound const& bound, bool is_end) {
  auto const moment = is_end ? *bound.latest() : *bound.earliest();
  auto const date = moment.date();
  constexpr std::int64_t last_second = 86'399'000;
  bool const is_edge = is_end ? moment.ms_of_day() >= last_second : moment.ms_of_day() == 0;
  bool const is_year =
      is_end ? date.month == 12 && date.day == 31 : date.month == 1 && date.day == 1;
  return is_edge && is_year ? Bound::at(moment, Precision::year) : bound;
}

} // namespace

std::string number(std::size_t value, Language language) {
  auto out = std::to_string(value);
  std::string_view const separator = language == Language::fr ? "\u202f" : ",";
  for (auto place = std::ssize(out) - 3; place > 0; place -= 3) {
    out.insert(static_cast<std::size_t>(place), separator);
  }
  return out;
}

std::string decimal(double value, int digits, Language language) {
  std::array<char, 64> buffer{};
  auto const written = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value,
                                     std::chars_format::fixed, digits);
  if (written.ec != std::errc()) return "?";
  std::string out(buffer.data(), written.ptr);
  auto const point = out.find('.');
  if (point != std::string::npos) {
    out.resize(std::max(point, out.find_last_not_of('0') + 1));
    if (out.ends_with('.')) out.pop_back();
    if (language == Language::fr) std::ranges::replace(out, '.', ',');
  }
  return out;
}

std::string date(Bound const& bound, Language language) {
  return date(bound.earliest()->date(), bound.precision(), language);
}

std::string date(Instant instant, Language language) {
  return date(instant.date(), Precision::day, language);
}

std::string moment(Instant instant, Language language) {
  auto const minutes = instant.ms_of_day() / 60'000;
  return filled(
      at_time, language,
      {date(instant, language), two_digits(minutes / 60) + ":" + two_digits(minutes % 60)});
}

std::string ago(Instant then, Instant now, Language language) {
  auto const minutes = (now.milliseconds() - then.milliseconds()) / 60'000;
  if (minutes < 0) return date(then, language);
  if (minutes == 0) return std::string(just_now.in(language));
  if (minutes < 60) return filled(minutes_ago, language, {std::to_string(minutes)});
  if (minutes < minutes_a_day) return filled(hours_ago, language, {std::to_string(minutes / 60)});
  if (minutes < 2 * minutes_a_day) return std::string(yesterday.in(language));
  return date(then, language);
}

std::string period(model::Interval const& interval, Language language) {
  auto const& start = interval.start();
  auto const& end = interval.end();
  bool const has_start = start.earliest().has_value();
  bool const has_end = end.earliest().has_value();
  if (!has_start && !has_end) return std::string(at_all_times.in(language));
  if (!has_start) return filled(until, language, {date(end, language)});
  auto from = coarsened(start, false);
  if (!has_end) {
    return filled(end.is_open() ? ongoing : since, language, {date(from, language)});
  }
  auto to = coarsened(end, true);
  if (from.precision() == Precision::year && to.precision() != Precision::year) from = start;
  if (to.precision() == Precision::year && from.precision() != Precision::year) to = end;
  auto first = date(from, language);
  auto const last = date(to, language);
  if (first == last) return first;
  bool const are_years =
      first.find(' ') == std::string::npos && last.find(' ') == std::string::npos;
  return first + (are_years ? "–" : " – ") + last;
}

bool is_global(model::Bbox const& bbox) noexcept {
  return bbox.width() >= 350 && bbox.north() - bbox.south() >= 120;
}

std::string place(model::Bbox const& bbox, Language language) {
  if (is_global(bbox)) return std::string(whole_world.in(language));
  auto const range = [&](std::string const& low, std::string const& high) {
    return low == high ? low : filled(from_to, language, {low, high});
  };
  auto out = range(latitude(bbox.south(), language), latitude(bbox.north(), language));
  if (bbox.width() >= 360) return out;
  return out + ", " + range(longitude(bbox.west(), language), longitude(bbox.east(), language));
}

Shown best(model::LocalText const& text, Language language) noexcept {
  for (auto const wanted : {language, other(language)}) {
    for (auto const& entry : text.entries()) {
      if (std::string_view(entry.language).substr(0, 2) == code(wanted)) {
        return {entry.text, entry.language};
      }
    }
  }
  if (text.empty()) return {};
  auto const& first = text.entries().front();
  return {first.text, first.language};
}

std::string shortened(std::string_view text, std::size_t most) {
  std::size_t characters = 0;
  std::size_t end = 0;
  for (; end < text.size() && characters < most; ++characters) {
    do ++end;
    while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xc0U) == 0x80U);
  }
  if (end == text.size()) return std::string(text);
  auto const head = text.substr(0, beginning_of_character(text, end));
  for (auto at = head.size() - 1; at > head.size() / 2; --at) {
    bool const is_sentence = head[at] == ' ' && (head[at - 1] == '.' || head[at - 1] == '!');
    if (is_sentence || head[at] == '\n') return std::string(head.substr(0, at));
  }
  auto const blank = head.rfind(' ');
  auto out = std::string(head.substr(0, blank == std::string_view::npos ? head.size() : blank));
  while (!out.empty() && (out.back() == ',' || out.back() == ';' || out.back() == ':')) {
    out.pop_back();
  }
  return out + "…";
}

} // namespace terracat::pages

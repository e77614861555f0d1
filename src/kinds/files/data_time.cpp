#include "kinds/files/data_time.hpp"

#include "formats/json/time_text.hpp"
#include "formats/words/dates.hpp"

#include <terracat/text.hpp>

#include <algorithm>
#include <charconv>
#include <cmath>

namespace terracat::kinds::files {
namespace {

using model::Bound;

DataTime of_bounds(Bound const& start, Bound const& end) {
  DataTime out;
  out.start = formats::first_second(start).value_or("");
  out.end = formats::last_second(end).value_or("");
  return out;
}

/// A moment if it is written to the second, else the whole of the day, the month or the year.
DataTime of_bound(Bound const& at) {
  if (at.precision() < model::Precision::second) return of_bounds(at, at);
  DataTime out;
  out.datetime = formats::first_second(at).value_or("");
  return out;
}

std::optional<Bound> bound_in(std::string_view text) {
  auto const read = formats::read_date(text);
  if (read.at.is_open() || read.at.is_unknown()) return std::nullopt;
  return read.at;
}

/// `2021:06:03 10:20:30`, as TIFF has it.
std::optional<Bound> bound_in_tag(std::string text) {
  constexpr std::size_t date = 10;
  if (text.size() < date) return std::nullopt;
  std::replace(text.begin(), text.begin() + date, ':', '-');
  auto const read = formats::read_time(text);
  return read ? std::optional(read->at) : std::nullopt;
}

struct Coverage {
  std::string_view start;
  std::string_view end;
};

constexpr std::array coverages{
    Coverage{"NC_GLOBAL#time_coverage_start", "NC_GLOBAL#time_coverage_end"},
    Coverage{"time_coverage_start", "time_coverage_end"},
    Coverage{"start_datetime", "end_datetime"},
    Coverage{"PRODUCT_START_TIME", "PRODUCT_STOP_TIME"},
    Coverage{"ACQUISITION_START_TIME", "ACQUISITION_END_TIME"},
    Coverage{"NC_GLOBAL#start_date", "NC_GLOBAL#stop_date"}};

constexpr std::array<std::string_view, 6> moments{"ACQUISITIONDATETIME", "ACQUISITION_DATETIME",
                                                  "ACQUISITION_DATE",    "DATE_ACQUIRED",
                                                  "IMAGING_DATE",        "datetime"};

struct Unit {
  std::string_view name;
  double milliseconds;
};

constexpr std::array units{Unit{"seconds", 1e3}, Unit{"second", 1e3}, Unit{"s", 1e3},
                           Unit{"minutes", 6e4}, Unit{"minute", 6e4}, Unit{"hours", 3.6e6},
                           Unit{"hour", 3.6e6},  Unit{"h", 3.6e6},    Unit{"days", 8.64e7},
                           Unit{"day", 8.64e7},  Unit{"d", 8.64e7}};

std::optional<double> whole_value(std::string_view text) {
  double value = 0;
  auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

/// `days since 1950-01-01`: what a number of the axis means.
struct Axis {
  double step = 0; ///< milliseconds
  double origin = 0;
  double earliest = -1e15; ///< what lies before it is not told: some 30,000 years

  [[nodiscard]] std::optional<std::string> at(double value) const {
    auto const milliseconds = origin + value * step;
    constexpr double farthest = 1e15;
    if (!(milliseconds >= earliest && milliseconds < farthest)) return std::nullopt;
    // To the second: the fractions of days that models write are not exact.
    auto const seconds = std::llround(milliseconds / 1e3);
    return model::to_rfc3339(model::Instant(seconds * 1'000));
  }
};

std::optional<Axis> axis_in(std::string_view text) {
  constexpr std::string_view since = " since ";
  auto const at = text.find(since);
  if (at == std::string_view::npos) return std::nullopt;
  auto const name = text.substr(0, at);
  auto const* const unit = std::ranges::find_if(
      units, [&](auto const& it) { return equal_ignoring_case(it.name, name); });
  auto const origin = bound_in(text.substr(at + since.size()));
  if (unit == units.end() || !origin) return std::nullopt;
  return Axis{.step = unit->milliseconds,
              .origin = static_cast<double>(origin->earliest()->milliseconds())};
}

/// Where models count days by calendars of their own nothing is said. Those that everybody uses
/// agree from 15 October 1582 on: the standard one counts Julian days before, which are others.
std::optional<Axis> axis_of(Metadata const& metadata) {
  constexpr double first_common_day = -12'219'292'800'000;
  auto axis = axis_in(value_in(metadata, "time#units"));
  auto const calendar = value_in(metadata, "time#calendar");
  if (!axis || equal_ignoring_case(calendar, "proleptic_gregorian")) return axis;
  bool const is_standard = calendar.empty() || equal_ignoring_case(calendar, "standard") ||
                           equal_ignoring_case(calendar, "gregorian");
  if (!is_standard || axis->origin < first_common_day) return std::nullopt;
  axis->earliest = first_common_day;
  return axis;
}

DataTime time_of_axis(Metadata const& metadata) {
  auto values = value_in(metadata, "NETCDF_DIM_time_VALUES");
  auto const axis = axis_of(metadata);
  if (values.empty() || !axis) return {};
  if (values.starts_with('{') && values.ends_with('}')) {
    values = values.substr(1, values.size() - 2);
  }
  auto const first = whole_value(values.substr(0, values.find(',')));
  auto const comma = values.rfind(',');
  auto const last = comma == std::string_view::npos ? first : whole_value(values.substr(comma + 1));
  if (!first || !last) return {};
  auto const start = axis->at(std::min(*first, *last));
  auto const end = axis->at(std::max(*first, *last));
  if (!start || !end) return {};
  if (*start == *end) return {.datetime = *start, .start = {}, .end = {}};
  return {.datetime = {}, .start = *start, .end = *end};
}

unsigned value_of_digits(std::string const& digits) {
  unsigned out = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), out);
  return out;
}

} // namespace

std::array<NamePattern::FieldName, NamePattern::fields> const NamePattern::field_names{
    {{"{year}", Field::year, 4},
     {"{month}", Field::month, 2},
     {"{day}", Field::day, 2},
     {"{day_of_year}", Field::day_of_year, 3},
     {"{hour}", Field::hour, 2},
     {"{minute}", Field::minute, 2},
     {"{second}", Field::second, 2}}};

std::optional<NamePattern> NamePattern::parse(std::string_view text, std::string& fault) {
  NamePattern out;
  out.is_of_path_ = text.find('/') != std::string_view::npos;
  while (!text.empty()) {
    auto const* const field = std::ranges::find_if(
        field_names, [text](auto const& it) { return text.starts_with(it.name); });
    if (field != field_names.end()) {
      if (out.has(field->field)) {
        fault = std::string(field->name) + " stands there twice";
        return std::nullopt;
      }
      out.tokens_.insert(out.tokens_.end(), field->digits,
                         {.kind = Token::Kind::digit, .field = field->field});
      text.remove_prefix(field->name.size());
      continue;
    }
    auto const c = text.front();
    if (c == '{' || c == '}') {
      fault = "braces stand around year, month, day, day_of_year, hour, minute and second only";
      return std::nullopt;
    }
    auto const kind = c == '*'   ? Token::Kind::anything
                      : c == '?' ? Token::Kind::any_character
                                 : Token::Kind::text;
    out.tokens_.push_back({.kind = kind, .text = c});
    text.remove_prefix(1);
  }
  fault = out.fault();
  if (!fault.empty()) return std::nullopt;
  return out;
}

bool NamePattern::has(Field field) const noexcept {
  return std::ranges::any_of(tokens_, [field](Token const& token) {
    return token.kind == Token::Kind::digit && token.field == field;
  });
}

std::string NamePattern::fault() const {
  bool const has_day = has(Field::day_of_year) || (has(Field::month) && has(Field::day));
  if (!has(Field::year)) return "{year} is missing";
  if (has(Field::day_of_year) && (has(Field::month) || has(Field::day))) {
    return "{day_of_year} stands instead of {month} and {day}";
  }
  if (has(Field::day) && !has(Field::month)) return "{day} needs {month}";
  if (has(Field::hour) && !has_day) return "{hour} needs a day";
  if (has(Field::minute) && !has(Field::hour)) return "{minute} needs {hour}";
  if (has(Field::second) && !has(Field::minute)) return "{second} needs {minute}";
  return {};
}

/// Goes back to the last `*` where it does not fit, so the time grows with the product of both
/// lengths at most.
std::optional<NamePattern::Values> NamePattern::values_in(std::string_view name) const {
  Values values;
  std::vector<std::size_t> places(tokens_.size());
  std::size_t token = 0;
  std::size_t place = 0;
  std::optional<std::pair<std::size_t, std::size_t>> star; // its token, and where it ends
  auto const fits = [&](Token const& one, char c) {
    switch (one.kind) {
    case Token::Kind::digit:
      return c >= '0' && c <= '9';
    case Token::Kind::any_character:
      return c != '/';
    default:
      return one.kind == Token::Kind::text && one.text == c;
    }
  };
  while (place < name.size()) {
    if (token < tokens_.size() && tokens_[token].kind == Token::Kind::anything) {
      star = {token++, place};
    } else if (token < tokens_.size() && fits(tokens_[token], name[place])) {
      places[token++] = place++;
    } else if (star && name[star->second] != '/') {
      token = star->first + 1;
      place = ++star->second;
    } else {
      return std::nullopt;
    }
  }
  while (token < tokens_.size() && tokens_[token].kind == Token::Kind::anything) ++token;
  if (token < tokens_.size()) return std::nullopt;
  for (std::size_t i = 0; i < tokens_.size(); ++i) {
    if (tokens_[i].kind != Token::Kind::digit) continue;
    values.at(static_cast<std::size_t>(tokens_[i].field)) += name[places[i]];
  }
  return values;
}

DataTime NamePattern::match(std::string_view path) const {
  auto const slash = path.rfind('/');
  if (!is_of_path_ && slash != std::string_view::npos) path.remove_prefix(slash + 1);
  auto const values = values_in(path);
  if (!values) return {};
  auto const value = [&](Field field) -> std::string const& {
    return values->at(static_cast<std::size_t>(field));
  };
  auto text = value(Field::year);
  if (auto const& day = value(Field::day_of_year); !day.empty()) {
    constexpr std::int64_t day_ms = 86'400'000;
    auto const number = value_of_digits(day);
    auto const first = model::Instant::at({.year = value_of_digits(text), .month = 1, .day = 1});
    if (!first || number == 0) return {};
    auto const date = model::Instant(first->milliseconds() + (number - 1) * day_ms).date();
    if (date.year != value_of_digits(text)) return {};
    auto const two = [](unsigned part) { return (part < 10 ? "-0" : "-") + std::to_string(part); };
    text += two(date.month) + two(date.day);
  } else {
    for (auto const field : {Field::month, Field::day}) {
      if (!value(field).empty()) text += "-" + value(field);
    }
  }
  if (auto const& hour = value(Field::hour); !hour.empty()) {
    auto const or_zero = [&](Field field) -> std::string {
      return value(field).empty() ? "00" : value(field);
    };
    text += "T" + hour + ":" + or_zero(Field::minute) + ":" + or_zero(Field::second) + "Z";
  }
  auto const read = formats::read_time(text);
  return read ? of_bound(read->at) : DataTime();
}

DataTime time_in(Metadata const& metadata) {
  for (auto const& [start_name, end_name] : coverages) {
    auto const start = bound_in(value_in(metadata, start_name));
    auto const end = bound_in(value_in(metadata, end_name));
    if (start && end) return of_bounds(*start, *end);
    if (start) return of_bound(*start);
  }
  for (auto const name : moments) {
    if (auto const at = bound_in(value_in(metadata, name))) return of_bound(*at);
  }
  if (auto out = time_of_axis(metadata); out.is_known()) return out;
  auto const tag = bound_in_tag(std::string(value_in(metadata, "TIFFTAG_DATETIME")));
  return tag ? of_bound(*tag) : DataTime();
}

std::string_view value_in(Metadata const& metadata, std::string_view name) {
  auto const found = std::ranges::find_if(
      metadata, [name](auto const& pair) { return equal_ignoring_case(pair.first, name); });
  return found == metadata.end() ? std::string_view() : std::string_view(found->second);
}

} // namespace terracat::kinds::files

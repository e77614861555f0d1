#include "query/functions.hpp"

#include <terracat/text.hpp>

#include <unicode/locid.h>
#include <unicode/unistr.h>

#include <array>
#include <cmath>

namespace terracat::query {
namespace {

icu::UnicodeString text(Datum const& datum) {
  auto const& bytes = std::get<std::string>(datum.value);
  return icu::UnicodeString::fromUTF8({bytes.data(), static_cast<std::int32_t>(bytes.size())});
}

Datum datum_of(icu::UnicodeString const& text) {
  std::string out;
  text.toUTF8String(out);
  return {std::move(out)};
}

model::Instant moment(Datum const& datum) {
  return model::Instant(std::get<Moment>(datum.value).first);
}

Datum abs(Arguments arguments) {
  return {std::abs(number(arguments[0]))};
}

Datum ceil(Arguments arguments) {
  return {std::ceil(number(arguments[0]))};
}

Datum floor(Arguments arguments) {
  return {std::floor(number(arguments[0]))};
}

Datum round(Arguments arguments) {
  return {std::round(number(arguments[0]))};
}

Datum length(Arguments arguments) {
  return {static_cast<double>(text(arguments[0]).countChar32())};
}

Datum lower(Arguments arguments) {
  return datum_of(text(arguments[0]).toLower(icu::Locale::getRoot()));
}

Datum upper(Arguments arguments) {
  return datum_of(text(arguments[0]).toUpper(icu::Locale::getRoot()));
}

Datum year(Arguments arguments) {
  return {static_cast<double>(moment(arguments[0]).date().year)};
}

Datum month(Arguments arguments) {
  return {static_cast<double>(moment(arguments[0]).date().month)};
}

Datum day(Arguments arguments) {
  return {static_cast<double>(moment(arguments[0]).date().day)};
}

constexpr Function row(std::string_view name, Kinds takes, Kinds gives, Datum (*apply)(Arguments),
                       std::string_view description) {
  return {.name = name, .gives = gives, .takes = takes, .apply = apply, .description = description};
}

constexpr std::array named_table{
    row("abs", kind::number, kind::number, abs, "The number without its sign"),
    row("ceil", kind::number, kind::number, ceil, "The least whole number that is not less"),
    row("floor", kind::number, kind::number, floor,
        "The greatest whole number that is not greater"),
    row("round", kind::number, kind::number, round,
        "The nearest whole number; of two, the one further from zero"),
    row("length", kind::text, kind::number, length, "How many characters the text has"),
    row("lower", kind::text, kind::text, lower, "The text in small letters"),
    row("upper", kind::text, kind::text, upper, "The text in capital letters"),
    row("year", kind::time, kind::number, year, "The year of the time, in UTC"),
    row("month", kind::time, kind::number, month, "The month of the time, 1 to 12, in UTC"),
    row("day", kind::time, kind::number, day, "The day of the month, 1 to 31, in UTC"),
};

} // namespace

std::span<Function const> named_functions() noexcept {
  return named_table;
}

} // namespace terracat::query

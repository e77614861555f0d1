#include "formats/rules/converter.hpp"

#include "formats/words/dates.hpp"
#include "formats/words/extents.hpp"
#include "formats/words/identifiers.hpp"
#include "formats/words/languages.hpp"
#include "formats/words/licences.hpp"
#include "formats/words/markup.hpp"
#include "formats/words/text.hpp"

#include <terracat/json.hpp>

#include <algorithm>
#include <array>
#include <utility>

namespace terracat::formats::rules {
namespace {

using Texts = std::optional<std::vector<std::string>>;

Texts unless_empty(std::string text) {
  if (text.empty()) return std::nullopt;
  return std::vector{std::move(text)};
}

Texts to_date(std::string_view text, std::string_view) {
  auto const at = read_date(text).at;
  auto const first = at.earliest();
  if (!first) return std::nullopt;
  auto written = model::to_iso8601(*first);
  // Years may have a sign and more than four digits.
  auto const time = written.find('T');
  switch (at.precision()) {
  case model::Precision::year:
    return unless_empty(written.substr(0, time - 6));
  case model::Precision::month:
    return unless_empty(written.substr(0, time - 3));
  case model::Precision::day:
    return unless_empty(written.substr(0, time));
  default:
    return unless_empty(std::move(written));
  }
}

Texts to_number(std::string_view text, std::string_view) {
  auto const reading = read_number(stripped(text));
  if (!reading.value) return std::nullopt;
  json::Writer out;
  return unless_empty(out.number(*reading.value).take());
}

Texts to_parts(std::string_view text, std::string_view separator) {
  std::vector<std::string> out;
  for (;;) {
    auto const end = text.find(separator);
    if (auto const part = stripped(text.substr(0, end)); !part.empty()) out.emplace_back(part);
    if (end == std::string_view::npos) break;
    text.remove_prefix(end + separator.size());
  }
  return out;
}

Texts to_last_part(std::string_view text, std::string_view separator) {
  auto parts = to_parts(text, separator);
  if (parts->empty()) return std::nullopt;
  return unless_empty(std::move(parts->back()));
}

Texts to_doi(std::string_view text, std::string_view) {
  return unless_empty(read_doi(stripped(text)).value_or(""));
}

Texts to_spdx(std::string_view text, std::string_view) {
  auto identifier = spdx_identifier(stripped(text));
  if (identifier.empty()) identifier = spdx_of(text, address_in(text));
  return unless_empty(std::move(identifier));
}

Texts to_language(std::string_view text, std::string_view) {
  return unless_empty(read_language(text));
}

Texts to_plain(std::string_view text, std::string_view) {
  return unless_empty(paragraphs(without_markup(text).text));
}

/// The four numbers of a text in another order.
Texts reordered(std::string_view text, std::array<std::size_t, 4> const& order) {
  auto const numbers = split(text, " \t\r\n,;");
  if (numbers.size() != order.size()) return std::nullopt;
  std::string out;
  for (auto const index : order) {
    if (!out.empty()) out += ' ';
    out += numbers[index];
  }
  return unless_empty(std::move(out));
}

Texts from_latitude_first(std::string_view text, std::string_view) {
  return reordered(text, {1, 0, 3, 2});
}

Texts from_west_east(std::string_view text, std::string_view) {
  return reordered(text, {0, 2, 1, 3});
}

constexpr std::array converter_rows{
    Converter{"date", "a date in any form that is read, as 2015-12-31", false, to_date},
    Converter{"number", "a number, also with a decimal comma or a sign of degrees", false,
              to_number},
    Converter{"split", "several texts of one, at each separator", true, to_parts},
    Converter{"last", "what stands after the last separator, as of a path", true, to_last_part},
    Converter{"doi", "a DOI without prefix and host", false, to_doi},
    Converter{"spdx", "the SPDX identifier of a licence", false, to_spdx},
    Converter{"language", "the code of a language", false, to_language},
    Converter{"plain", "a text without HTML", false, to_plain},
    Converter{"latitude-first", "south west north east as west south east north", false,
              from_latitude_first},
    Converter{"west-east", "west east south north, as ISO has it, as west south east north", false,
              from_west_east},
};

} // namespace

std::span<Converter const> converters() noexcept {
  return converter_rows;
}

Converter const* find_converter(std::string_view name) noexcept {
  auto const* const found = std::ranges::find(converter_rows, name, &Converter::name);
  return found == converter_rows.end() ? nullptr : found;
}

} // namespace terracat::formats::rules

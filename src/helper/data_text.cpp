#include "helper/data_text.hpp"

#include "model/finding_code.hpp"

#include <terracat/json.hpp>

#include <algorithm>
#include <cmath>
#include <limits>

namespace terracat::helper {
namespace {

using data::Facts;
using json::Value;
using json::Writer;

constexpr std::size_t most_entries = 1'000; ///< of any list
constexpr std::size_t longest_ending = 24;

// ---- Written

void write(Writer& out, std::string_view name, std::optional<double> const& value) {
  if (value) out.name(name).number(*value);
}

/// JSON has no word for some numbers that files have.
void write_no_data(Writer& out, std::optional<double> const& value) {
  if (!value) return;
  if (std::isnan(*value)) {
    out.member("no_data", "nan");
  } else if (std::isinf(*value)) {
    out.member("no_data", *value > 0 ? "inf" : "-inf");
  } else {
    out.name("no_data").number(*value);
  }
}

void write(Writer& out, data::Band const& band) {
  out.begin_object().member("name", band.name).member("description", band.description);
  out.member("type", band.type).member("unit", band.unit);
  write_no_data(out, band.no_data);
  write(out, "scale", band.scale);
  write(out, "offset", band.offset);
  auto const& it = band.statistics;
  write(out, "minimum", it.minimum);
  write(out, "maximum", it.maximum);
  write(out, "mean", it.mean);
  write(out, "deviation", it.deviation);
  write(out, "valid_percent", it.valid_percent);
  out.end_object();
}

void write(Writer& out, data::Layer const& layer) {
  out.begin_object().member("name", layer.name).member("geometry", layer.geometry);
  if (layer.count) out.name("count").integer(*layer.count);
  out.name("columns").begin_array();
  for (auto const& column : layer.columns) out.string(column.name).string(column.type);
  out.end_array().end_object();
}

template<class Numbers>
void write_numbers(Writer& out, std::string_view name, Numbers const& numbers) {
  out.name(name).begin_array();
  for (auto const number : numbers) out.number(number);
  out.end_array();
}

// ---- Read

std::string text_in(Value const& value, std::string_view name) {
  return std::string(value.string(name).value_or(""));
}

std::optional<double> number_in(Value const& value, std::string_view name) {
  auto const member = value.member(name);
  return member ? member->number() : std::nullopt;
}

std::optional<double> no_data_in(Value const& value) {
  auto const word = value.string("no_data");
  if (!word) return number_in(value, "no_data");
  constexpr auto without_end = std::numeric_limits<double>::infinity();
  if (*word == "inf") return without_end;
  if (*word == "-inf") return -without_end;
  return std::numeric_limits<double>::quiet_NaN();
}

data::Band band_in(Value const& value) {
  return {.name = text_in(value, "name"),
          .description = text_in(value, "description"),
          .type = text_in(value, "type"),
          .no_data = no_data_in(value),
          .unit = text_in(value, "unit"),
          .scale = number_in(value, "scale"),
          .offset = number_in(value, "offset"),
          .statistics = {.minimum = number_in(value, "minimum"),
                         .maximum = number_in(value, "maximum"),
                         .mean = number_in(value, "mean"),
                         .deviation = number_in(value, "deviation"),
                         .valid_percent = number_in(value, "valid_percent")}};
}

/// The texts of a list, a pair after the other.
template<class Pair>
std::vector<Pair> pairs_in(std::optional<Value> const& list) {
  std::vector<Pair> out;
  std::optional<std::string> first;
  if (!list) return out;
  for (auto const element : list->elements()) {
    std::string text(element.string().value_or(""));
    if (out.size() == most_entries) break;
    if (first) {
      out.push_back({std::move(*first), std::move(text)});
      first.reset();
    } else {
      first = std::move(text);
    }
  }
  return out;
}

data::Layer layer_in(Value const& value) {
  data::Layer out{.name = text_in(value, "name"),
                  .geometry = text_in(value, "geometry"),
                  .count = {},
                  .columns = pairs_in<data::Column>(value.member("columns"))};
  if (auto const count = value.member("count")) out.count = count->integer();
  return out;
}

template<std::size_t Size>
std::optional<std::array<double, Size>> numbers_in(Value const& value, std::string_view name) {
  std::array<double, Size> out{};
  auto const list = value.member(name);
  if (!list || list->size() != Size) return std::nullopt;
  std::size_t at = 0;
  for (auto const element : list->elements()) {
    auto const number = element.number();
    if (!number) return std::nullopt;
    out.at(at++) = *number;
  }
  return out;
}

/// \return  false if a position is none in degrees
bool read_side(Value const& list, model::Path& side) {
  std::optional<double> x;
  for (auto const element : list.elements()) {
    auto const number = element.number();
    if (!number || side.size() == most_entries) return false;
    if (!x) {
      x = number;
      continue;
    }
    side.push_back({*std::exchange(x, std::nullopt), *number});
  }
  return !x;
}

bool read_sides(Value const& root, Facts& facts) {
  auto const sides = root.member("sides");
  if (!sides) return true;
  if (sides->size() != facts.sides.size()) return false;
  std::size_t at = 0;
  for (auto const side : sides->elements()) {
    if (!read_side(side, facts.sides.at(at++))) return false;
  }
  return std::ranges::none_of(facts.sides, [](auto const& side) { return side.empty(); });
}

std::optional<data::Grid> grid_in(Value const& root) {
  auto const rows = root.member("rows");
  auto const columns = root.member("columns");
  if (!rows || !columns || !rows->integer() || !columns->integer()) return std::nullopt;
  return data::Grid{.rows = *rows->integer(),
                    .columns = *columns->integer(),
                    .transform = numbers_in<6>(root, "transform")};
}

std::optional<Finding> finding_in(Value const& list) {
  std::array<std::string, 3> texts;
  std::size_t count = 0;
  for (auto const element : list.elements()) {
    auto const text = element.string();
    if (!text || count == texts.size()) return std::nullopt;
    texts.at(count++) = *text;
  }
  auto const code = finding_code(texts[0]);
  if (count != texts.size() || !code || severity(*code) != Severity::refused) return std::nullopt;
  return Finding{.code = *code, .where = excerpt(texts[1]), .excerpt = excerpt(texts[2])};
}

} // namespace

std::string data_request(std::span<data::OpenFile const> files) {
  Writer out;
  out.begin_array();
  for (auto const& file : files) out.string(file.ending);
  return out.end_array().take();
}

std::optional<std::vector<std::string>> endings_in(std::string_view request) {
  json::Parser parser;
  auto const root = parser.parse(request);
  if (!root || root->size() > data::most_files) return std::nullopt;
  std::vector<std::string> out;
  for (auto const element : root->elements()) {
    auto const text = element.string();
    bool const is_plain =
        text && text->size() <= longest_ending && std::ranges::all_of(*text, [](char c) {
          return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                 c == '.';
        });
    if (!is_plain) return std::nullopt;
    out.emplace_back(*text);
  }
  return out;
}

std::string data_answer(FactsOrFinding const& outcome) {
  Writer out;
  out.begin_object();
  if (!outcome) {
    auto const& finding = outcome.error();
    out.name("finding").begin_array().string(name(finding.code));
    return out.string(finding.where).string(finding.excerpt).end_array().end_object().take();
  }
  auto const& facts = *outcome;
  out.name("driver").string(facts.driver);
  out.member("crs_code", facts.crs_code).member("crs_wkt", facts.crs_wkt);
  if (facts.grid) {
    out.name("rows").integer(facts.grid->rows).name("columns").integer(facts.grid->columns);
    if (facts.grid->transform) write_numbers(out, "transform", *facts.grid->transform);
  }
  if (facts.box) write_numbers(out, "box", *facts.box);
  if (!facts.sides.front().empty()) {
    out.name("sides").begin_array();
    for (auto const& side : facts.sides) {
      out.begin_array();
      for (auto const& [x, y] : side) out.number(x).number(y);
      out.end_array();
    }
    out.end_array();
  }
  out.name("bands").begin_array();
  for (auto const& band : facts.bands) write(out, band);
  out.end_array().name("layers").begin_array();
  for (auto const& layer : facts.layers) write(out, layer);
  out.end_array().name("metadata").begin_array();
  for (auto const& [name, value] : facts.metadata) out.string(name).string(value);
  return out.end_array().end_object().take();
}

std::optional<FactsOrFinding> facts_in(std::string_view answer) {
  json::Parser parser;
  auto const root = parser.parse(answer);
  if (!root) return std::nullopt;
  if (auto const written = root->member("finding")) {
    auto finding = finding_in(*written);
    if (!finding) return std::nullopt;
    return FactsOrFinding(std::move(*finding));
  }
  Facts out{.driver = text_in(*root, "driver"),
            .crs_code = text_in(*root, "crs_code"),
            .crs_wkt = text_in(*root, "crs_wkt"),
            .grid = grid_in(*root),
            .box = numbers_in<4>(*root, "box"),
            .sides = {},
            .bands = {},
            .layers = {},
            .metadata = pairs_in<std::pair<std::string, std::string>>(root->member("metadata"))};
  if (out.driver.empty() || !read_sides(*root, out)) return std::nullopt;
  if (auto const bands = root->member("bands")) {
    for (auto const band : bands->elements()) {
      if (out.bands.size() < most_entries) out.bands.push_back(band_in(band));
    }
  }
  if (auto const layers = root->member("layers")) {
    for (auto const layer : layers->elements()) {
      if (out.layers.size() < most_entries) out.layers.push_back(layer_in(layer));
    }
  }
  return FactsOrFinding(std::move(out));
}

} // namespace terracat::helper

#include "formats/products/product.hpp"

#include "formats/json/json_text.hpp"
#include "formats/readers.hpp"
#include "formats/words/media_types.hpp"
#include "formats/words/text.hpp"

#include <terracat/instant.hpp>
#include <terracat/text.hpp>

#include <algorithm>
#include <array>

namespace terracat::formats::products {
namespace {

constexpr std::string_view eo = "eo/v2.0.0";
constexpr std::string_view file_extension = "file/v2.1.0";
constexpr std::string_view grid = "grid/v1.1.0";
constexpr std::string_view processing = "processing/v1.2.0";
constexpr std::string_view product = "product/v0.1.0";
constexpr std::string_view sat = "sat/v1.1.0";
constexpr std::string_view alternate = "alternate-assets/v1.2.0";

constexpr std::array<std::string_view, 4> polarisations{"HH", "HV", "VH", "VV"};

/// A product has a few files; what lists thousands is none.
constexpr std::size_t most_files = 100;

std::string number_text(double value) {
  std::string out;
  append_number(out, value);
  return out;
}

/// The checksum with what says that it is MD5, and of 16 bytes (multihash).
std::string multihash_of(std::string_view md5) {
  bool const is_one = md5.size() == 32 && std::ranges::all_of(md5, [](char c) {
                        return is_digit(c) || (lowered(c) >= 'a' && lowered(c) <= 'f');
                      });
  return is_one ? "d50110" + lowered(md5) : std::string();
}

void append_list(std::string& out, std::string_view name,
                 std::vector<std::string_view> const& texts) {
  begin_member(out, name);
  out += '[';
  for (auto const text : texts) {
    begin_element(out);
    append_quoted(out, text);
  }
  out += ']';
}

} // namespace

void Product::came_from(std::string_view member, std::string where) {
  places_.emplace_back(member, std::move(where));
}

void Product::raw(std::string_view property, std::string_view json) {
  append_raw_member(properties_, property, json);
}

void Product::uses(std::string_view extension) {
  if (std::ranges::find(extensions_, extension) == extensions_.end()) {
    extensions_.emplace_back(extension);
  }
}

void Product::taken(std::string_view start, std::string_view end) {
  if (says_nothing(start)) start = {};
  if (says_nothing(end)) end = {};
  if (start == end || end.empty() || start.empty()) {
    auto const moment = start.empty() ? end : start;
    if (!moment.empty()) append_member(properties_, "datetime", moment);
    return;
  }
  append_member(properties_, "start_datetime", start);
  append_member(properties_, "end_datetime", end);
}

void Product::text(std::string_view property, std::string_view text) {
  auto const line = one_line(text);
  if (is_name(line)) append_member(properties_, property, line);
}

void Product::moment(std::string_view property, std::string_view text) {
  if (model::parse_rfc3339(text)) append_member(properties_, property, text);
}

void Product::platform(std::string_view name) {
  text("platform", name);
}

void Product::instruments(std::string_view names) {
  auto const line = one_line(names);
  if (!is_name(line)) return;
  append_list(properties_, "instruments", split(line, "/, "));
}

void Product::producer(std::string_view name) {
  auto const line = one_line(name);
  if (!is_name(line)) return;
  raw("providers", R"([{"name":)" + json::quoted(line) + R"(,"roles":["producer"]}])");
}

void Product::type(std::string_view name) {
  auto const line = one_line(name);
  if (!is_name(line)) return;
  append_member(properties_, "product:type", line);
  uses(product);
}

void Product::level(std::string_view name) {
  auto const line = one_line(name);
  if (!is_name(line)) return;
  append_member(properties_, "processing:level", line);
  uses(processing);
}

void Product::resolution(std::optional<double> metres) {
  if (metres && *metres > 0) raw("gsd", number_text(*metres));
}

void Product::clouds(std::optional<double> share) {
  if (!share || *share < 0 || *share > 100) return;
  raw("eo:cloud_cover", number_text(*share));
  uses(eo);
}

void Product::snow(std::optional<double> share) {
  if (!share || *share < 0 || *share > 100) return;
  raw("eo:snow_cover", number_text(*share));
  uses(eo);
}

void Product::absolute_orbit(std::optional<std::int64_t> number) {
  if (!number || *number < 1) return;
  raw("sat:absolute_orbit", std::to_string(*number));
  uses(sat);
}

void Product::relative_orbit(std::optional<std::int64_t> number) {
  if (!number || *number < 1) return;
  raw("sat:relative_orbit", std::to_string(*number));
  uses(sat);
}

void Product::direction(std::string_view word) {
  auto const state = lowered(trimmed(word));
  if (state != "ascending" && state != "descending" && state != "geostationary") return;
  append_member(properties_, "sat:orbit_state", state);
  uses(sat);
}

void Product::radar(std::string_view mode, std::string_view channels) {
  std::vector<std::string_view> known;
  for (auto const channel : split(channels, " ,&/+")) {
    auto const* const found = std::ranges::find_if(
        polarisations, [&](auto const one) { return equal_ignoring_case(one, channel); });
    if (found == polarisations.end()) continue;
    if (std::ranges::find(known, *found) == known.end()) known.push_back(*found);
  }
  if (known.empty()) return;
  append_list(properties_, "sar:polarizations", known);
  text("sar:instrument_mode", mode);
}

void Product::tile(std::string_view name) {
  auto const line = one_line(name);
  std::string_view code = line;
  if (code.size() == 6 && (code.front() == 'T' || code.front() == 't')) code.remove_prefix(1);
  bool const is_one = code.size() == 5 && is_digit(code[0]) && is_digit(code[1]) &&
                      std::ranges::all_of(code.substr(2), [](char c) {
                        return is_alphanumeric(c) && !is_digit(c);
                      });
  if (!is_one) return;
  append_member(properties_, "grid:code", std::string("MGRS-").append(code));
  uses(grid);
}

void Product::add(File file) {
  if (file.href.empty()) return;
  if (files_.size() >= most_files) {
    cuts_.left_out("files", most_files);
    return;
  }
  auto const is_taken = [&](std::string_view key) {
    return std::ranges::any_of(files_, [&](auto const& other) { return other.key == key; });
  };
  auto const key = file.key;
  for (std::size_t number = 2; is_taken(file.key); ++number) {
    file.key = key + '-' + std::to_string(number);
  }
  if (file.media_type.empty()) file.media_type = media_type_of_name(file.href);
  if (file.size && *file.size <= 0) file.size.reset();
  if (file.size || !multihash_of(file.md5).empty()) uses(file_extension);
  if (!file.elsewhere.empty()) uses(alternate);
  came_from("/assets/" + file.key + "/href", file.where);
  files_.push_back(std::move(file));
}

std::string Product::extensions_text() const {
  std::string out = "[";
  for (auto const& extension : extensions_) {
    begin_element(out);
    append_quoted(out, "https://stac-extensions.github.io/" + extension + "/schema.json");
  }
  return out + ']';
}

std::string Product::assets_text() const {
  std::string out = "{";
  for (auto const& file : files_) {
    begin_member(out, file.key);
    out += '{';
    append_member(out, "href", file.href);
    if (!file.title.empty()) append_member(out, "title", file.title);
    if (!file.media_type.empty()) append_member(out, "type", file.media_type);
    append_list(out, "roles", {file.role});
    if (file.size) append_raw_member(out, "file:size", std::to_string(*file.size));
    auto const checksum = multihash_of(file.md5);
    if (!checksum.empty()) append_member(out, "file:checksum", checksum);
    if (!file.elsewhere.empty()) {
      append_raw_member(out, "alternate", "{");
      for (std::size_t number = 0; auto const& href : file.elsewhere) {
        begin_member(out, std::string(href.substr(0, href.find(':'))) +
                              (number++ == 0 ? "" : "-" + std::to_string(number)));
        out += '{';
        append_member(out, "href", href);
        out += '}';
      }
      out += '}';
    }
    out += '}';
  }
  return out + '}';
}

std::string Product::to_item() const {
  std::string out = "{";
  append_member(out, "type", "Feature");
  append_member(out, "stac_version", "1.1.0");
  append_raw_member(out, "stac_extensions", extensions_text());
  append_member(out, "id", id);
  if (!collection.empty()) append_member(out, "collection", collection);
  append_raw_member(out, "geometry", geometry.empty() ? "null" : geometry);
  append_raw_member(out, "properties", "{" + properties_ + "}");
  append_raw_member(out, "assets", assets_text());
  begin_member(out, "links");
  out += '[';
  if (!via.empty()) {
    out += R"({"rel":"via","href":)";
    append_quoted(out, via);
    out += '}';
  }
  return out + "]}";
}

ReadResult Product::read(ReadContext const& context) const {
  auto result = read_stac_item(to_item(), context);
  auto const place = [this](Finding& finding) {
    for (auto const& [member, where] : places_) {
      if (!finding.where.starts_with(member)) continue;
      finding.where = where + finding.where.substr(member.size());
      return;
    }
  };
  if (!result) {
    auto finding = result.error();
    place(finding);
    return finding;
  }
  for (auto& finding : result->findings) place(finding);
  cuts_.tell(result->findings);
  return result;
}

} // namespace terracat::formats::products

#include "gazetteer/gazetteer.hpp"

#include "query/words.hpp"

#include <terracat/embedded.hpp>
#include <terracat/text.hpp>

#include <unicode/locid.h>

#include <algorithm>
#include <array>
#include <charconv>

namespace terracat::embedded {

[[nodiscard]] std::span<EmbeddedFile const> shipped_places() noexcept;

} // namespace terracat::embedded

namespace terracat::gazetteer {
namespace {

constexpr std::array<std::string_view, 22> kinds{
    "continent", "region",  "ocean",  "country",    "sea",   "territory", "division",  "mountains",
    "area",      "islands", "desert", "basin",      "plain", "plateau",   "peninsula", "wetlands",
    "delta",     "coast",   "island", "department", "lake",  "river"};

constexpr std::string_view french = "fr";
constexpr std::string_view english = "en";
constexpr std::size_t columns = 7;
constexpr std::size_t most_looked_at = 500; ///< that begin so; more are not compared
constexpr std::size_t least_of_word = 4;    ///< bytes; a shorter word begins no name from there on

std::vector<std::string_view> split(std::string_view text, char at) {
  std::vector<std::string_view> out;
  for (;;) {
    auto const end = std::min(text.find(at), text.size());
    out.push_back(text.substr(0, end));
    if (end == text.size()) return out;
    text.remove_prefix(end + 1);
  }
}

std::optional<model::Bbox> box_in(std::string_view text) {
  std::array<double, 4> numbers{};
  auto const parts = split(text, ',');
  if (parts.size() != numbers.size()) return std::nullopt;
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    auto const* const end = parts[i].data() + parts[i].size();
    auto const [stop, error] = std::from_chars(parts[i].data(), end, numbers.at(i));
    if (error != std::errc{} || stop != end) return std::nullopt;
  }
  auto box = model::Bbox::make(numbers[0], numbers[1],
                               numbers[0] > numbers[2] ? numbers[2] + 360 : numbers[2], numbers[3]);
  return box ? std::optional(*box) : std::nullopt;
}

/// What ICU calls a country or a part of a continent.
std::string name_in(std::string_view code, icu::Locale const& language) {
  icu::UnicodeString name;
  icu::Locale("und", std::string(code).c_str()).getDisplayCountry(language, name);
  std::string out;
  return name.toUTF8String(out);
}

bool is_of_icu(std::string_view code) noexcept {
  return code.size() == 2 || (code.size() == 3 && is_digit(code.front()));
}

/// \return  words parted by blanks, without those around
std::string key_of(std::string_view name) {
  return std::string(trimmed(query::words_of(name), " "));
}

} // namespace

std::string_view name_of(Kind kind) noexcept {
  return kinds.at(static_cast<std::size_t>(kind));
}

std::string_view Place::label(std::span<std::string const> languages) const noexcept {
  for (auto const& language : languages) {
    auto const found = std::ranges::find(names, std::string_view(language), &Name::language);
    if (found != names.end()) return found->text;
  }
  return names.front().text;
}

std::string Place::uri() const {
  return wikidata.empty() ? std::string() : "http://www.wikidata.org/entity/" + wikidata;
}

Gazetteer::Gazetteer() : Gazetteer(embedded::shipped_places().front().bytes) {
  add_icu_countries();
}

Gazetteer::Gazetteer(std::string_view table) {
  for (auto const line : split(table, '\n')) {
    if (!line.empty() && line.front() != '#') add_line(line);
  }
}

void Gazetteer::add_line(std::string_view line) {
  auto const cells = split(line, '\t');
  if (cells.size() != columns) return;
  auto const* const kind = std::ranges::find(kinds, cells[0]);
  auto const bbox = box_in(cells[4]);
  if (kind == kinds.end() || !bbox) return;
  Place place{.kind = static_cast<Kind>(kind - kinds.begin()),
              .is_everyday = cells[1] == "everyday",
              .wikidata = std::string(cells[2]),
              .bbox = bbox,
              .names = {}};
  for (auto const name : split(cells[5], '|')) {
    if (!name.empty()) place.names.push_back({std::string(name), french});
  }
  for (auto const name : split(cells[6], '|')) {
    if (!name.empty()) place.names.push_back({std::string(name), english});
  }
  add(std::move(place), cells[3]);
}

void Gazetteer::add(Place place, std::string_view code) {
  if (is_of_icu(code)) {
    place.names.insert(place.names.begin(),
                       {Name{name_in(code, icu::Locale::getFrench()), french},
                        Name{name_in(code, icu::Locale::getEnglish()), english}});
    codes_.emplace_back(code);
  }
  if (place.names.empty()) return;
  auto const number = places_.size();
  for (auto const& name : place.names) {
    auto const key = key_of(name.text);
    if (key.empty()) continue;
    by_name_.try_emplace(key, number);
    by_beginning_.emplace(key, number);
    for (auto blank = key.find(' '); blank != std::string::npos; blank = key.find(' ', blank + 1)) {
      auto const end = std::min(key.find(' ', blank + 1), key.size());
      if (end - blank > least_of_word) by_beginning_.emplace(key.substr(blank + 1), number);
    }
  }
  places_.push_back(std::move(place));
}

void Gazetteer::add_icu_countries() {
  for (auto const* const* country = icu::Locale::getISOCountries(); *country != nullptr;
       ++country) {
    if (std::ranges::find(codes_, *country) != codes_.end()) continue;
    add({.kind = Kind::country, .is_everyday = false, .wikidata = {}, .bbox = {}, .names = {}},
        *country);
  }
}

Place const* Gazetteer::find(std::string_view name) const {
  auto const found = by_name_.find(key_of(name));
  return found == by_name_.end() ? nullptr : &places_[found->second];
}

std::vector<Place const*> Gazetteer::beginning(std::string_view text, std::size_t limit) const {
  std::vector<std::size_t> found;
  auto const begin = key_of(text);
  if (begin.empty()) return {};
  for (auto name = by_beginning_.lower_bound(begin);
       name != by_beginning_.end() && found.size() < most_looked_at; ++name) {
    if (!name->first.starts_with(begin)) break;
    found.push_back(name->second);
  }
  std::ranges::sort(found);
  found.erase(std::unique(found.begin(), found.end()), found.end());
  std::vector<Place const*> out;
  for (auto const number : found) {
    if (out.size() == limit) break;
    out.push_back(&places_[number]);
  }
  return out;
}

} // namespace terracat::gazetteer

#include "index/regions.hpp"

#include "query/words.hpp"

#include <unicode/locid.h>

#include <algorithm>
#include <array>

namespace terracat::index {
namespace {

// Of UN M49; ICU lists the countries itself.
constexpr std::array<char const*, 29> parts{"002", "003", "005", "009", "011", "013", "014", "015",
                                            "017", "018", "019", "021", "029", "030", "034", "035",
                                            "039", "053", "054", "057", "061", "142", "143", "145",
                                            "150", "151", "154", "155", "419"};

std::string name_in(char const* region, icu::Locale const& language) {
  icu::UnicodeString name;
  icu::Locale("und", region).getDisplayCountry(language, name);
  std::string out;
  return name.toUTF8String(out);
}

} // namespace

std::string_view name_in(std::vector<Expansion> const& names,
                         std::span<std::string const> languages) noexcept {
  for (auto const& language : languages) {
    auto const found = std::ranges::find(names, language, &Expansion::language);
    if (found != names.end()) return found->label;
  }
  return names.front().label;
}

Regions::Regions() {
  auto const add = [this](char const* region) {
    std::vector<Expansion> const both{{name_in(region, icu::Locale::getFrench()), "fr", 1},
                                      {name_in(region, icu::Locale::getEnglish()), "en", 1}};
    for (auto const& name : both) names_.try_emplace(query::words_of(name.label), both);
  };
  for (auto const* const part : parts) add(part);
  for (auto const* const* country = icu::Locale::getISOCountries(); *country != nullptr;
       ++country) {
    add(*country);
  }
}

std::vector<Expansion> Regions::names(std::string_view text) const {
  auto const found = names_.find(query::words_of(text));
  return found == names_.end() ? std::vector<Expansion>() : found->second;
}

std::vector<std::vector<Expansion>> Regions::beginning(std::string_view text,
                                                       std::size_t limit) const {
  std::vector<std::vector<Expansion>> out;
  auto const words = query::words_of(text);
  auto const begin = std::string_view(words).substr(0, words.find_last_not_of(' ') + 1);
  if (begin.empty()) return out;
  for (auto place = names_.lower_bound(begin); place != names_.end() && out.size() < limit;
       ++place) {
    if (!place->first.starts_with(begin)) break;
    bool const is_there = std::ranges::any_of(out, [&](std::vector<Expansion> const& known) {
      return known.front().label == place->second.front().label;
    });
    if (!is_there) out.push_back(place->second);
  }
  return out;
}

} // namespace terracat::index

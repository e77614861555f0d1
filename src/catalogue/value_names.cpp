#include "catalogue/value_names.hpp"

#include "query/words.hpp"

#include <terracat/text.hpp>

#include <algorithm>
#include <tuple>

namespace terracat::catalogue {
namespace {

constexpr std::size_t most_words = 8;      ///< of a name, from which it can be found
constexpr std::size_t most_looked = 5'000; ///< that begin so: of two letters there may be many

std::vector<std::size_t> counts_of(Roll const& roll, RollColumn const& column) {
  std::vector<std::size_t> out(column.texts.size());
  auto const rows = roll.rows();
  for (std::uint32_t row = 0; row < rows.size(); ++row) {
    auto const value = column.values[row];
    if (value == RollColumn::none || rows[row].entry->is_alternate()) continue;
    for (auto const text : column.texts_of(value)) ++out[text];
  }
  return out;
}

} // namespace

ValueNames::ValueNames(Roll const& roll, std::size_t column_place) {
  auto const& column = roll.column(column_place);
  auto const counts = counts_of(roll, column);
  for (std::size_t number = 0; number < counts.size(); ++number) {
    auto const* const text = column.texts[number];
    if (text == nullptr || counts[number] == 0) continue;
    auto const place = static_cast<std::uint32_t>(values_.size());
    values_.push_back({.text = text->text,
                       .label = text->label.empty() ? text->text : text->label,
                       .count = counts[number]});
    std::string const words(trimmed(query::words_of(values_.back().label)));
    std::size_t left = most_words;
    for (std::size_t at = 0; at < words.size() && left-- > 0;) {
      ways_.emplace_back(words.substr(at), place);
      at = std::min(words.find(' ', at), words.size() - 1) + 1;
    }
  }
  std::ranges::sort(ways_);
}

std::vector<ValueNames::Value> ValueNames::beginning(std::string_view typed,
                                                     std::size_t limit) const {
  std::string const wanted(trimmed(query::words_of(typed)));
  if (wanted.empty()) return {};
  auto way =
      std::ranges::lower_bound(ways_, wanted, {}, &std::pair<std::string, std::uint32_t>::first);
  std::vector<std::uint32_t> places;
  for (; way != ways_.end() && way->first.starts_with(wanted) && places.size() < most_looked;
       ++way) {
    places.push_back(way->second);
  }
  std::ranges::sort(places);
  places.erase(std::unique(places.begin(), places.end()), places.end());
  std::vector<Value> out;
  out.reserve(places.size());
  for (auto const place : places) out.push_back(values_[place]);
  auto const comes_first = [](Value const& a, Value const& b) {
    return std::tie(b.count, a.label) < std::tie(a.count, b.label);
  };
  auto const most = std::min(limit, out.size());
  std::ranges::partial_sort(out, out.begin() + static_cast<std::ptrdiff_t>(most), comes_first);
  out.resize(most);
  return out;
}

} // namespace terracat::catalogue

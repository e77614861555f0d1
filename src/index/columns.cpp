#include "index/columns.hpp"

#include "query/definitions.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <tuple>

namespace terracat::index {
namespace {

using query::Property;
using query::Type;

constexpr std::array scalar_types{Type::boolean, Type::number, Type::text, Type::time};

auto key_of(Property const& property) {
  return std::tuple<std::string_view, Type>(property.name, property.type);
}

bool precedes(Property const& a, Property const& b) {
  return key_of(a) < key_of(b);
}

/// The first of `size` places of which `is_before` does not hold.
template<class IsBefore>
std::size_t first_not(std::size_t size, IsBefore const& is_before) {
  std::size_t first = 0;
  for (auto left = size; left > 0;) {
    auto const half = left / 2;
    bool const skips = is_before(first + half);
    if (skips) first += half + 1;
    left = skips ? left - half - 1 : half;
  }
  return first;
}

bool fits_narrow(double value) noexcept {
  return std::abs(value) <= double{std::numeric_limits<float>::max()} &&
         double{static_cast<float>(value)} == value;
}

struct RowValue {
  double value;
  std::uint32_t row;
};

template<class Value>
std::size_t bytes_of(std::vector<Value> const& column) noexcept {
  return column.capacity() * sizeof(Value);
}

} // namespace

// ---- Properties

Properties::Properties(std::vector<Property> list) : list_(std::move(list)) {
  std::ranges::sort(list_, precedes);
  auto const twins = std::ranges::unique(list_, {}, key_of);
  list_.erase(twins.begin(), twins.end());
}

Properties Properties::usual(std::span<std::string const> sortables) {
  std::vector<Property> list;
  for (auto const& definition : query::definitions()) {
    if (definition.place != Property::Place::own || definition.type == Type::list) continue;
    list.push_back({.name = std::string(definition.name), .type = definition.type});
  }
  for (auto const& name : sortables) {
    for (auto const type : scalar_types) list.push_back({.name = name, .type = type});
  }
  return Properties(std::move(list));
}

std::optional<std::size_t> Properties::find(Property const& property) const {
  if (property.place != Property::Place::own) return std::nullopt;
  auto const found = std::ranges::lower_bound(list_, key_of(property), {}, key_of);
  if (found == list_.end() || key_of(*found) != key_of(property)) return std::nullopt;
  return static_cast<std::size_t>(found - list_.begin());
}

// ---- Texts

std::optional<std::size_t> Texts::number_of(std::string_view text) {
  if (text.size() > longest) return std::nullopt;
  std::string key(text);
  auto const found = numbers_.find(key);
  if (found != numbers_.end()) return found->second;
  if (texts_.size() == most) return std::nullopt;
  auto const added = numbers_.emplace(std::move(key), texts_.size()).first;
  texts_.push_back(&added->first);
  return added->second;
}

// ---- Values

void Values::set(Place place, std::vector<query::PropertyValue> const& values) {
  for (auto const& [property, value] : values) {
    if (auto const* const number = std::get_if<double>(&value)) {
      set(place, property, *number);
    } else if (auto const* const flag = std::get_if<bool>(&value)) {
      set(place, property, *flag ? 1.0 : 0.0);
    } else if (auto const* const time = std::get_if<model::Instant>(&value)) {
      set(place, property, static_cast<double>(time->milliseconds()));
    } else {
      set(place, property, std::string_view(std::get<std::string>(value)));
    }
  }
}

void Values::set(Place place, std::size_t property, Column const& column, std::size_t row) {
  if (column.is_dropped()) return drop(property);
  if (column.is_empty()) return;
  auto const code = column.code(row);
  if (code == Column::none) return;
  if (column.holds_texts()) {
    set(place, property, std::string_view(column.text(code)));
  } else {
    set(place, property, column.value(code));
  }
}

void Values::set(Place place, std::size_t property, double value) {
  auto& [values, texts, is_dropped] = columns_[property];
  if (is_dropped) return;
  if (values.size() <= place) values.resize(place + std::size_t{1}, missing);
  values[place] = value;
}

void Values::set(Place place, std::size_t property, std::string_view text) {
  if (columns_[property].is_dropped) return;
  auto const number = columns_[property].texts.number_of(text);
  if (!number) return drop(property);
  set(place, property, static_cast<double>(*number));
}

void Values::drop(std::size_t property) {
  columns_[property] = {.values = {}, .texts = {}, .is_dropped = true};
}

// ---- Column

Column::Column(Values const& values, std::size_t property, std::span<Values::Place const> places,
               std::size_t padded)
    : is_dropped_(values.is_dropped(property)) {
  if (is_dropped_ || values.is_empty(property)) return;
  std::vector<RowValue> in_order;
  for (std::uint32_t row = 0; row < places.size(); ++row) {
    auto const value = values.value(places[row], property);
    if (!std::isnan(value)) in_order.push_back({value, row});
  }
  if (in_order.empty()) return;
  auto const& texts = values.texts(property);
  auto const text = [&](double number) -> auto& {
    return texts[static_cast<std::size_t>(number)];
  };
  bool const are_texts = texts.size() > 0;
  std::ranges::sort(in_order, [&](RowValue const& a, RowValue const& b) {
    return are_texts ? text(a.value) < text(b.value) : a.value < b.value;
  });
  codes_.assign(padded, none);
  std::vector<double> different;
  for (auto const& [value, row] : in_order) {
    if (different.empty() || different.back() != value) different.push_back(value);
    codes_[row] = static_cast<Code>(different.size() - 1);
  }
  size_ = different.size();
  if (are_texts) {
    for (auto const number : different) texts_.push_back(text(number));
  } else {
    keep(different);
  }
  if (size_ > small_none) return;
  small_.assign(codes_.begin(), codes_.end()); // `none` becomes small_none
  codes_ = {};
}

void Column::keep(std::vector<double> const& values) {
  if (std::ranges::all_of(values, fits_narrow)) {
    narrow_.assign(values.begin(), values.end());
  } else {
    wide_.assign(values.begin(), values.end());
  }
}

std::size_t Column::lower_bound(double wanted) const noexcept {
  return first_not(size_, [&](std::size_t code) { return value(code) < wanted; });
}

std::size_t Column::lower_bound(std::string_view wanted) const noexcept {
  return first_not(size_, [&](std::size_t code) { return texts_[code] < wanted; });
}

std::size_t Column::bytes() const noexcept {
  std::size_t of_texts = bytes_of(texts_);
  for (auto const& text : texts_) of_texts += text.capacity();
  return of_texts + bytes_of(narrow_) + bytes_of(wide_) + bytes_of(small_) + bytes_of(codes_);
}

} // namespace terracat::index

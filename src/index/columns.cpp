#include "index/columns.hpp"

#include "index/bisection.hpp"
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

auto property_key(Property const& property) {
  return std::tuple<std::string_view, Type>(property.name, property.type);
}

bool is_listed_before(Property const& a, Property const& b) {
  return property_key(a) < property_key(b);
}

/// Values that codes of a byte can tell apart, which have one for `none`.
constexpr std::size_t most_small = 255;

// The greatest codes of three, four and five bytes. In front of a low part stands a byte that tells
// what none is, so that it cannot be 255.
constexpr double most_short = 255.0 * 65'536 - 1;
constexpr double most_low = 4'294'967'294;
constexpr double most_long = 255.0 * 4'294'967'296 - 1;

bool fits_narrow(double value) noexcept {
  constexpr auto most = static_cast<double>(std::numeric_limits<float>::max());
  return std::abs(value) <= most && static_cast<double>(static_cast<float>(value)) == value;
}

/// The value is a whole number of last digits. Both numbers are exact, so their quotient is what
/// the decimal fraction reads as.
bool is_decimal(double value, double power) noexcept {
  constexpr double most = 9'007'199'254'740'992; // up to which doubles hold all whole numbers
  auto const digits = std::round(value * power);
  return std::abs(digits) < most && digits / power == value;
}

} // namespace

// ---- Properties

Properties::Properties(std::vector<Property> list, std::span<std::string const> declared)
    : list_(std::move(list)) {
  std::ranges::sort(list_, is_listed_before);
  // Not that of ranges: clang 14 does not know what it returns.
  auto const is_twin = [](auto const& a, auto const& b) {
    return property_key(a) == property_key(b);
  };
  auto const end = std::unique(list_.begin(), list_.end(), is_twin); // NOLINT
  list_.erase(end, list_.end());
  for (auto const& property : list_) {
    declared_.push_back(std::ranges::find(declared, property.name) != declared.end() ? 1 : 0);
  }
}

Properties Properties::usual(std::span<std::string const> declared) {
  std::vector<Property> list;
  for (auto const& definition : query::definitions()) {
    if (definition.place != Property::Place::own || definition.type == Type::list) continue;
    list.push_back({.name = std::string(definition.name), .type = definition.type});
  }
  for (auto const& name : declared) {
    for (auto const type : scalar_types) list.push_back({.name = name, .type = type});
  }
  return Properties(std::move(list), declared);
}

std::optional<std::size_t> Properties::find(Property const& property) const {
  if (property.place != Property::Place::own) return std::nullopt;
  auto const found = std::ranges::lower_bound(list_, property_key(property), {}, property_key);
  if (found == list_.end() || property_key(*found) != property_key(property)) return std::nullopt;
  return static_cast<std::size_t>(found - list_.begin());
}

// ---- Texts

std::optional<std::size_t> Texts::number_of(std::string_view text) {
  if (text.size() > (is_declared_ ? longest_declared : longest)) return std::nullopt;
  if (auto const found = numbers_.find(std::string(text)); found != numbers_.end()) {
    return found->second;
  }
  if (texts_.size() == most && !is_declared_) return std::nullopt;
  texts_.emplace_back(text);
  if (texts_.size() <= most_told_apart) numbers_.emplace(text, texts_.size() - 1);
  return texts_.size() - 1;
}

// ---- Values

Values::Values(Properties const& properties) {
  for (auto const is_declared : properties.declared()) columns_.emplace_back(is_declared != 0);
}

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
    set(place, property, column.text(code));
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
  columns_[property] = OfProperty(false);
  columns_[property].is_dropped = true;
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
  bool const are_texts = texts.size() > 0;
  if (are_texts) {
    auto const text = [&](RowValue const& one) -> auto& {
      return texts[static_cast<std::size_t>(one.value)];
    };
    std::ranges::sort(in_order, {}, text);
  } else {
    std::ranges::sort(in_order, {}, &RowValue::value);
  }
  if (are_texts || !measure(in_order, padded)) list(in_order, texts, padded);
  sum_up(places.size());
}

void Column::sum_up(std::size_t rows) noexcept {
  constexpr auto has_none = []<class Code>(Code const* codes, std::size_t rows) {
    return std::find(codes, codes + rows, std::numeric_limits<Code>::max()) != codes + rows;
  };
  auto const ask = [&](auto const* codes, auto const*... high) {
    if constexpr (sizeof...(high) == 0)
      return has_none(codes, rows);
    else
      return has_none(high..., rows);
  };
  has_missing_ = is_empty() || with_codes(0, ask);
}

void Column::list(std::span<RowValue const> in_order, Texts const& texts, std::size_t padded) {
  codes_.assign(padded, std::numeric_limits<std::uint16_t>::max());
  std::vector<double> different;
  auto const text = [&](double number) -> auto& {
    return texts[static_cast<std::size_t>(number)];
  };
  auto const is_same = [&](double a, double b) {
    return a == b || (texts.size() > 0 && text(a) == text(b));
  };
  for (auto const& [value, row] : in_order) {
    if (different.empty() || !is_same(different.back(), value)) different.push_back(value);
    codes_[row] = static_cast<std::uint16_t>(different.size() - 1);
  }
  size_ = different.size();
  if (texts.size() > 0) {
    for (auto const number : different) texts_.push_back(text(number));
    texts_.finish();
  } else if (std::ranges::all_of(different, fits_narrow)) {
    narrow_.assign(different.begin(), different.end());
  } else {
    wide_.assign(different.begin(), different.end());
  }
  if (size_ > most_small) return;
  small_.assign(codes_.begin(), codes_.end()); // all bits set stay so
  codes_ = std::vector<std::uint16_t>();       // `{}` would keep its memory
}

bool Column::measure(std::span<RowValue const> in_order, std::size_t padded) {
  constexpr double most_power = 1e9;
  std::size_t different = 0;
  auto before = Values::missing;
  double power = 1;
  bool are_narrow = true;
  for (auto const& [value, row] : in_order) {
    while (power <= most_power && !is_decimal(value, power)) power *= 10;
    different += value == before ? 0 : 1;
    are_narrow = are_narrow && fits_narrow(value);
    before = value;
  }
  if (power > most_power || different <= most_small) return false;
  auto const least = std::round(in_order.front().value * power);
  auto const span = std::round(in_order.back().value * power) - least;
  // What the power of the first values was enough for may have too many digits in the last one.
  bool const are_decimal = std::ranges::all_of(
      in_order, [&](RowValue const& one) { return is_decimal(one.value, power); });
  auto const taken = padded * (span <= most_short ? 3 : span <= most_low ? 4 : 5);
  auto const by_list = padded * 2 + different * (are_narrow ? 4 : 8);
  if (!are_decimal || span > most_long || taken >= by_list) return false;
  least_ = least;
  power_ = power;
  size_ = static_cast<Code>(span) + 1;
  bool const is_short = span <= most_short;
  is_short ? short_.assign(padded, std::numeric_limits<std::uint16_t>::max())
           : low_.assign(padded, std::numeric_limits<std::uint32_t>::max());
  if (is_short || span > most_low) {
    high_.assign(padded, high_of_none);
    while (((size_ - 1) >> shift_) >= high_of_none) ++shift_;
  }
  for (auto const& [value, row] : in_order) {
    put(row, static_cast<Code>(std::round(value * power) - least));
  }
  return true;
}

void Column::put(std::size_t row, Code code) noexcept {
  if (high_.empty()) {
    low_[row] = static_cast<std::uint32_t>(code);
    return;
  }
  auto const high = code >> shift_;
  auto const low = code - (high << shift_);
  high_[row] = static_cast<std::uint8_t>(high);
  short_.empty() ? low_[row] = static_cast<std::uint32_t>(low)
                 : short_[row] = static_cast<std::uint16_t>(low);
}

double Column::value(Code code) const noexcept {
  if (!is_list()) return (least_ + static_cast<double>(code)) / power_;
  return wide_.empty() ? static_cast<double>(narrow_[code]) : wide_[code];
}

Column::Code Column::code(std::size_t row) const noexcept {
  auto const unless_none = [](auto code) {
    return code == std::numeric_limits<decltype(code)>::max() ? none : Code{code};
  };
  if (!small_.empty()) return unless_none(small_[row]);
  if (!codes_.empty()) return unless_none(codes_[row]);
  if (high_.empty()) return unless_none(low_[row]);
  if (high_[row] == high_of_none) return none;
  auto const low = short_.empty() ? Code{low_[row]} : Code{short_[row]};
  return Code{high_[row]} << shift_ | low;
}

Column::Code Column::lower_bound(double wanted) const noexcept {
  return first_not(size_, [&](Code code) { return value(code) < wanted; });
}

Column::Code Column::lower_bound(std::string_view wanted) const noexcept {
  return first_not(size_, [&](Code code) { return texts_[code] < wanted; });
}

std::size_t Column::bytes() const noexcept {
  return texts_.bytes() + bytes_of(narrow_) + bytes_of(wide_) + bytes_of(small_) +
         bytes_of(codes_) + bytes_of(short_) + bytes_of(low_) + bytes_of(high_);
}

} // namespace terracat::index

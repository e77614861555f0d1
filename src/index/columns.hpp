#pragma once

#include "index/text_list.hpp"

#include <terracat/query.hpp>

#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

namespace terracat::index {

/// The properties of which segments keep the values: each a name and the type that it is read as.
/// Where one stands in the list is its number.
class Properties {
 public:
  /// None.
  Properties() = default;

  /// \param list      own properties, scalar, in any order
  /// \param declared  names of those whose values are kept, however many texts there are
  explicit Properties(std::vector<query::Property> list,
                      std::span<std::string const> declared = {});

  /// What specifications define, and what people declared.
  [[nodiscard]] static Properties usual(std::span<std::string const> declared);

  /// In the order of their names.
  [[nodiscard]] std::span<query::Property const> list() const noexcept { return list_; }

  /// By number: 1 if it is declared.
  [[nodiscard]] std::span<std::uint8_t const> declared() const noexcept { return declared_; }

  /// \return  nothing if no segment keeps its values
  [[nodiscard]] std::optional<std::size_t> find(query::Property const& property) const;

 private:
  std::vector<query::Property> list_;
  std::vector<std::uint8_t> declared_;
};

/// Texts and the number of each. A bounded number of texts, none of them long: who has more is not
/// one of a small set of values, and nothing is kept of it. Unless it is declared: then there may
/// be any number, and what is not among the first thousands has a number each time that it comes,
/// for to tell millions apart would take more memory than to keep them.
class Texts {
 public:
  static constexpr std::size_t most = 1'000;
  static constexpr std::size_t longest = 64;
  static constexpr std::size_t most_told_apart = 10'000; ///< if it is declared
  static constexpr std::size_t longest_declared = 1'024;

  explicit Texts(bool is_declared) noexcept : is_declared_(is_declared) {}

  /// \return  nothing if there are too many, or it is too long
  [[nodiscard]] std::optional<std::size_t> number_of(std::string_view text);

  [[nodiscard]] std::string const& operator[](std::size_t number) const { return texts_[number]; }

  [[nodiscard]] std::size_t size() const noexcept { return texts_.size(); }

 private:
  bool is_declared_;
  std::unordered_map<std::string, std::size_t> numbers_;
  std::vector<std::string> texts_; ///< the same by number
};

class Column;
struct Encoding;

/// That it has allocated.
template<class Value>
std::size_t bytes_of(std::vector<Value> const& values) noexcept {
  return values.capacity() * sizeof(Value);
}

/// The values of items that are to become rows of segments, property by property: of texts their
/// numbers, of times milliseconds, of what is true 1, and `missing` for what there is not. Doubles
/// hold all of them exactly.
class Values {
 public:
  static constexpr double missing = std::numeric_limits<double>::quiet_NaN();

  /// Where the values of an item stand.
  using Place = std::uint32_t;

  explicit Values(Properties const& properties);

  /// An item more, which has nothing.
  Place add() noexcept { return size_++; }

  void set(Place place, std::vector<query::PropertyValue> const& values);

  /// Takes the value of a row of a segment.
  void set(Place place, std::size_t property, Column const& column, std::size_t row);

  [[nodiscard]] std::size_t properties() const noexcept { return columns_.size(); }

  /// No item has the property.
  [[nodiscard]] bool is_empty(std::size_t property) const noexcept {
    return columns_[property].values.empty();
  }

  /// There were more texts than are kept.
  [[nodiscard]] bool is_dropped(std::size_t property) const noexcept {
    return columns_[property].is_dropped;
  }

  [[nodiscard]] double value(Place place, std::size_t property) const noexcept {
    auto const& values = columns_[property].values;
    return place < values.size() ? values[place] : missing;
  }

  [[nodiscard]] Texts const& texts(std::size_t property) const { return columns_[property].texts; }

 private:
  struct OfProperty {
    explicit OfProperty(bool is_declared) noexcept : texts(is_declared) {}

    std::vector<double> values; ///< as long as up to the last item that has one
    Texts texts;
    bool is_dropped = false;
  };

  void set(Place place, std::size_t property, double value);
  void set(Place place, std::size_t property, std::string_view text);
  void drop(std::size_t property);

  std::vector<OfProperty> columns_;
  Place size_ = 0;
};

/// The values of one property in the rows of a segment: of each row a code, the greater the greater
/// the value, so that a comparison, of whatever type, is one of whole numbers, and is exact.
///
/// If there are few values, these stand in order, and codes say which of them a row has. Many
/// numbers that are decimal fractions, as measured ones are, or times are their own codes: by how
/// many of the last digit they are more than the least. Such a code stands in two parts, of which
/// the high one tells most rows from a span of codes.
class Column {
 public:
  using Code = std::uint64_t;
  static constexpr Code none = std::numeric_limits<Code>::max();

  /// Rows are as many as codes of 16 bits can tell apart, which have one for `none`.
  static constexpr std::size_t most_rows = 65'535;

  /// Of rows that have nothing.
  Column() = default;

  /// \param places  of the rows, no more than `most_rows`
  /// \param padded  how many rows there are room for; those behind the last have none
  Column(Values const& values, std::size_t property, std::span<Values::Place const> places,
         std::size_t padded);

  /// No row has the property, as far as is known.
  [[nodiscard]] bool is_empty() const noexcept { return size_ == 0; }

  /// There were too many texts: nothing is known.
  [[nodiscard]] bool is_dropped() const noexcept { return is_dropped_; }

  [[nodiscard]] bool holds_texts() const noexcept { return !texts_.empty(); }

  /// Every code is less.
  [[nodiscard]] Code size() const noexcept { return size_; }

  /// Codes are places in a list, so there are not many.
  [[nodiscard]] bool is_list() const noexcept { return low_.empty() && short_.empty(); }

  /// A row has no value.
  [[nodiscard]] bool has_missing() const noexcept { return has_missing_; }

  /// By how many bits the high part of a code stands higher. \pre it has one (with_codes)
  [[nodiscard]] unsigned shift() const noexcept { return static_cast<unsigned>(shift_); }

  /// \pre code < size(), and it does not hold texts
  [[nodiscard]] double value(Code code) const noexcept;

  /// \pre code < size(), and it holds texts
  [[nodiscard]] std::string_view text(Code code) const noexcept { return texts_[code]; }

  /// \pre not is_empty()
  [[nodiscard]] Code code(std::size_t row) const noexcept;

  /// The first code whose value is not less; size() if all are.
  [[nodiscard]] Code lower_bound(double value) const noexcept;
  [[nodiscard]] Code lower_bound(std::string_view text) const noexcept;

  /// Bytes that it takes beside itself.
  [[nodiscard]] std::size_t bytes() const noexcept;

  /// The high part of a code that is none; no other has it.
  static constexpr std::uint8_t high_of_none = 255;

  /// What rows have, in as few bytes as are enough; all bits of one that has none are set.
  /// \param ask  called with pointers from the row on: `uint8_t`, or `uint16_t`, or `uint32_t`, or
  ///             one of the last two, for low parts, and `uint8_t` for high ones
  template<class Ask>
  [[nodiscard]] auto with_codes(std::size_t row, Ask const& ask) const noexcept {
    if (!small_.empty()) return ask(small_.data() + row);
    if (!codes_.empty()) return ask(codes_.data() + row);
    if (!short_.empty()) return ask(short_.data() + row, high_.data() + row);
    return high_.empty() ? ask(low_.data() + row) : ask(low_.data() + row, high_.data() + row);
  }

 private:
  friend struct Encoding;

  struct RowValue {
    double value;
    std::uint32_t row;
  };

  /// \param in_order  by value
  void list(std::span<RowValue const> in_order, Texts const& texts, std::size_t padded);
  /// \return  false if they are no decimal fractions, or would take more than a list
  bool measure(std::span<RowValue const> in_order, std::size_t padded);
  /// \pre codes of it are numbers of last digits
  void put(std::size_t row, Code code) noexcept;
  /// Finds what follows from the codes. \param rows  of the segment
  void sum_up(std::size_t rows) noexcept;

  Code size_ = 0;
  bool is_dropped_ = false;
  bool has_missing_ = true;
  std::vector<float> narrow_; ///< the values in order, if these hold them exactly
  std::vector<double> wide_;
  TextList texts_;
  double least_ = 0; ///< of what are their own codes, in last digits
  double power_ = 1; ///< how many last digits make 1
  std::uint64_t shift_ = 0;
  std::vector<std::uint8_t> small_;
  std::vector<std::uint16_t> codes_;
  std::vector<std::uint16_t> short_; ///< low parts, as the next are if there are high ones
  std::vector<std::uint32_t> low_;
  std::vector<std::uint8_t> high_;
};

} // namespace terracat::index

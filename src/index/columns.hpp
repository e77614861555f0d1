#pragma once

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

  /// \param list  own properties, scalar, in any order
  explicit Properties(std::vector<query::Property> list);

  /// What specifications define, and whatever else people said that they sort by.
  [[nodiscard]] static Properties usual(std::span<std::string const> sortables);

  /// In the order of their names.
  [[nodiscard]] std::span<query::Property const> list() const noexcept { return list_; }

  /// \return  nothing if no segment keeps its values
  [[nodiscard]] std::optional<std::size_t> find(query::Property const& property) const;

 private:
  std::vector<query::Property> list_;
};

/// Texts and the number of each. A bounded number of texts, none of them long: who has more is not
/// one of a small set of values, and nothing is kept of it.
class Texts {
 public:
  static constexpr std::size_t most = 1'000;
  static constexpr std::size_t longest = 64;

  Texts() = default;
  Texts(Texts const&) = delete;
  Texts& operator=(Texts const&) = delete;
  Texts(Texts&&) noexcept = default;
  Texts& operator=(Texts&&) noexcept = default;
  ~Texts() = default;

  /// \return  nothing if there are too many, or it is too long
  [[nodiscard]] std::optional<std::size_t> number_of(std::string_view text);

  [[nodiscard]] std::string const& operator[](std::size_t number) const { return *texts_[number]; }

  [[nodiscard]] std::size_t size() const noexcept { return texts_.size(); }

 private:
  std::unordered_map<std::string, std::size_t> numbers_;
  std::vector<std::string const*> texts_; ///< keys of numbers_, which stay where they are
};

class Column;

/// The values of items that are to become rows of segments, property by property: of texts their
/// numbers, of times milliseconds, of what is true 1, and `missing` for what there is not. Doubles
/// hold all of them exactly.
class Values {
 public:
  static constexpr double missing = std::numeric_limits<double>::quiet_NaN();

  /// Where the values of an item stand.
  using Place = std::uint32_t;

  explicit Values(std::span<query::Property const> properties) : columns_(properties.size()) {}

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

/// The values of one property in the rows of a segment. The different values stand in order, and of
/// each row which of them it has: so a comparison, of whatever type, is one of small numbers, and
/// is exact.
class Column {
 public:
  /// Which of the values; rows are as many as codes can tell apart, apart from `none`.
  using Code = std::uint16_t;
  static constexpr Code none = 65'535;
  static constexpr std::size_t most_rows = none;

  /// No row has the property. Nor has any if there were too many texts, but then nothing is known.
  explicit Column(bool is_dropped) : is_dropped_(is_dropped) {}

  /// \param places  of the rows, no more than `most_rows`
  /// \param padded  how many rows there are room for; those behind the last have none
  Column(Values const& values, std::size_t property, std::span<Values::Place const> places,
         std::size_t padded);

  [[nodiscard]] bool is_empty() const noexcept { return size_ == 0; }

  [[nodiscard]] bool is_dropped() const noexcept { return is_dropped_; }

  [[nodiscard]] bool holds_texts() const noexcept { return !texts_.empty(); }

  /// How many different values there are.
  [[nodiscard]] std::size_t size() const noexcept { return size_; }

  /// \pre code < size(), and it does not hold texts
  [[nodiscard]] double value(std::size_t code) const noexcept {
    return wide_.empty() ? double{narrow_[code]} : wide_[code];
  }

  /// \pre code < size(), and it holds texts
  [[nodiscard]] std::string const& text(std::size_t code) const { return texts_[code]; }

  /// \pre not is_empty()
  [[nodiscard]] Code code(std::size_t row) const noexcept {
    return small_.empty() ? codes_[row] : small_[row] == small_none ? none : small_[row];
  }

  /// The codes of all rows, one byte each if so few are enough; else empty, and `codes` has them.
  [[nodiscard]] std::span<std::uint8_t const> small_codes() const noexcept { return small_; }

  [[nodiscard]] std::span<Code const> codes() const noexcept { return codes_; }

  static constexpr std::uint8_t small_none = 255;

  /// The first code whose value is not less; size() if all are.
  [[nodiscard]] std::size_t lower_bound(double value) const noexcept;
  [[nodiscard]] std::size_t lower_bound(std::string_view text) const noexcept;

  /// Bytes that it takes beside itself.
  [[nodiscard]] std::size_t bytes() const noexcept;

 private:
  void keep(std::vector<double> const& values);

  std::size_t size_ = 0;
  bool is_dropped_ = false;
  std::vector<float> narrow_; ///< the values, if these hold them exactly
  std::vector<double> wide_;
  std::vector<std::string> texts_;
  std::vector<std::uint8_t> small_;
  std::vector<Code> codes_;
};

} // namespace terracat::index

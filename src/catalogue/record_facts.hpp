#pragma once

#include "catalogue/derived.hpp"
#include "catalogue/kept_value.hpp"

#include <terracat/record.hpp>

#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace terracat::catalogue {

/// The area of a record as one geometry, as the store keeps it: all areas that the record states.
[[nodiscard]] std::optional<model::Geometry> footprint_of(model::Record const& record);

/// The record with the place and time of its items where it is silent on them, marked as concluded.
[[nodiscard]] model::Record with_items(model::Record const& record, Derived const& derived);

/// An own property of facts that is no queryable: the external identifiers in each way in which one
/// may be asked for, as value, `scheme:value`, `scheme` and `scheme:`.
inline constexpr std::string_view asked_identifiers = "terracat:identifiers";

/// A queryable whose value depends on the vocabularies, so that it is no fact of the record alone
/// (View::concept_addresses).
inline constexpr std::string_view concepts_name = "concepts";

/// The first and the last moment of a period, in milliseconds; an open end is as far as can be.
struct Lasting {
  std::int64_t first = std::numeric_limits<std::int64_t>::min();
  std::int64_t last = std::numeric_limits<std::int64_t>::max();

  Lasting() = default;
  explicit Lasting(model::Interval const& period) noexcept;

  /// As periods do (model::Interval).
  [[nodiscard]] bool intersects(Lasting const& other) const noexcept {
    return first <= other.last && other.first <= last;
  }
};

/// What searches can ask of a record (query::record_definitions), taken out of it once; of its
/// long texts only which words stand there.
class RecordFacts {
 public:
  /// \param record     as it is answered, corrections included
  /// \param derived    what its items say; null: it can have none
  /// \param languages  of texts, the preferred one first
  /// \param pool       where values are kept that other records may have as well
  RecordFacts(model::Record const& record, Derived const* derived,
              std::span<std::string const> languages, ValuePool& pool);

  [[nodiscard]] std::optional<query::Value> own(std::string_view name, query::Type type) const;

  /// Of `kept_properties`; null if the record does not say.
  [[nodiscard]] KeptValue const* kept(std::size_t column) const noexcept {
    return kept_[column].get();
  }

  [[nodiscard]] std::optional<model::Geometry> const& footprint() const noexcept {
    return footprint_;
  }

  [[nodiscard]] std::optional<model::Interval> const& period() const noexcept { return period_; }

  /// Of the period, if there is one.
  [[nodiscard]] Lasting const& lasting() const noexcept { return lasting_; }

  [[nodiscard]] model::LocalText const& title() const noexcept { return title_; }

  /// As print_of_title tells.
  [[nodiscard]] std::uint64_t title_print() const noexcept { return title_print_; }

  /// In all its texts, for query::Property::Place::words.
  [[nodiscard]] SaidWords const& said() const noexcept { return said_; }

 private:
  void keep_text(std::string_view name, std::string const& text, ValuePool& pool);
  void keep_list(std::string_view name, std::vector<std::string> const& texts, ValuePool& pool);
  void put_time(std::string_view name, model::Bound const& bound);
  void put_list(std::string_view name, std::vector<std::string> const& texts);
  void put_identifiers(std::vector<model::Identifier> const& identifiers);

  std::array<ValuePool::Value, kept_properties.size()> kept_;
  std::vector<std::pair<std::string_view, query::Value>> values_; ///< others; names are literals
  model::LocalText title_;
  std::uint64_t title_print_ = 0;
  SaidWords said_;
  std::optional<model::Geometry> footprint_;
  std::optional<model::Interval> period_;
  Lasting lasting_;
};

/// The long text that searches can ask of a record. Few do, so it stands apart.
class RecordTexts {
 public:
  /// Of a record that cannot be read.
  RecordTexts() = default;

  /// As RecordFacts.
  RecordTexts(model::Record const& record, std::span<std::string const> languages);

  /// \return  nothing: the record has none
  [[nodiscard]] std::optional<query::Value> description() const;

  [[nodiscard]] std::size_t bytes() const noexcept { return description_.size(); }

 private:
  std::string description_;
};

} // namespace terracat::catalogue

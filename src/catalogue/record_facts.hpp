#pragma once

#include "catalogue/derived.hpp"
#include "query/value.hpp"

#include <terracat/record.hpp>
#include <terracat/revision.hpp>

#include <map>
#include <memory>
#include <mutex>
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

/// Own properties that are no queryables either: what facets count (facets.hpp). The labels stand
/// in the order of `themes`.
inline constexpr std::string_view theme_labels = "terracat:theme_labels";
inline constexpr std::string_view producers = "terracat:producers";

/// A queryable whose value depends on the vocabularies, so that it is no fact of the record alone
/// (View::concept_addresses).
inline constexpr std::string_view concepts_name = "concepts";

/// What searches can ask of a record (query::record_definitions, query::words_name), taken out
/// of it once.
class RecordFacts {
 public:
  /// \param record     as it is answered, corrections included
  /// \param derived    what its items say; null: it can have none
  /// \param languages  of texts, the preferred one first
  RecordFacts(model::Record const& record, Derived const* derived,
              std::span<std::string const> languages);

  [[nodiscard]] std::optional<query::Value> own(std::string_view name, query::Type type) const;

  /// Null if the record does not say.
  [[nodiscard]] query::Value const* find(std::string_view name) const noexcept;

  [[nodiscard]] std::optional<model::Geometry> const& footprint() const noexcept {
    return footprint_;
  }

  [[nodiscard]] std::optional<model::Interval> const& period() const noexcept { return period_; }

  [[nodiscard]] model::LocalText const& title() const noexcept { return title_; }

  /// Of memory, about.
  [[nodiscard]] std::size_t bytes() const noexcept { return bytes_; }

 private:
  void put(std::string_view name, query::Value value);
  void put_text(std::string_view name, std::string_view text);
  void put_time(std::string_view name, model::Bound const& bound);
  void put_list(std::string_view name, std::vector<std::string> const& texts);
  void put_identifiers(std::vector<model::Identifier> const& identifiers);
  void put_words(model::Record const& record);

  std::vector<std::pair<std::string_view, query::Value>> values_; ///< names are literals
  model::LocalText title_;
  std::optional<model::Geometry> footprint_;
  std::optional<model::Interval> period_;
  std::size_t bytes_ = 0;
};

/// The facts of the records that searches asked for, kept from one to the next as long as there is
/// room. Thread-safe.
class KnownFacts {
 public:
  /// A state of a record: the last change of what it says, and the epoch of the catalogue.
  struct Edition {
    std::uint64_t epoch = 0;
    Sequence sequence = 0;

    friend bool operator==(Edition const&, Edition const&) = default;
  };

  /// \return  null if they are not known
  [[nodiscard]] std::shared_ptr<RecordFacts const> find(RecordNumber number,
                                                        Edition const& edition) const;

  void keep(RecordNumber number, Edition const& edition, std::shared_ptr<RecordFacts const> facts);

 private:
  struct Known {
    Edition edition;
    std::shared_ptr<RecordFacts const> facts; ///< shared with the searches that are under way
  };

  static constexpr std::size_t most_bytes = std::size_t{128} << 20;

  mutable std::mutex mutex_; ///< guards what follows
  std::map<RecordNumber, Known> known_;
  std::size_t bytes_ = 0;
};

} // namespace terracat::catalogue

#pragma once

#include "catalogue/concept_uses.hpp"
#include "catalogue/directory.hpp"
#include "catalogue/record_facts.hpp"

#include <boost/unordered/unordered_flat_map.hpp>

#include <array>
#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <vector>

/// What searches among records ask of all of them, in memory and in columns: a search looks at
/// numbers that lie side by side, and at a record itself only where these do not tell.
namespace terracat::catalogue {

/// A state of the records of a catalogue.
struct RollEdition {
  std::uint64_t epoch = 0;
  Sequence sequence = 0; ///< of the last change of any record, as it is answered
  std::vector<std::string> languages;

  friend bool operator==(RollEdition const&, RollEdition const&) = default;
};

/// The values of one property of all records.
struct RollColumn {
  static constexpr std::uint32_t none = ~std::uint32_t{0};

  std::vector<std::uint32_t> values;  ///< of each row: KeptValue::number
  std::vector<KeptValue const*> kept; ///< by number; null: no record has it
  std::vector<KeptText const*> texts; ///< likewise, by KeptText::number

  /// Of each value the numbers of its texts: behind `texts_begin[number]`, up to that of the next.
  std::vector<std::uint32_t> texts_begin;
  std::vector<std::uint32_t> texts_of_values;

  [[nodiscard]] std::span<std::uint32_t const> texts_of(std::uint32_t value) const noexcept {
    return std::span(texts_of_values)
        .subspan(texts_begin[value], texts_begin[value + 1] - texts_begin[value]);
  }
};

/// What records are counted for (ConceptUses::counted_of), of all rows side by side.
struct RollConcepts {
  std::shared_ptr<ConceptUses const> uses;
  std::vector<std::uint32_t> begin; ///< of each row, and of the end
  std::vector<vocabulary::ConceptNumber> heads;

  [[nodiscard]] std::span<vocabulary::ConceptNumber const> of(std::uint32_t row) const noexcept {
    return std::span(heads).subspan(begin[row], begin[row + 1] - begin[row]);
  }
};

/// Which rows have a word, by its number (WordNumbers); each once, in order.
struct RollWords {
  std::vector<std::uint32_t> begin; ///< of each number, and of the end
  std::vector<std::uint32_t> rows;

  /// Of a number that no row has, none.
  [[nodiscard]] std::span<std::uint32_t const> rows_of(std::uint32_t word) const noexcept {
    if (word + std::size_t{1} >= begin.size()) return {};
    return std::span(rows).subspan(begin[word], begin[word + 1] - begin[word]);
  }
};

class ValueNames; // value_names.hpp

/// All records of one state, in the order of their titles (query::Collation), of one title the
/// newest first. Fixed once it is made, but for what is worked out at the first need; thread-safe.
class Roll {
 public:
  struct Row {
    std::shared_ptr<Entry const> entry;
    std::shared_ptr<RecordFacts const> facts;
    bool is_collection = false;
  };

  Roll(RollEdition edition, std::vector<Row> rows);
  Roll(Roll const&) = delete;
  Roll& operator=(Roll const&) = delete;
  Roll(Roll&&) = delete;
  Roll& operator=(Roll&&) = delete;
  ~Roll();

  [[nodiscard]] RollEdition const& edition() const noexcept { return edition_; }

  [[nodiscard]] std::span<Row const> rows() const noexcept { return rows_; }

  /// Of each row: of its entry.
  [[nodiscard]] std::span<RecordNumber const> numbers() const noexcept { return numbers_; }

  /// What is asked of each row that answers: read side by side, without its entry.
  struct Traits {
    bool is_collection = false;
    bool is_clustered = false; ///< its entry is of a cluster
    bool fills_box = false;    ///< its footprint is all of its box
    bool has_period = false;
  };

  [[nodiscard]] std::span<Traits const> traits() const noexcept { return traits_; }

  /// Of all records, each once.
  [[nodiscard]] std::span<std::string const> sources() const noexcept { return sources_; }

  /// Of the record itself, among them.
  [[nodiscard]] std::uint32_t source_of(std::uint32_t row) const noexcept {
    return source_of_[row];
  }

  /// Where the record stands. \return  nothing if there is none of that number
  [[nodiscard]] std::optional<std::uint32_t> find(RecordNumber number) const;

  /// Of a property of `kept_properties`.
  [[nodiscard]] RollColumn const& column(std::size_t place) const noexcept {
    return columns_[place];
  }

  /// Of each row; nothing: the record does not say.
  [[nodiscard]] std::span<std::optional<model::Interval> const> periods() const noexcept {
    return periods_;
  }

  /// Of each row that has one (`Traits::has_period`).
  [[nodiscard]] std::span<Lasting const> lasting() const noexcept { return lasting_; }

  /// Of its footprint, likewise.
  [[nodiscard]] std::span<std::optional<model::Bbox> const> boxes() const noexcept {
    return boxes_;
  }

  /// Of each row, as print_of_title tells.
  [[nodiscard]] std::span<std::uint64_t const> title_prints() const noexcept {
    return title_prints_;
  }

  /// Of a property of `kept_properties`; valid as long as this.
  [[nodiscard]] ValueNames const& names(std::size_t place) const;

  /// \throws geometry::Late
  [[nodiscard]] std::shared_ptr<RollWords const> words() const;

  /// Of each row its place among the values that rows are sorted by, the same for equal ones.
  struct Ranks {
    static constexpr std::uint32_t none = ~std::uint32_t{0}; ///< the record does not say

    std::vector<std::uint32_t> of_rows;
  };

  /// \param value  of a row, which says the same whoever asks; asked for at the first need
  /// \throws geometry::Late
  [[nodiscard]] std::shared_ptr<Ranks const>
  ranks(std::string const& property,
        std::function<query::SortValue(std::uint32_t row)> const& value) const;

  /// By that version.
  [[nodiscard]] std::shared_ptr<RollConcepts const>
  concepts(std::shared_ptr<ConceptUses const> const& uses) const;

 private:
  RollEdition edition_;
  std::vector<Row> rows_;
  std::vector<RecordNumber> numbers_;
  std::vector<Traits> traits_;
  std::vector<std::string> sources_;
  std::vector<std::uint32_t> source_of_; ///< of each row
  boost::unordered_flat_map<RecordNumber, std::uint32_t> by_number_;
  std::array<RollColumn, kept_properties.size()> columns_;
  std::vector<std::optional<model::Interval>> periods_;
  std::vector<Lasting> lasting_;
  std::vector<std::optional<model::Bbox>> boxes_;
  std::vector<std::uint64_t> title_prints_;

  mutable std::mutex mutex_; ///< guards what follows
  mutable std::array<std::unique_ptr<ValueNames const>, kept_properties.size()> names_;
  mutable std::shared_ptr<RollWords const> words_;
  mutable std::map<std::string, std::shared_ptr<Ranks const>> ranks_; ///< by property
  mutable std::shared_ptr<RollConcepts const> concepts_; ///< of the version asked for last
};

/// Makes the roll of a state out of what is known of former ones. Thread-safe.
class RollKeeper {
 public:
  /// What a record says; reads it. \param entry  of the record
  /// \return  null if it is damaged: it is in no roll until it changes
  using Read =
      std::function<std::shared_ptr<RecordFacts const>(Entry const& entry, bool is_collection)>;

  [[nodiscard]] ValuePool& pool() noexcept { return pool_; }

  /// Only records that changed since the last one are read. What was read is kept even if reading
  /// has to be given up.
  /// \throws geometry::Late, and what `read` throws
  [[nodiscard]] std::shared_ptr<Roll const> at(Directory const& directory,
                                               RollEdition const& edition, Read const& read);

  /// \return  null if there is none yet
  [[nodiscard]] std::shared_ptr<Roll const> made_of(RollEdition const& edition) const;

 private:
  struct Known {
    std::optional<Sequence> sequence;         ///< nothing: it was not read yet
    std::shared_ptr<RecordFacts const> facts; ///< null: what was read is damaged
  };

  void add_rows(EntryMap const& entries, bool are_collections, Read const& read,
                std::vector<Roll::Row>& rows);
  void forget_others(Directory const& directory);

  /// The roll of that state, or the turn to make it. \throws geometry::Late
  [[nodiscard]] std::shared_ptr<Roll const> made_or_turn(RollEdition const& edition);
  void end_turn(std::shared_ptr<Roll const> roll);

  ValuePool pool_;

  // Of whose turn it is.
  std::uint64_t epoch_ = 0;
  std::vector<std::string> languages_;
  std::unordered_map<RecordNumber, Known> known_;

  mutable std::mutex mutex_; ///< guards what follows
  std::condition_variable ended_;
  bool is_being_made_ = false;
  std::array<std::shared_ptr<Roll const>, 2> last_; ///< views of two states may be under way
};

} // namespace terracat::catalogue

#pragma once

#include "catalogue/roll.hpp"

#include <boost/unordered/unordered_flat_map.hpp>

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

/// Where records may be that state no place, as the site guesses it. No record that states one is
/// asked: what is stated is never widened.
namespace terracat::catalogue {

struct GuessedBox {
  model::Bbox box;
  std::string_view
      rule;          ///< by which it was guessed, as answers name it; lasts as long as the program
  std::string words; ///< of the record, by which it was
};

struct Guesser {
  /// Digest of all that guesses follow from besides the record and the program: those of one digest
  /// guess the same.
  std::uint64_t rules = 0;
  /// \return  nothing: the record says nothing of the kind. Called on any thread.
  std::function<std::optional<GuessedBox>(model::Record const&)> guess;

  /// \param guesser  null: nobody guesses
  [[nodiscard]] static std::optional<std::uint64_t>
  rules_of(std::shared_ptr<Guesser const> const& guesser) noexcept {
    return guesser ? std::optional(guesser->rules) : std::nullopt;
  }
};

/// The guesses of one roll.
class RollGuesses {
 public:
  /// \param rules  by which they were guessed; nothing: nobody did
  RollGuesses(std::shared_ptr<Roll const> roll, std::optional<std::uint64_t> rules) noexcept
      : roll_(std::move(roll)), rules_(rules) {}

  [[nodiscard]] bool is_of(std::shared_ptr<Roll const> const& roll,
                           std::shared_ptr<Guesser const> const& guesser) const noexcept {
    return roll_ == roll && rules_ == Guesser::rules_of(guesser);
  }

  /// \return  null if the record of the row states its place, or none can be guessed
  [[nodiscard]] GuessedBox const* find(std::uint32_t row) const {
    auto const found = by_row_.find(row);
    return found == by_row_.end() ? nullptr : &found->second;
  }

  void put(std::uint32_t row, GuessedBox guess) { by_row_.emplace(row, std::move(guess)); }

 private:
  std::shared_ptr<Roll const> roll_;
  std::optional<std::uint64_t> rules_;
  boost::unordered_flat_map<std::uint32_t, GuessedBox> by_row_;
};

/// Guesses once for each state of a record. Thread-safe.
class GuessKeeper {
 public:
  /// Reads a record. \return  nothing if it is damaged
  using Read = std::function<std::optional<model::Record>(Roll::Row const& row)>;

  /// From now on this one guesses; null: nobody does. What was guessed by the same rules is kept.
  void set(std::shared_ptr<Guesser const> guesser);

  /// What was guessed is kept even if it has to be given up. \throws geometry::Late
  [[nodiscard]] std::shared_ptr<RollGuesses const> at(std::shared_ptr<Roll const> const& roll,
                                                      Read const& read);

 private:
  struct Known {
    std::shared_ptr<RecordFacts const> facts; ///< of the state that was asked
    std::optional<GuessedBox> guess;
  };

  /// Those of the roll, or the turn to make them. \throws geometry::Late
  [[nodiscard]] std::shared_ptr<RollGuesses const>
  made_or_turn(std::shared_ptr<Roll const> const& roll, std::shared_ptr<Guesser const>& guesser);
  void end_turn(std::shared_ptr<RollGuesses const> made);
  [[nodiscard]] std::shared_ptr<RollGuesses const>
  made(std::shared_ptr<Roll const> const& roll, std::shared_ptr<Guesser const> const& guesser,
       Read const& read);

  // Of whose turn it is.
  std::optional<std::uint64_t> known_by_; ///< rules
  std::unordered_map<RecordNumber, Known> known_;

  std::mutex mutex_; ///< guards what follows
  std::condition_variable ended_;
  bool is_being_made_ = false;
  std::shared_ptr<Guesser const> guesser_;
  std::shared_ptr<RollGuesses const> last_;
};

} // namespace terracat::catalogue

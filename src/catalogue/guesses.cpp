#include "catalogue/guesses.hpp"

#include "geometry/deadline.hpp"

#include <chrono>

namespace terracat::catalogue {

void GuessKeeper::set(std::shared_ptr<Guesser const> guesser) {
  std::scoped_lock const lock(mutex_);
  guesser_ = std::move(guesser);
}

std::shared_ptr<RollGuesses const>
GuessKeeper::made_or_turn(std::shared_ptr<Roll const> const& roll,
                          std::shared_ptr<Guesser const>& guesser) {
  constexpr std::chrono::milliseconds between_looks{20};
  std::unique_lock lock(mutex_);
  for (;;) {
    if (last_ && last_->is_of(roll, guesser_)) return last_;
    if (!is_being_made_) break;
    ended_.wait_for(lock, between_looks);
    if (geometry::is_late()) throw geometry::Late();
  }
  is_being_made_ = true;
  guesser = guesser_;
  return nullptr;
}

/// \param made  null: they could not be
void GuessKeeper::end_turn(std::shared_ptr<RollGuesses const> made) {
  {
    std::scoped_lock const lock(mutex_);
    is_being_made_ = false;
    if (made) last_ = std::move(made);
  }
  ended_.notify_all();
}

std::shared_ptr<RollGuesses const> GuessKeeper::made(std::shared_ptr<Roll const> const& roll,
                                                     std::shared_ptr<Guesser const> const& guesser,
                                                     Read const& read) {
  auto const rules = Guesser::rules_of(guesser);
  if (known_by_ != rules) known_.clear();
  known_by_ = rules;
  auto out = std::make_shared<RollGuesses>(roll, rules);
  if (!guesser) return out;
  auto const rows = roll->rows();
  for (std::uint32_t row = 0; row < rows.size(); ++row) {
    if (roll->boxes()[row]) continue;
    auto& known = known_[rows[row].entry->number];
    if (known.facts != rows[row].facts) {
      if (geometry::is_late()) throw geometry::Late();
      auto const record = read(rows[row]);
      known.guess = record ? guesser->guess(*record) : std::nullopt;
      known.facts = rows[row].facts;
    }
    if (known.guess) out->put(row, *known.guess);
  }
  std::erase_if(known_, [&](auto const& one) { return !roll->find(one.first); });
  return out;
}

std::shared_ptr<RollGuesses const> GuessKeeper::at(std::shared_ptr<Roll const> const& roll,
                                                   Read const& read) {
  std::shared_ptr<Guesser const> guesser;
  if (auto known = made_or_turn(roll, guesser)) return known;
  try {
    auto out = made(roll, guesser, read);
    end_turn(out);
    return out;
  } catch (...) {
    end_turn(nullptr);
    throw;
  }
}

} // namespace terracat::catalogue

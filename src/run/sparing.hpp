#pragma once

#include "run/around.hpp"

namespace terracat::run {

/// Stores few checkpoints that are large: one that says which ids were seen grows with the source,
/// and every page comes with one. Of those above 64 KB one is stored each time that as many
/// documents came as a sixteenth of the ids that it can hold, so that what is written in all is
/// some sixteen times the last one, however long the source is. A run that is cut goes on a
/// sixteenth further back at most, with what it knew there.
class Sparing : public Around {
 public:
  static constexpr std::size_t small = std::size_t{64} << 10; ///< bytes

  using Around::Around;

  [[nodiscard]] std::optional<kinds::Page> next(std::stop_token stop) override;

 private:
  std::size_t documents_ = 0; ///< since a checkpoint was stored
};

} // namespace terracat::run

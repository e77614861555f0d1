#pragma once

#include "run/stepwise.hpp"

#include <terracat/kind.hpp>

namespace terracat::run {

/// Draws the consequences of a run that saw all that its source has: what it did not see is
/// missing, and what has been missing for long enough goes (doc/design.md 10). It touches only what
/// the source owns. Stopped or killed anywhere, it comes to the same when it is begun again.
class Sweeper {
 public:
  struct Terms {
    kinds::Coverage coverage = kinds::Coverage::everything;
    bool accepts_deletions = false; ///< whatever the brake says
    bool has_fetched = true;        ///< the documents, and not only asked which there are
    model::Instant now{0};
  };

  /// \param steps   those of the run, all of whose pages have been taken
  /// \param reader  of the catalogue; it is left without a state
  Sweeper(Source const& source, Terms terms, Stepwise& steps, store::Reader& reader)
      : source_(source), terms_(terms), steps_(steps), reader_(reader) {}

  /// \return  false if it was stopped before all was done
  bool run(std::stop_token const& stop);

 private:
  /// Says in the run's report that nothing can be concluded.
  void doubt(std::string why);

  bool mark(store::Subject subject, std::stop_token const& stop);

  /// Calls `visit` with each mark whose grace is over, records first. \return  false if stopped
  template<class Visit>
  bool each(Deletion const& deletion, std::stop_token const& stop, Visit const& visit);

  /// What would go if such were the grace, with the items of the collections that would.
  [[nodiscard]] std::size_t count(Deletion const& deletion, std::stop_token const& stop);
  /// Why so many missing ones must not lead to removals unasked; empty: they may.
  [[nodiscard]] std::string brake(std::size_t missing);
  void forget_refused();
  /// Says which new records may be some that are missing.
  void tell_renamings(std::stop_token const& stop);

  Source const& source_;
  Terms terms_;
  Stepwise& steps_;
  store::Reader& reader_;
  SourceState state_;
};

} // namespace terracat::run

#pragma once

#include "kinds/seen.hpp"

#include <terracat/instant.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace terracat::kinds::oai_pmh {

/// The records of one list by their dates, both ends included; an end that is not there limits
/// nothing.
struct Span {
  std::optional<model::Instant> from;
  std::optional<model::Instant> until;

  friend bool operator==(Span const&, Span const&) = default;

  /// `2024-05-01 to 2024-05-31`, as the repository writes dates.
  [[nodiscard]] std::string as_text(bool is_daily) const;
};

/// A date as a repository of that granularity takes it.
[[nodiscard]] std::string datestamp(model::Instant at, bool is_daily);

/// The list that is being fetched.
struct Listing {
  std::string token; ///< of its next page; empty: it is to be begun
  std::size_t pages = 0;
  std::size_t idle_pages = 0; ///< in a row, that brought nothing new
  std::size_t breaks = 0;     ///< how often it broke off and was begun again
  std::optional<std::size_t> size;
  bool size_changed = false;
  bool has_repeats = false;
};

/// Where a run stands: all that a checkpoint holds.
struct State {
  std::string prefix; ///< of the format that is asked for; empty: nothing is known yet
  bool is_daily = false;
  std::optional<model::Instant> earliest;
  std::optional<model::Instant> now; ///< by the repository's clock, as last told

  std::size_t set = 0;         ///< number of the set whose records are listed
  std::vector<Span> spans{{}}; ///< of that set, still to be listed; the last is being listed
  Listing list;                ///< of the last span
  std::optional<std::size_t> announced; ///< the length of the whole, if there is one list only
  bool unproven = false;                ///< something was passed over or did not come to its end
  bool done = false;
  bool is_first_list = true; ///< all that was seen was seen in the list that is being fetched

  SeenIds seen;         ///< of the whole run
  SeenIds listed;       ///< of the list
  bool seen_all = true; ///< false once there were too many ids for a checkpoint

  /// Cuts the last span in two. \return  false if that cannot be done
  [[nodiscard]] bool split();

  /// Forgets what was fetched of the list, which is to be begun again.
  void begin_list();

  /// \param query  what the lists are of; another one makes the checkpoint useless
  [[nodiscard]] std::string to_checkpoint(std::string_view query) const;

  /// \throws StaleCheckpoint  if the text is none of to_checkpoint, or of another query
  [[nodiscard]] static State from_checkpoint(std::string_view text, std::string_view query);
};

} // namespace terracat::kinds::oai_pmh

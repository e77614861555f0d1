#pragma once

#include <terracat/harvest_log.hpp>
#include <terracat/source.hpp>
#include <terracat/store.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace terracat::run {

/// What two sources must share to be taken for one host: its name and port, or the whole of an
/// address that is none of the web.
[[nodiscard]] std::string host_of(std::string const& address);

/// Hosts whose runs fail one after the other are left alone for longer and longer: 15 minutes,
/// twice as long each time, 12 hours at most. The first run after that is the trial; one that comes
/// to its end closes the matter.
class Rests {
 public:
  /// How a host does.
  struct Rest {
    std::uint32_t failures = 0; ///< runs in a row
    std::optional<model::Instant> until;
  };

  /// \param failures  so many in a row are too many; 0: never
  explicit Rests(std::uint32_t failures) noexcept : most_(failures) {}

  /// A run of a source there is over. One that was stopped says nothing.
  /// \param at  when it ended: one that is told twice counts once
  void note(std::string const& host, RunOutcome outcome, model::Instant at);

  [[nodiscard]] Rest of(std::string const& host) const;

  /// What others were told counts as well: of each host, who knows of the later end is right.
  /// How many failures are too many is for them to say.
  void join(Rests others);

 private:
  struct Course {
    std::uint32_t failures = 0; ///< in a row, up to the last run
    model::Instant last{0};     ///< end of the last run that says something
  };

  std::uint32_t most_;
  std::map<std::string, Course, std::less<>> hosts_;
};

/// True for a run that asked its source for something.
[[nodiscard]] bool asks_source(Run const& run) noexcept;

/// As the runs that are kept tell it. \pre the reader has a state
[[nodiscard]] Rests rests_of(std::vector<Source> const& sources, std::uint32_t failures,
                             store::Reader& reader);

} // namespace terracat::run

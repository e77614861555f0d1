#pragma once

#include <terracat/harvest_log.hpp>
#include <terracat/store_reader.hpp>

#include <array>
#include <string>
#include <string_view>
#include <vector>

/// How a source's last walk through everything compares with those before it.
namespace terracat::catalogue {

/// What of a run is compared.
struct Measure {
  std::string_view name;
  std::int64_t (*value)(Run const& run);
  std::int64_t least; ///< a smaller difference is none, however few there are
};

/// THE table of these.
extern std::array<Measure, 6> const measures;

/// What the newest run of a source has far more or far less of than is usual: more than twice, or
/// less than half, of the median of the runs before.
struct Departure {
  std::string_view measure; ///< its name
  std::int64_t now = 0;
  std::int64_t usual = 0;

  friend bool operator==(Departure const&, Departure const&) = default;
};

struct Trend {
  std::string source;
  std::vector<Run> runs;             ///< complete ones that asked for everything, newest first
  std::vector<Departure> departures; ///< as all runs tell it, also those that are cut
};

/// \param runs  newest first. \return  nothing if there are too few before the newest
[[nodiscard]] std::vector<Departure> departures_of(std::vector<Run> const& runs);

/// Of the sources that have such runs, in the order of their names.
/// \param source  this one alone; empty: all
/// \param most    runs of each that are told
[[nodiscard]] std::vector<Trend> read_trends(store::Reader& reader, std::string_view source,
                                             std::size_t most);

} // namespace terracat::catalogue

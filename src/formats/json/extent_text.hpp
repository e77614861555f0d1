#pragma once

#include "formats/finding_list.hpp"

#include <terracat/json.hpp>
#include <terracat/record.hpp>

#include <string>
#include <vector>

/// Areas and periods of STAC Collections and OGC API Records.
namespace terracat::formats {

/// Reads `extent.spatial`. Of several boxes the first is the whole and the rest are its parts,
/// unless it does not hold them; the whole is kept only where the parts do not make it up. An array
/// is taken for its `bbox`.
void read_spatial_extent(json::Value const& spatial, model::RecordParts& record,
                         FindingList& findings);

/// Whether a date without a time of day is as it should be.
enum class PlainDates : std::uint8_t { allowed, repaired };

/// Where an interval stands and how strictly it is read.
struct IntervalPlace {
  std::string pointer;
  PlainDates plain_dates;
};

/// Reads one interval, `[start,end]`, or several of them likewise.
void read_intervals(json::Value const& intervals, IntervalPlace const& place,
                    model::RecordParts& record, FindingList& findings);

/// Reads two ends of a period: null and `..` are open, what cannot be read is unknown. The texts
/// are kept.
[[nodiscard]] model::TemporalExtent read_period(std::optional<json::Value> const& start,
                                                std::optional<json::Value> const& end,
                                                IntervalPlace const& place, FindingList& findings);

/// The ends of an interval as far as they are known: an unknown one counts as the other, as in
/// model::Interval.
[[nodiscard]] model::Bound known_start(model::Interval const& interval) noexcept;
[[nodiscard]] model::Bound known_end(model::Interval const& interval) noexcept;

/// `extent` for an answer, and what it had to leave out or make up.
struct ExtentText {
  std::string extent;           ///< an object with `spatial` and `temporal`
  bool area_is_unknown = false; ///< the box is the world, for the record has none
  bool time_is_unknown = false; ///< the interval is open on both ends, for the record has none

  /// The ends of the intervals as the source wrote them, `[["-10000-01-01",null]]`: where RFC 3339
  /// cannot write one, or an end is unknown. Empty if `temporal` says it all.
  std::string original_interval;
};

[[nodiscard]] ExtentText write_extent(model::Record const& record);

} // namespace terracat::formats

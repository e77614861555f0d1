#pragma once

#include <terracat/finding.hpp>
#include <terracat/record.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace terracat::formats {

/// A period as far as it could be read, with everything that was noticed.
struct PeriodReading {
  model::TemporalExtent extent; ///< without interval if none of its two ends is known
  std::vector<FindingCode> findings;
};

/// The period between two dates as sources write them; an end that is not there limits nothing.
[[nodiscard]] PeriodReading read_period(std::string start, std::string end);

/// A period that is one text: `start=2001; end=2002` of DCMI Period, `2001/2002`, or one date for
/// both ends.
[[nodiscard]] PeriodReading read_period(std::string_view text);

/// The value of a part of a DCMI text: `2001` of `start` in "name=x; start=2001;"; empty if there
/// is none.
[[nodiscard]] std::string_view dcmi_part(std::string_view text, std::string_view name);

} // namespace terracat::formats

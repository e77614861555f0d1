#pragma once

#include <terracat/bbox.hpp>
#include <terracat/finding.hpp>

#include <optional>
#include <string_view>
#include <vector>

namespace terracat::formats {

/// A number as far as it could be read.
struct NumberReading {
  std::optional<double> value;
  bool repaired = false; ///< it had a decimal comma, or a sign of degrees
};

/// Reads a decimal number with a point or, if there is nothing else it could be, a comma.
[[nodiscard]] NumberReading read_number(std::string_view text);

/// The four edges of a box as a source wrote them.
struct BoxText {
  std::string_view west;
  std::string_view south;
  std::string_view east;
  std::string_view north;
};

/// A box as far as it could be read, with everything that was done to it. No box and no finding:
/// the four texts are empty.
struct BoxOutcome {
  std::optional<model::Bbox> box;
  std::vector<FindingCode> findings;
};

/// Reads a box by these rules, found in the records of real catalogues:
/// - West greater than east is either an exchange of the two or the antimeridian: the reading that
///   makes the narrower box is taken. 180 to -180 is the whole circle.
/// - Longitudes beyond 180 are wrapped. If what is left out of the circle is less than one cell of
/// a
///   coarse grid, as in 0 to 357.5, the box is the whole circle.
/// - Edges that overshoot by a trifle, or by half a cell at the poles, are cut.
/// - South greater than north is an exchange.
[[nodiscard]] BoxOutcome read_box(BoxText const& text);

/// As above, for a source that has numbers.
[[nodiscard]] BoxOutcome read_box(double west, double south, double east, double north);

} // namespace terracat::formats

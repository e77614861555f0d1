#pragma once

#include "formats/finding_list.hpp"

#include <terracat/bbox.hpp>
#include <terracat/json.hpp>

#include <optional>
#include <string>
#include <vector>

/// Bounding boxes of JSON documents.
namespace terracat::formats {

/// The four or six numbers of a `bbox` in the order of GeoJSON.
struct WrittenBox {
  double west = 0;
  double south = 0;
  double east = 0;
  double north = 0;
  std::optional<model::HeightRange> heights;
};

/// \return  nothing if the value is not an array of four or six numbers
[[nodiscard]] std::optional<WrittenBox> read_box_numbers(json::Value const& box);

/// What a box means, and what had to be done to say so.
struct BoxReading {
  model::Bbox plane;
  bool swapped = false; ///< corners were exchanged
  bool wrapped = false; ///< longitudes lay beyond 180
  bool clamped = false; ///< latitudes lay beyond a pole
};

/// Reads a box as it was meant.
///
/// West beyond east is a box across the antimeridian, or a mistake: the narrower of the two
/// readings is taken. A box whose ends are nearer to each other around the back than the cells of a
/// coarse model grid (0 to 357.5) is the whole circle, as is 180 to -180. Latitudes a little beyond
/// a pole are those of grid cells' edges and are cut. \return  nothing if the numbers cannot be
/// degrees
[[nodiscard]] std::optional<BoxReading> interpret(WrittenBox const& box);

/// Both steps, with what was noticed.
struct ReadBox {
  model::Bbox plane;
  std::optional<model::HeightRange> heights;
};

[[nodiscard]] std::optional<ReadBox> read_box(json::Value const& box, std::string const& where,
                                              FindingList& findings);

/// Adds what `reading` had to do.
void report(BoxReading const& reading, json::Value const& box, std::string const& where,
            FindingList& findings);

/// `[west,south,east,north]`, or with heights third and last.
[[nodiscard]] std::string box_text(model::Bbox const& box,
                                   std::optional<model::HeightRange> const& heights);

} // namespace terracat::formats

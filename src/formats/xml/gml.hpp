#pragma once

#include "formats/words/periods.hpp"
#include "formats/xml/xml.hpp"

#include <terracat/geometry.hpp>
#include <terracat/record.hpp>

#include <optional>
#include <vector>

/// Geometries and times of GML 3.1 and 3.2 as metadata documents hold them.
namespace terracat::formats::gml {

/// A geometry as far as it could be read.
struct GeometryReading {
  std::optional<model::Geometry> geometry;
  std::vector<FindingCode> findings;
};

/// How much work the geometries of one document may still make.
struct Allowance {
  std::size_t positions = 500'000;
  std::size_t meetings = 100'000; ///< places where lines cross or touch
};

/// The geometry as stores see it, taken from the allowance; nothing if it cannot be made valid with
/// what is left.
[[nodiscard]] std::optional<model::Geometry> normalised(model::RawGeometry const& raw,
                                                        Allowance& allowance);

/// How many numbers of a list make one position: 3 if the list or an element around it says so,
/// else 2.
[[nodiscard]] std::size_t dimension_of(xml::Node positions) noexcept;

/// Reads a geometry element: points, curves and surfaces, single and multiple.
///
/// The order of the axes follows the coordinate reference system, unless the numbers contradict: a
/// latitude beyond 90, or a geometry that lies off `around` although it would lie within if the
/// axes were exchanged. \param around  what else is known of the place
/// \param allowance  what is left, less what this geometry takes; one that would take more is
/// unreadable
[[nodiscard]] GeometryReading
read_geometry(xml::Node geometry, std::optional<model::Bbox> const& around, Allowance& allowance);

/// Reads TimePeriod and TimeInstant, whose positions stand in any of the ways that GML knows.
[[nodiscard]] PeriodReading read_period(xml::Node time);

} // namespace terracat::formats::gml

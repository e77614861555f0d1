#pragma once

#include "formats/graph/node.hpp"
#include "formats/xml/gml.hpp"

#include <terracat/geometry.hpp>

#include <optional>
#include <vector>

/// Geometries as literals of RDF hold them.
namespace terracat::formats::graph {

/// Reads well-known text with longitudes first, or in the order of the axes of the reference system
/// that stands before it, `<http://www.opengis.net/def/crs/EPSG/0/4326> POINT (48 2)`, unless the
/// numbers contradict.
/// \return  nothing for another reference system, and for what is no point, line or polygon, single
///          or multiple
[[nodiscard]] std::optional<model::RawGeometry> read_wkt(std::string_view text);

/// Reads the first of several literals that can be read: sources say one geometry in several
/// encodings. GeoJSON goes before well-known text, for nobody mistakes its axes, and that before
/// GML.
/// \param allowance  of the document
[[nodiscard]] gml::GeometryReading read_geometry(std::vector<Node> const& literals,
                                                 gml::Allowance& allowance);

} // namespace terracat::formats::graph

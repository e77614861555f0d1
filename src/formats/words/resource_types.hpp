#pragma once

#include <array>
#include <string>
#include <string_view>

namespace terracat::formats {

/// MD_ScopeCode of ISO 19115:2003 and 19115-1:2014, and what GeoNetwork adds to it.
inline constexpr std::array<std::string_view, 29> scopes{"dataset",
                                                         "series",
                                                         "service",
                                                         "software",
                                                         "nonGeographicDataset",
                                                         "attribute",
                                                         "attributeType",
                                                         "collectionHardware",
                                                         "collectionSession",
                                                         "dimensionGroup",
                                                         "feature",
                                                         "featureType",
                                                         "propertyType",
                                                         "fieldSession",
                                                         "model",
                                                         "tile",
                                                         "metadata",
                                                         "initiative",
                                                         "sample",
                                                         "document",
                                                         "repository",
                                                         "aggregate",
                                                         "product",
                                                         "collection",
                                                         "coverage",
                                                         "application",
                                                         "map",
                                                         "staticMap",
                                                         "interactiveMap"};

/// The scope that a name of the DCMI Type Vocabulary means, whatever its capitals: `series` for
/// "Collection"; empty if it is no such name or if no scope says it.
[[nodiscard]] std::string_view scope_of_dcmi_type(std::string_view name) noexcept;

/// The name that the address of a DCMI type ends with, as a scope if one says it: `series` for
/// "http://purl.org/dc/dcmitype/Collection", "Image" for ".../Image"; else the text itself.
[[nodiscard]] std::string type_from_address(std::string_view text);

} // namespace terracat::formats

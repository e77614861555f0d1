#pragma once

#include <array>
#include <string_view>

namespace terracat::formats {

/// MD_TopicCategoryCode of ISO 19115, which DCAT names by the addresses of INSPIRE's list.
inline constexpr std::array<std::string_view, 20> topic_categories{
    "farming",
    "biota",
    "boundaries",
    "climatologyMeteorologyAtmosphere",
    "economy",
    "elevation",
    "environment",
    "geoscientificInformation",
    "health",
    "imageryBaseMapsEarthCover",
    "intelligenceMilitary",
    "inlandWaters",
    "location",
    "oceans",
    "planningCadastre",
    "society",
    "structure",
    "transportation",
    "utilitiesCommunication",
    "extraTerrestrial"};

} // namespace terracat::formats

#pragma once

#include "formats/finding_list.hpp"
#include "formats/json/href.hpp"

#include <terracat/json.hpp>

#include <string>

namespace terracat::formats {

/// What was met while assets were written.
struct AssetSummary {
  bool has_local = false;      ///< some are files that the site itself serves
  bool has_projection = false; ///< some say `proj:epsg` or `proj:code`
};

/// Appends an `assets` object with absolute hrefs; assets without one that may be answered are left
/// out. Everything else in them stays.
/// \param assets  an object; or an array, as some write it, whose keys are made up
AssetSummary append_assets(std::string& out, json::Value const& assets, HrefReader const& hrefs,
                           FindingList& findings);

} // namespace terracat::formats

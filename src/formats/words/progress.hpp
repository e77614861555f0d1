#pragma once

#include <array>
#include <string_view>

namespace terracat::formats {

/// MD_ProgressCode of ISO 19115:2003 and 19115-1:2014.
inline constexpr std::array<std::string_view, 19> progress_codes{
    "completed",  "historicalArchive", "obsolete",   "onGoing",  "planned",
    "required",   "underDevelopment",  "final",      "pending",  "retired",
    "superseded", "tentative",         "valid",      "accepted", "notAccepted",
    "withdrawn",  "proposed",          "deprecated", "draft"};

} // namespace terracat::formats

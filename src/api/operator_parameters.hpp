#pragma once

#include "api/route_parameters.hpp"

/// What routes take that are for operators.
namespace terracat::api::route_parameters {

inline constexpr ParameterRow runs_of_source{"source", text, "Only runs of this source"};
inline constexpr std::array of_runs{
    runs_of_source,
    ParameterRow{"limit", R"({"type":"integer","minimum":1,"maximum":1000,"default":50})",
                 "Most runs, the newest first"}};
inline constexpr std::array of_trends{
    runs_of_source,
    ParameterRow{"limit", R"({"type":"integer","minimum":1,"maximum":1000,"default":50})",
                 "Most runs of each source, the newest first; what is usual is found from all"},
    format};
inline constexpr std::array of_keyword_suggestions{
    ParameterRow{"status",
                 R"({"type":"string","enum":["near","unknown","accepted","refused"],)"
                 R"("default":"near"})",
                 "Those near a concept, those that no concept knows, or what was decided"},
    ParameterRow{"after", text, "What the answer before told to go on"},
    ParameterRow{"offset", R"({"type":"integer","minimum":0,"default":0})",
                 "Keywords that are passed over; not in streams"},
    ParameterRow{"limit", R"({"type":"integer","minimum":1,"maximum":1000,"default":50})",
                 "Most keywords, the most said first; of a stream all if absent"},
    lang,
    format};
inline constexpr std::array of_run_documents{
    ParameterRow{"outcome",
                 R"({"type":"string","enum":["created","updated","skipped","failed","warned",)"
                 R"("missing","deleted"]})",
                 "What became of them"},
    ParameterRow{"code", text, "What was told of them: bbox-swapped"},
    ParameterRow{"after", R"({"type":"integer","minimum":0,"default":0})",
                 "Only those after the one with this number"},
    ParameterRow{"limit", R"({"type":"integer","minimum":1,"maximum":10000,"default":1000})",
                 "Most documents; of a stream all if absent"},
    format};

} // namespace terracat::api::route_parameters

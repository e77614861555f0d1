#pragma once

#include "api/route_parameters.hpp"

/// The parameters of the feed of changes.
namespace terracat::api::route_parameters {

inline constexpr std::string_view yes_or_no = R"({"type":"boolean","default":false})";

inline constexpr std::array of_feed{
    ParameterRow{"since", text,
                 "A cursor of an earlier answer: what has changed behind it; from the beginning on "
                 "if absent"},
    ParameterRow{"limit", R"({"type":"integer","minimum":1,"maximum":1000,"default":100})",
                 "Most changes; of a stream all if absent"},
    ParameterRow{"items", yes_or_no, "Changes of items as well"},
    ParameterRow{"content", yes_or_no, "Each record and item as it is now"},
    ParameterRow{"pole", text, "Only what this pole has"},
    format};

} // namespace terracat::api::route_parameters

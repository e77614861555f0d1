#pragma once

#include <string>
#include <string_view>

namespace terracat::formats {

/// How often data are brought up to date, as MD_MaintenanceFrequencyCode of ISO 19115 has it, of a
/// word of the list of the Publications Office of the EU (`.../authority/frequency/ANNUAL_2`), of
/// ISO's own, or of a language: "Quotidienne", "yearly".
/// \return  empty if the text is none of these
[[nodiscard]] std::string read_frequency(std::string_view text);

} // namespace terracat::formats

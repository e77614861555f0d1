#pragma once

#include <string>
#include <string_view>

namespace terracat::formats {

/// The language of a code or name that a source uses, as BCP 47 has it: `fr` for "fr", "fre",
/// "fra", "FRA", "fr-FR", "fre; FRA", "French", "Français", "urn:…:fra", ".../language/FRA".
/// \return  empty if the code is no language, or says that there is none (`und`, `zxx`, `mul`)
[[nodiscard]] std::string read_language(std::string_view code);

} // namespace terracat::formats

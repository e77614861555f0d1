#pragma once

#include <string>
#include <string_view>

namespace terracat::formats {

/// The SPDX identifier of the licence that an address leads to: `CC-BY-4.0` for
/// "https://creativecommons.org/licenses/by/4.0/deed.fr"; empty if the address is not known.
[[nodiscard]] std::string spdx_of_address(std::string_view address);

/// The SPDX identifier of the one licence that a text names together with its version. Empty if it
/// names none or several: what a text may be compatible with is not what it is.
[[nodiscard]] std::string spdx_of_text(std::string_view text);

/// The SPDX identifier of a licence that is given by its text, its address or both. A short text
/// that leads somewhere is recognised by where it leads.
[[nodiscard]] std::string spdx_of(std::string_view text, std::string_view address);

/// The identifier as SPDX spells it, if it is one of those that data and programs have, whatever
/// its capitals; empty if it is none, or one that is not known here.
[[nodiscard]] std::string spdx_identifier(std::string_view text);

/// The first http address in a text, without the punctuation of its sentence; empty if there is
/// none.
[[nodiscard]] std::string_view address_in(std::string_view text) noexcept;

} // namespace terracat::formats

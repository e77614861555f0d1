#pragma once

#include <terracat/record.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace terracat::formats {

/// The DOI that a text consists of, in lower case without prefix and host: `10.5072/ab` for
/// "doi:10.5072/AB", "DOI 10.5072/ab", "https://dx.doi.org/10.5072/ab.".
[[nodiscard]] std::optional<std::string> read_doi(std::string_view text);

/// `0000-0002-1825-0097` for an ORCID, alone or as an address, whose check digit is right.
[[nodiscard]] std::optional<std::string> read_orcid(std::string_view text);

/// `https://ror.org/…` for the address or the bare `ror.org/…` of an organisation whose check
/// digits are right.
[[nodiscard]] std::optional<std::string> read_ror(std::string_view text);

/// True for an address with a scheme that names things: http, https, urn, doi, hdl, ark, info.
[[nodiscard]] bool is_absolute_uri(std::string_view text) noexcept;

/// Recognises what kind of name a text is: doi, hdl, ark, uuid, uri. Anything else keeps the scheme
/// that the source gives, which may be empty; a scheme that is an address makes one of both.
/// \return  nothing if the text is no name at all: empty, a placeholder, longer than any name
[[nodiscard]] std::optional<model::Identifier> read_identifier(std::string_view text,
                                                               std::string_view scheme);

} // namespace terracat::formats

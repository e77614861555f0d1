#pragma once

#include <terracat/record.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// By what a record can be known for the same resource as one of another source.
namespace terracat::catalogue {

/// The one way in which a name of the whole world is written as a key: a DOI (`10.5072/ab`), a
/// handle (`hdl:20.500/ab`), an ARK (`ark:12148/ab`) or a UUID in lower case.
/// \return  nothing if the text is none: addresses of pages, ISSN and names within a source can
///          belong to many resources
[[nodiscard]] std::optional<std::string> cluster_key(std::string_view text);

/// True if the first key counts before the second: a DOI before any other, a UUID last.
[[nodiscard]] bool comes_before(std::string_view key, std::string_view other) noexcept;

/// The keys among the identifiers of a record and its native id, each once, in the order in which
/// they count. A record with more names than anybody gives a resource has only the first.
[[nodiscard]] std::vector<std::string> cluster_keys(model::Record const& record);

} // namespace terracat::catalogue

#pragma once

#include "formats/xml/xml.hpp"

#include <string>
#include <string_view>

/// Entries of Atom as answers of OpenSearch hold them.
namespace terracat::formats::products {

inline constexpr std::string_view atom_namespace = "http://www.w3.org/2005/Atom";

/// `dc:identifier`, which servers look products up by, else `id`; empty if there is neither.
[[nodiscard]] std::string native_id_of(xml::Node entry);

} // namespace terracat::formats::products

#pragma once

#include "formats/xml/xml.hpp"

#include <string>
#include <string_view>

/// OpenSearch description documents.
namespace terracat::formats::products {

[[nodiscard]] bool is_description(xml::Node root);

/// What the collection is called that the document describes a search of: RESTO says it in the
/// address of the document (`…/collections/S2/describe.xml`), others by `ShortName`.
/// \return  empty if nobody says it
[[nodiscard]] std::string collection_of(xml::Node description, std::string_view address);

} // namespace terracat::formats::products

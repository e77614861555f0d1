#pragma once

#include "formats/xml/xml.hpp"

#include <optional>
#include <vector>

/// What protocols put around documents: people keep whole answers of CSW and OAI-PMH as files.
namespace terracat::formats::xml {

/// The documents at the root or within elements of CSW and OAI-PMH, DataCite's among them, in the
/// order of the answer.
[[nodiscard]] std::vector<Node> documents_in(Node root, bool (*is_document)(Node));

/// The refusal of a document that is an error report of such a protocol, with what it says.
[[nodiscard]] std::optional<Finding> error_report(Node root);

/// What OAI-PMH says of a document within one of its records; no element if it stands in none.
[[nodiscard]] Node oai_header(Node document);

} // namespace terracat::formats::xml

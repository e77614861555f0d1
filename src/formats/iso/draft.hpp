#pragma once

#include "formats/xml/record_draft.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// The mapping of ISO 19115 metadata to a record, for both of its XML encodings: their elements
/// differ in namespace and sometimes in name, and each part of the mapping knows both names.
namespace terracat::formats::iso {

/// The languages of a document and the names that it gives them for its own use.
struct Locales {
  std::string main; ///< of texts that say nothing of their language; BCP 47, may be empty
  std::vector<std::pair<std::string, std::string>> by_id; ///< `FR` of `#FR`, with the tag

  /// The tag for a reference like `#FR` or `#locale-fre`; empty if it tells nothing.
  [[nodiscard]] std::string of(std::string_view reference) const;
};

/// A record in the making, with the languages that the document declares.
class Draft : public xml::RecordDraft {
 public:
  using formats::Draft::Draft;

  Locales locales;
};

} // namespace terracat::formats::iso

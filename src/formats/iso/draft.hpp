#pragma once

#include "formats/finding_list.hpp"
#include "formats/words/contact_book.hpp"
#include "formats/xml/xml.hpp"

#include <terracat/format.hpp>

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

/// A record in the making: what the parts of the mapping put together, and what they noticed.
class Draft {
 public:
  explicit Draft(ReadContext const& context) noexcept : context_(context) {}

  [[nodiscard]] ReadContext const& context() const noexcept { return context_; }

  /// Keeps a finding at an element.
  void note(FindingCode code, xml::Node where, std::string_view what = {});

  [[nodiscard]] std::vector<Finding> take_findings() { return findings_.take(); }

  model::RecordParts parts;
  ContactBook contacts;
  Locales locales;

 private:
  ReadContext const& context_;
  FindingList findings_;
};

} // namespace terracat::formats::iso

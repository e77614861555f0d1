#pragma once

#include <terracat/finding.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

/// Answers of catalogue services in XML, as they come over the network or lie in files.
namespace terracat::kinds {

/// One metadata document of an answer, able to stand alone: it declares every namespace prefix that
/// it uses. The same document gives the same bytes, whatever stood around it.
struct Listed {
  std::string
      native_id; ///< fileIdentifier, metadataIdentifier or dc:identifier; empty if not found
  std::string bytes;
};

/// csw:SearchResults. Numbers that are missing or no numbers are absent.
struct Results {
  std::optional<std::size_t> matched;     ///< numberOfRecordsMatched
  std::optional<std::size_t> next_record; ///< 0: the server says that there are no more
  std::vector<Listed> records;
};

/// ows:ExceptionReport
struct Exception {
  std::string code;
  std::string locator;
  std::string text;

  [[nodiscard]] std::string sentence() const;
};

/// What a server said, or why that is no answer of a CSW. `unexpected_root` means that something
/// else is spoken at this address (a login page, capabilities); other findings, that this page is
/// broken.
using Answer = std::variant<Results, Exception, Finding>;

/// True for a page for people, as a server shows it that wants a password.
[[nodiscard]] bool starts_like_html(std::string_view body);

/// Reads an answer to GetRecords or GetRecordById within the limits of formats::xml: one of more
/// than 16 MB is `too_large`, and a harvester may ask for less at a time.
[[nodiscard]] Answer read_answer(std::string_view body);

} // namespace terracat::kinds

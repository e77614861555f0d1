#pragma once

#include <terracat/format.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace terracat::formats {

/// An address as far as it may stand in an answer.
struct LinkReading {
  std::string href; ///< absolute, or `terracat-asset:…`; empty if there is none that may be shown

  /// href_refused, href_relative, href_completed, href_credentials or text_placeholder.
  std::optional<FindingCode> finding;
};

/// True for http and https.
[[nodiscard]] bool is_web_address(std::string_view href) noexcept;

/// Reads an address that a document gives. One without scheme means a file that the site itself
/// serves, if the source has such files; else it is resolved against the document's own address, if
/// that is the address of a file: what a catalogue service answers has no place that a relative
/// link could start from. "www.…" is a web address.
[[nodiscard]] LinkReading read_link(std::string_view text, ReadContext const& context);

} // namespace terracat::formats

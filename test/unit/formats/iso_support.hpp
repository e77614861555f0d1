#pragma once

#include "formats/readers.hpp"

#include "support/catch.hpp"
#include "support/fixture.hpp"

#include <algorithm>
#include <string>
#include <vector>

namespace terracat::test {

/// Reads a fixture of test/fixtures/formats/iso, by its name without ending.
inline formats::ReadResult read_iso(std::string const& name, std::string address = {},
                                    std::string language = {}) {
  json::Parser parser;
  return formats::read_iso19139(fixture("formats/iso/" + name + ".xml"),
                                {.address = std::move(address),
                                 .language = std::move(language),
                                 .local_assets = {},
                                 .json = parser});
}

/// What a fixture that can be read becomes.
inline model::RecordParts parts_of(formats::ReadResult const& result) {
  if (!result) FAIL(name(result.error().code) << " at " << result.error().where);
  return *std::get<model::Record>(result->resource);
}

/// The codes of all findings, in order.
inline std::vector<FindingCode> codes_of(formats::ReadResult const& result) {
  std::vector<FindingCode> codes;
  if (!result) return {result.error().code};
  for (auto const& finding : result->findings) codes.push_back(finding.code);
  return codes;
}

using Codes = std::vector<FindingCode>;
using Strings = std::vector<std::string>;

/// A text in several languages from pairs of language and text.
inline model::LocalText local(std::initializer_list<std::pair<char const*, char const*>> entries) {
  model::LocalText text;
  for (auto const& [language, entry] : entries) text.add(language, entry);
  return text;
}

inline model::LocalText english(char const* text) {
  return local({{"en", text}});
}

} // namespace terracat::test

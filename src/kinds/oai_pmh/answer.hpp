#pragma once

#include <terracat/finding.hpp>
#include <terracat/instant.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

/// Answers of OAI-PMH 2.0.
namespace terracat::kinds::oai_pmh {

/// What a repository says of itself.
struct Identity {
  std::string name;
  std::optional<model::Instant> earliest; ///< no record is older, as the repository says
  bool is_daily = false;                  ///< it knows the days of its records, not their seconds
};

struct MetadataFormat {
  std::string prefix;
  std::string namespace_uri;
};

/// One record of a list, or its header alone.
struct Listed {
  std::string identifier; ///< empty if the header has none
  std::vector<std::string> sets;
  bool is_deleted = false;
  std::string bytes; ///< the metadata, able to stand alone; empty if there are none
};

struct ResumptionToken {
  std::string text; ///< empty: the list has ended
  std::optional<std::size_t> list_size;
};

/// An answer to ListRecords or ListIdentifiers.
struct List {
  std::vector<Listed> records;
  std::optional<ResumptionToken> token;
};

struct Formats {
  std::vector<MetadataFormat> formats;
};

struct Sets {
  std::vector<std::string> names;
  std::optional<ResumptionToken> token;
};

/// An `error` of the protocol, which comes with any status.
struct Error {
  std::string code; ///< "badResumptionToken"
  std::string text;

  [[nodiscard]] std::string sentence() const;
};

/// What a repository said, with its clock if it told the time.
struct Answer {
  std::variant<Identity, Formats, Sets, List, Error> content;
  std::optional<model::Instant> responded;
};

/// Reads an answer within the limits of formats::xml.
/// \return  else why it is none: `unexpected_root` means that something else is spoken at this
///          address; other findings, that this answer is broken
[[nodiscard]] std::variant<Answer, Finding> read_answer(std::string_view body);

} // namespace terracat::kinds::oai_pmh

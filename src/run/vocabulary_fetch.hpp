#pragma once

#include "fetch/policy.hpp"

#include <terracat/fetch.hpp>
#include <terracat/instant.hpp>
#include <terracat/rdf.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

/// Vocabularies that are published somewhere: their documents are brought to files of this machine,
/// from which they are read as any other (vocabulary/files.hpp).
namespace terracat::run {

struct PublishedVocabulary {
  std::string name;
  std::string url;
  std::string path;     ///< of the file that its document is kept in
  std::string schedule; ///< a cron expression; empty: only by hand
  std::vector<std::string> allow_networks;

  friend bool operator==(PublishedVocabulary const&, PublishedVocabulary const&) = default;
};

/// What is known of the document in the file, kept beside it.
struct KnownDocument {
  std::string url;
  std::string etag;
  std::string last_modified;
  model::Instant asked{0}; ///< when the server was asked last, and answered

  /// \return  nothing if nothing was brought yet from where the vocabulary is published now
  [[nodiscard]] static std::optional<KnownDocument> of(PublishedVocabulary const& vocabulary);
};

/// What came of fetching.
struct FetchedVocabulary {
  enum class Outcome : std::uint8_t {
    brought,   ///< the file has another document now
    unchanged, ///< the server has the one that is in the file
    refused,   ///< the file stays as it was
  };

  Outcome outcome = Outcome::refused;
  std::string cause;        ///< why it was refused
  std::size_t concepts = 0; ///< in what was brought
};

/// Fetches the document and puts it in the place of the file, if it can be read whole, says
/// something, and has at least half of the concepts that the file had: what broke at the publisher
/// takes no vocabulary from the site.
/// \param fetcher  with the policy of the vocabulary
/// \throws store::StoreError  if the file cannot be written
[[nodiscard]] FetchedVocabulary fetch_vocabulary(PublishedVocabulary const& vocabulary,
                                                 fetch::Fetcher& fetcher, rdf::Parser& parser,
                                                 std::stop_token const& stop);

/// Likewise, over HTTP.
[[nodiscard]] FetchedVocabulary fetch_vocabulary(PublishedVocabulary const& vocabulary,
                                                 fetch::Site const& site, rdf::Parser& parser,
                                                 std::stop_token const& stop);

/// What is wrong with its settings, one sentence each.
[[nodiscard]] std::vector<std::string> faults_of(PublishedVocabulary const& vocabulary);

} // namespace terracat::run

#include "run/vocabulary_fetch.hpp"

#include "fetch/curl_fetcher.hpp"
#include "run/cron.hpp"
#include "store/files.hpp"
#include "vocabulary/files.hpp"

#include <terracat/json.hpp>
#include <terracat/problem.hpp>
#include <terracat/store_error.hpp>

#include <array>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace terracat::run {
namespace {

namespace fs = std::filesystem;
using Outcome = FetchedVocabulary::Outcome;

constexpr std::size_t largest = std::size_t{256} << 20; ///< bytes of a document
constexpr std::chrono::minutes longest{10};
constexpr std::string_view accepted =
    "text/turtle, application/rdf+xml;q=0.9, application/n-triples;q=0.9, "
    "application/ld+json;q=0.8, */*;q=0.5";

bool is_there(fs::path const& path) {
  std::error_code error;
  return fs::exists(path, error);
}

fs::path notes_of(PublishedVocabulary const& vocabulary) {
  return vocabulary.path + ".fetched";
}

/// Where it stands until it is proven.
fs::path part_of(PublishedVocabulary const& vocabulary) {
  return vocabulary.path + ".part";
}

void note(PublishedVocabulary const& vocabulary, fetch::Response const& response,
          KnownDocument const& former) {
  json::Writer out;
  out.begin_object().name("url").string(vocabulary.url);
  out.member("etag", response.etag.empty() ? former.etag : response.etag);
  out.member("last_modified",
             response.last_modified.empty() ? former.last_modified : response.last_modified);
  out.member("asked", model::to_iso8601(model::Instant::now()));
  store::write_durably(notes_of(vocabulary), out.end_object().take() + "\n");
}

/// \return  the concepts of the document; why it cannot be read, if it cannot
struct Proof {
  std::size_t concepts = 0;
  std::string fault;
};

Proof prove(std::string const& name, fs::path const& path, rdf::Parser& parser) {
  std::array const places{vocabulary::Place{.name = name, .path = path.string()}};
  auto const loaded = vocabulary::load(places, parser);
  if (loaded.failures.empty()) return {.concepts = loaded.drafts.front().size(), .fault = {}};
  auto const& finding = loaded.failures.front().finding;
  auto fault = std::string(sentence(finding.code));
  if (!finding.where.empty()) fault += " (" + finding.where + ")";
  return {.concepts = 0, .fault = std::move(fault)};
}

/// \return  why the document may not replace the one that is there; empty: it may
std::string objection(PublishedVocabulary const& vocabulary, Proof const& proof,
                      rdf::Parser& parser) {
  if (!proof.fault.empty()) return proof.fault;
  if (proof.concepts == 0) return "there is no concept in it";
  if (!is_there(vocabulary.path)) return {};
  auto const former = prove(vocabulary.name, vocabulary.path, parser).concepts;
  if (proof.concepts * 2 >= former) return {};
  return "it has " + std::to_string(proof.concepts) + " concepts, and the one that is kept has " +
         std::to_string(former) + "; remove " + vocabulary.path + " to take it all the same";
}

FetchedVocabulary take(PublishedVocabulary const& vocabulary, fetch::Response const& response,
                       rdf::Parser& parser) {
  auto const part = part_of(vocabulary);
  fs::create_directories(store::folder_of(vocabulary.path));
  store::write_durably(part, response.body);
  auto const proof = prove(vocabulary.name, part, parser);
  if (auto cause = objection(vocabulary, proof, parser); !cause.empty()) {
    store::remove_file(part);
    return {.outcome = Outcome::refused, .cause = std::move(cause), .concepts = proof.concepts};
  }
  store::rename_durably(part, vocabulary.path);
  note(vocabulary, response, {}); // what is known of the former document is not true of this one
  return {.outcome = Outcome::brought, .cause = {}, .concepts = proof.concepts};
}

Source source_of(PublishedVocabulary const& vocabulary) {
  Source out{.name = vocabulary.name, .address = vocabulary.url};
  out.allow_networks = vocabulary.allow_networks;
  return out;
}

} // namespace

std::optional<KnownDocument> KnownDocument::of(PublishedVocabulary const& vocabulary) {
  std::ifstream file(notes_of(vocabulary), std::ios::binary);
  std::ostringstream content;
  if (!file || !is_there(vocabulary.path) || !(content << file.rdbuf())) return std::nullopt;
  auto const document = json::Document::parse(content.str());
  if (!document) return std::nullopt;
  auto const root = document->root();
  auto const text = [&](std::string_view name) {
    return std::string(root.string(name).value_or(""));
  };
  auto const asked = model::parse_rfc3339(text("asked"));
  if (text("url") != vocabulary.url || !asked) return std::nullopt;
  return KnownDocument{.url = vocabulary.url,
                       .etag = text("etag"),
                       .last_modified = text("last_modified"),
                       .asked = *asked};
}

FetchedVocabulary fetch_vocabulary(PublishedVocabulary const& vocabulary, fetch::Fetcher& fetcher,
                                   rdf::Parser& parser, std::stop_token const& stop) {
  auto const known = KnownDocument::of(vocabulary).value_or(KnownDocument());
  try {
    auto const response = fetcher.fetch({.url = vocabulary.url,
                                         .accept = std::string(accepted),
                                         .if_none_match = known.etag,
                                         .if_modified_since = known.last_modified},
                                        stop);
    if (!response.not_modified()) return take(vocabulary, response, parser);
    note(vocabulary, response, known);
    return {.outcome = Outcome::unchanged, .cause = {}};
  } catch (fetch::FetchError const& error) {
    return {.outcome = Outcome::refused, .cause = error.what()};
  }
}

FetchedVocabulary fetch_vocabulary(PublishedVocabulary const& vocabulary, fetch::Site const& site,
                                   rdf::Parser& parser, std::stop_token const& stop) {
  auto policy = fetch::policy_of(source_of(vocabulary), site);
  policy.limits.body_bytes = largest;
  policy.limits.total = longest;
  fetch::CurlFetcher fetcher(std::move(policy));
  return fetch_vocabulary(vocabulary, fetcher, parser, stop);
}

std::vector<std::string> faults_of(PublishedVocabulary const& vocabulary) {
  std::vector<std::string> out;
  auto const fault = [&](std::string const& text) {
    out.push_back("vocabulary '" + vocabulary.name + "': " + text);
  };
  std::error_code error; // what may not be looked at is told when it is read
  if (vocabulary.path.empty() || fs::is_directory(vocabulary.path, error)) {
    fault("expected the path of the file that what is fetched from url is kept in");
  }
  if (!vocabulary.schedule.empty()) {
    if (auto const cron = Cron::parse(vocabulary.schedule); !cron) {
      fault("schedule: " + cron.error().detail);
    }
  }
  try {
    static_cast<void>(fetch::policy_of(source_of(vocabulary), {}));
  } catch (ProblemError const& error) {
    fault(error.problem().detail);
  }
  return out;
}

} // namespace terracat::run

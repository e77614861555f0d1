// Vocabularies are brought from where they are published, and nothing broken takes their place.

#include "run/vocabulary_fetch.hpp"

#include "support/canned_fetcher.hpp"

#include "support/catch.hpp"
#include "support/rdf_parser.hpp"
#include "support/temporary_folder.hpp"

#include <fstream>
#include <sstream>

using namespace terracat;
using run::FetchedVocabulary;
using run::PublishedVocabulary;
using Outcome = FetchedVocabulary::Outcome;

namespace {

/// So many concepts in Turtle.
std::string concepts(int count) {
  std::string out = "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n";
  for (int i = 0; i < count; ++i) {
    auto const number = std::to_string(i);
    out += "<http://example.org/" + number + "> a skos:Concept ; skos:prefLabel \"concept " +
           number + "\"@en .\n";
  }
  return out;
}

class Publisher {
 public:
  Publisher() {
    vocabulary = {.name = "weather",
                  .url = "https://example.org/weather.ttl",
                  .path = (folder_.path() / "kept" / "weather.ttl").string(),
                  .schedule = "20 4 * * 0",
                  .allow_networks = {}};
  }

  FetchedVocabulary fetch() {
    return run::fetch_vocabulary(vocabulary, fetcher, parser_, std::stop_token());
  }

  [[nodiscard]] std::string kept() const {
    std::ostringstream out;
    out << std::ifstream(vocabulary.path).rdbuf();
    return out.str();
  }

  [[nodiscard]] std::size_t files() const {
    auto const folder = std::filesystem::path(vocabulary.path).parent_path();
    return static_cast<std::size_t>(std::distance(std::filesystem::directory_iterator(folder), {}));
  }

  PublishedVocabulary vocabulary;
  fetch::Response response{.status = 200, .body = concepts(4), .etag = "\"a\""};
  test::CannedFetcher fetcher{[this](fetch::Request const& request) {
    if (response.status >= 400) throw test::CannedFetcher::status(response.status);
    auto out = response;
    if (!request.if_none_match.empty() && request.if_none_match == response.etag) out.status = 304;
    return out;
  }};

 private:
  test::TemporaryFolder folder_;
  test::RdfHere parser_;
};

} // namespace

TEST_CASE("a published vocabulary is brought once, and again when it changes") {
  Publisher publisher;
  CHECK_FALSE(run::KnownDocument::of(publisher.vocabulary));
  auto const first = publisher.fetch();
  CHECK(first.outcome == Outcome::brought);
  CHECK(first.concepts == 4);
  CHECK(publisher.kept() == concepts(4));
  CHECK(publisher.files() == 2); // it, and what is known of it
  auto const known = run::KnownDocument::of(publisher.vocabulary);
  REQUIRE(known);
  CHECK(known->etag == "\"a\"");
  CHECK(publisher.fetch().outcome == Outcome::unchanged);
  CHECK(publisher.fetcher.requests.back().if_none_match == "\"a\"");
  publisher.response.etag = "\"b\"";
  publisher.response.body = concepts(5);
  CHECK(publisher.fetch().concepts == 5);
  CHECK(publisher.kept() == concepts(5));
  // A tag of the former document is none of this one, should its server tell none.
  publisher.response = {.status = 200, .body = concepts(6)};
  CHECK(publisher.fetch().outcome == Outcome::brought);
  CHECK(run::KnownDocument::of(publisher.vocabulary)->etag.empty());
  // What was known of another address, or of a file that is gone, is not asked by.
  publisher.vocabulary.url = "https://example.org/other.ttl";
  CHECK(publisher.fetch().outcome == Outcome::brought);
  CHECK(publisher.fetcher.requests.back().if_none_match.empty());
  std::filesystem::remove(publisher.vocabulary.path);
  CHECK(publisher.fetch().outcome == Outcome::brought);
}

TEST_CASE("what broke at the publisher takes no vocabulary from the site") {
  Publisher publisher;
  REQUIRE(publisher.fetch().outcome == Outcome::brought);
  publisher.response.etag = "\"b\"";
  auto const refused = [&] {
    auto const fetched = publisher.fetch();
    CHECK(fetched.outcome == Outcome::refused);
    CHECK(publisher.kept() == concepts(4));
    CHECK(publisher.files() == 2);
    CHECK(run::KnownDocument::of(publisher.vocabulary)->etag == "\"a\"");
    return fetched.cause;
  };
  publisher.response.body = "<html><body>Moved, sorry</body></html>";
  CHECK_FALSE(refused().empty());
  publisher.response.body = "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n";
  CHECK_FALSE(refused().empty());
  publisher.response.body = concepts(4) + "and then it is cut";
  CHECK_FALSE(refused().empty());
  publisher.response.body = concepts(1);
  CHECK(refused().find("has 1 concepts, and the one that is kept has 4") != std::string::npos);
  publisher.response.status = 503;
  CHECK(refused() == "status 503");
  // Half of them is enough.
  publisher.response = {.status = 200, .body = concepts(2), .etag = "\"c\""};
  CHECK(publisher.fetch().outcome == Outcome::brought);
}

TEST_CASE("the settings of a published vocabulary are judged before anything is fetched") {
  PublishedVocabulary const sound{.name = "a",
                                  .url = "https://example.org/a",
                                  .path = "a.ttl",
                                  .schedule = "0 4 * * *",
                                  .allow_networks = {"10.0.0.0/8"}};
  CHECK(run::faults_of(sound).empty());
  auto other = sound;
  other.path = "";
  CHECK(run::faults_of(other).size() == 1);
  other = sound;
  other.schedule = "61 4 * * *";
  CHECK(run::faults_of(other).size() == 1);
  other = sound;
  other.allow_networks = {"169.254.0.0/16"};
  CHECK(run::faults_of(other).size() == 1);
}

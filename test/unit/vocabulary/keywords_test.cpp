// Keywords that sources wrote, and the concepts that a person takes them for: how often the
// resolver is right where it is sure, and how many it finds.

#include "support/corpus.hpp"
#include "unit/vocabulary/support.hpp"
#include "vocabulary/files.hpp"
#include "vocabulary/resolve.hpp"

#include <algorithm>
#include <sstream>

using namespace terracat;
using namespace terracat::test;
using vocabulary::Thesaurus;

namespace {

struct Keyword {
  std::string text;
  Names concepts; ///< `EnvThes:20790`; empty: there is none
};

std::vector<Keyword> keywords() {
  std::vector<Keyword> out;
  std::istringstream lines(read_file(TERRACAT_FIXTURES "/vocabulary/keywords.tsv"));
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with('#')) continue;
    auto const tab = line.find('\t');
    auto& keyword = out.emplace_back(Keyword{.text = line.substr(0, tab), .concepts = {}});
    std::istringstream names(line.substr(tab + 1));
    for (std::string one; std::getline(names, one, ',');) {
      if (one != "-") keyword.concepts.push_back(one);
    }
  }
  return out;
}

std::string name_of(Thesaurus const& all, vocabulary::ConceptNumber number) {
  auto const described = all.at(number);
  return all.vocabularies()[described.vocabulary()].name + ":" +
         std::string(vocabulary::local_name(described.uri()));
}

} // namespace

TEST_CASE("the resolver is right where it is sure", "[vocabulary][corpus]") {
  auto const folder = corpus();
  if (!folder) return;
  RdfHere parser;
  auto places = vocabulary::shipped();
  places.push_back({"EnvThes", *folder / "LTER-Europe+EnvThes/EnvThes.ttl"});
  places.push_back({"elter", *folder / "LTER-Europe+eLTER_CL/elter_cl.ttl"});
  places.push_back({"inspire", *folder / "geonetwork+geonetwork-ui/support-services"
                                         "/docker-entrypoint.d/thesauri"
                                         "/httpinspireeceuropaeutheme-theme.rdf"});
  auto const loaded = vocabulary::load(places, parser);
  REQUIRE(loaded.failures.empty());
  Thesaurus const all(loaded.drafts);

  auto const truth = keywords();
  CHECK(truth.size() >= 400);
  std::size_t sure = 0;
  std::size_t right = 0;
  std::size_t wanted = 0;
  std::string wrong;
  for (auto const& [text, concepts] : truth) {
    if (!concepts.empty()) ++wanted;
    auto const found = vocabulary::resolve(all, text);
    if (found.empty() || found.front().score < vocabulary::sure_score) continue;
    ++sure;
    auto const name = name_of(all, found.front().number);
    if (std::ranges::find(concepts, name) != concepts.end()) {
      ++right;
    } else {
      wrong += text + ": " + name + "\n";
    }
  }
  INFO(wrong);
  auto const precision = static_cast<double>(right) / static_cast<double>(sure);
  auto const recall = static_cast<double>(right) / static_cast<double>(wanted);
  WARN("precision " << precision << ", recall " << recall << " (" << sure << " sure, " << wanted
                    << " wanted)");
  CHECK(precision >= 0.95);
  CHECK(recall >= 0.45);
}

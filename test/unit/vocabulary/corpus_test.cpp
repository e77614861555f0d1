// Vocabularies of the world as they are. Concepts, deprecated ones and schemes were counted with
// grep; of EnvThes two concepts say a type of their own before `skos:Concept`.

#include "support/corpus.hpp"
#include "unit/vocabulary/support.hpp"

using namespace terracat;
using namespace terracat::test;
using vocabulary::Thesaurus;

namespace {

struct Expected {
  char const* path;
  std::size_t concepts;
  std::size_t deprecated;
  std::size_t languages;
  std::size_t schemes;
};

constexpr auto lter = "LTER-Europe+";
constexpr auto msl = "UtrechtUniversity+msl_vocabularies/vocabularies/";
constexpr auto edges = "NatLibFi+Skosmos/tests/test-vocab-data/";
constexpr auto inspire = "geonetwork+geonetwork-ui/support-services/docker-entrypoint.d/thesauri/";

vocabulary::Draft read(std::filesystem::path const& path) {
  return drafted(read_file(path), path.stem().string());
}

void check(std::filesystem::path const& folder, std::vector<Expected> const& all) {
  for (auto const& [path, concepts, deprecated, languages, schemes] : all) {
    INFO(path);
    std::vector const drafts{read(folder / path)};
    Thesaurus const loaded{drafts};
    auto const& vocabulary = loaded.vocabularies()[0];
    CHECK(vocabulary.concepts == concepts);
    CHECK(vocabulary.deprecated == deprecated);
    CHECK(vocabulary.languages.size() == languages);
    CHECK(vocabulary.schemes.size() == schemes);
    CHECK(vocabulary.report.count(FindingCode::relation_circular) == 0);
  }
}

} // namespace

TEST_CASE("thesauri of ecology are loaded whole", "[vocabulary][corpus]") {
  auto const folder = corpus();
  if (!folder) return;
  std::vector const drafts{read(*folder / (std::string(lter) + "EnvThes/EnvThes.ttl")),
                           read(*folder / (std::string(lter) + "eLTER_CL/elter_cl.ttl"))};
  Thesaurus const all{drafts};
  auto const& ecology = all.vocabularies()[0];
  CHECK(ecology.name == "EnvThes");
  CHECK(ecology.concepts == 5'644);
  CHECK(ecology.deprecated == 2'918);
  CHECK(ecology.languages.size() == 28);
  CHECK(ecology.report.count(FindingCode::relation_dangling) == 23);
  CHECK(ecology.report.count(FindingCode::replacement_missing) == 42);
  CHECK(all.vocabularies()[1].concepts == 659);
  CHECK(all.vocabularies()[1].deprecated == 3);

  auto const old = all.find_address("https://vocabs.lter-europe.net/EnvThes/USLterCV_460/");
  REQUIRE(old);
  CHECK(all.at(*old).is_deprecated());
  auto const today = all.current(*old);
  REQUIRE(today.size() == 1);
  CHECK(all.at(today[0]).uri() == "http://vocabs.lter-europe.net/EnvThes/21580");
  for (auto const& completion : all.complete("re", {.limit = 1'000})) {
    CHECK_FALSE(all.at(completion.number).is_deprecated());
  }
}

TEST_CASE("the vocabularies of EPOS are loaded whole", "[vocabulary][corpus]") {
  auto const folder = corpus();
  if (!folder) return;
  check(*folder / msl, {{"analogue/1.4/analogue_1-4.ttl", 666, 0, 1, 1},
                        {"fieldscale/1.4/fieldscale_1-4.ttl", 121, 0, 1, 1},
                        {"geochemistry/1.4/geochemistry_1-4.ttl", 318, 0, 1, 1},
                        {"geologicalage/1.4/geologicalage_1-4.ttl", 177, 0, 1, 1},
                        {"geologicalsetting/1.4/geologicalsetting_1-4.ttl", 156, 0, 1, 1},
                        {"materials/1.4/materials_1-4.ttl", 695, 0, 1, 1},
                        {"microscopy/1.4/microscopy_1-4.ttl", 303, 0, 1, 1},
                        {"paleomagnetism/1.4/paleomagnetism_1-4.ttl", 213, 0, 1, 1},
                        {"porefluids/1.4/porefluids_1-4.ttl", 22, 0, 1, 1},
                        {"rockphysics/1.4/rockphysics_1-4.ttl", 258, 0, 1, 1},
                        {"subsurface/1.4/subsurface_1-4.ttl", 54, 0, 1, 1}});
}

TEST_CASE("themes of INSPIRE are loaded whole", "[vocabulary][corpus]") {
  auto const folder = corpus();
  if (!folder) return;
  check(*folder / inspire,
        {{"httpinspireeceuropaeutheme-theme.rdf", 34, 0, 5, 1}, {"gemet-theme.rdf", 40, 0, 4, 1}});
}

TEST_CASE("awkward vocabularies are loaded whole", "[vocabulary][corpus]") {
  auto const folder = corpus();
  if (!folder) return;
  check(*folder / edges, {{"altlabel.ttl", 1, 0, 2, 1},
                          {"cbd.ttl", 2, 0, 1, 0},
                          {"changes.ttl", 5, 2, 1, 0},
                          {"collation.ttl", 3, 0, 2, 0},
                          {"conceptPropertyLabels.ttl", 4, 0, 2, 1},
                          {"dupgroup.ttl", 1, 0, 1, 0},
                          {"groups.ttl", 7, 1, 3, 1},
                          {"mapping.ttl", 2, 0, 1, 0},
                          {"multiple-schemes.ttl", 3, 0, 1, 3},
                          {"nolang.ttl", 3, 0, 1, 1},
                          {"prefix.ttl", 1, 0, 1, 0},
                          {"subtag.ttl", 1, 0, 1, 0},
                          {"test-551-A.ttl", 551, 0, 1, 1},
                          {"test-hierarchy-without-top-concepts.ttl", 19, 1, 5, 1},
                          {"test-notation-sort.ttl", 16, 1, 3, 1},
                          {"test-rdf-list.ttl", 27, 0, 1, 1},
                          {"yso.ttl", 270, 0, 4, 3}});
}

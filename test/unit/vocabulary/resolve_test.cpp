// Keywords that lead to concepts: by which method, and how surely.

#include "unit/vocabulary/support.hpp"
#include "vocabulary/resolve.hpp"

using namespace terracat;
using namespace terracat::test;
using vocabulary::Thesaurus;

namespace {

/// `rain preferred 100`: the end of the address, the method, the score in hundredths.
Names resolved(Thesaurus const& all, std::string_view keyword) {
  Names out;
  for (auto const& found : vocabulary::resolve(all, keyword)) {
    out.push_back(name(all, found.number) + " " + std::string(name(found.method)) + " " +
                  std::to_string(static_cast<int>(found.score * 100 + 0.5)));
  }
  return out;
}

constexpr std::string_view oceans = R"(
ex:oceans a skos:Concept ; skos:prefLabel "Oceans"@en .
ex:ice a skos:Concept ; skos:prefLabel "sea ice"@en, "glace de mer"@fr ; skos:broader ex:oceans ;
  skos:altLabel "banquise"@fr ; skos:hiddenLabel "seaice"@en ; skos:notation "SDN:1" .
ex:level a skos:Concept ; skos:prefLabel "sea level"@en, "niveau de la mer"@fr ;
  skos:altLabel "SSH"@en ; skos:broader ex:oceans .
ex:anomaly a skos:Concept ; skos:prefLabel "anomalies"@en .
ex:water a skos:Concept ; skos:prefLabel "eau"@fr, "water body"@en .
ex:rain a skos:Concept ; skos:prefLabel "pluie"@fr .
ex:satellite a skos:Concept ; skos:prefLabel "Sentinel-2"@en .
ex:landsat a skos:Concept ; skos:prefLabel "Landsat8"@en .
ex:old a skos:Concept ; skos:prefLabel "pack"@en ; owl:deprecated true ; dct:isReplacedBy ex:ice .
ex:gone a skos:Concept ; skos:prefLabel "floe"@en ; owl:deprecated true .
ex:one a skos:Concept ; skos:prefLabel "current"@en .
ex:two a skos:Concept ; skos:prefLabel "current"@en .
ex:three a skos:Concept ; skos:prefLabel "flow"@en ; skos:altLabel "current"@en .
)";

} // namespace

TEST_CASE("a keyword leads to a concept by what it is", "[vocabulary][resolve]") {
  auto const all = thesaurus(oceans);
  CHECK(resolved(all, "Sea Ice") == Names{"ice preferred 100"});
  CHECK(resolved(all, "Banquise") == Names{"ice alternate 90"});
  CHECK(resolved(all, "SeaIce") == Names{"ice hidden 85"});
  CHECK(resolved(all, "http://example.org/ice/") == Names{"ice address 100"});
  CHECK(resolved(all, "sdn:1") == Names{"ice notation 90"});
  CHECK(resolved(all, "iceberg").empty());
  CHECK(resolved(all, "").empty());
}

TEST_CASE("a path leads to its last part, surely if it lies below another one",
          "[vocabulary][resolve]") {
  auto const all = thesaurus(oceans);
  CHECK(resolved(all, "EARTH SCIENCE > OCEANS > SEA ICE") == Names{"ice path 98"});
  CHECK(resolved(all, "/Oceans/Sea ice") == Names{"ice path 98"});
  CHECK(resolved(all, "Cryosphere | banquise") == Names{"ice leaf 63"});
  CHECK(resolved(all, "Earth Science > Oceans") == Names{"oceans preferred 100"});
  CHECK(resolved(all, "SEA LEVELS > SEA LEVELS") == Names{"level variant 90"});
  CHECK(resolved(all, "EARTH SCIENCE > OCEANS > SEA LEVELS") == Names{"level path 88"});
  CHECK(resolved(all, "OCEANS > WAVES").empty());
  CHECK(resolved(all, "EARTH SCIENCE").empty());
  CHECK(resolved(all, ">").empty());
}

TEST_CASE("a keyword may be in another writing", "[vocabulary][resolve]") {
  auto const all = thesaurus(oceans);
  CHECK(resolved(all, "sea levels") == Names{"level variant 90"});
  CHECK(resolved(all, "niveaux de la mer") == Names{"level variant 90"});
  CHECK(resolved(all, "anomaly") == Names{"anomaly variant 90"});
  CHECK(resolved(all, "water bodies") == Names{"water variant 90"});
  CHECK(resolved(all, "banquises") == Names{"ice variant 81"});
  CHECK(resolved(all, "Pluies") == Names{"rain variant 90"});
  CHECK(resolved(all, "eaux") == Names{"water variant 90"});
  CHECK(resolved(all, "Sea level (SSH)") == Names{"level variant 90"});
  CHECK(resolved(all, "Waves (SSH)").empty());
  CHECK(resolved(all, "ocean") == Names{"oceans variant 90"});
  CHECK(resolved(all, "Sentinel2") == Names{"satellite variant 90"});
  CHECK(resolved(all, "SENTINEL-2") == Names{"satellite preferred 100"});
  CHECK(resolved(all, "land sat 8") == Names{});
  CHECK(resolved(all, "Landsat-8") == Names{"landsat variant 90"});
}

TEST_CASE("what a keyword may mean beside is worth less", "[vocabulary][resolve]") {
  auto const all = thesaurus(oceans);
  CHECK(resolved(all, "current") ==
        Names{"one preferred 75", "two preferred 75", "three alternate 68"});
  CHECK(resolved(all, "SSH") == Names{"level alternate 90"});
  CHECK(resolved(all, "ssh") == Names{"level alternate 68"});
}

TEST_CASE("a deprecated concept gives way to what replaces it", "[vocabulary][resolve]") {
  auto const all = thesaurus(oceans);
  CHECK(resolved(all, "pack") == Names{"ice preferred 100"});
  CHECK(resolved(all, "http://example.org/old") == Names{"ice address 100"});
  CHECK(resolved(all, "floe") == Names{"gone preferred 75"});
}

TEST_CASE("the same word in two vocabularies is no doubt", "[vocabulary][resolve]") {
  auto const prefixes = std::string(skos_prefixes);
  std::vector const drafts{
      drafted(prefixes + "ex:a a skos:Concept ; skos:prefLabel \"rain\"@en .", "one"),
      drafted(prefixes + "ex:b a skos:Concept ; skos:prefLabel \"rain\"@en .", "two")};
  Thesaurus const all{drafts};
  CHECK(resolved(all, "rain") == Names{"a preferred 100", "b preferred 100"});
}

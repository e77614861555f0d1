// Our own vocabulary as the program reads it. What must hold in it is `scripts/check-vocabulary`'s.

#include "support/corpus.hpp"
#include "unit/vocabulary/support.hpp"
#include "vocabulary/roles.hpp"

#include <algorithm>
#include <filesystem>

using namespace terracat;
using namespace terracat::test;
using vocabulary::Relation;
using vocabulary::Thesaurus;

namespace {

constexpr std::string_view base = "https://w3id.org/terracat/earth/";

/// The files of the folder as the one document that they are.
Thesaurus earth() {
  std::string document;
  std::vector<std::filesystem::path> files;
  for (auto const& entry : std::filesystem::directory_iterator(TERRACAT_VOCABULARIES "/earth")) {
    if (entry.path().extension() == ".ttl") files.push_back(entry.path());
  }
  std::ranges::sort(files);
  for (auto const& file : files) document += read_file(file) + '\n';
  return Thesaurus(std::vector{drafted(document, "earth")});
}

bool says(Thesaurus const& all, std::string_view text, std::string_view other, Relation relation) {
  return std::ranges::any_of(all.expansions(text), [&](vocabulary::Expansion const& one) {
    return one.label.text == other && one.relation == relation;
  });
}

} // namespace

TEST_CASE("our own vocabulary is one scheme without faults", "[vocabulary][earth]") {
  auto const all = earth();
  REQUIRE(all.vocabularies().size() == 1);
  REQUIRE(all.schemes().size() == 1);
  CHECK(all.schemes()[0].uri == base);
  CHECK(all.schemes()[0].concepts == all.size());
  CHECK(all.schemes()[0].top_concepts.size() == 13);
  CHECK(all.size() >= 600);
  std::vector<std::string_view> compartments;
  for (auto const number : all.compartments()) {
    compartments.push_back(vocabulary::local_name(all.at(number).uri()));
  }
  std::ranges::sort(compartments);
  CHECK(compartments == std::vector<std::string_view>{"agro-environment", "atmosphere",
                                                      "biodiversity", "climate", "land-surfaces",
                                                      "ocean", "solid-earth"});
  auto const depth = all.at(all.find_address(std::string(base) + "aerosol-optical-depth").value());
  CHECK(depth.has_role(vocabulary::role::variable));
  CHECK_FALSE(depth.has_role(vocabulary::role::sub_domain));
  for (auto const& line : all.vocabularies()[0].report.lines()) {
    INFO(line.examples.at(0).where << ' ' << line.examples[0].excerpt);
    CHECK(line.count == 0);
  }
}

TEST_CASE("our own vocabulary carries words over languages and acronyms", "[vocabulary][earth]") {
  auto const all = earth();
  CHECK(says(all, "température de surface de la mer", "sea surface temperature", Relation::same));
  CHECK(says(all, "SST", "température de surface de la mer", Relation::same));
  CHECK(says(all, "Inondations", "flooding", Relation::same));
  CHECK(says(all, "banquise", "sea ice concentration", Relation::narrower));
  CHECK(says(all, "sea_ice_area_fraction", "couverture de glace de mer", Relation::same));
  CHECK(says(all, "GPS", "global navigation satellite system", Relation::same));
}

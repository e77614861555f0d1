// Groups of concepts, beside the hierarchy.

#include "support/corpus.hpp"
#include "unit/vocabulary/support.hpp"

using namespace terracat;
using namespace terracat::test;
using vocabulary::Thesaurus;

namespace {

std::string const prefix = "@prefix iso: <http://purl.org/iso25964/skos-thes#> .\n";

vocabulary::Group const& group(Thesaurus const& all, std::string_view address) {
  INFO(address);
  auto const place = all.find_group(address);
  REQUIRE(place);
  return all.groups()[*place];
}

Names inner(Thesaurus const& all, vocabulary::Group const& group) {
  Names out;
  for (auto const place : group.groups) {
    out.emplace_back(vocabulary::local_name(all.groups()[place].uri));
  }
  return out;
}

} // namespace

TEST_CASE("groups have concepts and groups, whoever says so", "[vocabulary][groups]") {
  auto const all = thesaurus(prefix + R"(
    ex:a a skos:Concept ; skos:prefLabel "a"@en ; iso:superGroup ex:g .
    ex:b a skos:Concept ; skos:prefLabel "b"@en .
    ex:g a iso:ConceptGroup ; skos:prefLabel "G"@en, "Gé"@fr ; skos:notation "1" ;
      skos:member ex:b, ex:a, ex:h, ex:gone .
    ex:h a skos:OrderedCollection ; skos:memberList ( ex:b ex:a ) ; iso:subGroup ex:g ;
      rdfs:label "H"@en .
    ex:i a skos:Collection, skos:Concept ; skos:prefLabel "i"@en ; skos:member ex:a .)");
  CHECK(all.size() == 3);
  REQUIRE(all.groups().size() == 2);
  auto const& g = group(all, "https://example.org/g/");
  CHECK(g.label.in("fr") == "Gé");
  CHECK(g.notation == "1");
  CHECK(names(all, g.members) == Names{"a", "b"});
  CHECK(inner(all, g) == Names{"h"});
  auto const& h = group(all, "http://example.org/h");
  CHECK(h.label.in("en") == "H");
  CHECK(names(all, h.members) == Names{"a", "b"});
  CHECK(inner(all, h) == Names{"g"});
  CHECK_FALSE(all.find_group("http://example.org/i"));
  auto const& report = all.vocabularies()[0].report;
  CHECK(report.count(FindingCode::relation_dangling) == 1);
  CHECK(all.digest() != thesaurus(R"(ex:a a skos:Concept ; skos:prefLabel "a"@en .)").digest());
}

TEST_CASE("a list of members that has no end is cut off", "[vocabulary][groups]") {
  auto const all = thesaurus(R"(
    @prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
    ex:a a skos:Concept ; skos:prefLabel "a"@en .
    ex:g a skos:OrderedCollection ; skos:memberList _:c .
    _:c rdf:first ex:a ; rdf:rest _:c .)");
  CHECK(names(all, group(all, "http://example.org/g").members) == Names{"a"});
}

TEST_CASE("groups of awkward vocabularies", "[vocabulary][groups][corpus]") {
  auto const folder = corpus();
  if (!folder) return;
  auto const from = *folder / "NatLibFi+Skosmos/tests/test-vocab-data";
  auto const load = [&](char const* name) {
    return Thesaurus(std::vector{drafted(read_file(from / name))});
  };
  auto const fish = load("groups.ttl");
  CHECK(fish.groups().size() == 4);
  CHECK(names(fish, group(fish, "http://www.skosmos.skos/groups/salt").members) ==
        Names{"ta111", "ta113"});
  CHECK(inner(fish, group(fish, "http://www.skosmos.skos/groups/fish")) == Names{"sub"});
  // Some groups say twice that they are in another one.
  auto const twice = load("dupgroup.ttl");
  CHECK(twice.groups().size() == 6);
  CHECK(inner(twice, group(twice, "http://www.skosmos.skos/dupgroup/species")) ==
        Names{"animalia"});
  CHECK(twice.vocabularies()[0].report.count(FindingCode::relation_dangling) == 1);
}

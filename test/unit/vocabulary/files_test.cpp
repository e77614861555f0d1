// Vocabularies in files and folders.

#include "support/temporary_folder.hpp"
#include "unit/vocabulary/support.hpp"
#include "vocabulary/files.hpp"

#include <fstream>

using namespace terracat;
using namespace terracat::test;
using vocabulary::Thesaurus;

namespace {

void write(std::filesystem::path const& path, std::string_view text) {
  std::filesystem::create_directories(path.parent_path());
  std::ofstream(path) << text;
}

std::string turtle(std::string_view statements) {
  return std::string(skos_prefixes) + std::string(statements);
}

Names codes(vocabulary::Loaded const& loaded) {
  Names out;
  for (auto const& failure : loaded.failures) {
    out.push_back(failure.vocabulary + " " + std::string(name(failure.finding.code)));
  }
  return out;
}

} // namespace

TEST_CASE("a file is a vocabulary, and so are the files of a folder", "[vocabulary][files]") {
  TemporaryFolder const folder;
  write(folder.path() / "one.ttl", turtle(R"(ex:x a skos:Concept ; skos:prefLabel "x"@en .)"));
  write(folder.path() / "many/scheme.ttl", turtle("ex:s a skos:ConceptScheme ."));
  write(folder.path() / "many/a.ttl",
        turtle(R"(ex:a a skos:Concept ; skos:prefLabel "a"@en ; skos:topConceptOf ex:s .)"));
  write(folder.path() / "many/b.nt",
        "<http://example.org/b> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> "
        "<http://www.w3.org/2004/02/skos/core#Concept> .\n"
        "<http://example.org/b> <http://www.w3.org/2004/02/skos/core#broader> "
        "<http://example.org/a> .\n");
  write(folder.path() / "many/README.md", "no vocabulary");
  RdfHere parser;
  std::vector<vocabulary::Place> const places{{"single", folder.path() / "one.ttl"},
                                              {"several", folder.path() / "many"}};
  auto const loaded = vocabulary::load(places, parser);
  CHECK(codes(loaded).empty());
  Thesaurus const all(loaded.drafts);
  REQUIRE(all.vocabularies().size() == 2);
  CHECK(all.vocabularies()[0].name == "single");
  CHECK(all.vocabularies()[1].concepts == 2);
  CHECK(names(all, all.schemes()[0].top_concepts) == Names{"a"});
  CHECK(names(all, all.at(number(all, "b")).broader()) == Names{"a"});
  CHECK(all.vocabularies()[1].report.count(FindingCode::label_missing) == 1);
}

TEST_CASE("one document that cannot be read keeps its vocabulary out", "[vocabulary][files]") {
  TemporaryFolder const folder;
  write(folder.path() / "good.ttl", turtle(R"(ex:x a skos:Concept ; skos:prefLabel "x"@en .)"));
  write(folder.path() / "half/a.ttl", turtle(R"(ex:a a skos:Concept ; skos:prefLabel "a"@en .)"));
  write(folder.path() / "half/b.ttl", "ex:b a");
  std::filesystem::create_directories(folder.path() / "empty");
  RdfHere parser;
  std::vector<vocabulary::Place> const places{{"half", folder.path() / "half"},
                                              {"empty", folder.path() / "empty"},
                                              {"gone", folder.path() / "gone.ttl"},
                                              {"device", "/dev/null"},
                                              {"good", folder.path() / "good.ttl"}};
  auto const loaded = vocabulary::load(places, parser);
  CHECK(codes(loaded) == Names{"half rdf-malformed", "empty file-unreadable",
                               "gone file-unreadable", "device file-unreadable"});
  REQUIRE(loaded.drafts.size() == 1);
  CHECK(loaded.drafts[0].name == "good");
}

TEST_CASE("the vocabulary that is shipped is sound", "[vocabulary][files]") {
  RdfHere parser;
  auto const loaded = vocabulary::load(vocabulary::shipped(), parser);
  CHECK(codes(loaded).empty());
  Thesaurus const all(loaded.drafts);
  REQUIRE(all.vocabularies().size() == 1);
  auto const& earth = all.vocabularies()[0];
  CHECK(earth.name == "earth");
  CHECK(earth.concepts >= 600);
  CHECK(earth.languages.size() == 2);
  for (auto const& line : earth.report.lines()) UNSCOPED_INFO(name(line.code));
  CHECK(earth.report.lines().empty());
  REQUIRE(all.schemes().size() == 1);
  CHECK(all.schemes()[0].concepts == earth.concepts);
}

TEST_CASE("other content has another digest", "[vocabulary]") {
  auto const digest = [](std::string_view statements) { return thesaurus(statements).digest(); };
  auto const first = digest(R"(ex:a a skos:Concept ; skos:prefLabel "a"@en .)");
  CHECK(digest(R"(ex:a a skos:Concept ; skos:prefLabel "a"@en .)") == first);
  CHECK(digest(R"(ex:a a skos:Concept ; skos:prefLabel "a"@fr .)") != first);
  CHECK(digest(R"(ex:a a skos:Concept ; skos:altLabel "a"@en .)") != first);
  CHECK(digest(R"(ex:a a skos:Concept ; skos:prefLabel "a"@en ; owl:deprecated true .)") != first);
  CHECK(digest(R"(ex:b a skos:Concept ; skos:prefLabel "a"@en .)") != first);
  auto const two = R"(ex:a a skos:Concept . ex:b a skos:Concept . )";
  CHECK(digest(std::string(two) + "ex:a skos:broader ex:b .") !=
        digest(std::string(two) + "ex:b skos:broader ex:a ."));
  CHECK(digest("ex:a a skos:Concept ; skos:exactMatch ex:c .") !=
        digest("ex:a a skos:Concept ; skos:closeMatch ex:c ."));
}

// What a thesaurus answers: addresses, labels, completions, expansions, what is the same.

#include "unit/vocabulary/support.hpp"
#include "vocabulary/address.hpp"

using namespace terracat;
using namespace terracat::test;
using vocabulary::address_key;
using vocabulary::Relation;
using vocabulary::Thesaurus;

namespace {

Names found(Thesaurus const& all, std::string_view text) {
  Names out;
  for (auto const& match : all.find(text)) out.push_back(name(all, match.number));
  return out;
}

Names completed(Thesaurus const& all, std::string_view text,
                vocabulary::CompletionRules const& rules = {}) {
  Names out;
  for (auto const& completion : all.complete(text, rules)) {
    out.push_back(name(all, completion.number) + ":" + std::string(completion.label.text));
  }
  return out;
}

/// `text=weight` in hundredths.
Names expanded(Thesaurus const& all, std::string_view text,
               vocabulary::ExpansionRules const& rules = {}) {
  Names out;
  for (auto const& expansion : all.expansions(text, rules)) {
    auto const weight = static_cast<int>(expansion.weight * 100 + 0.5);
    out.push_back(std::string(expansion.label.text) + "=" + std::to_string(weight));
  }
  return out;
}

constexpr std::string_view weather = R"(
ex:precipitation a skos:Concept ;
  skos:prefLabel "precipitation"@en, "précipitations"@fr ; skos:narrower ex:rain, ex:old .
ex:rain a skos:Concept ; skos:prefLabel "rain"@en, "pluie"@fr ; skos:altLabel "rainfall"@en ;
  skos:hiddenLabel "rian"@en ; skos:notation "R.1" ; skos:narrower ex:drizzle .
ex:drizzle a skos:Concept ; skos:prefLabel "drizzle"@en, "bruine"@fr ; skos:narrower ex:mist .
ex:mist a skos:Concept ; skos:prefLabel "mist"@en .
ex:old a skos:Concept ; skos:prefLabel "hyetal events"@en ; owl:deprecated true ;
  dct:isReplacedBy ex:rain .
)";

} // namespace

TEST_CASE("forms of one address have one key", "[vocabulary]") {
  auto const [a, b] = GENERATE(table<char const*, char const*>(
      {{"http://example.org/a", "https://EXAMPLE.org/a/"},
       {"https://example.org:443/a", "http://example.org:80/a"},
       {"http://gcmdservices.gsfc.nasa.gov/kms/concept/1-2",
        "https://gcmd.earthdata.nasa.gov/kms/concepts/1-2"},
       {"SDN:P01::TEMPPR01", "http://vocab.nerc.ac.uk/collection/P01/current/TEMPPR01/"},
       {"sdn:P01:75:TEMPPR01", "https://vocab.nerc.ac.uk/collection/P01/current/TEMPPR01"}}));
  CHECK(address_key(a) == address_key(b));
}

TEST_CASE("other addresses have other keys", "[vocabulary]") {
  auto const [a, b] =
      GENERATE(table<char const*, char const*>({{"http://example.org/a", "http://example.org/A"},
                                                {"http://example.org/a", "http://example.org/a#a"},
                                                {"http://example.org/a", "ftp://example.org/a"},
                                                {"urn:a", "urn:a/"},
                                                {"SDN:P01::A", "SDN:P02::A"}}));
  CHECK(address_key(a) != address_key(b));
}

TEST_CASE("a concept is found by any form of its address", "[vocabulary]") {
  auto const all = thesaurus(weather);
  CHECK(all.find_address("https://Example.org/rain/") == number(all, "rain"));
  CHECK_FALSE(all.find_address("http://example.org/rai"));
  CHECK_FALSE(all.find_address(""));
  CHECK(all.find_address("http://example.org/old"));
}

TEST_CASE("labels are found whatever their case and accents", "[vocabulary]") {
  auto const all = thesaurus(weather);
  CHECK(found(all, "Precipitations") == Names{"precipitation"});
  CHECK(found(all, " PLUIE ") == Names{"rain"});
  CHECK(found(all, "rian") == Names{"rain"});
  CHECK(found(all, "r.1") == Names{"rain"});
  CHECK(found(all, "r-1").empty());
  CHECK(found(all, "hyetal  events") == Names{"old"});
  CHECK(found(all, "precipitat").empty());
  CHECK(found(all, "").empty());
  CHECK(found(all, "§").empty());
  CHECK(all.find("Pluie")[0].is_same_case == false);
  CHECK(all.find("pluie")[0].is_same_case == true);
}

TEST_CASE("who says most is found first", "[vocabulary]") {
  auto const all = thesaurus(R"(
    ex:old a skos:Concept ; skos:prefLabel "soil"@en ; owl:deprecated true .
    ex:alt a skos:Concept ; skos:prefLabel "ground"@en ; skos:altLabel "soil"@en .
    ex:pref a skos:Concept ; skos:prefLabel "soil"@en ; skos:altLabel "SOIL"@fr .)");
  CHECK(found(all, "soil") == Names{"pref", "alt", "old"});
}

TEST_CASE("acronyms are told from words by their case", "[vocabulary]") {
  auto const all = thesaurus(R"(
    ex:ice a skos:Concept ; skos:prefLabel "ice"@en .
    ex:engine a skos:Concept ; skos:prefLabel "combustion engine"@en ; skos:altLabel "ICE"@en .
    ex:sst a skos:Concept ; skos:prefLabel "sea surface temperature"@en ; skos:altLabel "SST"@en .)");
  CHECK(found(all, "ICE") == Names{"engine", "ice"});
  CHECK(found(all, "ice") == Names{"ice"});
  CHECK(found(all, "Ice") == Names{"ice"});
  CHECK(found(all, "sst") == Names{"sst"});
  CHECK(found(all, "SST") == Names{"sst"});
}

TEST_CASE("beginnings are completed in order, without what is deprecated or hidden",
          "[vocabulary]") {
  auto const all = thesaurus(weather);
  CHECK(completed(all, "r") == Names{"rain:rain"});
  CHECK(completed(all, "Rainf") == Names{"rain:rainfall"});
  CHECK(completed(all, "ri").empty());
  CHECK(completed(all, "hy").empty());
  CHECK(completed(all, "P") == Names{"rain:pluie", "precipitation:precipitation"});
  CHECK(completed(all, "p", {.limit = 1}) == Names{"rain:pluie"});
  CHECK(completed(all, "p", {.language = "en"}) == Names{"precipitation:precipitation"});
  CHECK(completed(all, "p", {.language = "fr"}) ==
        Names{"rain:pluie", "precipitation:précipitations"});
  CHECK(completed(all, "p", {.language = "de"}).empty());
  CHECK(completed(all, "p", {.vocabulary = 1}).empty());
  CHECK(completed(all, "zz").empty());
  CHECK(completed(all, "").empty());
}

TEST_CASE("regions count as their language when labels are completed", "[vocabulary]") {
  auto const all = thesaurus(R"(
    ex:a a skos:Concept ; skos:prefLabel "colour"@en-GB .
    ex:b a skos:Concept ; skos:prefLabel "color b"@en .
    ex:c a skos:Concept ; skos:prefLabel "columne"@eng .)");
  CHECK(completed(all, "col", {.language = "en"}) == Names{"b:color b", "a:colour"});
}

TEST_CASE("labels fit patterns", "[vocabulary]") {
  auto const all = thesaurus(weather);
  auto const fitting = [&](std::string_view pattern, vocabulary::PatternRules const& rules = {}) {
    Names out;
    for (auto const& found : all.fitting(pattern, rules)) out.emplace_back(found.label.text);
    return out;
  };
  CHECK(fitting("rain") == Names{"rain"});
  CHECK(fitting("R*") == Names{"rain", "rainfall", "rian"});
  CHECK(fitting("*fall") == Names{"rainfall"});
  CHECK(fitting("*IP*ations") == Names{"précipitations"});
  CHECK(fitting("p*n") == Names{"precipitation"});
  CHECK(fitting("*hyetal*").empty());
  CHECK(fitting("rain*rain").empty());
  CHECK(fitting("r*", {.is_unique = true}) == Names{"rain"});
  CHECK(fitting("r*", {.limit = 1, .offset = 1}) == Names{"rainfall"});
  CHECK(fitting("*", {.language = "fr"}) == Names{"bruine", "pluie", "précipitations"});
  CHECK(fitting("r*", {.counts = [](auto) { return false; }}).empty());
  CHECK(fitting("*").size() == 9);
  CHECK(fitting("").empty());
}

TEST_CASE("a text is said in other words", "[vocabulary]") {
  auto const all = thesaurus(weather);
  CHECK(expanded(all, "Pluie") == Names{"pluie=100", "rain=100", "rainfall=90", "rian=70",
                                        "bruine=60", "drizzle=60", "mist=36"});
  CHECK(expanded(all, "rainfall") == Names{"rainfall=100", "pluie=90", "rain=90", "rian=63",
                                           "bruine=54", "drizzle=54", "mist=32"});
  CHECK(expanded(all, "precipitation", {.narrower_depth = 0}) ==
        Names{"precipitation=100", "précipitations=100"});
  CHECK(expanded(all, "pluie", {.limit = 2}) == Names{"pluie=100", "rain=100"});
  CHECK(expanded(all, "precipitation", {.concepts = 2}) ==
        Names{"precipitation=100", "précipitations=100", "pluie=60", "rain=60", "rainfall=54",
              "rian=42"});
  CHECK(expanded(all, "rain", {.narrower_depth = 0, .broader = 0.5}) ==
        Names{"pluie=100", "rain=100", "rainfall=90", "rian=70", "precipitation=50",
              "précipitations=50"});
  CHECK(expanded(all, "R.1").empty());
  CHECK(expanded(all, "snow").empty());
}

TEST_CASE("what replaces a deprecated concept speaks for it", "[vocabulary]") {
  auto const all = thesaurus(weather);
  CHECK(names(all, all.current(number(all, "old"))) == Names{"rain"});
  CHECK(names(all, all.current(number(all, "rain"))) == Names{"rain"});
  CHECK(expanded(all, "hyetal events", {.narrower_depth = 0}) ==
        Names{"hyetal events=100", "pluie=100", "rain=100", "rainfall=90", "rian=70"});
}

TEST_CASE("replacements are followed over circles", "[vocabulary]") {
  auto const all = thesaurus(R"(
    ex:a a skos:Concept ; skos:prefLabel "a" ; owl:deprecated true ; dct:isReplacedBy ex:b .
    ex:b a skos:Concept ; skos:prefLabel "b" ; owl:deprecated true ; dct:isReplacedBy ex:a, ex:c, ex:d .
    ex:c a skos:Concept ; skos:prefLabel "c" .
    ex:d a skos:Concept ; skos:prefLabel "d" .
    ex:e a skos:Concept ; skos:prefLabel "e" ; owl:deprecated true .)");
  CHECK(names(all, all.current(number(all, "a"))) == Names{"c", "d"});
  CHECK(all.current(number(all, "e")).empty());
}

TEST_CASE("exact matches join vocabularies, over what nobody describes", "[vocabulary]") {
  auto const prefixes = std::string(skos_prefixes);
  std::vector const drafts{drafted(prefixes + R"(
        ex:a a skos:Concept ; skos:prefLabel "rain"@en ; skos:exactMatch <http://far.org/1> .
        ex:near a skos:Concept ; skos:prefLabel "near"@en ; skos:closeMatch ex:b .)",
                                   "one"),
                           drafted(prefixes + R"(
        ex:b a skos:Concept ; skos:prefLabel "Regen"@de ; skos:exactMatch <https://far.org/1/>, ex:c .
        ex:c a skos:Concept ; skos:prefLabel "lluvia"@es ; skos:exactMatch ex:b .)",
                                   "two")};
  Thesaurus const all{drafts};
  CHECK(names(all, all.equivalents(number(all, "a"))) == Names{"b", "c"});
  CHECK(names(all, all.equivalents(number(all, "c"))) == Names{"a", "b"});
  CHECK(all.equivalents(number(all, "near")).empty());
  CHECK(expanded(all, "rain") == Names{"rain=100", "lluvia=90", "Regen=90"});
  auto const relations = all.expansions("rain");
  CHECK(relations[0].relation == Relation::same);
  CHECK(relations[1].relation == Relation::equivalent);
  CHECK(all.at(number(all, "c")).vocabulary() == 1);
}

TEST_CASE("a chain of exact matches ends where it cannot be meant", "[vocabulary]") {
  std::string turtle;
  constexpr int count = 100;
  for (int i = 0; i < count; ++i) {
    turtle += "ex:c" + std::to_string(i) + " a skos:Concept ; skos:prefLabel \"c" +
              std::to_string(i) + "\"@en ; skos:exactMatch ex:c" + std::to_string(i + 1) + " .\n";
  }
  auto const all = thesaurus(turtle);
  CHECK(all.equivalents(number(all, "c0")).size() == 63);
  CHECK(all.equivalents(number(all, "c99")).size() == 35);
  CHECK(all.vocabularies()[0].report.count(FindingCode::match_left_out) == 1);
}

TEST_CASE("a concept that two vocabularies describe is that of the first one", "[vocabulary]") {
  auto const prefixes = std::string(skos_prefixes);
  std::vector const drafts{
      drafted(prefixes + "ex:a a skos:Concept ; skos:prefLabel \"rain\"@en .", "one"),
      drafted(prefixes + "ex:a a skos:Concept ; skos:prefLabel \"pluie\"@fr .", "two")};
  Thesaurus const all{drafts};
  CHECK(all.size() == 1);
  CHECK(all.vocabularies()[0].concepts == 1);
  CHECK(all.vocabularies()[1].concepts == 0);
  CHECK(found(all, "pluie") == Names{"a"});
  CHECK(all.vocabularies()[1].report.lines().empty());
}

TEST_CASE("a label is told in the language that is wanted, else in another one", "[vocabulary]") {
  auto const all = thesaurus(R"(
    ex:all a skos:Concept ; skos:prefLabel "de"@de, "en"@en, "fr"@fr .
    ex:en a skos:Concept ; skos:prefLabel "de"@de, "en"@en-GB .
    ex:de a skos:Concept ; skos:prefLabel "de"@de ; skos:altLabel "alt"@fr .
    ex:alt a skos:Concept ; skos:altLabel "alt"@it .
    ex:none a skos:Concept ; skos:hiddenLabel "hidden"@it .
    ex:c_12 a skos:Concept .)");
  auto const label = [&](char const* of, std::vector<std::string> const& languages = {}) {
    return std::string(all.at(number(all, of)).label(languages).text);
  };
  CHECK(label("all") == "fr");
  CHECK(label("all", {"it", "de"}) == "de");
  CHECK(label("en") == "en");
  CHECK(label("de") == "de");
  CHECK(label("alt") == "alt");
  CHECK(label("none") == "hidden");
  CHECK(label("c_12") == "c_12");
}

TEST_CASE("a thesaurus of nothing answers with nothing", "[vocabulary]") {
  Thesaurus const all;
  CHECK(all.size() == 0);
  CHECK(all.vocabularies().empty());
  CHECK(all.find("a").empty());
  CHECK(all.complete("a").empty());
  CHECK(all.complete("a", {.language = "en"}).empty());
  CHECK(all.expansions("a").empty());
  CHECK_FALSE(all.find_address("http://example.org/a"));
}

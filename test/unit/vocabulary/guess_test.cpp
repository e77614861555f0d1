// What somebody may mean who is typing.

#include "unit/vocabulary/support.hpp"
#include "vocabulary/guess.hpp"

using namespace terracat;
using namespace terracat::test;
using vocabulary::Nearness;

namespace {

/// `rain same`: the end of the address, and how near its label is.
std::vector<std::string> guessed(vocabulary::Thesaurus const& all, std::string_view typed,
                                 std::size_t limit = 10) {
  std::vector<std::string> out;
  for (auto const& guess : vocabulary::guesses(all, typed, limit)) {
    out.push_back(name(all, guess.number) + (guess.nearness == Nearness::same     ? " same"
                                             : guess.nearness == Nearness::begins ? " begins"
                                                                                  : " mistyped"));
  }
  return out;
}

constexpr std::string_view weather = R"(
ex:rain a skos:Concept ; skos:prefLabel "précipitations"@fr, "precipitation"@en ; skos:altLabel "rain"@en .
ex:ice a skos:Concept ; skos:prefLabel "sea ice"@en ; skos:altLabel "banquise"@fr .
ex:rainbow a skos:Concept ; skos:prefLabel "rainbow"@en .
ex:old a skos:Concept ; skos:prefLabel "rainfall"@en ; owl:deprecated true .
)";

} // namespace

TEST_CASE("what is typed is guessed by the beginnings of labels", "[vocabulary][guess]") {
  auto const all = thesaurus(weather);
  CHECK(guessed(all, "rain") == Names{"rain same", "rainbow begins"});
  CHECK(guessed(all, "RAI") == Names{"rain begins", "rainbow begins"});
  CHECK(guessed(all, "preci") == Names{"rain begins"});
  CHECK(guessed(all, "rai", 1) == Names{"rain begins"});
  CHECK(guessed(all, "").empty());
  CHECK(guessed(all, "rainf") == Names{"rain mistyped", "rainbow mistyped"}); // not the old one
}

TEST_CASE("plurals and one wrong letter of a longer word are forgiven", "[vocabulary][guess]") {
  auto const all = thesaurus(weather);
  CHECK(guessed(all, "rainbows") == Names{"rainbow same"});
  CHECK(guessed(all, "banqiuse") == Names{"ice mistyped"}); // neighbours
  CHECK(guessed(all, "banquis") == Names{"ice begins"});
  CHECK(guessed(all, "bnquise") == Names{"ice mistyped"});   // missing
  CHECK(guessed(all, "bannquise") == Names{"ice mistyped"}); // needless
  CHECK(guessed(all, "bamquise") == Names{"ice mistyped"});  // wrong
  CHECK(guessed(all, "bamquises") == Names{"ice mistyped"});
  CHECK(guessed(all, "bamqiuse").empty());
  CHECK(guessed(all, "rian").empty()); // four letters
  CHECK(guessed(all, std::string(70, 'x')).empty());
}

TEST_CASE("each word loses the end of its plural", "[vocabulary][guess]") {
  CHECK(vocabulary::without_plurals("incendies de for\u00eats") == "incendie de for\u00eat");
  CHECK(vocabulary::without_plurals("eaux-vives") == "eau-vive");
  CHECK(vocabulary::without_plurals("gas") ==
        "ga"); // no dictionary: it is asked for beside the text
  CHECK(vocabulary::without_plurals("").empty());
}

#include "query/evaluate.hpp"
#include "query/free_text.hpp"
#include "query/words.hpp"

#include "support/catch.hpp"

using namespace terracat;
using namespace terracat::query;
using Catch::Matchers::Contains;

namespace {

/// Whether the condition is true of what says only this; of nothing else it is asked.
bool holds(Expression const& condition, std::string const& words) {
  if (auto const* const like = std::get_if<Like>(&condition.node)) {
    return words.find(" " + std::string(phrase_in(*like).value()) + " ") != std::string::npos;
  }
  if (auto const* const none = std::get_if<Not>(&condition.node)) {
    return !holds(none->of.front(), words);
  }
  if (auto const* const all = std::get_if<And>(&condition.node)) {
    return std::ranges::all_of(all->of, [&](auto const& one) { return holds(one, words); });
  }
  auto const& any = std::get<Or>(condition.node);
  return std::ranges::any_of(any.of, [&](auto const& one) { return holds(one, words); });
}

/// Which of some texts are found.
std::string found(std::string_view asked) {
  auto const condition = read_free_text(asked).value();
  std::string out;
  for (auto const* const text : {"climate model", "model of climate", "climate", "model", "fox",
                                 "quick fox", "quick brown fox", "brown", "and or"}) {
    if (!holds(condition, words_of(text))) continue;
    out += (out.empty() ? "" : ", ") + std::string(text);
  }
  return out;
}

std::string problem(std::string_view text, FreeTextLimits const& limits = {}) {
  return read_free_text(text, limits).error().detail;
}

} // namespace

TEST_CASE("the examples of the extension find what it says they find") {
  CHECK(found("climate") == "climate model, model of climate, climate");
  CHECK(found("\"climate model\"") == "climate model");
  CHECK(found("climate model") == "climate model, model of climate, climate, model");
  CHECK(found("climate OR model") == "climate model, model of climate, climate, model");
  CHECK(found("climate AND model") == "climate model, model of climate");
  CHECK(found("(quick OR brown) AND fox") == "quick fox, quick brown fox");
  CHECK(found("quick +brown -fox") == "brown");
}

TEST_CASE("a list with commas alone has phrases") {
  CHECK(found("climate model,fox") == "climate model, fox, quick fox, quick brown fox");
  CHECK(found(" climate model , brown,") == "climate model, quick brown fox, brown");
}

TEST_CASE("AND binds more than OR, a blank or a comma") {
  CHECK(found("brown OR quick AND fox") == "quick fox, quick brown fox, brown");
  CHECK(found("brown, quick AND fox") == "quick fox, quick brown fox, brown");
  CHECK(found("brown quick AND fox") == "quick fox, quick brown fox, brown");
  CHECK(found("(brown OR quick) AND fox AND (brown)") == "quick brown fox");
}

TEST_CASE("what stands behind + and - has to be there, or not") {
  CHECK(found("+quick +brown") == "quick brown fox");
  CHECK(found("+quick climate") == "quick fox, quick brown fox");
  CHECK(found("fox -quick") == "fox");
  CHECK(found("-fox -climate") == "model, brown, and or");
  CHECK(found("fox AND -quick") == "fox");
  CHECK(found("+quick AND fox climate") == "quick fox, quick brown fox");
  CHECK(found("+(quick OR climate) -\"climate model\" -brown") ==
        "model of climate, climate, quick fox");
}

TEST_CASE("small letters are words, and signs within words are theirs") {
  CHECK(found("and") == "and or");
  CHECK(found("quick-brown") == "quick brown fox");
  CHECK(found("\"AND\" AND or") == "and or");
}

TEST_CASE("what cannot be read is told with its place") {
  CHECK(problem("") == "character 1: expected a word with letters or digits");
  CHECK(problem("été AND") == "character 8: expected a word with letters or digits");
  CHECK(problem("OR a") == "character 1: expected a word with letters or digits");
  CHECK(problem("a --b") == "character 4: expected a word with letters or digits");
  CHECK(problem("a \"b") == "character 3: the quotation mark is not closed");
  CHECK(problem("a AND (b") == "character 7: the bracket is not closed");
  CHECK(problem("a ) b") == "character 3: there is no bracket that this one closes");
  CHECK(problem("()") == "character 2: expected a word with letters or digits");
  CHECK(problem("a, --") == "character 5: expected a word with letters or digits");
  CHECK(problem("sea ice,%%") == "character 9: expected a word with letters or digits");
  CHECK(problem("éé, é é,%%") == "character 9: expected a word with letters or digits");
  std::string words;
  for (int i = 0; i < 51; ++i) words += "a ";
  CHECK(problem("b \"" + words + "\"") == "character 3: a phrase has at most 50 words");
  CHECK(problem("b," + words) == "character 3: a phrase has at most 50 words");
  CHECK(problem(std::string(200, 'a') + "-" + words).empty() == false);
  words.resize(100);
  CHECK(read_free_text("\"" + words + "\""));
  CHECK(problem("((a))", {.depth = 2}) == "character 3: brackets stand too deep in each other");
  CHECK_FALSE(read_free_text("(a)", {.depth = 1}));
  CHECK(read_free_text("(a)", {.depth = 2}));
  CHECK(problem("a b c", {.phrases = 2}) == "at most 2 words and phrases can be asked for");
  CHECK(problem("a,b,c", {.phrases = 2}) == "at most 2 words and phrases can be asked for");
}

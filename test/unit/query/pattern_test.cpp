#include "query/collation.hpp"
#include "query/pattern.hpp"

#include "support/catch.hpp"

#include <algorithm>
#include <vector>

using namespace terracat::query;

TEST_CASE("a pattern matches as LIKE of CQL2 does") {
  CHECK(matches("Sentinel-2A", "Sentinel-%"));
  CHECK(matches("Sentinel-2A", "%2_"));
  CHECK(matches("Sentinel-2A", "S%n%2%"));
  CHECK_FALSE(matches("Sentinel-2A", "sentinel%"));
  CHECK_FALSE(matches("Sentinel-2A", "Sentinel"));
  CHECK_FALSE(matches("Sentinel-2A", "%2"));
  CHECK(matches("", "%"));
  CHECK(matches("", ""));
  CHECK_FALSE(matches("", "_"));
  CHECK(matches("été", "_t_"));
  CHECK_FALSE(matches("été", "__t__"));
  CHECK(matches("50%", "50\\%"));
  CHECK_FALSE(matches("50 %", "50\\%"));
  CHECK(matches("a_b", "a\\_b"));
  CHECK_FALSE(matches("axb", "a\\_b"));
  CHECK(matches("a\\b", "a\\\\b"));
  CHECK(matches("aXbXc", "a%X%c"));
  CHECK(matches("abcabd", "%abd"));
  CHECK(matches("abcabd", "%ab_"));
  CHECK_FALSE(matches("abcabd", "%abe%"));
  CHECK(matches("aéaéb", "%é_é%"));
  CHECK(matches("x50%y50%%", "%50\\%\\%"));
  CHECK_FALSE(matches("ab", "%abc"));
  CHECK_FALSE(matches("a\\", "a\\")); // an escape that escapes nothing
  CHECK_FALSE(matches("a", "\\"));
}

TEST_CASE("a pattern of many wildcards takes no longer than the two lengths allow") {
  std::string const text(2000, 'a');
  std::string pattern;
  for (int i = 0; i < 200; ++i) pattern += "%a";
  CHECK_FALSE(matches(text, pattern + "%b"));
}

TEST_CASE("an escaped text matches itself and nothing else") {
  CHECK(escaped_pattern("50%_\\") == "50\\%\\_\\\\");
  CHECK(matches("50%_\\", escaped_pattern("50%_\\")));
  CHECK_FALSE(matches("50x_\\", escaped_pattern("50%_\\")));
}

TEST_CASE("text sorts as a dictionary does, not by code points") {
  Collation const collation;
  std::vector<std::string> words{"zone", "Été", "ete", "Zebra", "été", "eau", "10", "_", "écran"};
  std::ranges::sort(words, {}, [&](auto const& word) { return collation.key(word); });
  CHECK(words ==
        std::vector<std::string>{"_", "10", "eau", "écran", "ete", "été", "Été", "Zebra", "zone"});
  CHECK(collation.key(std::string(100'000, 'x')).size() == Collation::longest_key);
}

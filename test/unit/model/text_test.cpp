#include <terracat/text.hpp>

#include "support/catch.hpp"

#include <vector>

using namespace terracat;
using Strings = std::vector<std::string>;

TEST_CASE("letters of ASCII are lowered, others stay") {
  CHECK(lowered("AbZ[@`{-9") == "abz[@`{-9");
  CHECK(lowered("\xC3\x89T\xC3\x89") == "\xC3\x89t\xC3\x89");
  CHECK(equal_ignoring_case("SortBy", "sORTbY"));
  CHECK_FALSE(equal_ignoring_case("SortBy", "SortB"));
  CHECK_FALSE(equal_ignoring_case("@", "`")); // they differ by the bit of the case
}

TEST_CASE("blanks around a text are dropped, those within it stay") {
  CHECK(trimmed("\r\n a \t b\t") == "a \t b");
  CHECK(trimmed(" \t\r\n").empty());
  CHECK(trimmed("").empty());
  CHECK(trimmed(" \na ", " ") == "\na");
}

TEST_CASE("numbers and bytes are written to base 16") {
  CHECK(hexadecimal(0x1234abcdU) == "000000001234abcd");
  CHECK(hexadecimal(0x1234abcdU, 4) == "abcd");
  CHECK(hexadecimal_bytes(std::string_view("\x00\x7F\xFF", 3)) == "007fff");
}

TEST_CASE("what is no letter, digit or mark is percent-encoded") {
  CHECK(percent_encoded("aZ9-._~ /\xC3\xA9") == "aZ9-._~%20%2F%C3%A9");
  CHECK(percent_encoded("a/b:c", "/") == "a/b%3Ac");
}

TEST_CASE("names are listed with commas") {
  CHECK(listed(Strings{}) == "");
  CHECK(listed(Strings{"a"}) == "a");
  CHECK(listed(Strings{"", "b"}) == ", b");
  CHECK(listed(std::vector<std::pair<std::string, int>>{{"a", 1}, {"b", 2}},
               &std::pair<std::string, int>::first) == "a, b");
}

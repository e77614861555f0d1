#include "json/outline.hpp"

#include "support/catch.hpp"

using terracat::json::Outline;

TEST_CASE("an outline knows the outermost members only, strings and brackets notwithstanding") {
  Outline const outline(
      R"({"a":{"type":"inner"},"b":"}\",\"type\":\"x","list":[{"type":1}],"type" : "outer" ,"n":12})");
  CHECK(outline.string("type") == "outer");
  CHECK(outline.value("a") == R"({"type":"inner"})");
  CHECK(outline.value("n") == "12");
  CHECK(outline.string("n").empty());
  CHECK(outline.string("b").empty()); // escapes
  CHECK(outline.has("list"));
  CHECK_FALSE(outline.has("inner"));
}

TEST_CASE("an outline of broken text is what its beginning looks like") {
  CHECK(Outline(R"({"type":"Feature","x)").string("type") == "Feature");
  CHECK(Outline(R"({"type":"Fea)").string("type").empty());
  CHECK(Outline(R"({"type")").string("type").empty());
  CHECK(Outline(R"({"a":1]"type":"x"})").string("type").empty());
  CHECK(Outline(R"({,,"type":"x"})").string("type") == "x");
  CHECK(Outline("{\"a\":\"\\").value("a") == "\"\\");
}

TEST_CASE("an outline of members without their braces") {
  auto const outline = Outline::of_members(R"("a":{"b":[1,2]},"c":"d\\","e":[)");
  CHECK(outline.value("c") == R"("d\\")");
  CHECK(outline.value("a") == R"({"b":[1,2]})"); // the order in which they are asked for is free
  CHECK(outline.value("e") == "[");
  CHECK_FALSE(outline.has("b"));
  CHECK_FALSE(Outline::of_members("").has("a"));
}

TEST_CASE("of a name that occurs twice an outline knows the first member") {
  Outline const outline(R"({"a":1,"b":2,"a":3})");
  CHECK(outline.value("a") == "1");
  CHECK(outline.value("b") == "2");
  CHECK(outline.value("a") == "1");
}

#include "json/plain.hpp"

#include <terracat/json.hpp>

#include "support/catch.hpp"

using namespace terracat;
using json::Document;
using json::Kind;
using json::Writer;

TEST_CASE("values are read for what they are, and nothing else") {
  auto const document =
      Document::parse(R"({"a":[1,2.5,"x",null,true],"b":{"c":"déjà"},"big":18446744073709551615})");
  REQUIRE(document);
  auto const root = document->root();
  REQUIRE(root.member("a"));
  std::vector<Kind> kinds;
  for (auto const element : root.member("a")->elements()) kinds.push_back(element.kind());
  CHECK(kinds == std::vector{Kind::number, Kind::number, Kind::string, Kind::null, Kind::boolean});
  CHECK(root.member("b")->string("c") == "déjà");
  CHECK_FALSE(root.string("a"));
  CHECK_FALSE(root.member("nothing"));
  CHECK_FALSE(root.member("a")->member("c"));
  CHECK_FALSE(root.member("big")->integer());
  CHECK(root.member("big")->number() == 18446744073709551615.0);
  CHECK(root.size() == 3);
  CHECK(root.text() ==
        R"({"a":[1,2.5,"x",null,true],"b":{"c":"déjà"},"big":18446744073709551615})");
}

TEST_CASE("the first of two members with one name counts, or both are refused") {
  CHECK(*Document::parse(R"({"a":1,"a":2})")->root().member("a")->integer() == 1);
  CHECK_FALSE(Document::parse(R"([{"x":{"a":1,"b":3,"a":2}}])", {.unique_names = true}));
  CHECK(Document::parse(R"([{"a":1,"b":3},{"a":2}])", {.unique_names = true}));
  CHECK_FALSE(Document::parse(R"([[1,2.5],[[-3],[18446744073709551615,{"a":1,"a":2}]]])",
                              {.unique_names = true}));
  // Numbers whose highest byte is that of a brace, a bracket and a number in simdjson's words.
  CHECK(Document::parse("[1.3e286,8863084066665136128,[2.2e-99,1.7e201],\"x\"]",
                        {.unique_names = true}));
}

TEST_CASE("a fault is named with its place") {
  auto const refused = Document::parse("{\n  \"a\": tru\n}");
  REQUIRE_FALSE(refused);
  CHECK(refused.error().kind == ProblemKind::invalid_body);
  CHECK(refused.error().where == "line 2, column 11");
  auto const longer = Document::parse(std::string_view("[1]\n\0\0", 6));
  REQUIRE_FALSE(longer);
  CHECK(longer.error().where == "line 2, column 1");
  CHECK_FALSE(Document::parse(""));
  CHECK_FALSE(Document::parse("{} {}"));
  CHECK_FALSE(Document::parse("\"\xff\""));
  CHECK_FALSE(Document::parse("[1e400]"));
  CHECK(Document::parse("[1e400]").error().detail.find("too big") != std::string::npos);
}

TEST_CASE("half a surrogate pair is named with its place, a whole one is read") {
  for (auto const* const text :
       {R"(["\\ud834\udd1e","\udd1e"])", R"(["\uD834\uDD1E12","\uDD1E"])"}) {
    auto const refused = Document::parse(text);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().detail.find("surrogate") != std::string::npos);
    CHECK(refused.error().where != "");
  }
  CHECK(Document::parse(R"(["a","\udd00"])").error().where == "line 1, column 7");
  CHECK_FALSE(Document::parse(R"(["\ud834"])"));
  CHECK(Document::parse(R"(["\ud834\udd1e"])"));
}

TEST_CASE("depth and length are bounded") {
  std::string const deep = std::string(100, '[') + std::string(100, ']');
  CHECK_FALSE(Document::parse(deep));
  CHECK(Document::parse(deep, {.depth = 200}));
  CHECK_FALSE(Document::parse(std::string(1'000'000, '[')));
  CHECK_FALSE(Document::parse("[1,2,3]", {.bytes = 6}));
  json::Parser reused;
  CHECK(reused.parse("[]"));
  CHECK_FALSE(reused.parse(deep));
  CHECK(reused.parse("[" + std::string(100'000, ' ') + "7]"));
}

TEST_CASE("numbers that break other readers are read exactly") {
  auto const number = [](std::string const& text) {
    return *Document::parse("[" + text + "]")->root().elements().begin().operator*().number();
  };
  CHECK(number("1e-325") == 0.0);
  CHECK(number("0.184467440737095516159") == 0.184467440737095516159);
  CHECK(number("128.74836467836484838364836483643636483648e-336") == 0.0);
}

TEST_CASE("a writer writes what a parser reads") {
  Writer out;
  out.begin_object();
  out.name("text").string("tab\t\"quote\" </script>");
  out.name("whole").number(12.0).name("half").number(0.5).name("none").number(1.0 / 0.0);
  out.member("absent", "").member("present", "é");
  out.name("raw").raw("[1]").name("list").begin_array().boolean(true).null().end_array();
  out.end_object();
  CHECK(out.take() == R"({"text":"tab\t\"quote\" </script>","whole":12,"half":0.5,"none":null,)"
                      R"("present":"é","raw":[1],"list":[true,null]})");
  CHECK(out.begin_array().end_array().take() == "[]");
}

TEST_CASE("text that is no UTF-8 becomes UTF-8") {
  CHECK(json::quoted("caf\xe9!") == "\"caf\xEF\xBF\xBD!\"");
}

TEST_CASE("misusing the writer is noticed") {
  Writer out;
  out.begin_object();
  CHECK_THROWS_AS(out.end_array(), std::logic_error);
}

TEST_CASE("a value as text is what was parsed, without white space") {
  auto const text_of = [](std::string_view text) { return Document::parse(text)->root().text(); };
  std::string const numbers = "[0,-5,12345678901234567890,-9223372036854775808,1.0,-0.0,0.1,1e+22,"
                              "1.5e-07,1.7976931348623157e+308,5e-324]";
  CHECK(text_of(numbers) == numbers);
  CHECK(text_of("[1e22, 1.50e-7, 2E0]") == "[1e+22,1.5e-07,2.0]");
  CHECK(
      text_of(" { \"a\" : [ true , false , null , { } , [ ] , \"\" ] , \"a\" : { \"b\" : 1 } } ") ==
      R"({"a":[true,false,null,{},[],""],"a":{"b":1}})");
  std::string const texts = R"(["\u0001\u001f\b\t\n\f\r","\"","\\","/","é€😀","a\"b","12345678\""])";
  CHECK(text_of(texts) == texts);
  CHECK(text_of(R"({"a\"b":1})") == R"({"a\"b":1})");
  CHECK(text_of(R"("\u00e9\/")") == "\"é/\"");
  auto const deep = std::string(60, '[') + std::string(60, ']');
  CHECK(text_of(deep) == deep);
}

TEST_CASE("a text needs escapes wherever what has to be escaped stands in it") {
  using terracat::json::is_plain;
  CHECK(is_plain(""));
  std::string const plain = "abc def é \x7f {}[]:,/ 0123456789 ~ \xff";
  CHECK(is_plain(plain));
  for (std::size_t at = 0; at < plain.size(); ++at) {
    for (int c = 0; c < 256; ++c) {
      auto text = plain;
      text[at] = static_cast<char>(c);
      bool const is_special = c < 0x20 || c == '"' || c == '\\';
      if (is_plain(text) == is_special) FAIL("character " << c << " at " << at);
    }
  }
}

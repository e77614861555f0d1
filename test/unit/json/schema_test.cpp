#include "json/schema.hpp"

#include "support/catch.hpp"

#include <array>

using namespace terracat;
using json::Document;
using json::Schema;
using json::SchemaSet;

namespace {

/// "pointer: sentence", or nothing if the value fits.
std::string fault(Schema const& schema, std::string_view value) {
  auto const document = Document::parse(value);
  REQUIRE(document);
  auto const problem = schema.check(document->root());
  return problem ? problem->where + ": " + problem->detail : "";
}

std::string fault(std::string_view schema, std::string_view value) {
  auto const compiled = Schema::compile(schema);
  if (!compiled) FAIL(compiled.error());
  return fault(*compiled, value);
}

std::string refusal(std::string_view schema) {
  auto const compiled = Schema::compile(schema);
  REQUIRE_FALSE(compiled);
  return compiled.error().where + ": " + compiled.error().detail;
}

} // namespace

TEST_CASE("a schema says what a value has to be") {
  struct Case {
    std::string_view schema;
    std::string_view fits;
    std::string_view does_not;
    std::string_view fault;
  };

  constexpr std::array<Case, 33> cases{{
      {R"({"type":"string"})", R"("a")", "1", ": expected a string"},
      {R"({"type":["number","null"]})", "null", R"("a")", ": expected a number or null"},
      {R"({"type":"integer"})", "1.0", "1.5", ": expected a whole number"},
      {R"({"const":{"a":[1,"x"],"b":null}})", R"({"b":null,"a":[1.0,"x"]})", R"({"a":[1,"x"]})",
       R"(: expected {"a":[1,"x"],"b":null})"},
      {R"({"enum":["a",1]})", "1", "true", R"(: expected one of "a", 1)"},
      {R"({"minimum":2})", "2", "1", ": expected 2 or more"},
      {R"({"maximum":2.5})", R"("3")", "3", ": expected 2.5 or less"},
      {R"({"exclusiveMinimum":0})", "0.1", "0", ": expected more than 0"},
      {R"({"exclusiveMaximum":90})", "89", "90", ": expected less than 90"},
      {R"({"multipleOf":0.1})", "0.3", "0.35", ": expected a multiple of 0.1"},
      {R"({"minLength":2})", R"("éé")", R"("é")", ": expected 2 characters or more"},
      {R"({"maxLength":1})", R"("é")", R"("ab")", ": expected 1 characters or less"},
      {R"({"pattern":"[0-9]$"})", R"("a1")", R"("a1\n")", ": expected what matches [0-9]$"},
      {R"({"required":["a","b"]})", R"({"a":1,"b":2})", R"({"a":1})", "/b: this is missing"},
      {R"({"properties":{"a/b":{"type":"null"}}})", R"({"a/b":null})", R"({"a/b":1})",
       "/a~1b: expected null"},
      {R"({"properties":{"a":true},"additionalProperties":false})", R"({"a":1})", R"({"c":1})",
       "/c: a member of this name may not stand here"},
      {R"({"patternProperties":{"^x:":{"type":"number"}},"additionalProperties":{"type":"null"}})",
       R"({"x:a":1,"b":null})", R"({"x:a":1,"b":2})", "/b: expected null"},
      {R"j({"patternProperties":{"^(?!x:)":{}},"additionalProperties":false})j", R"({"b":1})",
       R"({"x:c":1})", "/x:c: a member of this name may not stand here"},
      {R"({"propertyNames":{"maxLength":2}})", R"({"ab":1})", R"({"abc":1})",
       "/abc: a member of this name may not stand here"},
      {R"({"minProperties":1})", R"({"a":1})", "{}", ": expected 1 members or more"},
      {R"({"dependencies":{"a":["b"]}})", R"({"c":1})", R"({"a":1})",
       "/b: this is missing beside a"},
      {R"({"dependentSchemas":{"a":{"required":["b"]}}})", R"({"a":1,"b":1})", R"({"a":1})",
       "/b: this is missing"},
      {R"({"items":{"type":"number"}})", "[1,2]", R"([1,"2"])", "/1: expected a number"},
      {R"({"items":[{"type":"number"}],"additionalItems":false})", "[1]", "[1,2]",
       "/1: nothing may stand here"},
      {R"({"prefixItems":[true],"items":{"type":"null"}})", "[1,null]", "[null,1]",
       "/1: expected null"},
      {R"({"minItems":1,"maxItems":2})", "[1]", "[1,2,3]", ": expected 2 elements or less"},
      {R"({"uniqueItems":true})", R"([{"a":1,"b":2},{"a":1}])",
       R"([{"a":1,"b":2},{"b":2.0,"a":1}])", "/1: this stands here twice"},
      {R"({"contains":{"const":"x"}})", R"(["y","x"])", R"(["y"])",
       R"(: none of the elements is what one has to be: expected "x")"},
      {R"({"contains":{"const":1},"minContains":0,"maxContains":1})", "[2]", "[1,1]",
       ": expected 1 elements of a kind or less"},
      {R"({"not":{"required":["a"]}})", R"({"b":1})", R"({"a":1})", ": this may not be so"},
      {R"({"if":{"required":["a"]},"then":{"required":["b"]},"else":{"required":["c"]}})",
       R"({"c":1})", R"({"a":1})", "/b: this is missing"},
      {R"({"oneOf":[{"type":"number"},{"type":"integer"}]})", "1.5", "1",
       ": this fits more than one of what it may be"},
      {"false", "null", "null", ": nothing may stand here"},
  }};
  for (auto const& one : cases) {
    CAPTURE(one.schema);
    if (one.fits != one.does_not) CHECK(fault(one.schema, one.fits).empty());
    CHECK(fault(one.schema, one.does_not) == one.fault);
  }
}

TEST_CASE("of alternatives that a value tells apart, the one that has it is spoken of") {
  constexpr auto schema = R"({"oneOf":[{"properties":{"kind":{"const":"a"}}},
                              {"properties":{"kind":{"const":"b"},"n":{"type":"number"}}}]})";
  CHECK(fault(schema, R"({"kind":"b","n":"many"})") == "/n: expected a number");
}

TEST_CASE("of alternatives the fault of the one that was meant is told") {
  constexpr auto schema = R"({"oneOf":[
    {"properties":{"type":{"const":"Feature"},"properties":{"required":["x:a"]}}},
    {"properties":{"type":{"const":"Collection"}},"required":["x:b"]}]})";
  CHECK(fault(schema, R"({"type":"Feature","properties":{}})") ==
        "/properties/x:a: this is missing");
  CHECK(fault(schema, R"({"type":"Collection"})") == "/x:b: this is missing");
  CHECK(fault(schema, R"({"type":"Collection","x:b":1})").empty());
}

TEST_CASE("of alternatives for one value the one of its type is spoken of") {
  constexpr auto schema =
      R"({"anyOf":[{"type":"null"},{"minimum":1,"type":"number"},{"enum":["x"]}]})";
  CHECK(fault(schema, "0") == ": expected 1 or more");
  CHECK(fault(schema, "true") == ": expected null");
}

TEST_CASE("a schema may have its own sentence") {
  constexpr auto schema = R"({"properties":{"a":{"pattern":"^x","errorMessage":"expected an x"}},
                              "required":["b"],"errorMessage":"expected an object with b"})";
  CHECK(fault(schema, R"({"a":"y","b":1})") == "/a: expected an x");
  CHECK(fault(schema, R"({"a":"x"})") == "/b: this is missing");
}

TEST_CASE("references lead within a text, back as well") {
  constexpr auto tree = R"({"$schema":"http://json-schema.org/draft-07/schema#",
    "type":"object","properties":{"child":{"$ref":"#"},"n%/~":{"$ref":"#/definitions/n%25~1~0"}},
    "definitions":{"n%/~":{"type":"number"}}})";
  CHECK(fault(tree, R"({"child":{"child":{"n%/~":1}}})").empty());
  CHECK(fault(tree, R"({"child":{"child":{"n%/~":"1"}}})") ==
        "/child/child/n%~1~0: expected a number");
}

TEST_CASE("what stands beside a reference counts since 2019") {
  std::string const rest = R"("$ref":"#/$defs/a","maximum":2,"$defs":{"a":{"minimum":1}}})";
  auto const old = R"({"$schema":"http://json-schema.org/draft-07/schema#",)" + rest;
  auto const recent = R"({"$schema":"https://json-schema.org/draft/2020-12/schema",)" + rest;
  CHECK(fault(old, "0") == ": expected 1 or more");
  CHECK(fault(old, "3").empty());
  CHECK(fault(recent, "0") == ": expected 1 or more");
  CHECK(fault(recent, "3") == ": expected 2 or less");
}

TEST_CASE("a schema that cannot be applied is refused with the place") {
  CHECK(refusal("[]") == "#: expected a schema: an object, true or false");
  CHECK(refusal("{").find("not valid JSON") != std::string::npos);
  CHECK(refusal(R"({"properties":{"a":{"type":"text"}}})") ==
        R"(#/properties/a/type: this is no type: "text")");
  CHECK(refusal(R"j({"items":{"pattern":"("}})j") ==
        "#/items/pattern: expected a regular expression");
  CHECK(refusal(R"({"minLength":-1})") == "#/minLength: expected a whole number, 0 or more");
  CHECK(refusal(R"({"allOf":{}})") == "#/allOf: expected an array of schemas");
  CHECK(refusal(R"({"unevaluatedProperties":false})") ==
        "#/unevaluatedProperties: this keyword is not supported");
  CHECK(refusal(R"({"$schema":"http://json-schema.org/draft-04/schema#"})") ==
        "#/$schema: expected draft-07, 2019-09 or 2020-12");
  CHECK(refusal(R"({"definitions":{"a":{"$ref":"#/definitions/b"}}})") ==
        "#/definitions/a/$ref: this leads nowhere: #/definitions/b");
  CHECK(refusal(R"({"items":{"$ref":"https://example.org/other.json"}})") ==
        "#/items/$ref: there is no schema of the address https://example.org/other.json");
}

TEST_CASE("references in a circle are refused, those to a part of the value are not") {
  CHECK(refusal(R"({"definitions":{"a":{"$ref":"#/definitions/b"},
                                   "b":{"anyOf":[{"$ref":"#/definitions/a"}]}}})")
            .find("this leads back to itself without end") != std::string::npos);
  CHECK(fault(R"({"items":{"$ref":"#"}})", "[[[]]]").empty());
}

TEST_CASE("schemas of a set lead into each other and nowhere else") {
  std::vector<json::SchemaText> const texts{
      {.name = "a.json",
       .address = "https://example.org/v1/a.json",
       .text = R"({"$id":"https://example.org/v1/a.json#","properties":{
                   "b":{"$ref":"parts/b.json#/definitions/b"},
                   "draft":{"$ref":"http://json-schema.org/draft-07/schema#"}}})"},
      {.name = "b.json", .address = "", .text = R"({"$id":"https://example.org/v1/parts/b.json",
                   "definitions":{"b":{"items":{"$ref":"../a.json"},"maxItems":1}}})"}};
  auto const set = SchemaSet::compile(texts);
  if (!set) FAIL(set.error());
  auto const* const a = set->find("https://example.org/v1/a.json#");
  REQUIRE(a != nullptr);
  CHECK(fault(*a, R"({"b":[{"b":[]}],"draft":true})").empty());
  CHECK(fault(*a, R"({"b":[{"b":[1,2]}]})") == "/b/0/b: expected 1 elements or less");
  CHECK(fault(*a, R"({"draft":1})") == "/draft: expected true or false or an object");
  CHECK(set->find("https://example.org/v1/parts/b.json") != nullptr);
  CHECK(set->find("https://example.org/v1/c.json") == nullptr);
  CHECK(set->find("http://json-schema.org/draft-07/schema") == nullptr);
}

TEST_CASE("where a schema lies tells more than what it calls itself") {
  json::SchemaText const old{.name = "v1.json",
                             .address = "https://example.org/v1.json",
                             .text = R"({"$id":"https://example.org/v1.json","const":1})"};
  json::SchemaText next{.name = "v2.json",
                        .address = "https://example.org/v2.json",
                        .text = R"({"$id":"https://example.org/v1.json","const":2})"};
  auto const set = SchemaSet::compile({old, next});
  REQUIRE(set);
  CHECK(fault(*set->find("https://example.org/v1.json"), "1").empty());
  CHECK(fault(*set->find("https://example.org/v2.json"), "2").empty());
  auto other = next;
  other.name = "v3.json";
  other.address = "";
  next.address = "";
  auto const refused = SchemaSet::compile({next, other});
  REQUIRE_FALSE(refused);
  CHECK(refused.error().where == "v3.json#/$id");
  CHECK(refused.error().detail == "this is the $id of v2.json, too");
}

TEST_CASE("patterns are those of ECMAScript") {
  CHECK(fault(R"({"pattern":"^\\w\\d[[&&]\\D$"})", R"("_1[x")").empty());
  CHECK(fault(R"({"pattern":"^\\w$"})", R"("é")") == R"(: expected what matches ^\w$)");
  CHECK(fault(R"({"pattern":"^.$"})", R"("😀")").empty());
  CHECK(fault(R"({"pattern":"^\\p{Lu}$"})", R"("É")").empty());
}

TEST_CASE("hostile values cost no more than is allowed") {
  constexpr auto patient = ": this takes too long to be looked at";
  auto const many = '"' + std::string(40, 'a') + R"(b")";
  CHECK(fault(R"({"pattern":"^(a|a)*$"})", many) == patient);
  auto const text = '"' + std::string(1'000'000, 'a') + '"';
  CHECK_NOTHROW(fault(R"({"pattern":"^(a|b)*$"})", text)); // however deep it would recurse
  std::string words = "[\"a\"";
  for (int number = 0; number < 300'000; ++number) words += ",\"a\"";
  CHECK(fault(R"({"items":{"pattern":"a"}})", words + "]") == patient);
  // Each level asks twice of the next one.
  std::string nested = "1";
  for (int level = 0; level < 40; ++level) nested = "[" + nested + "]";
  CHECK(
      fault(
          R"({"type":["array","number"],"allOf":[{"items":{"$ref":"#"}},{"items":{"$ref":"#"}}]})",
          nested) == patient);
}

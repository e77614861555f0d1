#include "formats/origins.hpp"

#include "support/catch.hpp"

#include <algorithm>
#include <chrono>

using namespace terracat;
using namespace terracat::formats;
using Strings = std::vector<std::string>;

namespace {

Origin origin(std::string_view document, std::string_view result, std::string_view where) {
  auto const all = origins_of(document, result);
  auto const found = std::ranges::find(all, where, &Origin::where);
  REQUIRE(found != all.end());
  return *found;
}

constexpr auto xml = R"(<m:record xmlns:m="urn:m">
  <m:title>Sea
    temperature</m:title>
  <m:box>2.50 48.5 3 49</m:box>
  <m:date>2024-05-01</m:date>
  <m:agent role="author"><m:name>Doe</m:name></m:agent>
  <m:agent><m:name>Doe</m:name></m:agent>
  <m:note>See https://example.org/a for more</m:note>
</m:record>)";

} // namespace

TEST_CASE("a value is found in the element or attribute that says just this") {
  auto const title = origin(xml, R"({"title":[{"text":"Sea temperature"}]})", "/title/0/text");
  CHECK(title.likeness == Likeness::same);
  CHECK(title.value == "Sea temperature");
  CHECK(title.places == Strings{"/record/title"});
  CHECK(origin(xml, R"({"role":"author"})", "/role").places == Strings{"/record/agent[1]/@role"});
}

TEST_CASE("all places that say the same are counted") {
  auto const name = origin(xml, R"({"name":"Doe"})", "/name");
  CHECK(name.places == Strings{"/record/agent[1]/name", "/record/agent[2]/name"});
  CHECK(name.count == 2);
  std::string many = "<r>";
  for (int i = 0; i < 5; ++i) many += "<a>x</a>";
  auto const five = origin(many + "</r>", R"({"v":"x"})", "/v");
  CHECK(five.places.size() == 3);
  CHECK(five.count == 5);
}

TEST_CASE("numbers and dates are found as they are written, also in lists") {
  auto const west = origin(xml, R"({"box":[2.5]})", "/box/0");
  CHECK(west.likeness == Likeness::equal);
  CHECK(west.places == Strings{"/record/box"});
  CHECK(west.value == "2.5");
  auto const date = origin(xml, R"({"date":"2024-05-01T00:00:00Z"})", "/date");
  CHECK(date.likeness == Likeness::equal);
  CHECK(date.places == Strings{"/record/date"});
}

TEST_CASE("a part of a text is found within it, a short one is not looked for") {
  auto const link = origin(xml, R"({"href":"https://example.org/a"})", "/href");
  CHECK(link.likeness == Likeness::within);
  CHECK(link.places == Strings{"/record/note"});
  CHECK(origin(xml, R"({"v":"fo"})", "/v").likeness == Likeness::none);
}

TEST_CASE("what stands nowhere is said to stand nowhere") {
  auto const code = origin(xml, R"({"type":"dataset"})", "/type");
  CHECK(code.likeness == Likeness::none);
  CHECK(code.places.empty());
  CHECK(name(code.likeness) == "none");
}

TEST_CASE("places in JSON are pointers, in any other text lines") {
  auto const value = origin(R"({"a/b":{"c~":[0,{"d":"x y z"}]}})", R"({"v":"x y z"})", "/v");
  CHECK(value.places == Strings{"/a~1b/c~0/1/d"});
  CHECK(origin(R"({"a":"About <i>ice</i>"})", R"({"v":"About <i>ice</i>"})", "/v").places ==
        Strings{"/a"});
  auto const line =
      origin("@prefix dct: <x> .\n<a> dct:title \"Sea ice\" .\n", R"({"v":"Sea ice"})", "/v");
  CHECK(line.likeness == Likeness::within);
  CHECK(line.places == Strings{"line 2"});
}

TEST_CASE("a document that was refused became nothing") {
  CHECK(origins_of(xml, "").empty());
  CHECK(origins_of("", R"({"v":1})").at(0).likeness == Likeness::none);
}

TEST_CASE("many values of a large document are found in time that has a bound") {
  std::string document = "<r>";
  std::string result = "[";
  for (int i = 0; i < 20'000; ++i) {
    document += "<a>text number " + std::to_string(i) + " of many</a>";
    result += (i == 0 ? "\"" : ",\"") + std::string("no such ") + std::to_string(i) + '"';
  }
  auto const begin = std::chrono::steady_clock::now();
  CHECK(origins_of(document + "</r>", result + "]").size() == 20'000);
  CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds(20));
}

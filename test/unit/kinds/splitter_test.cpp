#include "kinds/files/splitter.hpp"

#include "support/catch.hpp"

#include <random>
#include <sstream>

using namespace terracat;
using namespace terracat::kinds::files;
using Strings = std::vector<std::string>;

namespace {

/// The documents, and `!code` for what is none.
Strings cuts_of(Splitter& splitter) {
  Strings out;
  while (auto cut = splitter.next()) {
    out.push_back(cut->fault ? '!' + std::string(name(cut->fault->code)) : cut->bytes);
  }
  return out;
}

Strings json_of(std::string const& text) {
  std::istringstream stream(text);
  return cuts_of(*split_json(Buffered(open_stream(stream))));
}

Strings lines_of(std::string const& text) {
  std::istringstream stream(text);
  return cuts_of(*split_lines(Buffered(open_stream(stream))));
}

Strings cuts_of_file(std::string const& file, std::string const& text, bool is_given = false) {
  std::istringstream stream(text);
  auto const splitter = splitter_for(file, Buffered(open_stream(stream)), is_given);
  return splitter ? cuts_of(*splitter) : Strings{"(no metadata)"};
}

} // namespace

TEST_CASE("an object is a document") {
  CHECK(json_of(R"( {"type":"Feature","id":"a"} )") == Strings{R"({"type":"Feature","id":"a"})"});
  CHECK(json_of("").empty());
  CHECK(json_of(" \n ").empty());
}

TEST_CASE("the elements of an array are documents") {
  CHECK(json_of(R"([{"a":[1,{"b":2}]}, {"c":"]}"},{}])") ==
        Strings{R"({"a":[1,{"b":2}]})", R"({"c":"]}"})", "{}"});
  CHECK(json_of("[]").empty());
}

TEST_CASE("features and collections are documents, what is around them is not") {
  CHECK(
      json_of(R"({"type":"FeatureCollection","features":[{"id":1},{"id":2}],"links":[{"x":1}]})") ==
      Strings{R"({"id":1})", R"({"id":2})"});
  CHECK(json_of(R"({"links":[{"x":1}],"collections" : [ {"id":"a"} ]})") ==
        Strings{R"({"id":"a"})"});
  CHECK(json_of(R"({"features":[],"numberMatched":0})").empty());
}

TEST_CASE("a data set may have features that are no documents, or none") {
  auto const text = GENERATE(
      as<std::string>(), R"({"dataset_id":"a","features":["geo","timeserie"],"metas":{"a":[{}]}})",
      R"({"dataset_id":"a","features" : [ ],"metas":{}})", R"({"features":[7,{"id":1}]})");
  CHECK(json_of(text) == Strings{text});
  CHECK(json_of(text + R"({"features":[]} {"features":[{"id":2}]})") ==
        Strings{text, R"({"id":2})"});
}

TEST_CASE("only a member of the outermost object holds documents") {
  auto const text = GENERATE(as<std::string>(), R"({"properties":{"features":[{"id":1}]}})",
                             R"({"features":{"a":[{}]}})", R"({"x":"features","y":[{"id":1}]})",
                             R"({"features":null,"x":[{"id":1}]})",
                             R"({"a":{"b":"features"},"c":[{}]})", R"({"\"features":[{"id":1}]})");
  CAPTURE(text);
  CHECK(json_of(text) == Strings{text});
}

TEST_CASE("several texts in one file are read one after the other") {
  CHECK(json_of("{\"a\":1}\n{\"b\":2}\x1e{\"c\":3}[{\"d\":4}]") ==
        Strings{R"({"a":1})", R"({"b":2})", R"({"c":3})", R"({"d":4})"});
}

TEST_CASE("strings may hold brackets, quotes and backslashes") {
  auto const text = R"({"a":"}\\","b":"\"}]","c\\\"":"{["})";
  CHECK(json_of(text) == Strings{text});
  CHECK(json_of(std::string("[") + text + ']') == Strings{text});
}

TEST_CASE("a file that ends too early keeps what came before") {
  CHECK(json_of(R"([{"a":1},{"b":)") == Strings{R"({"a":1})", "!json-malformed"});
  CHECK(json_of(R"([{"a":1})") == Strings{R"({"a":1})", "!json-malformed"});
  CHECK(json_of(R"({"a":"x)") == Strings{"!json-malformed"});
}

TEST_CASE("what is no list of objects is said once") {
  CHECK(json_of("[1,2,3,[4],5]") == Strings{"!unexpected-root"});
  CHECK(json_of(R"([{"a":1},"x",{"b":2}])") == Strings{R"({"a":1})", "!unexpected-root"});
  CHECK(json_of("7") == Strings{"!json-malformed"});
  CHECK(json_of("[[[[]]]] {\"a\":1}") == Strings{"!unexpected-root", R"({"a":1})"});
}

TEST_CASE("a document that is too long is passed over, and the next one is not") {
  std::string const filler(most_document_bytes, 'x');
  CHECK(json_of(R"([{"a":1},{"b":")" + filler + R"("},{"c":3}])") ==
        Strings{R"({"a":1})", "!too-large", R"({"c":3})"});
  CHECK(json_of(R"({"b":")" + filler + "\"}") == Strings{"!too-large"});
  // A list of any length has no limit, only its elements have.
  CHECK(json_of(R"({"b":")" + filler + R"(","features":[{"c":3}]})") == Strings{R"({"c":3})"});
}

TEST_CASE("no bytes make the splitter loop or lose its balance") {
  std::mt19937 random(7);
  constexpr std::string_view alphabet = "{}[]\",:\\ \n1afe";
  for (int round = 0; round < 2'000; ++round) {
    std::string text;
    for (auto length = random() % 60; length > 0; --length) {
      text += alphabet[random() % alphabet.size()];
    }
    CAPTURE(text);
    std::size_t kept = 0;
    for (auto const& cut : json_of(text)) {
      if (cut.starts_with('!')) continue;
      CHECK((cut.front() == '{' && (cut.back() == '}' || cut.back() == ']')));
      kept += cut.size();
    }
    CHECK(kept <= text.size());
  }
}

TEST_CASE("lines are documents, blank ones are none") {
  CHECK(lines_of("{\"a\":1}\r\n\n  {\"b\":2}  \n\x1e{\"c\":3}") ==
        Strings{R"({"a":1})", R"({"b":2})", R"({"c":3})"});
  CHECK(lines_of("").empty());
}

TEST_CASE("a broken line does not harm the next one") {
  CHECK(lines_of("{\"a\":\n{\"b\":2}\n") == Strings{R"({"a":)", R"({"b":2})"});
}

TEST_CASE("a line that is too long is passed over") {
  CHECK(lines_of("{}\n" + std::string(most_document_bytes + 1, 'x') + "\n{}\n") ==
        Strings{"{}", "!too-large", "{}"});
  CHECK(lines_of(std::string(most_document_bytes, 'x')).at(0).size() == most_document_bytes);
}

TEST_CASE("what a file holds is told by its name or its beginning") {
  auto const pair = "{\"a\":1}\n{\"b\":2}\n";
  CHECK(cuts_of_file("x.ndjson", pair).size() == 2);
  CHECK(cuts_of_file("x.JSONL", pair).size() == 2);
  CHECK(cuts_of_file("x.json", pair).size() == 2);
  CHECK(cuts_of_file("x", pair).size() == 2);
  CHECK(cuts_of_file("x", "{\"a\":\n{}}\n") == Strings{"{\"a\":\n{}}"});
  CHECK(cuts_of_file("x.json", "\xEF\xBB\xBF[{\"a\":1}]") == Strings{R"({"a":1})"});
  CHECK(cuts_of_file("x.jsonld", "[{\"a\":1}]") == Strings{"[{\"a\":1}]"});
  CHECK(cuts_of_file("x", " <?xml version='1.0'?><a/>") == Strings{" <?xml version='1.0'?><a/>"});
  CHECK(cuts_of_file("x.ttl", "@prefix a: <urn:a> .") == Strings{"@prefix a: <urn:a> ."});
  CHECK(cuts_of_file("x.tif", "II*\x08") == Strings{"(no metadata)"});
  CHECK(cuts_of_file("x.tif", "II*\x08", true) == Strings{"II*\x08"});
  CHECK(cuts_of_file("x.json", "not JSON") == Strings{"not JSON"});
  CHECK(cuts_of_file("x.xml", "not XML") == Strings{"not XML"});
}

TEST_CASE("the answer of a CSW is split into its records") {
  auto const all = cuts_of_file(
      "x.xml", R"(<?xml version="1.0"?><c:GetRecordsResponse xmlns:c="u"><c:SearchResults><a/>)"
               "<c:b/></c:SearchResults></c:GetRecordsResponse>");
  std::string const declaration = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
  CHECK(all == Strings{declaration + "<a/>", declaration + R"(<c:b xmlns:c="u"/>)"});
  auto const broken = "<GetRecordsResponse><SearchResults>";
  CHECK(cuts_of_file("x.xml", broken) == Strings{broken});
}

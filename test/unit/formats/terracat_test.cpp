#include "formats/stac_support.hpp"

#include "formats/terracat.hpp"

/// Records as one terracat tells them to another.
using namespace terracat;
using namespace terracat::formats;
using model::LocalText;
using Findings = std::vector<std::string>;

namespace {

model::RecordParts parts() {
  model::RecordParts parts;
  parts.native_id = "n";
  parts.type = "dataset";
  parts.title = LocalText("en", "T");
  return parts;
}

model::Record made(model::RecordParts parts) {
  return model::Record::make(std::move(parts)).value();
}

ReadResult read(TestReader& reader, std::string const& text) {
  return read_terracat(text, reader.context());
}

std::string document(std::string_view members) {
  return R"({"id":"x","terracat:record":{"record":1,"native_id":"n","title":[["","T"]])" +
         std::string(members) + "}}";
}

} // namespace

TEST_CASE("what one catalogue keeps of a record another one reads as it was") {
  auto whole = parts();
  whole.title.add("fr", "Titre");
  whole.native_id = "urn:uuid:0f0e2a6e-6b0f-4d3f-8a0f-0123456789ab";
  whole.spatial = {{model::Geometry::box(model::Bbox::make(170, -10, -170, 10).value()), {}}};
  whole.temporal = {{model::Interval::make(model::Bound::open(), model::Bound::unknown()).value(),
                     "..", "unknown"}};
  whole.online = {{"https://a.example/x", LocalText("fr", "Données"), {}, "", "download", ""}};
  whole.stac_members = {{"summaries", R"({"gsd":[10]})"}, {"sci:citation", R"("A, 2020")"}};
  TestReader reader;
  auto const result = read(reader, write_terracat(made(whole), "x"));
  REQUIRE(result);
  CHECK(findings_of(result).empty());
  auto expected = whole;
  expected.native_id = "x"; // as the other catalogue calls it
  expected.identifiers = {{"uuid", "0f0e2a6e-6b0f-4d3f-8a0f-0123456789ab"}};
  CHECK(*record_of(result) == expected);
}

TEST_CASE("of what another catalogue writes only what may be answered is kept") {
  TestReader reader;
  auto const result = read(
      reader,
      document(
          R"(,"online":[{"href":"javascript:alert"},{"href":"https://a.example/"}])"
          R"(,"assets":[{"key":"k","href":"file:///etc/passwd"}])"
          R"(,"contacts":[{"name":"N","url":"data:text/html,x","orcid":"1","emails":["a b","a@b.example"]}])"
          R"(,"metadata_languages":["fr","<script>"])"
          R"(,"licences":[{"url":"javascript:x"}],"keyword_sets":[{"keywords":[{"uri":"javascript:x"}]}])"));
  REQUIRE(result);
  auto const& record = record_of(result);
  REQUIRE(record->online.size() == 1);
  CHECK(record->online[0].href == "https://a.example/");
  CHECK(record->assets.empty());
  CHECK(record->contacts[0].url.empty());
  CHECK(record->contacts[0].orcid.empty());
  CHECK(record->contacts[0].emails == std::vector<std::string>{"a@b.example"});
  CHECK(record->metadata_languages == std::vector<std::string>{"fr"});
  CHECK(record->licences[0].url.empty());
  CHECK(record->keyword_sets[0].keywords[0].uri.empty());
  CHECK(findings_of(result).size() == 4);
}

TEST_CASE("members of a STAC Collection are read again, and cannot break out of their place") {
  TestReader reader;
  auto const result = read(
      reader,
      document(
          R"(,"type":"dataset","stac_members":[["assets","{\"a\":{\"href\":\"javascript:x\"}}"],)"
          R"(["x:broken","1,\"id\":\"other\""],["x:good","{\"a\": 1}"],)"
          R"(["links","[{\"rel\":\"about\",\"href\":\"file:///x\"}]"]])"));
  REQUIRE(result);
  using Members = std::vector<std::pair<std::string, std::string>>;
  CHECK(record_of(result)->stac_members ==
        Members{{"assets", "{}"}, {"x:good", R"({"a":1})"}, {"links", "[]"}});
}

TEST_CASE("what is no record of another catalogue is refused with its reason") {
  TestReader reader;
  auto const code = [&](std::string const& text) {
    return std::string(name(read(reader, text).error().code));
  };
  CHECK(code("[]") == "unexpected-root");
  CHECK(code(R"({"terracat:record":7})") == "unexpected-root");
  CHECK(code(R"({"terracat:record":{"record":2}})") == "unexpected-root");
  CHECK(code(R"({"terracat:record":{"record":1,"title":[["","T"]]}})") == "no-identifier");
  CHECK(code(R"({"terracat:record":{"record":1,"native_id":"n"}})") == "no-title");
  CHECK(code(document(R"(,"spatial":[{"geometry":{"type":"Point","coordinates":[1]}}])")) ==
        "unexpected-root");
  CHECK(
      code(document(R"(,"spatial":[{"geometry":{"wkb":"00","bbox":[0,0,1,1],"is_box":true}}])")) ==
      "unexpected-root");
}

// ---- The catalogues that a record came through

namespace {

Chain chain_in(std::string_view text) {
  return read_chain(json::Document::parse(text).value().root());
}

Chain const two{{.catalogue = "https://a.example",
                 .title = "A",
                 .id = "rain",
                 .source = "gauges",
                 .origin = "https://gauges.example/rain.xml",
                 .changed = "2026-11-27T09:00:00Z"},
                {.catalogue = "https://b.example/base", .title = {}, .id = "a b/c"}};

model::Record through(Chain const& chain) {
  auto some = parts();
  keep_chain(some, chain);
  return made(std::move(some));
}

} // namespace

TEST_CASE("the catalogues that a record came through are kept with it, and written as they were") {
  CHECK(chain_in(chain_text(two)) == two);
  CHECK(chain_of(*through(two)) == two);
  CHECK(through({})->stac_members.empty());
  TestReader reader;
  auto const text = R"({"id":"x","terracat:via":)" + chain_text(two) +
                    R"(,"terracat:record":{"record":1,"native_id":"n","title":[["","T"]],)"
                    R"("stac_members":[["terracat:via","[]"]]}})";
  auto const result = read(reader, text);
  REQUIRE(result);
  CHECK(chain_of(*record_of(result)) == two);
  CHECK(record_of(result)->stac_members.size() == 1);
}

TEST_CASE("of a chain that somebody made up no more is taken than may be answered") {
  CHECK(chain_in("7").empty());
  CHECK(chain_in(R"([7,{},{"catalogue":"https://a.example"},{"catalogue":"","id":"x"}])").empty());
  CHECK(chain_in(R"([{"catalogue":"javascript:alert","id":"x"}])").empty());
  CHECK(chain_in(R"([{"catalogue":"https://u:p@a.example","id":"x"}])").empty());
  auto const odd = chain_in(R"([{"catalogue":"https://a.example/","id":"x","changed":"soon",)"
                            R"("origin":"file:///etc/passwd"}])");
  CHECK(odd == Chain{{.catalogue = "https://a.example", .title = {}, .id = "x"}});
  Chain many;
  for (int i = 0; i < 100; ++i) many.push_back({.catalogue = "https://a.example", .id = "x"});
  CHECK(chain_in(chain_text(many)).size() == most_stations + 1); // enough to be too many
}

TEST_CASE("a catalogue without an address is a station that nothing leads to") {
  auto const chain = chain_in(R"([{"title":"A","id":"rain"},{"catalogue":7,"id":"x"},)"
                              R"({"title":"no id"}])");
  Chain const nameless{{.catalogue = {}, .title = "A", .id = "rain"}};
  CHECK(chain == nameless);
  CHECK(chain_text(nameless) == R"([{"title":"A","id":"rain"}])");
  CHECK(address_at(nameless.front()).empty());
  for (auto const& text :
       {write_ogc_record(through(nameless), "r"), write_stac_collection(through(nameless), "r")}) {
    CHECK(text.find("terracat:via") != std::string::npos);
    CHECK(text.find(R"("rel":"via")") == std::string::npos);
  }
}

TEST_CASE("one catalogue may be written in several ways") {
  CHECK(is_same_catalogue("https://A.example/base", "http://a.example/base/"));
  CHECK_FALSE(is_same_catalogue("https://a.example/base", "https://a.example/Base"));
  CHECK_FALSE(is_same_catalogue("https://a.example", "https://a.example:8443"));
  CHECK_FALSE(is_same_catalogue("", ""));
}

TEST_CASE("answers link to each catalogue on the way, and tell it, so that others read it again") {
  TestReader reader;
  auto const record = write_ogc_record(through(two), "r");
  auto const collection = write_stac_collection(through(two), "r");
  for (auto const& text : {record, collection}) {
    CHECK(text.find(R"("rel":"via","href":"https://a.example/d/rain")") != std::string::npos);
    CHECK(text.find(R"("rel":"via","href":"https://b.example/base/d/a%20b%2Fc")") !=
          std::string::npos);
  }
  auto const of_record = read_ogc_record(record, reader.context());
  REQUIRE(of_record);
  CHECK(chain_of(*record_of(of_record)) == two);
  auto const of_collection = read_stac_collection(collection, reader.context());
  REQUIRE(of_collection);
  CHECK(chain_of(*record_of(of_collection)) == two);
}

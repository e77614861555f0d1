#include "formats/stac_support.hpp"

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

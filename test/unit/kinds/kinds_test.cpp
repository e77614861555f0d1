#include "kinds/options.hpp"
#include "kinds/seen.hpp"
#include "kinds/url.hpp"

#include <terracat/kind.hpp>

#include "support/catch.hpp"

#include <set>

using namespace terracat;
using kinds::check_options;
using kinds::SeenIds;

namespace {

Problem problem_with(std::string_view kind, std::string_view options) {
  auto const checked = check_options(*kinds::find(kind), options);
  REQUIRE_FALSE(checked);
  return checked.error();
}

} // namespace

TEST_CASE("the kinds are known by name, and each says what it is") {
  std::set<std::string_view> names;
  for (auto const& kind : kinds::all()) {
    CAPTURE(kind.name);
    CHECK(names.insert(kind.name).second);
    CHECK_FALSE(kind.summary.empty());
    CHECK(kinds::find(kind.name) == &kind);
    CHECK(check_options(kind, "{}"));
  }
  CHECK(names == std::set<std::string_view>{
                     "csw",         "oai-pmh", "geonetwork", "stac-api",     "stac-static",
                     "ogc-records", "dcat",    "datacite",   "opendatasoft", "dataverse",
                     "aeris",       "esgf",    "thredds",    "erddap",       "sensorthings",
                     "cds",         "resto",   "odata",      "waf",          "sitemap",
                     "theia-pivot", "files",   "command",    "push",         "terracat"});
  CHECK(kinds::find("oai") == nullptr);
}

TEST_CASE("nothing is fetched for a source that is pushed to") {
  auto const* const push = kinds::find("push");
  CHECK(push->start == nullptr);
  CHECK(push->proof.empty());
  CHECK(kinds::find("csw")->start != nullptr);
}

TEST_CASE("every option has a sentence that says what is expected") {
  for (auto const& kind : kinds::all()) {
    auto const schema = json::Document::parse(kind.options_schema);
    REQUIRE(schema);
    for (auto const& [name, property] : schema->root().member("properties")->members()) {
      CAPTURE(kind.name, name);
      CHECK(property.string("description"));
    }
  }
}

TEST_CASE("options that fit are accepted") {
  CHECK(check_options(*kinds::find("csw"),
                      R"({"method":"POST","page_size":1000,"sort_by":"","max_records":1})"));
  CHECK(
      check_options(*kinds::find("stac-api"),
                    R"({"items":true,"collections":["a"],"paging":"page","items_from":"search"})"));
  CHECK(check_options(*kinds::find("files"), R"({"list":true})"));
  CHECK(check_options(*kinds::find("oai-pmh"), R"({"metadata_prefix":"oai_dc","sets":["a:b"]})"));
  CHECK(check_options(*kinds::find("csw"), R"({"output_schema":"mdb"})"));
  CHECK(check_options(*kinds::find("csw"), R"({"output_schema":"http://x.example/dif"})"));
}

TEST_CASE("options that were not given have the defaults of the schema") {
  constexpr auto schema = R"({"type":"object","properties":{
    "a": {"type":"integer","default":7}, "b": {"type":"array","default":["x"]},
    "c": {"type":"string"}, "d": {"type":"boolean","default":true}}})";
  auto const options = kinds::read_options(schema, R"({"d":false})");
  CHECK(options.root().text() == R"({"d":false,"a":7,"b":["x"]})");
  CHECK(kinds::read_options(schema, "{}").root().member("d")->boolean() == true);
}

TEST_CASE("an option that does not fit is named, with what was expected") {
  auto const size = problem_with("csw", R"({"page_size":0})");
  CHECK(size.kind == ProblemKind::invalid_parameter);
  CHECK(size.where == "/page_size");
  CHECK(size.detail == "expected the number of records asked for at a time, 1 to 1000");
  CHECK(problem_with("csw", R"({"page_size":"50"})").where == "/page_size");
  CHECK(problem_with("csw", R"({"page_size":1.5})").where == "/page_size");
  CHECK(problem_with("csw", R"({"method":"PUT"})").where == "/method");
  CHECK(problem_with("csw", R"({"output_schema":"dcat"})").where == "/output_schema");
  CHECK(problem_with("oai-pmh", R"({"metadata_prefix":"a b"})").where == "/metadata_prefix");
  CHECK(problem_with("oai-pmh", R"({"sets":[""]})").where == "/sets/0");
  auto const element = problem_with("stac-api", R"({"collections":["a",7]})");
  CHECK(element.where == "/collections/1");
  CHECK(element.detail == "expected a list of the ids of the only collections to harvest");
}

TEST_CASE("an unknown option is named, with those that there are") {
  auto const problem = problem_with("files", R"({"lists":true})");
  CHECK(problem.where == "/lists");
  CHECK(problem.detail == "unknown option 'lists'; there are list, read, collection, time_pattern, "
                          "base_url, checksum");
  CHECK(problem_with("push", R"({"x":1})").detail == "unknown option 'x'; there are none");
}

TEST_CASE("options that are no object are refused") {
  CHECK(problem_with("csw", "[]").detail == "options must be an object");
  CHECK(problem_with("csw", "{").detail.find("not valid JSON") != std::string::npos);
  CHECK(problem_with("csw", R"({"method":"GET","method":"POST"})").detail.find("twice") !=
        std::string::npos);
  CHECK_THROWS_WITH(
      kinds::read_options(kinds::find("csw")->options_schema, R"({"method":7})"),
      "options/method: expected how requests are sent: GET (parameters) or POST (XML)");
}

TEST_CASE("ids are remembered by hashes that survive in a checkpoint") {
  SeenIds seen;
  CHECK(seen.insert("a"));
  CHECK(seen.insert("b/ ?c"));
  CHECK_FALSE(seen.insert("a"));
  CHECK(seen.size() == 2);
  auto const text = seen.to_text().value();
  CHECK(text.size() == 24);
  auto again = SeenIds::from_text(text).value();
  CHECK(again.size() == 2);
  CHECK(again.contains("b/ ?c"));
  CHECK_FALSE(again.contains("c"));
  CHECK(again.to_text() == text);
  CHECK_FALSE(SeenIds::from_text("0123"));
  CHECK_FALSE(SeenIds::from_text("00000000000x"));
}

TEST_CASE("ids that are forgotten are in no checkpoint") {
  SeenIds seen;
  for (auto const* const id : {"a", "b", "c"}) seen.insert(id);
  CHECK(seen.erase("a")); // the last one takes its place
  CHECK_FALSE(seen.erase("a"));
  CHECK(seen.erase("c"));
  seen.insert("d");
  CHECK(seen.erase("d")); // it is the last one
  seen.insert("e");
  CHECK(seen.size() == 2);
  auto const again = SeenIds::from_text(*seen.to_text()).value();
  CHECK(again.size() == 2);
  CHECK(again.contains("b"));
  CHECK(again.contains("e"));
}

TEST_CASE("a checkpoint holds half a million ids, and no more") {
  SeenIds seen;
  for (std::size_t i = 0; i < SeenIds::most_in_text; ++i) seen.insert(std::to_string(i));
  CHECK(seen.to_text().value().size() == 6'000'000);
  seen.insert("one more");
  CHECK_FALSE(seen.to_text());
}

TEST_CASE("hashes of ids do not change from one version to the next") {
  CHECK(kinds::stable_hash("") == 0x15e9a9b5e89b);
  CHECK(kinds::stable_hash("fr-120066022-ldd-56fce164") == 0x15dc334cb702);
}

TEST_CASE("a hundred thousand ids that look alike have different hashes") {
  SeenIds seen;
  for (int i = 0; i < 100'000; ++i) seen.insert("fr-120066022-jdd-" + std::to_string(i));
  CHECK(seen.size() == 100'000);
}

TEST_CASE("an address below another has neither its query nor a second slash") {
  CHECK(kinds::below("https://a.example/api", "x") == "https://a.example/api/x");
  CHECK(kinds::below("https://a.example/api//?q=/#f", "x/y") == "https://a.example/api/x/y");
}

TEST_CASE("text is percent-encoded and back") {
  CHECK(kinds::encoded("a/b ?c=\xC3\xA9~") == "a%2Fb%20%3Fc%3D%C3%A9~");
  CHECK(kinds::decoded("a%2Fb%20%3Fc%3D%C3%A9~") == "a/b ?c=\xC3\xA9~");
  CHECK(kinds::decoded("100%") == "100%");
  CHECK(kinds::decoded("%zz%4") == "%zz%4");
}

TEST_CASE("parameters replace those of the same name and keep the others") {
  CHECK(kinds::with_parameters("https://a.example/x", {{"q", "1 2"}}) ==
        "https://a.example/x?q=1%202");
  CHECK(kinds::with_parameters("https://a.example/x?", {{"q", "1"}}) == "https://a.example/x?q=1");
  CHECK(kinds::with_parameters("https://a.example/x?Q=0&map=/m&&flag#top", {{"q", "1"}}) ==
        "https://a.example/x?map=/m&flag&q=1");
  CHECK(kinds::with_parameters("https://a.example/x?map=m", {}) == "https://a.example/x?map=m");
}

TEST_CASE("Credentials of a source are put on addresses of its origin alone") {
  std::string const source = "https://jane:s%40e@a.example/api";
  CHECK(kinds::with_credentials_of(source, "https://a.example:443/api?p=2") ==
        "https://jane:s%40e@a.example:443/api?p=2");
  CHECK(kinds::with_credentials_of(source, "https://other@a.example/") ==
        "https://jane:s%40e@a.example/");
  for (auto const* const other : {"http://a.example/api", "https://a.example:8443/api",
                                  "https://b.example/?https://a.example", "", "/api"}) {
    CHECK(kinds::with_credentials_of(source, other) == other);
  }
  CHECK(kinds::with_credentials_of("https://a.example", "https://a.example/x") ==
        "https://a.example/x");
}

TEST_CASE("Links to the same server are known in whatever way they write its port") {
  for (auto const* const other :
       {"https://a.example", "https://A.example:443/x", "http://a.example/?y",
        "http://a.example:80", "https://user:word@a.example/"}) {
    CHECK(kinds::is_same_host("https://a.example/list", other));
    CHECK(kinds::is_same_host(other, "https://a.example/list"));
  }
  for (auto const* const other :
       {"https://a.example:8443/", "https://b.example/", "http://a.example:8080/",
        "https://a.example@b.example/", "ftp://a.example/", "", "/list"}) {
    CHECK_FALSE(kinds::is_same_host("https://a.example/list", other));
  }
  CHECK(kinds::is_same_host("http://a.example:8080/x", "https://a.example:8080/y"));
  CHECK_FALSE(kinds::is_same_host("", ""));
}

TEST_CASE("credentials are taken out of an address, and nothing else is") {
  CHECK(kinds::without_credentials("https://jane:secret@a.example/x?y@z") ==
        "https://a.example/x?y@z");
  CHECK(kinds::without_credentials("https://jane@corp:secret@a.example") == "https://a.example");
  for (auto const* const url : {"https://a.example", "https://a.example/jane@b", "a@b", "",
                                "https://a.example?q=jane@b", "https://a.example#jane@b"}) {
    CHECK(kinds::without_credentials(url) == url);
  }
}

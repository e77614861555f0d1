#include "formats/stac_support.hpp"

#include <algorithm>

using namespace terracat;
using namespace terracat::formats;
using model::Bbox;
using model::Bound;
using model::Geometry;
using model::Instant;
using model::Interval;
using model::LocalText;
using model::Precision;

namespace {

/// A record as a reader of another format makes it.
model::RecordParts parts() {
  model::RecordParts parts;
  parts.native_id = "urn:x";
  parts.type = "dataset";
  parts.title = LocalText("fr", "Neige des Alpes");
  parts.title.add("en", "Snow of the Alps");
  parts.description = LocalText("fr", "Hauteur de neige.");
  parts.licences.push_back({.spdx = "etalab-2.0", .text = {}, .url = "https://example.org/lo"});
  return parts;
}

model::Record record(model::RecordParts parts) {
  return model::Record::make(std::move(parts)).value();
}

std::string written(model::RecordParts parts) {
  return write_stac_collection(record(std::move(parts)), "snow");
}

model::SpatialExtent area(double west, double south, double east, double north) {
  return {Geometry::box(Bbox::make(west, south, east, north).value()), {}};
}

Bound year(std::int64_t number) {
  return Bound::at(*Instant::at({.year = number}), Precision::year);
}

model::TemporalExtent period(Bound start, Bound end) {
  return {Interval::make(start, end).value(), {}, {}};
}

model::OnlineResource online(std::string href, std::string function, std::string type = "",
                             std::string protocol = "") {
  return {.href = std::move(href),
          .name = LocalText("fr", "lien"),
          .description = {},
          .protocol = std::move(protocol),
          .function = std::move(function),
          .media_type = std::move(type)};
}

bool is_string(json::Value const& object, std::string_view name) {
  return object.string(name).has_value();
}

/// What the schema of STAC 1.1 asks of every collection, as far as it can be said in short.
void check_required_members(std::string const& text) {
  INFO(text);
  auto const document = json::Document::parse(text);
  REQUIRE(document);
  auto const root = document->root();
  CHECK(root.string("type") == "Collection");
  CHECK(root.string("stac_version") == "1.1.0");
  REQUIRE(is_string(root, "id"));
  CHECK_FALSE(root.string("id")->empty());
  REQUIRE(is_string(root, "description"));
  CHECK_FALSE(root.string("description")->empty());
  REQUIRE(is_string(root, "license"));
  CHECK(root.string("license")->find_first_of(" /") == std::string_view::npos);
  REQUIRE(root.member("links"));
  for (auto const link : root.member("links")->elements()) {
    CHECK(is_string(link, "rel"));
    CHECK(model::is_public_href(link.string("href").value_or("")));
  }
  REQUIRE(root.member("extent"));
  auto const boxes = root.member("extent")->member("spatial")->member("bbox");
  REQUIRE(boxes);
  CHECK((boxes->size() == 1 || boxes->size() >= 3));
  for (auto const box : boxes->elements()) CHECK((box.size() == 4 || box.size() == 6));
  auto const intervals = root.member("extent")->member("temporal")->member("interval");
  REQUIRE(intervals);
  CHECK(intervals->size() >= 1);
  for (auto const interval : intervals->elements()) {
    CHECK(interval.size() == 2);
    for (auto const end : interval.elements()) {
      CHECK((end.is_null() || model::parse_rfc3339(end.string().value_or(""))));
    }
  }
}

} // namespace

TEST_CASE("a record with nothing but a title becomes a collection with all that one must have") {
  model::RecordParts bare;
  bare.native_id = "bare";
  bare.title = LocalText("Bare");
  auto const text = written(bare);
  check_required_members(text);
  CHECK(at(text, {"description"}) == R"("Bare")");
  CHECK(at(text, {"extent"}) == R"({"spatial":{"bbox":[[-180,-90,180,90]]},)"
                                R"("temporal":{"interval":[[null,null]]}})");
  auto const inferred = at(text, {"terracat:inferred"});
  for (auto const member : {"description", "license", "extent.spatial", "extent.temporal"}) {
    CHECK(inferred.find(R"("member":")" + std::string(member) + '"') != std::string::npos);
  }
}

TEST_CASE("a full record becomes a collection with all that one must have") {
  auto full = parts();
  full.spatial = {area(5, 44, 6, 45), area(6, 45, 7, 46)};
  full.temporal = {period(year(1960), Bound::open())};
  full.online = {online("https://example.org/a.zip", "download"),
                 online("https://example.org/wms", "", "", "OGC:WMS"),
                 online("https://example.org/a b", "information")};
  full.contacts.push_back({.name = "A",
                           .organisation = {},
                           .position = {},
                           .emails = {"x"},
                           .phones = {"1"},
                           .url = "ftp://x",
                           .orcid = {},
                           .ror = {},
                           .roles = {"author"}});
  check_required_members(written(full));
}

TEST_CASE("the body is the same wherever the collection is answered") {
  auto const text = collection_text(record(parts()), {});
  CHECK(text.body.starts_with(R"("type":"Collection","stac_version":"1.1.0")"));
  CHECK(text.body.ends_with(R"("links":[{"rel":"license","href":"https://example.org/lo"})"));
  CHECK(text.body.find(R"("id":)") == std::string::npos);
  CHECK(text.body.find(R"("extent":)") == std::string::npos);
  CHECK(text.summaries.empty());
  std::string out;
  append_collection(out, R"("type":"Collection","links":[)", "a",
                    {.extent = "{}", .summaries = R"({"x":[1]})"},
                    R"({"rel":"self"},{"rel":"root"})");
  CHECK(out == R"({"id":"a","extent":{},"summaries":{"x":[1]},"type":"Collection",)"
               R"("links":[{"rel":"self"},{"rel":"root"}]})");
  out.clear();
  append_collection(out, R"("links":[)", "a", {.extent = "{}", .has_items = true}, "");
  CHECK(out == R"({"id":"a","itemType":"feature","extent":{},"links":[]})");
}

TEST_CASE("texts are in the preferred language that there is") {
  auto const title = [](std::vector<std::string> const& languages) {
    auto const text = collection_text(record(parts()), languages);
    return at("{" + text.body + "]}", {"title"});
  };
  CHECK(title({"en", "fr"}) == R"("Snow of the Alps")");
  CHECK(title({"de"}) == R"("Neige des Alpes")");
  CHECK(title({}) == R"("Neige des Alpes")");
  CHECK(at(written(parts()), {"language"}) == R"({"code":"fr"})");
}

TEST_CASE("no collection has exactly two boxes") {
  auto const boxes = [](std::vector<model::SpatialExtent> areas) {
    auto with_areas = parts();
    with_areas.spatial = std::move(areas);
    return at(written(with_areas), {"extent", "spatial", "bbox"});
  };
  CHECK(boxes({area(1, 2, 3, 4)}) == "[[1,2,3,4]]");
  CHECK(boxes({area(1, 2, 3, 4), area(1, 2, 3, 4)}) == "[[1,2,3,4]]");
  CHECK(boxes({area(1, 2, 3, 4), area(5, 6, 7, 8)}) == "[[1,2,7,8],[1,2,3,4],[5,6,7,8]]");
  // One part inside the other: the whole stands twice.
  CHECK(boxes({area(0, 0, 9, 9), area(1, 2, 3, 4)}) == "[[0,0,9,9],[0,0,9,9],[1,2,3,4]]");
  CHECK(boxes({area(170, 0, -170, 9)}) == "[[170,0,-170,9]]");
}

TEST_CASE("an area that has only a name leaves the box open") {
  auto named = parts();
  named.spatial = {{std::nullopt, LocalText("fr", "Alpes")}};
  auto const text = written(named);
  CHECK(at(text, {"extent", "spatial", "bbox"}) == "[[-180,-90,180,90]]");
  CHECK(at(text, {"terracat:inferred"}).find("extent.spatial") != std::string::npos);
}

TEST_CASE("heights make six numbers only where they are those of GeoJSON") {
  auto const bbox = [](std::string const& crs) {
    auto high = parts();
    high.spatial = {area(1, 2, 3, 4)};
    high.vertical = {{{-10, 4808.5}, "m", crs}};
    return at(written(high), {"extent", "spatial", "bbox"});
  };
  CHECK(bbox("EPSG:4979") == "[[1,2,-10,3,4,4808.5]]");
  CHECK(bbox("EPSG:5831") == "[[1,2,3,4]]"); // depths
}

TEST_CASE("periods end with the last second that they cover") {
  auto const interval = [](model::TemporalExtent const& extent) {
    auto timed = parts();
    timed.temporal = {extent};
    return at(written(timed), {"extent", "temporal", "interval"});
  };
  CHECK(interval(period(year(1990), year(2004))) ==
        R"([["1990-01-01T00:00:00Z","2004-12-31T23:59:59Z"]])");
  CHECK(interval(period(year(1990), Bound::open())) == R"([["1990-01-01T00:00:00Z",null]])");
  auto const exact = Bound::at(model::parse_rfc3339("2004-05-06T07:08:09.125Z").value());
  CHECK(interval(period(exact, exact)) ==
        R"([["2004-05-06T07:08:09.125Z","2004-05-06T07:08:09.125Z"]])");
  auto const second =
      Bound::at(model::parse_rfc3339("2004-05-06T07:08:09Z").value(), Precision::second);
  CHECK(interval(period(second, second)) == R"([["2004-05-06T07:08:09Z","2004-05-06T07:08:09Z"]])");
}

TEST_CASE("what RFC 3339 cannot say is null, with the source's words beside") {
  auto ancient = parts();
  ancient.temporal = {period(year(-10000), year(1950))};
  ancient.temporal[0].start_text = "10 000 av. J.-C.";
  auto text = written(ancient);
  CHECK(at(text, {"extent", "temporal", "interval"}) == R"([[null,"1950-12-31T23:59:59Z"]])");
  CHECK(at(text, {"terracat:original_interval"}) ==
        R"([["10 000 av. J.-C.","1950-01-01T00:00:00Z"]])");
  // A word for an open end is no end, and a date that others cannot read is said so that they can.
  ancient.temporal = {period(year(-10000), Bound::open()), period(year(1950), year(1960))};
  ancient.temporal[0].end_text = "jetzt";
  ancient.temporal[1].start_text = "Nachkriegszeit";
  ancient.temporal[1].end_text = "1960";
  CHECK(at(written(ancient), {"terracat:original_interval"}) ==
        R"([["-10000-01-01T00:00:00Z",null],["1950-01-01T00:00:00Z","1960"]])");
  auto unknown = parts();
  unknown.temporal = {period(year(1950), Bound::unknown())};
  text = written(unknown);
  CHECK(at(text, {"extent", "temporal", "interval"}) ==
        R"([["1950-01-01T00:00:00Z","1950-12-31T23:59:59Z"]])");
  CHECK(at(text, {"terracat:original_interval"}) == R"([["1950-01-01T00:00:00Z","unknown"]])");
}

TEST_CASE("contacts become providers by their roles, and contacts") {
  auto staffed = parts();
  model::Contact maker;
  maker.name = "Ada Neige";
  maker.organisation = LocalText("fr", "Observatoire");
  maker.position = LocalText("fr", "nivologue");
  maker.emails = {"ada@example.org", "ada (at) example.org"};
  maker.phones = {"+33 (0)5 61 00 00 00", "0033561000001", "05 61 00 00 00"};
  maker.url = "https://observatoire.example.org";
  maker.orcid = "0000-0002-1825-0097";
  maker.roles = {"author", "pointOfContact"};
  model::Contact server;
  server.organisation = LocalText("fr", "Observatoire");
  server.roles = {"distributor", "principalInvestigator"};
  model::Contact reader;
  reader.organisation = LocalText("fr", "Lecteurs");
  reader.roles = {"user"};
  staffed.contacts = {maker, server, reader};
  auto const text = written(staffed);
  CHECK(
      at(text, {"providers"}) ==
      R"([{"name":"Observatoire","roles":["producer","host"],"url":"https://observatoire.example.org"}])");
  CHECK(
      at(text, {"contacts"}) ==
      R"([{"identifier":"https://orcid.org/0000-0002-1825-0097","name":"Ada Neige",)"
      R"("positionName":"nivologue","organization":"Observatoire",)"
      R"("emails":[{"value":"ada@example.org"}],)"
      R"("phones":[{"value":"+33561000000"},{"value":"+33561000001"}],)"
      R"("links":[{"rel":"about","href":"https://observatoire.example.org","type":"text/html"}],)"
      R"("roles":["author","pointOfContact"]},)"
      R"({"name":"Observatoire","organization":"Observatoire","roles":["distributor","principalInvestigator"]},)"
      R"({"name":"Lecteurs","organization":"Lecteurs","roles":["user"]}])");
  CHECK(at(text, {"stac_extensions"}).find("contacts/v0.1.1") != std::string::npos);
}

TEST_CASE("concepts with a URI become themes, all keywords stay keywords") {
  auto keyed = parts();
  model::KeywordSet free;
  free.keywords = {{LocalText("fr", "neige"), ""}};
  model::KeywordSet gcmd;
  gcmd.thesaurus = LocalText("en", "GCMD");
  gcmd.keywords = {{LocalText("en", "SNOW"), "https://example.org/kms/concept/snow"},
                   {LocalText("en", "ICE"), ""}};
  model::KeywordSet unnamed;
  unnamed.keywords = {{LocalText("en", "Snow depth"), "http://vocab.example.org/P07/CFSN0023/"}};
  keyed.keyword_sets = {free, gcmd, unnamed};
  auto const text = written(keyed);
  CHECK(at(text, {"keywords"}) == R"(["neige","SNOW","ICE","Snow depth"])");
  CHECK(
      at(text, {"themes"}) ==
      R"([{"concepts":[{"id":"snow","title":"SNOW","url":"https://example.org/kms/concept/snow"}],"scheme":"GCMD"},)"
      R"({"concepts":[{"id":"CFSN0023","title":"Snow depth","url":"http://vocab.example.org/P07/CFSN0023/"}],)"
      R"("scheme":"http://vocab.example.org/P07/"}])");
  keyed.keyword_sets = {free};
  CHECK(at(written(keyed), {"themes"}).empty());
}

TEST_CASE("topics become concepts of their code list, and topics again") {
  auto marine = parts();
  marine.topics = {"oceans"};
  auto const text = written(marine);
  CHECK(at(text, {"themes"}) ==
        R"([{"concepts":[{"id":"oceans","title":"oceans",)"
        R"("url":"http://inspire.ec.europa.eu/metadata-codelist/TopicCategory/oceans"}],)"
        R"("scheme":"http://inspire.ec.europa.eu/metadata-codelist/TopicCategory"}])");
  CHECK(at(text, {"stac_extensions"}).find("themes/v1.0.0") != std::string::npos);
  CHECK(at(text, {"keywords"}).empty());
  TestReader reader;
  auto const again = reader.collection(text);
  REQUIRE(again);
  CHECK(record_of(again)->topics == std::vector<std::string>{"oceans"});
  CHECK(record_of(again)->keyword_sets.empty());
  CHECK(at(write_stac_collection(record_of(again), "snow"), {"themes"}) == at(text, {"themes"}));
}

TEST_CASE("files become assets, everything else links") {
  auto linked = parts();
  linked.online = {
      online("https://example.org/data/snow.nc", "download", "application/x-netcdf"),
      online("https://example.org/get?x=1", "", "", "WWW:DOWNLOAD-1.0-http--download"),
      online("https://example.org/shop.html", "download", "text/html"),
      online("https://example.org/iso.xml", "completeMetadata"),
      online("https://example.org/small.png", "browseGraphic", "image/png"),
      online("https://example.org/large.png", "browseGraphic", "image/png"),
      online("https://example.org/ows", "download", "", "OGC:WFS-1.0.0-http-get-capabilities"),
      online("https://example.org/about", "information"),
      online("javascript:alert(1)", "information"),
  };
  auto const text = written(linked);
  CHECK(
      at(text, {"assets"}) ==
      R"({"snow.nc":{"href":"https://example.org/data/snow.nc","title":"lien","type":"application/x-netcdf","roles":["data"]},)"
      R"("get":{"href":"https://example.org/get?x=1","title":"lien","roles":["data"]},)"
      R"("iso.xml":{"href":"https://example.org/iso.xml","title":"lien","roles":["metadata"]},)"
      R"("thumbnail":{"href":"https://example.org/small.png","title":"lien","type":"image/png","roles":["thumbnail"]},)"
      R"("large.png":{"href":"https://example.org/large.png","title":"lien","type":"image/png","roles":["overview"]}})");
  CHECK(
      at(text, {"links"}) ==
      R"([{"rel":"license","href":"https://example.org/lo"},)"
      R"({"rel":"related","href":"https://example.org/shop.html","type":"text/html","title":"lien"},)"
      R"({"rel":"service","href":"https://example.org/ows","title":"lien","protocol":"OGC:WFS-1.0.0-http-get-capabilities"},)"
      R"({"rel":"about","href":"https://example.org/about","title":"lien"}])");
}

TEST_CASE("the key of an asset does not depend on the order of the files") {
  auto const keys = [](std::vector<std::string> const& hrefs) {
    auto linked = parts();
    for (auto const& href : hrefs) linked.online.push_back(online(href, "download"));
    std::vector<std::string> out;
    auto const document = json::Document::parse(at(written(linked), {"assets"}));
    for (auto const [key, asset] : document->root().members()) {
      out.push_back(std::string(key) + " " + std::string(asset.string("href").value()));
    }
    std::ranges::sort(out);
    return out;
  };
  std::vector<std::string> const hrefs{"https://a.example.org/snow.nc",
                                       "https://b.example.org/snow.nc", "https://a.example.org/",
                                       "https://a.example.org/ïce (1).nc#x"};
  auto const forward = keys(hrefs);
  CHECK(forward == keys({hrefs.rbegin(), hrefs.rend()}));
  REQUIRE(forward.size() == 4);
  CHECK(forward[0] == "a.example.org https://a.example.org/");
  CHECK(forward[1] == "ce-1-.nc https://a.example.org/%C3%AFce%20(1).nc#x");
  CHECK(forward[2].starts_with("snow.nc-"));
  CHECK(forward[3].starts_with("snow.nc-"));
  CHECK(forward[2] != forward[3]);
}

TEST_CASE("platforms and instruments are summed up") {
  auto carried = parts();
  carried.platforms = {LocalText("en", "Sentinel-2A"), LocalText("en", "Sentinel-2B")};
  CHECK(collection_text(record(carried), {}).summaries ==
        R"({"platform":["Sentinel-2A","Sentinel-2B"]})");
}

TEST_CASE("variables are summed up in the preferred language") {
  auto measured = parts();
  measured.variables = {LocalText("fr", "hauteur de neige"), LocalText("en", "albedo")};
  measured.variables.front().add("en", "snow depth");
  std::vector<std::string> const english{"en"};
  CHECK(collection_text(record(measured), english).summaries ==
        R"({"variables":["snow depth","albedo"]})");
}

TEST_CASE("a DOI is answered in the spelling of its extension and as a link") {
  auto cited = parts();
  cited.identifiers = {{"uuid", "1234"}, {"doi", "10.17882/41101"}};
  auto const text = written(cited);
  CHECK(at(text, {"sci:doi"}) == R"("10.17882/41101")");
  CHECK(at(text, {"links"}).find(R"({"rel":"cite-as","href":"https://doi.org/10.17882/41101"})") !=
        std::string::npos);
  cited.identifiers = {{"doi", "10.1000.10/123"}}; // a registrant that the schema does not know
  CHECK(at(written(cited), {"sci:doi"}).empty());
}

TEST_CASE("several licences are no single licence") {
  auto licensed = parts();
  licensed.licences.push_back({.spdx = "ODbL-1.0", .text = {}, .url = ""});
  CHECK(at(written(licensed), {"license"}) == R"("other")");
  licensed.licences = {{.spdx = {}, .text = LocalText("fr", "usage restreint"), .url = ""}};
  CHECK(at(written(licensed), {"license"}) == R"("other")");
  CHECK(at(written(licensed), {"terracat:inferred"}).find("license") == std::string::npos);
}

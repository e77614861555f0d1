// What a document has more of than is taken is told, with how much is left out.

#include "formats/cut_list.hpp"
#include "formats/iso_support.hpp"

#include <functional>

using namespace terracat;
using namespace terracat::test;

namespace {

/// What `made` makes of 0, 1, … one after the other, with a comma between.
std::string listed(int count, std::function<std::string(std::string)> const& made,
                   std::string const& between = ",") {
  std::string out;
  for (int number = 0; number < count; ++number) {
    if (number > 0) out += between;
    out += made(std::to_string(number));
  }
  return out;
}

template<class Read>
Strings cuts(Read const& read, std::string_view document) {
  json::Parser json;
  auto const reading = read(document, formats::ReadContext{.address = "https://data.example/x",
                                                           .language = "en",
                                                           .local_assets = {},
                                                           .json = json});
  if (!reading) FAIL(name(reading.error().code) << " " << reading.error().where);
  Strings out;
  for (auto const& finding : reading->findings) {
    if (finding.code == FindingCode::more_than_taken) out.push_back(finding.excerpt);
  }
  return out;
}

std::string thing(int places, int streams) {
  return R"({"@iot.id":7,"name":"A","description":"d","Locations":[)" +
         listed(places,
                [](auto const& number) {
                  return R"({"location":{"type":"Point","coordinates":[2,0.1)" + number + "1]}}";
                }) +
         R"(],"Datastreams":[)" +
         listed(streams,
                [](auto const& number) {
                  return R"({"name":"s)" + number + R"(","@iot.selfLink":"https://s.example/)" +
                         number + R"("})";
                }) +
         "]}";
}

std::string erddap(std::string const& rows) {
  return R"({"datasetID":"a","table":{"columnNames":["Row Type","Variable Name",)"
         R"("Attribute Name","Data Type","Value"],"rows":[)"
         R"(["attribute","NC_GLOBAL","title","String","A title"],)" +
         rows + "]}}";
}

std::string variable(std::string const& number) {
  return R"(["variable","v)" + number + R"(","","float",""])";
}

std::string catalog(int files) {
  return R"(<catalog xmlns="http://www.unidata.ucar.edu/namespaces/thredds/InvCatalog/v1.0">)"
         R"(<service name="f" serviceType="HTTPServer" base="/f/"/><dataset name="D" ID="D">)" +
         listed(
             files,
             [](auto const& number) {
               return R"(<dataset name="f" serviceName="f" urlPath=")" + number + R"("/>)";
             },
             "") +
         "</dataset></catalog>";
}

} // namespace

TEST_CASE("more than is taken: each thing once, with how much is left out") {
  formats::CutList cuts;
  std::vector<Finding> findings;
  cuts.tell(findings);
  CHECK(findings.empty());
  cuts.left_out("variables", 5);
  cuts.left_out("areas", 2, 3);
  cuts.left_out("variables", 5);
  cuts.tell(findings);
  REQUIRE(findings.size() == 2);
  CHECK(findings[0].excerpt == "areas: 2 taken, 3 left out");
  CHECK(findings[1].excerpt == "variables: 5 taken, 2 left out");
  CHECK(name(findings[1].code) == "more-than-taken");
  model::RecordParts const parts;
  CHECK(formats::list_name(parts, &parts.online) == "online");
  CHECK(formats::list_name(parts, &findings) == "entries");
}

TEST_CASE("more than is taken: areas and links of a Thing") {
  CHECK(cuts(formats::read_sensorthings, thing(500, 200)).empty());
  CHECK(cuts(formats::read_sensorthings, thing(503, 201)) ==
        Strings{"links of Datastreams: 200 taken, 1 left out", "spatial: 500 taken, 3 left out"});
}

TEST_CASE("more than is taken: variables and contributors of ERDDAP") {
  auto const names = R"(["attribute","NC_GLOBAL","contributor_name","String",")" +
                     listed(502, [](auto const& number) { return "P. " + number; }) + R"("])";
  CHECK(cuts(formats::read_erddap, erddap(listed(2'000, variable))).empty());
  CHECK(cuts(formats::read_erddap, erddap(names + "," + listed(2'004, variable))) ==
        Strings{"contributors: 500 taken, 2 left out", "variables: 2000 taken, 4 left out"});
}

TEST_CASE("more than is taken: files of a data set of THREDDS, also where they were not kept") {
  CHECK(cuts(formats::read_thredds, catalog(100)).empty());
  CHECK(cuts(formats::read_thredds, catalog(103)) ==
        Strings{"links of files: 100 taken, 3 left out"});
  json::Parser json;
  auto const parts = formats::split_thredds(
      catalog(137), {.address = {}, .language = {}, .local_assets = {}, .json = json});
  REQUIRE(parts);
  CHECK(cuts(formats::read_thredds, parts->at(0)) ==
        Strings{"links of files: 100 taken, 37 left out"});
}

TEST_CASE("more than is taken: instruments of AERIS") {
  auto const of = [](int count) {
    return R"({"id":"a","resourceTitle":{"en":"T"},"instruments":[)" +
           listed(count, [](auto const& number) { return R"({"model":"i)" + number + R"("})"; }) +
           "]}";
  };
  CHECK(cuts(formats::read_aeris, of(2'000)).empty());
  CHECK(cuts(formats::read_aeris, of(2'001)) == Strings{"instruments: 2000 taken, 1 left out"});
}

TEST_CASE("more than is taken: taxa of EML") {
  auto const of = [](int count) {
    return R"(<e:eml xmlns:e="eml://ecoinformatics.org/eml-2.1.1" packageId="a.1.1" system="k">)"
           "<dataset><title>T</title><coverage><taxonomicCoverage>" +
           listed(
               count,
               [](auto const& number) {
                 return "<taxonomicClassification><taxonRankValue>T" + number +
                        "</taxonRankValue></taxonomicClassification>";
               },
               "") +
           "</taxonomicCoverage></coverage></dataset></e:eml>";
  };
  CHECK(cuts(formats::read_eml, of(500)).empty());
  CHECK(cuts(formats::read_eml, of(507)) == Strings{"taxa: 500 taken, 7 left out"});
}

TEST_CASE("more than is taken: languages of a pivot document") {
  auto const of = [](int count) {
    return R"({"pivots":{)" +
           listed(count,
                  [](auto const& number) {
                    return R"("l)" + number +
                           R"(":{"producer":{"name":"P"},"datasets":[)"
                           R"({"datasetId":"A","metadata":{"title":"T"},)"
                           R"("observations":[]}]})";
                  }) +
           "}}";
  };
  CHECK(cuts(formats::read_theia_pivot, of(20)).empty());
  CHECK(cuts(formats::read_theia_pivot, of(22)) == Strings{"languages: 20 taken, 2 left out"});
}

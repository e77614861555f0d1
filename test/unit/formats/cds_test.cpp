// Collections of Copernicus data stores.

#include "formats/iso_support.hpp"

#include <algorithm>

using namespace terracat;
using namespace terracat::test;

namespace {

formats::ReadResult read(std::string_view document) {
  json::Parser json;
  return formats::read_cds(document,
                           {.address = {}, .language = {}, .local_assets = {}, .json = json});
}

/// The keywords that are about something.
Strings keywords_of(model::RecordParts const& record, std::string_view about) {
  Strings out;
  for (auto const& set : record.keyword_sets) {
    if (set.thesaurus.first() != about) continue;
    for (auto const& keyword : set.keywords) {
      out.push_back(set.kind + ":" + std::string(keyword.label.first()));
    }
  }
  return out;
}

} // namespace

TEST_CASE("CDS: a whole collection becomes a record") {
  auto const reading = read(fixture("formats/cds/collection.json"));
  auto const record = parts_of(reading);
  CHECK(record.native_id == "reanalysis-of-rain");
  CHECK(record.type == "dataset");
  CHECK(record.title.first() == "Reanalysis of rain");
  CHECK(record.identifiers == std::vector{model::Identifier{"doi", "10.24381/cds.00000000"}});
  CHECK(keywords_of(record, "Product type") == Strings{"theme:Reanalysis"});
  CHECK(keywords_of(record, "Spatial coverage") == Strings{"place:Global"});
  CHECK(keywords_of(record, "Temporal coverage") == Strings{"temporal:Past"});
  CHECK(keywords_of(record, "Variable domain") ==
        Strings{"theme:Atmosphere (surface)", "theme:Land"});
  CHECK(keywords_of(record, "") == Strings{":free word"});
  REQUIRE(record.licences.size() == 1);
  CHECK(record.licences[0].spdx == "CC-BY-4.0");
  CHECK(record.licences[0].url == "https://store.example/licences/cc-by.pdf");
  REQUIRE(record.spatial.size() == 1);
  CHECK(record.spatial[0].geometry->bbox().west() == -180);
  REQUIRE(record.temporal.size() == 1);
  REQUIRE(record.access_constraints.size() == 1);
  CHECK(record.access_constraints[0].first() == "Requests are held back until Monday");
  REQUIRE(record.dates.size() == 1);
  CHECK(record.dates[0].kind == "publication");
  REQUIRE(record.contacts.size() == 1);
  REQUIRE(record.assets.size() == 1);
  Strings online;
  for (auto const& link : record.online) {
    online.push_back(link.protocol + "|" + link.function + "|" + link.href);
  }
  CHECK(online == Strings{"|information|https://store.example/documentation",
                          "|information|https://store.example/forms/reanalysis-of-rain/form.json",
                          "|information|https://store.example/constraints/reanalysis-of-rain/"
                          "constraints.json",
                          "OGC API Processes|order|https://store.example/api/retrieve/v1/processes/"
                          "reanalysis-of-rain"});
  for (auto const& [member, text] : record.stac_members) {
    CHECK_FALSE(member.starts_with("cads:"));
    CHECK_FALSE(text == "null");
  }
}

TEST_CASE("CDS: what is odd is told where it stands") {
  auto const reading = read(fixture("formats/cds/collection.json"));
  REQUIRE(reading);
  Strings out;
  for (auto const& finding : reading->findings) {
    out.push_back(std::string(name(finding.code)) + " " + finding.where);
  }
  // By what reads STAC, and by what reads the rest.
  CHECK(std::ranges::count(out, "href-refused /links/6/href") == 2);
}

TEST_CASE("CDS: what is no collection is refused") {
  CHECK(read("{}").error().code == FindingCode::unexpected_root);
  CHECK(read("{").error().code == FindingCode::json_malformed);
  CHECK(read(R"({"type":"Collection","id":"a"})").error().code == FindingCode::stac_invalid);
  CHECK(read(R"({"type":"Collection","stac_version":"1.1.0"})").error().code ==
        FindingCode::no_identifier);
}

TEST_CASE("CDS: collections of data stores are told from others by their members") {
  CHECK(formats::recognise(fixture("formats/cds/collection.json"))->name == "cds");
  CHECK(formats::recognise(R"({"type":"Collection","stac_version":"1.1.0","id":"a"})")->name ==
        "stac-collection");
  CHECK(formats::recognise(R"({"cads:message":null})") == nullptr);
}

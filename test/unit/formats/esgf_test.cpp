// Data sets of the Earth System Grid Federation, as its search answers them.

#include "formats/iso_support.hpp"

using namespace terracat;
using namespace terracat::test;

namespace {

constexpr auto address = "https://esgf.inst.example/esg-search/search?id=x";

formats::ReadResult read(std::string_view document, std::string from = {}) {
  json::Parser json;
  return formats::read_esgf(
      document, {.address = std::move(from), .language = {}, .local_assets = {}, .json = json});
}

/// A data set with what is needed, and these members.
std::string dataset(std::string const& members) {
  return R"({"id":"a.v1|n.example","instance_id":"a.v1","data_node":"n.example","type":"Dataset")" +
         (members.empty() ? "" : "," + members) + "}";
}

model::RecordParts parts(std::string const& members) {
  return parts_of(read(dataset(members)));
}

Strings codes(std::string const& members) {
  Strings out;
  auto const reading = read(dataset(members));
  REQUIRE(reading);
  for (auto const& finding : reading->findings) {
    out.push_back(std::string(name(finding.code)) + " " + finding.where);
  }
  return out;
}

Strings keywords_of(model::RecordParts const& record, std::string_view thesaurus) {
  Strings out;
  for (auto const& set : record.keyword_sets) {
    if (set.thesaurus.first() != thesaurus) continue;
    for (auto const& keyword : set.keywords) out.emplace_back(keyword.label.first());
  }
  return out;
}

} // namespace

TEST_CASE("ESGF: a whole data set of CMIP6 becomes a record") {
  auto const reading = read(fixture("formats/esgf/cmip6.json"), address);
  auto const record = parts_of(reading);
  CHECK(reading->findings.empty());
  CHECK(record.native_id ==
        "CMIP6.CMIP.INST.MODEL-1.historical.r2i1p1f1.Amon.tas.gr.v20200102|esgf.inst.example");
  CHECK(record.type == "dataset");
  CHECK(record.title ==
        model::LocalText("en", "CMIP6.CMIP.INST.MODEL-1.historical.r2i1p1f1.Amon.tas.gr"));
  CHECK(record.description.in("en") ==
        "Variable: Near-Surface Air Temperature (tas)\nUnit: K\n"
        "Experiment: all-forcing simulation of the recent past (historical)\nModel: MODEL-1\n"
        "Institution: INST\nMember: r2i1p1f1\nRealm: atmos\nFrequency: mon\nGrid: LMDZ grid (gr)\n"
        "Nominal resolution: 250 km\nProject: CMIP6");
  CHECK(record.inferences == std::vector<model::Inference>{
                                 {"description", "it is put together from the data set's facets"}});
  CHECK(record.identifiers ==
        std::vector<model::Identifier>{
            {"hdl", "21.14100/00000000-1111-2222-3333-444444444444"},
            {"instance_id", "CMIP6.CMIP.INST.MODEL-1.historical.r2i1p1f1.Amon.tas.gr.v20200102"},
            {"master_id", "CMIP6.CMIP.INST.MODEL-1.historical.r2i1p1f1.Amon.tas.gr"}});
  CHECK(record.updated.earliest() == model::parse_rfc3339("2020-01-05T20:07:55.229Z").value());
  REQUIRE(record.dates.size() == 1);
  CHECK(record.dates[0].kind == "publication");
  CHECK(record.dates[0].at.earliest() == model::parse_rfc3339("2020-01-02T00:00:00Z").value());
  CHECK(record.status.empty());
  CHECK(record.metadata_languages == Strings{"en"});
}

TEST_CASE("ESGF: subjects, contacts, place and time of a whole data set") {
  auto const record = parts_of(read(fixture("formats/esgf/cmip6.json"), address));
  CHECK(keywords_of(record, "CMIP6 experiment_id") == Strings{"historical"});
  CHECK(keywords_of(record, "CMIP6 source_type") == Strings{"AOGCM", "BGC"});
  CHECK(keywords_of(record, "CMIP6 variable_id") == Strings{"tas"});
  CHECK(keywords_of(record, "Climate and Forecast Standard Names") == Strings{"air_temperature"});
  CHECK(record.topics == Strings{"climatologyMeteorologyAtmosphere"});
  CHECK(record.variables ==
        std::vector<model::LocalText>{model::LocalText("en", "Near-Surface Air Temperature")});
  CHECK(record.platforms == std::vector<model::LocalText>{model::LocalText("en", "MODEL-1")});
  REQUIRE(record.contacts.size() == 2);
  CHECK(record.contacts[0].organisation.first() == "INST");
  CHECK(record.contacts[0].roles == Strings{"originator"});
  CHECK(record.contacts[1].organisation.first() == "esgf.inst.example");
  CHECK(record.contacts[1].roles == Strings{"distributor"});
  REQUIRE(record.spatial.size() == 1);
  CHECK(record.spatial[0].geometry->bbox() == model::Bbox::make(-180, -90, 180, 90).value());
  REQUIRE(record.temporal.size() == 1);
  CHECK(record.temporal[0].start_text == "1850-01-16T12:00:00Z");
  CHECK(record.temporal[0].end_text == "2014-12-16T12:00:00Z");
  CHECK(record.resolutions == std::vector<model::Resolution>{{250'000, "m"}});
}

TEST_CASE("ESGF: the ways to a data set and to more about it") {
  auto const links_of = [](model::RecordParts const& record) {
    Strings out;
    for (auto const& link : record.online) out.push_back(link.function + " " + link.href);
    return out;
  };
  auto const document = fixture("formats/esgf/cmip6.json");
  auto links = links_of(parts_of(read(document, address)));
  CHECK(links ==
        Strings{"download https://esgf.inst.example/esg-search/search?type=File&"
                "format=application%2Fsolr%2Bjson&dataset_id=CMIP6.CMIP.INST.MODEL-1.historical."
                "r2i1p1f1.Amon.tas.gr.v20200102%7Cesgf.inst.example",
                "information https://esgf.inst.example/thredds/catalog/esgcet/1/tas.xml#tas",
                "information http://citation.example/CMIP6/tas.json",
                "information http://hdl.handle.net/hdl:21.14100/"
                "00000000-1111-2222-3333-444444444444",
                "information https://furtherinfo.example/CMIP6.INST.MODEL-1.historical"});
  // A document alone does not say where its files can be searched.
  links.erase(links.begin());
  CHECK(links_of(parts_of(read(document))) == links);
}

TEST_CASE("ESGF: what CMIP5 and CORDEX call otherwise") {
  auto const record =
      parts(R"("project":["CORDEX"],"institute":["I"],"model":["I-M"],)"
            R"("experiment":["rcp85"],"time_frequency":["day"],"domain":["EUR-11"],)"
            R"("driving_model":["D"],"ensemble":["r1i1p1"],"variable":["pr","tas"],)"
            R"("version":"v20131108","realm":["land","ocean"])");
  CHECK(keywords_of(record, "CORDEX domain") == Strings{"EUR-11"});
  CHECK(keywords_of(record, "CORDEX variable") == Strings{"pr", "tas"});
  CHECK(record.variables.size() == 2);
  CHECK(record.topics == Strings{"oceans"});
  CHECK(record.contacts[0].organisation.first() == "I");
  CHECK(record.dates[0].text == "20131108");
  CHECK(record.description.first() ==
        "Variable: pr, tas\nExperiment: rcp85\nModel: I-M\nDriving model: D\nInstitution: I\n"
        "Member: r1i1p1\nDomain: EUR-11\nRealm: land, ocean\nFrequency: day\nProject: CORDEX");
  CHECK(parts(R"("version":"1")").dates.empty());
}

TEST_CASE("ESGF: a hundred variables are not all listed in the description") {
  std::string variables;
  for (int i = 0; i < 100; ++i) {
    variables += (i == 0 ? "\"v" : ",\"v") + std::to_string(i) + '"';
  }
  auto const record = parts(R"("variable":[)" + variables + "]");
  CHECK(record.variables.size() == 100);
  CHECK(record.description.first().ends_with("v18, v19, …"));
}

TEST_CASE("ESGF: what is superseded or withdrawn says so") {
  CHECK(parts(R"("latest":true,"retracted":false)").status.empty());
  CHECK(parts(R"("latest":false)").status == "superseded");
  CHECK(parts(R"("latest":false,"retracted":true)").status == "withdrawn");
}

TEST_CASE("ESGF: boxes and times as models have them") {
  auto const box = [](std::string const& members) {
    return parts(members).spatial.at(0).geometry->bbox();
  };
  CHECK(box(R"("west_degrees":350,"east_degrees":370,"south_degrees":10,"north_degrees":20)") ==
        model::Bbox::make(-10, 10, 10, 20).value());
  CHECK(box(R"json("geo":["ENVELOPE(-10.0, 5.0, 60.0, 40.0)"])json") ==
        model::Bbox::make(-10, 40, 5, 60).value());
  CHECK(codes(R"json("geo":["POINT(1 2)"])json") == Strings{"bbox-unreadable /geo/0"});
  CHECK(parts("").spatial.empty());
  auto const far = parts(R"("datetime_start":"8121-01-16T12:00:00Z","datetime_stop":"0001-01-01")");
  CHECK(far.temporal.size() == 1);
  CHECK(codes(R"("datetime_start":"8121-01-16T12:00:00Z","datetime_stop":"0001-01-01")") ==
        Strings{"interval-reversed /datetime_start"});
  auto const resolution = [](std::string const& text) {
    return parts(R"("nominal_resolution":[")" + text + "\"]").resolutions;
  };
  CHECK(resolution("1x1 degree") == std::vector<model::Resolution>{{1, "degree"}});
  CHECK(resolution("0.5 degree") == std::vector<model::Resolution>{{0.5, "degree"}});
  CHECK(resolution("many").empty());
}

TEST_CASE("ESGF: what is none, and what has no name, is refused") {
  CHECK(formats::recognise(fixture("formats/esgf/cmip6.json"))->name == "esgf");
  CHECK(read(R"({"id":"a","type":"File"})").error().code == FindingCode::unexpected_root);
  CHECK(read("[]").error().code == FindingCode::unexpected_root);
  CHECK(read(R"({"type":"Dataset","id":["a"]})").error().code == FindingCode::no_identifier);
  auto const bare = parts("");
  CHECK(bare.title.first() == "a.v1|n.example");
  CHECK(bare.inferences.at(0).member == "title");
  CHECK(bare.description.empty());
}

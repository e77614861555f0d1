#include "catalogue/cluster_keys.hpp"

#include "support/catch.hpp"

using namespace terracat;
using catalogue::cluster_key;
using catalogue::cluster_keys;

namespace {

using Keys = std::vector<std::string>;

model::Record record(std::string const& native_id, std::vector<model::Identifier> identifiers) {
  model::RecordParts parts;
  parts.native_id = native_id;
  parts.type = "dataset";
  parts.title = model::LocalText("Rain");
  parts.identifiers = std::move(identifiers);
  return model::Record::make(std::move(parts)).value();
}

} // namespace

TEST_CASE("a name of the whole world is one key, however it is written") {
  for (auto const* const text :
       {"10.5072/Rain-1", "doi:10.5072/RAIN-1", "https://doi.org/10.5072/rain-1",
        "http://dx.doi.org/10.5072/rain-1.", "DOI: 10.5072/rain-1", "hdl:10.5072/rain-1",
        "https://hdl.handle.net/10.5072/rain-1", "urn:doi:10.5072/rain-1"}) {
    INFO(text);
    CHECK(cluster_key(text) == "10.5072/rain-1");
  }
  for (auto const* const text :
       {"hdl:20.500.12345/Rain-1", "https://hdl.handle.net/20.500.12345/RAIN-1",
        "info:hdl/20.500.12345/rain-1?noredirect"}) {
    INFO(text);
    CHECK(cluster_key(text) == "hdl:20.500.12345/rain-1");
  }
  for (auto const* const text :
       {"ark:/12148/bT6-k9", "ark:12148/bT6k9", "https://n2t.net/ark:/12148/bT6k9/",
        "https://ark.example/ark:12148/b-T6k9?info"}) {
    INFO(text);
    CHECK(cluster_key(text) == "ark:12148/bT6k9");
  }
  for (auto const* const text :
       {"0f9c3f5e-6f4b-4c57-9d0e-5a1b2c3d4e5f", "0F9C3F5E-6F4B-4C57-9D0E-5A1B2C3D4E5F",
        "urn:uuid:0f9c3f5e-6f4b-4c57-9d0e-5a1b2c3d4e5f"}) {
    INFO(text);
    CHECK(cluster_key(text) == "0f9c3f5e-6f4b-4c57-9d0e-5a1b2c3d4e5f");
  }
}

TEST_CASE("a name that many resources may have is no key") {
  for (auto const* const text :
       {"", "1", "rain", "TODO", "10.5072", "10.5072/", "1234-5679", "ISSN 1234-5679",
        "urn:issn:1234-5679", "https://example.org/data/rain", "https://doi.org/", "hdl:20.500",
        "hdl:/x", "ark:/12148", "ark:/12148/", "00000000-0000-0000-0000-000000000000",
        "urn:x-wmo:md:int.wmo.wis::rain", "oai:example.org:rain"}) {
    INFO(text);
    CHECK_FALSE(cluster_key(text));
  }
}

TEST_CASE("a record has the keys of all of its names, those that say most first") {
  auto const uuid = std::string("0f9c3f5e-6f4b-4c57-9d0e-5a1b2c3d4e5f");
  CHECK(cluster_keys(record(uuid, {{"uri", "https://n2t.net/ark:/12148/x"},
                                   {"", "http://doi.org/10.5072/B"},
                                   {"doi", "10.5072/a"},
                                   {"DOI", "10.5072/b"},
                                   {"hdl", "20.500/x"},
                                   {"issn", "1234-5679"}})) ==
        Keys{"10.5072/a", "10.5072/b", "hdl:20.500/x", "ark:12148/x", uuid});
  CHECK(cluster_keys(record("id-" + uuid, {})) == Keys{uuid});
  CHECK(cluster_keys(record("id-rain", {{"doi", "to be assigned"}})).empty());
  std::vector<model::Identifier> many;
  for (int i = 10; i < 60; ++i) many.push_back({"doi", "10.5072/" + std::to_string(i)});
  auto const keys = cluster_keys(record("rain", many));
  CHECK(keys.size() == 16);
  CHECK(keys.back() == "10.5072/25");
}

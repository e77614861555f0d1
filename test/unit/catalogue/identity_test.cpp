#include "catalogue/identity.hpp"

#include "support/catch.hpp"

using namespace terracat::catalogue;

TEST_CASE("legal native ids are public ids") {
  CHECK(record_id("", "sentinel-2-l2a") == "sentinel-2-l2a");
  CHECK(record_id("aeris.", "0b0ff2a4-6f2c") == "aeris.0b0ff2a4-6f2c");
  CHECK(item_id("S2A_MSIL2A_20240501T104021_N0510") == "S2A_MSIL2A_20240501T104021_N0510");
  CHECK(item_id("urn:ogc:def:x") == "urn:ogc:def:x");
}

TEST_CASE("a record id begins with a letter") {
  CHECK(record_id("", "0b0ff2a4") == "id-0b0ff2a4");
  CHECK(record_id("", "20240101") == "id-20240101");
  CHECK(record_id("", "None") == "id-None");
  CHECK(record_id("", "True") == "id-True");
}

TEST_CASE("ids that clients would evaluate are not used for items") {
  for (auto const* literal :
       {"20240101", "1e5", "True", "None", "-1", "1_000", "0x1f", ".5", "1,2"}) {
    CHECK_FALSE(is_item_id(literal));
    CHECK(item_id(literal) == "id-" + std::string(literal));
  }
  CHECK(is_item_id("2024_granule"));
  CHECK(is_item_id("e5"));
}

TEST_CASE("ids with characters that no path may hold are made legal and stay apart") {
  auto const id = record_id("", "fr/insitu?x y");
  CHECK(id.starts_with("fr-insitu-x-y-"));
  CHECK(is_record_id(id));
  CHECK(id.size() == std::string("fr-insitu-x-y-").size() + 8);
  CHECK(record_id("", "fr/insitu") != record_id("", "fr insitu"));
  CHECK(record_id("", "fr/insitu") == record_id("", "fr/insitu"));
  auto const esgf = item_id("CMIP6.CMIP.IPSL.v20190308|esgf.ceda.ac.uk");
  CHECK(is_item_id(esgf));
  CHECK(esgf.starts_with("CMIP6.CMIP.IPSL.v20190308-esgf.ceda.ac.uk-"));
  CHECK(is_item_id(item_id("..")));
  CHECK(is_item_id(item_id("données")));
  CHECK(is_record_id(record_id("", "données")));
  CHECK(is_record_id(record_id("", "///")));
}

TEST_CASE("very long ids are cut and stay apart") {
  std::string const a(1000, 'a');
  CHECK(is_record_id(record_id("", a + "1")));
  CHECK(record_id("", a + "1") != record_id("", a + "2"));
  CHECK(is_item_id(item_id(a + "1")));
  CHECK(item_id(a + "1") != item_id(a + "2"));
}

TEST_CASE("an id that yields names the source, and tells what was wanted") {
  CHECK(yielded_id("rain", "s", 0) == "rain.s");
  CHECK(yielded_id("rain", "s", 1) == "rain.s-2");
  CHECK(yielded_id("rain", "s", 9) == "rain.s-10");
  CHECK(wanted_id("rain.s", "s") == "rain");
  CHECK(wanted_id("rain.s-10", "s") == "rain");
  CHECK(wanted_id(yielded_id("rain.s", "s", 1), "s") == "rain.s");
  for (auto const* const other :
       {"rain", "rain.t", "rain.s2", "rain.s-", "rain.s-2a", "rain.sea"}) {
    CHECK(wanted_id(other, "s").empty());
  }
}

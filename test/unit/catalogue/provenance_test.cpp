#include "catalogue/clusters.hpp"

#include "catalogue/committer.hpp"
#include "formats/terracat.hpp"
#include "support/catalogues.hpp"
#include "support/catch.hpp"

/// Records that came through other catalogues of this program.
using namespace terracat;

namespace {

using Texts = std::vector<std::string>;

struct Catalogue : test::CatalogueUnderTest {
  Catalogue() : CatalogueUnderTest(test::stores().front(), rules()) {}

  static catalogue::Rules rules() {
    catalogue::Rules out{.address = "https://here.example/base"};
    out.sources.push_back({.name = "a", .id_prefix = "", .order = 0});
    return out;
  }

  Run put(std::string const& source, std::string const& id, Texts const& stations) {
    auto put = test::record(source, id, "Title of " + id, "dataset");
    auto parts = *put.record;
    parts.identifiers.push_back({"doi", "10.5072/x"});
    formats::Chain chain;
    for (auto const& station : stations) chain.push_back({.catalogue = station, .id = id});
    formats::keep_chain(parts, chain);
    put.record = model::Record::make(std::move(parts)).value();
    return submit(source, std::move(put));
  }

  Texts cluster(std::string const& id) {
    auto view = this->view();
    Texts out;
    for (auto const& one : view.cluster_of(view.record(id).value().row.number)) {
      out.push_back(one.id);
    }
    return out;
  }
};

Texts const one{"https://one.example"};
Texts const two{"https://one.example", "https://two.example"};

} // namespace

TEST_CASE("a record that came through this very catalogue is left out, and the report says so") {
  Catalogue catalogue;
  auto const back = catalogue.put("a", "x", {"https://one.example", "http://HERE.example/base/"});
  CHECK(catalogue.report(back) == Texts{"skipped came-from-here x"});
  CHECK(back.counts.skipped == 1);
  CHECK_FALSE(catalogue.view().record("x"));
  CHECK(catalogue.report(catalogue.put("a", "y", {"https://here.example"})) == Texts{"created  y"});
}

TEST_CASE("a record that came through too many catalogues is left out") {
  Catalogue catalogue;
  Texts stations(formats::most_stations, "https://one.example");
  CHECK(catalogue.report(catalogue.put("a", "x", stations)) == Texts{"created  x"});
  stations.push_back("https://two.example");
  CHECK(catalogue.report(catalogue.put("a", "y", stations)) == Texts{"skipped too-many-hops y"});
}

TEST_CASE("of sources that stand alike the one stands first whose record came the shorter way") {
  Catalogue catalogue; // of these sources the configuration knows "a" alone
  catalogue.put("x", "far", two);
  catalogue.put("y", "near", one);
  CHECK(catalogue.cluster("far") == Texts{"near", "far"});
  catalogue.put("z", "own", {});
  CHECK(catalogue.cluster("far") == Texts{"own", "near", "far"});
  catalogue.put("a", "named", two); // what the configuration says comes before
  CHECK(catalogue.cluster("far") == Texts{"named", "own", "near", "far"});
}

#include "catalogue/clusters.hpp"

#include "catalogue/committer.hpp"
#include "support/catalogues.hpp"
#include "support/catch.hpp"
#include "support/random.hpp"

#include <set>

using namespace terracat;
using catalogue::Scope;

namespace {

using Texts = std::vector<std::string>;

/// A catalogue of three sources, in the order of their names.
struct Catalogue : test::CatalogueUnderTest {
  explicit Catalogue(test::StoreUnderTest const& store = test::stores().front())
      : CatalogueUnderTest(store, rules({"a", "b", "c"})) {}

  static catalogue::Rules rules(Texts const& names) {
    catalogue::Rules out;
    for (auto const& name : names) {
      out.sources.push_back({.name = name,
                             .id_prefix = name + "-",
                             .order = static_cast<std::uint32_t>(out.sources.size())});
    }
    return out;
  }

  Run put(std::string const& source, std::string const& id, Texts const& dois,
          std::string const& type = "dataset") {
    auto put = test::record(source, id, "Title of " + source + " " + id, type);
    auto parts = *put.record;
    for (auto const& doi : dois) parts.identifiers.push_back({"doi", "10.5072/" + doi});
    put.record = model::Record::make(std::move(parts)).value();
    return submit(source, std::move(put));
  }

  Run put_item(std::string const& source, std::string const& collection, std::string const& id) {
    return submit(source, test::item(collection, {.id = id, .properties = ""}));
  }

  void remove(std::string const& id) {
    auto view = this->view();
    auto const row = view.record(id).value().row;
    catalogue::Batch batch{.source = row.source, .run = {.source = row.source, .mode = "test"}};
    batch.removed = {row.number};
    submit(std::move(batch));
  }

  /// The records that a search answers, by title.
  Texts found(Scope const& scope = Scope::everything()) {
    auto view = this->view(scope);
    Texts out;
    auto const answer = view.search_records({.limit = 1'000}).value();
    for (auto const& record : answer.records) out.push_back(record.id);
    CHECK(answer.matched == out.size());
    return out;
  }

  /// The cluster of a record, the canonical one first.
  Texts cluster(std::string const& id, Scope const& scope = Scope::everything()) {
    auto view = this->view(scope);
    Texts out;
    for (auto const& one : view.cluster_of(view.record(id).value().row.number)) {
      out.push_back(one.id);
    }
    return out;
  }
};

/// The clusters that the directory has, or would have if it began anew.
std::set<std::vector<RecordNumber>> clusters_of(catalogue::Directory const& directory) {
  std::set<std::vector<RecordNumber>> out;
  for (auto const* const entries : {&directory.entries(), &directory.others()}) {
    for (auto const& [number, entry] : *entries) {
      if (!entry->cluster) continue;
      std::vector<RecordNumber> members;
      for (auto const& member : entry->cluster->members) members.push_back(member.number);
      CHECK(std::ranges::find(members, number) != members.end());
      out.insert(std::move(members));
    }
  }
  return out;
}

} // namespace

TEST_CASE("records of several sources with one DOI are one") {
  Catalogue catalogue;
  CHECK(catalogue.report(catalogue.put("b", "rain", {"x"})) == Texts{"created  rain"});
  catalogue.put("b", "snow", {"y"});
  CHECK(catalogue.report(catalogue.put("c", "pluie", {"X"})) ==
        Texts{"created  pluie", "created cluster-joined pluie"});
  CHECK(catalogue.report(catalogue.put("a", "regen", {"x"})) ==
        Texts{"created  regen", "created cluster-joined regen"});
  CHECK(catalogue.found() == Texts{"a-regen", "b-snow"});
  CHECK(catalogue.cluster("c-pluie") == Texts{"a-regen", "b-rain", "c-pluie"});
  CHECK(catalogue.cluster("b-snow").empty());
  // Each is there for who names it.
  auto view = catalogue.view();
  CHECK(view.collection("c-pluie").value().id == "c-pluie");
  CHECK(view.record("b-rain").value().id == "b-rain");
  CHECK(view.collection_by_identifier("10.5072/x").value().id == "a-regen");
  CHECK(view.record_by_identifier("10.5072/x").value().id == "a-regen");
  CHECK(view.collections().size() == 2);
  CHECK(view.every_collection().size() == 4);
}

TEST_CASE("the report says what a record was joined to") {
  Catalogue catalogue;
  catalogue.put("b", "rain", {"x"});
  auto const excerpt = [&](Run const& run) {
    return catalogue.view().reader().run_documents({.run = run.number}).back().excerpt;
  };
  CHECK(excerpt(catalogue.put("c", "pluie", {"x"})) ==
        "joined to the cluster of b-rain of source b");
  CHECK(excerpt(catalogue.put("a", "regen", {"x"})) == "stands before b-rain of source b");
}

TEST_CASE("whoever has items stands first, then the collection, then the earlier source") {
  Catalogue catalogue;
  catalogue.put("a", "one", {"x"}, "document");
  catalogue.put("c", "three", {"x"});
  CHECK(catalogue.found() == Texts{"c-three"});
  catalogue.put("b", "two", {"x"});
  CHECK(catalogue.found() == Texts{"b-two"});
  catalogue.put_item("c", "three", "i");
  CHECK(catalogue.found() == Texts{"c-three"});
  CHECK(catalogue.cluster("a-one") == Texts{"c-three", "b-two", "a-one"});
  catalogue.put("b", "two", {"x"}, "service");
  CHECK(catalogue.cluster("a-one") == Texts{"c-three", "a-one", "b-two"});
}

TEST_CASE("who is linked to another that is shown otherwise now is answered otherwise") {
  Catalogue catalogue;
  catalogue.put("a", "one", {"x"});
  catalogue.put("b", "two", {"x"});
  catalogue.put_item("a", "one", "i");
  auto const last_change = [&] {
    auto view = catalogue.view();
    return view.collection("a-one").value().entry->last_change();
  };
  auto before = last_change();
  catalogue.put_item("b", "two", "i"); // where empty collections are not shown, it is shown now
  CHECK(catalogue.cluster("a-one") == Texts{"a-one", "b-two"});
  CHECK(last_change() > before);
  before = last_change();
  catalogue.put_item("b", "two", "k");
  CHECK(last_change() == before);
  catalogue.put("c", "three", {"x"});
  before = last_change();
  catalogue.put("c", "three", {"x"}, "service"); // no collection any more, and still the last
  CHECK(catalogue.cluster("a-one") == Texts{"a-one", "b-two", "c-three"});
  CHECK(last_change() > before);
}

TEST_CASE("an alternate stands where nobody before it is shown") {
  Catalogue catalogue;
  catalogue.put("a", "one", {"x"});
  catalogue.put("b", "two", {"x"});
  catalogue.put("c", "three", {"x"});
  CHECK(catalogue.found(Scope::of_sources({"b", "c"})) == Texts{"b-two"});
  CHECK(catalogue.found(Scope::of_sources({"c"})) == Texts{"c-three"});
  CHECK(catalogue.cluster("c-three", Scope::of_sources({"b", "c"})) == Texts{"b-two", "c-three"});
  CHECK(catalogue.cluster("c-three", Scope::of_sources({"c"})).empty());
  auto const listed = Scope::of_members(
      {{.collection = "b-two", .shown_as = "t"}, {.collection = "a-one", .shown_as = "o"}});
  CHECK(catalogue.found(listed) == Texts{"o", "t"}); // somebody chose both
}

TEST_CASE("when the canonical one goes, the next one stands") {
  Catalogue catalogue;
  catalogue.put("a", "one", {"x"});
  catalogue.put("b", "two", {"x"});
  catalogue.put("c", "three", {"x"});
  auto const before = catalogue.view().last_record_change();
  catalogue.remove("a-one");
  CHECK(catalogue.found() == Texts{"b-two"});
  CHECK(catalogue.view().record("b-two").value().last_change() > before);
  CHECK(catalogue.view().removed_collection("a-one"));
  catalogue.remove("b-two");
  CHECK(catalogue.found() == Texts{"c-three"});
  CHECK(catalogue.cluster("c-three").empty());
  catalogue.put("a", "one", {"x"});
  CHECK(catalogue.found() == Texts{"a-one"});
}

TEST_CASE("a record that changes its identifiers changes its cluster") {
  Catalogue catalogue;
  catalogue.put("a", "one", {"x"});
  catalogue.put("b", "two", {"x"});
  catalogue.put("c", "three", {"y"});
  CHECK(catalogue.found() == Texts{"a-one", "c-three"});
  CHECK(catalogue.report(catalogue.put("b", "two", {"y"})) ==
        Texts{"updated  two", "updated cluster-joined two"});
  CHECK(catalogue.found() == Texts{"a-one", "b-two"});
  CHECK(catalogue.cluster("c-three") == Texts{"b-two", "c-three"});
  CHECK(catalogue.report(catalogue.put("b", "two", {})) ==
        Texts{"updated  two", "updated cluster-left two"});
  CHECK(catalogue.found() == Texts{"a-one", "b-two", "c-three"});
  CHECK(catalogue.cluster("c-three").empty());
}

TEST_CASE("what a source tells apart stays apart") {
  Catalogue catalogue;
  catalogue.put("a", "one", {"x"});
  catalogue.put("b", "two", {"x"});
  CHECK(catalogue.found() == Texts{"a-one"});
  // Of two records of one source, the DOI cannot say which of them it is.
  catalogue.put("a", "other", {"x"});
  CHECK(catalogue.found() == Texts{"a-one", "a-other", "b-two"});
  catalogue.remove("a-other");
  CHECK(catalogue.found() == Texts{"a-one"});
  // A third has the names of both: it is with one of them, the same whoever came first.
  catalogue.put("a", "other", {"y"});
  catalogue.put("c", "both", {"x", "y"});
  CHECK(catalogue.cluster("c-both") == Texts{"a-one", "b-two", "c-both"});
  CHECK(catalogue.found() == Texts{"a-one", "a-other"});
}

TEST_CASE("any member's id means the items of the whole cluster") {
  Catalogue catalogue;
  catalogue.put("a", "one", {"x"});
  catalogue.put("b", "two", {"x"});
  catalogue.put("c", "three", {});
  catalogue.put_item("b", "two", "i");
  catalogue.put_item("c", "three", "j");
  auto const everything = Scope::everything();
  CHECK(catalogue.items(everything, {"a-one"}) == Texts{"b-two/i"});
  CHECK(catalogue.items(everything, {"b-two"}) == Texts{"b-two/i"});
  CHECK(catalogue.items(everything, {"b-two", "a-one"}) == Texts{"b-two/i"});
  CHECK(catalogue.items(everything).size() == 2);
  // Those of several members stay what they are.
  catalogue.put_item("a", "one", "i");
  CHECK(catalogue.items(everything, {"b-two"}) == Texts{"a-one/i", "b-two/i"});
  CHECK(catalogue.items(Scope::of_sources({"b"}), {"b-two"}) == Texts{"b-two/i"});
  CHECK(catalogue.items(everything).size() == 3);
  auto view = catalogue.view();
  auto const before = view.last_item_change({view.collection("b-two").value()});
  catalogue.put_item("a", "one", "k");
  auto then = catalogue.view();
  CHECK(then.last_item_change({then.collection("b-two").value()}) > before);
}

TEST_CASE("another order of sources is followed by the next commit") {
  Catalogue catalogue;
  catalogue.put("a", "one", {"x"});
  catalogue.put("b", "two", {"x"});
  CHECK(catalogue.found() == Texts{"a-one"});
  catalogue.catalogue().set_rules(Catalogue::rules({"b", "a", "c"}));
  catalogue.put("a", "one", {"x"}); // nothing new in it
  CHECK(catalogue.found() == Texts{"b-two"});
  catalogue.catalogue().set_rules(Catalogue::rules({"a"})); // a source that is retired comes last
  catalogue.put("a", "one", {"x"});
  CHECK(catalogue.found() == Texts{"a-one"});
}

TEST_CASE("facets, suggestions and similar records have each cluster once") {
  Catalogue catalogue;
  catalogue.put("a", "one", {"x"});
  catalogue.put("b", "two", {"x"});
  catalogue.put("b", "three", {});
  auto view = catalogue.view();
  catalogue::FacetRequest request;
  request.groups = {{.key = "A", .label = "A", .sources = {"a"}},
                    {.key = "B", .label = "B", .sources = {"b"}}};
  for (auto const& row : catalogue::facet_rows()) {
    if (row.name == catalogue::pole_facet || row.name == "kind") request.facets.push_back(&row);
  }
  Texts counted;
  for (auto const& facet : view.facets(request)) {
    for (auto const& bucket : facet.buckets) {
      counted.push_back(bucket.key + " " + std::to_string(bucket.count));
    }
  }
  CHECK(counted == Texts{"B 2", "A 1", "dataset 2"}); // a cluster is of all of its sources
  request.group = "B";
  CHECK(view.facets(request).back().buckets.front().count == 2);
  auto const of_b = view.search_records({.sources = Texts{"b"}}).value();
  CHECK(of_b.matched == 2);
  CHECK(of_b.records.front().id == "a-one");
  auto const suggested = view.suggestions("title", 10);
  CHECK(suggested.size() == 2);
  // What another member alone says finds the one that stands for it.
  auto const asked = view.search_records({.question = "two"}).value();
  REQUIRE(asked.records.size() == 1);
  CHECK(asked.records.front().id == "a-one");
}

TEST_CASE("clusters depend on what there is, not on how it came") {
  // Random writes, removals and items; after each the clusters are those of a directory that is
  // read anew.
  auto const seed = GENERATE(from_range(test::seeds()));
  INFO("seed " << seed);
  test::Random random(seed);
  Catalogue catalogue(test::stores().at(GENERATE(0U, 1U)));
  auto const rules = Catalogue::rules({"a", "b", "c"});
  Texts const sources{"a", "b", "c"};
  for (int step = 0; step < 150; ++step) {
    auto const& source = sources.at(static_cast<std::size_t>(random.between(0, 2)));
    auto const id = "r" + std::to_string(random.between(0, 4));
    auto const public_id = source + "-" + id;
    bool const is_there = catalogue.view().record(public_id).has_value();
    auto const what = random.between(0, 5);
    if (what == 0 && is_there) {
      catalogue.remove(public_id);
    } else if (what == 1 && is_there) {
      catalogue.put_item(source, id, "i" + std::to_string(step));
    } else {
      Texts dois;
      for (auto n = random.between(0, 2); n > 0; --n)
        dois.push_back(std::to_string(random.between(0, 5)));
      catalogue.put(source, id, dois);
    }
    auto view = catalogue.view();
    std::size_t damage = 0;
    auto const anew = catalogue::load_directory(view.reader(), rules, 1, damage);
    Texts found;
    for (auto const& one : view.collections()) found.push_back(one.id);
    Texts expected;
    for (auto const& [number, entry] : anew.entries()) {
      if (!entry->is_alternate()) expected.push_back(entry->id);
    }
    INFO("step " << step);
    REQUIRE(found == expected);
    for (auto const& members : clusters_of(anew)) {
      for (auto const number : members) {
        std::vector<RecordNumber> now;
        for (auto const& one : view.cluster_of(number)) now.push_back(one.row.number);
        REQUIRE(now == members);
      }
    }
  }
}

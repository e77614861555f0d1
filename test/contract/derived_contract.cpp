// What collections say of their items (doc/design.md 7), over every store.

#include "support/catalogues.hpp"
#include "support/catch.hpp"

#include <terracat/json.hpp>

using namespace terracat;
using namespace terracat::catalogue;
using test::CatalogueUnderTest;
using test::item;
using test::record;

namespace {

Rules rules() {
  Rules out;
  out.sources = {{.name = "first"}};
  out.sortables = {"rank"};
  return out;
}

#define FOR_EACH_STORE(catalogue)                                                                  \
  auto const under_test = GENERATE(from_range(test::stores()));                                    \
  INFO("store: " << under_test.name);                                                              \
  CatalogueUnderTest catalogue(under_test, rules())

model::Instant day(std::int64_t number) {
  return model::Instant(number * 86'400'000);
}

std::string text_of(View& view, std::string const& id) {
  std::string out;
  view.append(view.collection(id).value(), "", out);
  return out;
}

} // namespace

TEST_CASE("a collection is answered with what its source states and what its items say") {
  FOR_EACH_STORE(catalogue);
  catalogue.submit(
      "first", record("first", "c"),
      item("c", {.id = "a",
                 .properties = R"("eo:cloud_cover":20)",
                 .footprint = model::Geometry::box(model::Bbox::restored(0, 40, 2, 42)),
                 .datetime = day(10)}),
      item("c", {.id = "b", .properties = R"("eo:cloud_cover":80)", .datetime = day(20)}));
  auto view = catalogue.view();
  auto const text = text_of(view, "c");
  CHECK(text.find(R"("spatial":{"bbox":[[0,40,2,42]]})") != std::string::npos);
  CHECK(text.find(R"("interval":[["1970-01-11T00:00:00Z","1970-01-21T00:00:00Z"]])") !=
        std::string::npos);
  CHECK(text.find(R"("eo:cloud_cover":{"minimum":20,"maximum":80})") != std::string::npos);
  CHECK(json::Document::parse(text));
}

TEST_CASE("extremes that an update took away are gone at the end of the run") {
  FOR_EACH_STORE(catalogue);
  catalogue.submit("first", record("first", "c"),
                   item("c", {.id = "a", .properties = R"("n":1)", .datetime = day(1)}),
                   item("c", {.id = "b", .properties = R"("n":9)", .datetime = day(9)}));
  Batch batch;
  batch.source = "first";
  batch.documents.emplace_back(
      item("c", {.id = "b", .properties = R"("n":5)", .datetime = day(5)}));
  batch.run = {.source = "first", .mode = "test"};
  batch.run.finished = day(100);
  catalogue.submit(std::move(batch));
  auto view = catalogue.view();
  auto const& derived = view.collection("c")->entry->derived;
  CHECK(derived.is_exact);
  CHECK(derived.items == 2);
  CHECK(derived.last == day(5));
  CHECK(derived.properties.at("n").highest == 5);
}

TEST_CASE("the end of a run reads no more items again than it may, the rest that of the next") {
  auto const under_test = GENERATE(from_range(test::stores()));
  INFO("store: " << under_test.name);
  auto few = rules();
  few.most_read_again = 3;
  CatalogueUnderTest catalogue(under_test, few);
  std::map<std::string, int> const sizes{{"c", 2}, {"d", 2}, {"e", 4}};
  Run run;
  for (auto const last : {9, 5}) { // the second time, what was last goes inwards
    for (auto const& [id, size] : sizes) {
      Batch batch{.source = "first", .run = {.source = "first", .mode = "test"}};
      batch.documents.emplace_back(record("first", id));
      for (int i = 1; i < size; ++i) {
        batch.documents.emplace_back(item(id, {.id = std::to_string(i), .datetime = day(1)}));
      }
      batch.documents.emplace_back(item(id, {.id = "last", .datetime = day(last)}));
      run = catalogue.submit(std::move(batch));
    }
  }
  auto const is_exact = [&](std::string const& id) {
    auto const derived = catalogue.view().collection(id).value().entry->derived;
    CHECK(derived.last == day(derived.is_exact ? 5 : 9));
    return derived.is_exact;
  };
  auto const submit = [&](std::size_t purged_rows) {
    Batch batch{.source = "first", .purged_rows = purged_rows, .run = run};
    batch.run.finished = day(100);
    catalogue.submit(std::move(batch));
  };
  CHECK((!is_exact("c") && !is_exact("d")));
  submit(0);
  CHECK(is_exact("c") != is_exact("d"));
  submit(5); // what is cleared up behind a run is no end of it
  CHECK(is_exact("c") != is_exact("d"));
  submit(0);
  CHECK((is_exact("c") && is_exact("d")));
  CHECK_FALSE(is_exact("e"));
}

TEST_CASE("tags of collections move with what is shown of them, not with every item") {
  FOR_EACH_STORE(catalogue);
  auto const put = [&](std::string const& id, std::int64_t on) {
    catalogue.submit("first", record("first", "c"), item("c", {.id = id, .datetime = day(on)}));
  };
  put("a", 1);
  put("b", 9);
  auto const records = catalogue.view().last_record_change();
  auto const items = catalogue.view().last_item_change({});
  put("c", 5); // within the time that is known
  CHECK(catalogue.view().last_record_change() == records);
  CHECK(catalogue.view().last_item_change({}) > items);
  put("d", 10); // beyond
  CHECK(catalogue.view().last_record_change() > records);
}

TEST_CASE("queryables have the type of their collection, and types that differ stay apart") {
  FOR_EACH_STORE(catalogue);
  catalogue.submit("first", record("first", "c"), record("first", "d"),
                   item("c", {.id = "a", .properties = R"("v":1,"rank":3)", .datetime = day(1)}),
                   item("d", {.id = "b", .properties = R"("v":"x")", .datetime = day(2)}));
  auto view = catalogue.view();
  auto const of_c = view.queryables({"c"});
  REQUIRE(of_c->find("v") != nullptr);
  CHECK(of_c->find("v")->as.size() == 1);
  CHECK(of_c->find("v")->as[0].only_in.empty());
  CHECK(of_c->find("rank")->is_sortable);
  CHECK_FALSE(of_c->find("v")->is_sortable);
  auto const of_all = view.queryables({});
  REQUIRE(of_all->find("v")->as.size() == 2);
  CHECK(of_all->find("v")->as[0].only_in.size() == 1);
  CHECK(view.queryables({"d"})->find("rank") == nullptr);
}

TEST_CASE("a value of another type than its collection's counts as missing, and the run says so") {
  FOR_EACH_STORE(catalogue);
  auto const run = catalogue.submit(
      "first", record("first", "c"),
      item("c", {.id = "number", .properties = R"("rank":1)", .datetime = day(2)}),
      item("c", {.id = "text", .properties = R"("rank":"1")", .datetime = day(1)}));
  CHECK(run.counts.created == 3);
  CHECK(run.counts.warned == 1);
  CHECK(catalogue.report(run).back() == "warned value-type-differs text");
  auto view = catalogue.view();
  auto const queryables = view.queryables({"c"});
  auto const& rank = queryables->find("rank")->as.at(0);
  ItemRequest request{.limit = 10};
  request.criteria.filters = {query::Expression{query::IsNull{rank}}};
  auto const answer = view.items(request).value();
  REQUIRE(answer.rows.size() == 1);
  CHECK(view.item_id(answer.rows[0].number) == "text");
}

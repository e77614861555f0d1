// Ownership, identity, scopes and views (doc/design.md 5 and 6), over every store.

#include "support/catalogues.hpp"
#include "support/catch.hpp"

#include <latch>

using namespace terracat;
using namespace terracat::catalogue;
using test::CatalogueUnderTest;
using test::item;
using test::ItemSketch;
using test::record;

namespace {

using Texts = std::vector<std::string>;

/// Three sources, in this order of precedence.
Rules rules() {
  Rules out;
  out.sources = {{.name = "first", .id_prefix = "", .order = 0},
                 {.name = "second", .id_prefix = "", .order = 1},
                 {.name = "prefixed", .id_prefix = "p.", .order = 2}};
  out.sortables = {"rank"};
  return out;
}

#define FOR_EACH_STORE(catalogue)                                                                  \
  auto const under_test = GENERATE(from_range(test::stores()));                                    \
  INFO("store: " << under_test.name);                                                              \
  CatalogueUnderTest catalogue(under_test, rules())

Texts ids(std::vector<ShownCollection> collections) {
  sort_by_title(collections);
  Texts out;
  for (auto const& one : collections) out.push_back(one.id);
  return out;
}

model::Instant day(std::int64_t number) {
  return model::Instant(number * 86'400'000);
}

std::string text_of(View& view, std::string const& id) {
  std::string out;
  view.append(view.collection(id).value(), "", out);
  return out;
}

} // namespace

// ---- Identity

TEST_CASE("a record keeps its public id when it is brought again") {
  FOR_EACH_STORE(catalogue);
  auto const created = catalogue.submit("first", record("first", "fr/rain 1", "Rain"));
  CHECK(created.counts.created == 1);
  auto const id = catalogue.view().collections().at(0).id;
  CHECK(id.starts_with("fr-rain-1-"));
  auto const updated = catalogue.submit("first", record("first", "fr/rain 1", "More rain"));
  CHECK(updated.counts.updated == 1);
  CHECK(ids(catalogue.view().collections()) == Texts{id});
  auto view = catalogue.view();
  CHECK(view.collections().at(0).entry->title == "More rain");
}

TEST_CASE("what is brought again as it was costs no change") {
  FOR_EACH_STORE(catalogue);
  catalogue.submit("first", record("first", "a", "A"), item("a", {.id = "i", .datetime = day(1)}));
  auto const before = catalogue.view().revision();
  auto const number = catalogue.view().reader().record_by_id("a").value();
  auto const run = catalogue.submit("first", record("first", "a", "A"),
                                    item("a", {.id = "i", .datetime = day(1)}), Untouched{number});
  CHECK(run.counts.unchanged == 3);
  CHECK(catalogue.view().revision() == before);
}

TEST_CASE("a clash of ids is settled by the order of sources, whoever comes first") {
  FOR_EACH_STORE(catalogue);
  bool const first_comes_first = GENERATE(true, false);
  if (first_comes_first) {
    catalogue.submit("first", record("first", "rain", "Rain of the first"));
    catalogue.submit("second", record("second", "rain", "Rain of the second"));
  } else {
    catalogue.submit("second", record("second", "rain", "Rain of the second"));
    catalogue.submit("first", record("first", "rain", "Rain of the first"));
  }
  auto view = catalogue.view();
  CHECK(view.collection("rain").value().entry->title == "Rain of the first");
  CHECK(view.collection("rain.second").value().entry->title == "Rain of the second");
  CHECK(view.collections().size() == 2);
  catalogue.submit("second", record("second", "rain", "Still the second"));
  auto later = catalogue.view();
  CHECK(later.collection("rain.second").value().entry->title == "Still the second");
}

TEST_CASE("a clash of ids is reported, whichever record had to give way") {
  FOR_EACH_STORE(catalogue);
  auto const excerpt = [&](Run const& run) {
    auto const documents = catalogue.view().reader().run_documents({.run = run.number});
    return documents.empty() ? "" : documents.back().code + ": " + documents.back().excerpt;
  };
  catalogue.submit("second", record("second", "rain"));
  auto run = catalogue.submit("first", record("first", "rain"));
  CHECK(excerpt(run) == "id-taken: rain of source second is rain.second");
  CHECK(run.counts.warned == 1);
  catalogue.submit("first", record("first", "snow"));
  run = catalogue.submit("second", record("second", "snow"));
  CHECK(excerpt(run) == "id-taken: snow of source second is snow.second");
  run = catalogue.submit("second", record("second", "snow", "Snow again"));
  CHECK(excerpt(run) == ": "); // settled once
}

TEST_CASE("a prefix keeps sources apart") {
  FOR_EACH_STORE(catalogue);
  catalogue.submit("first", record("first", "rain"));
  catalogue.submit("prefixed", record("prefixed", "rain"));
  CHECK(ids(catalogue.view().collections()) == Texts{"p.rain", "rain"});
}

TEST_CASE("native ids and DOIs lead to the record") {
  FOR_EACH_STORE(catalogue);
  auto put = record("prefixed", "fr/insitu?x", "Rain");
  auto parts = *put.record;
  parts.identifiers = {{"doi", "10.5072/rain"}};
  put.record = model::Record::make(parts).value();
  catalogue.submit("prefixed", put);
  auto view = catalogue.view();
  auto const id = view.collections().at(0).id;
  CHECK(view.collection_by_identifier("fr/insitu?x")->id == id);
  CHECK(view.collection_by_identifier("10.5072/rain")->id == id);
  CHECK_FALSE(view.collection_by_identifier("10.5072/snow"));
  CHECK_FALSE(view.collection("fr/insitu?x"));
}

TEST_CASE("an id that was given once still resolves after a clash moved the record") {
  FOR_EACH_STORE(catalogue);
  catalogue.submit("second", record("second", "rain", "Second"));
  catalogue.submit("first", record("first", "rain", "First"));
  auto view = catalogue.view();
  CHECK(view.collection("rain")->entry->source == "first");
  // Both are known by that name: a client that asks by it has to say which one it means.
  CHECK_FALSE(view.collection_by_identifier("rain"));
  CHECK(view.collection_by_identifier("rain.second")->entry->source == "second");
}

TEST_CASE("items keep a legal native id, get a slug otherwise, and both resolve") {
  FOR_EACH_STORE(catalogue);
  catalogue.submit("first", record("first", "c"), item("c", {.id = "S2A_1", .datetime = day(2)}),
                   item("c", {.id = "x", .datetime = day(1), .native_id = "20240101"}));
  auto view = catalogue.view();
  auto const collection = view.collection("c").value();
  CHECK(view.item(collection, "S2A_1")->id == "S2A_1");
  CHECK(view.item(collection, "20240101")->id == "id-20240101");
  CHECK(view.item(collection, "id-20240101")->native_id == "20240101");
  CHECK_FALSE(view.item(collection, "nothing"));
}

TEST_CASE("items whose ids would clash stay apart, whoever comes first") {
  FOR_EACH_STORE(catalogue);
  catalogue.submit("first", record("first", "c"));
  ItemSketch const numbered{.id = "i", .datetime = day(1), .native_id = "1"};
  ItemSketch const named{.id = "i", .datetime = day(2), .native_id = "id-1"};
  bool const numbered_first = GENERATE(true, false);
  catalogue.submit("first", item("c", numbered_first ? numbered : named));
  auto const run = catalogue.submit("first", item("c", numbered_first ? named : numbered));
  CHECK(run.counts.created == 1);
  auto const ids = catalogue.items(Scope::everything());
  CHECK(ids == (numbered_first ? Texts{"c/id-1.2", "c/id-1"} : Texts{"c/id-1", "c/id-1.2"}));
  auto const again = catalogue.submit("first", item("c", named), item("c", numbered));
  CHECK(again.counts.unchanged == 2);
  CHECK(catalogue.items(Scope::everything()) == ids);
}

// ---- Ownership

TEST_CASE("a write on what another source owns is refused, naming the reason") {
  FOR_EACH_STORE(catalogue);
  catalogue.submit("first", record("first", "c"));
  auto const run = catalogue.submit("second", item("c", {.id = "i", .datetime = day(1)}));
  CHECK(run.counts.skipped == 1);
  CHECK(run.counts.created == 0);
  CHECK(catalogue.report(run) == Texts{"skipped owned-by-source i"});
  CHECK(catalogue.items(Scope::everything()).empty());
}

TEST_CASE("an item without a collection that is there is refused, unless it may make one") {
  FOR_EACH_STORE(catalogue);
  auto const lost = catalogue.submit("first", item("nowhere", {.id = "i"}), item("", {.id = "j"}));
  CHECK(lost.counts.failed == 2);
  CHECK(catalogue.report(lost) == Texts{"failed collection-unknown i", "failed no-collection j"});
  Batch batch;
  batch.source = "first";
  batch.makes_collections = true;
  batch.documents.emplace_back(item("new", {.id = "i", .datetime = day(1)}));
  batch.run = {.source = "first", .mode = "import"};
  CHECK(catalogue.submit(std::move(batch)).counts.created == 1);
  auto view = catalogue.view();
  CHECK(view.collection("new")->entry->derived.items == 1);
  CHECK(text_of(view, "new").find("\"terracat:inferred\"") != std::string::npos);
}

TEST_CASE("a service is a record but no collection, and cannot have items") {
  FOR_EACH_STORE(catalogue);
  auto const run = catalogue.submit("first", record("first", "wms", "Maps", "service"),
                                    item("wms", {.id = "i"}));
  CHECK(run.counts.created == 1);
  CHECK(catalogue.report(run).back() == "skipped not-a-collection i");
  CHECK(catalogue.view().collections().empty());
  // It turns out to be a data set, and back.
  catalogue.submit("first", record("first", "wms", "Maps", "dataset"));
  CHECK(ids(catalogue.view().collections()) == Texts{"wms"});
  catalogue.submit("first", record("first", "wms", "Maps", "service"));
  CHECK(catalogue.view().collections().empty());
}

TEST_CASE("a document that could not be read is kept with its reason") {
  FOR_EACH_STORE(catalogue);
  auto document = record("first", "broken").document;
  document.bytes = "<broken";
  auto const run = catalogue.submit(
      "first", Refused{document, {FindingCode::xml_malformed, "line 1", "<broken"}});
  CHECK(run.counts.failed == 1);
  CHECK(catalogue.report(run) == Texts{"failed xml-malformed broken"});
  CHECK(catalogue.view().reader().document("first", "broken")->bytes == "<broken");
}

// ---- Scopes

TEST_CASE("a scope of sources shows what they own, in lists, searches, counts and by id") {
  FOR_EACH_STORE(catalogue);
  catalogue.submit("first", record("first", "a"), item("a", {.id = "i", .datetime = day(1)}));
  catalogue.submit("second", record("second", "b"), item("b", {.id = "j", .datetime = day(2)}));
  auto const scope = Scope::of_sources({"second"});
  auto view = catalogue.view(scope);
  CHECK(ids(view.collections()) == Texts{"b"});
  CHECK_FALSE(view.collection("a"));
  CHECK(catalogue.items(scope) == Texts{"b/j"});
  CHECK(catalogue.items(scope, {"a"}).empty());
  CHECK(catalogue.items(scope, {"a", "b"}) == Texts{"b/j"});
  CHECK(catalogue.items(Scope::everything()) == Texts{"b/j", "a/i"});
  CHECK(ids(catalogue.view(Scope::of_sources({})).collections()).empty());
  CHECK(catalogue.items(Scope::of_sources({})).empty());
}

TEST_CASE("a scope may rename one collection and filter another") {
  FOR_EACH_STORE(catalogue);
  catalogue.submit("first", record("first", "a"), record("first", "b"), record("first", "c"),
                   item("a", {.id = "i", .properties = R"("n":1)", .datetime = day(4)}),
                   item("b", {.id = "low", .properties = R"("n":1)", .datetime = day(3)}),
                   item("b", {.id = "high", .properties = R"("n":9)", .datetime = day(2)}),
                   item("c", {.id = "hidden", .properties = R"("n":9)", .datetime = day(1)}));
  query::Expression const high{
      query::Compare{{.name = "n", .type = query::Type::number}, query::Comparison::greater, 5.0}};
  auto const scope = Scope::of_members({{.collection = "a", .shown_as = "mine"},
                                        {.collection = "b", .shown_as = "b", .where = high}});
  auto view = catalogue.view(scope);
  CHECK(ids(view.collections()) == Texts{"mine", "b"});
  CHECK(catalogue.items(scope) == Texts{"mine/i", "b/high"});
  CHECK(catalogue.items(scope, {"mine"}) == Texts{"mine/i"});
  CHECK(catalogue.items(scope, {"a"}).empty()); // its other name means nothing here
  auto look = catalogue.view(scope);
  CHECK(look.item(look.collection("mine").value(), "i"));
  CHECK(look.item(look.collection("b").value(), "high"));
  CHECK_FALSE(look.item(look.collection("b").value(), "low"));
  CHECK_FALSE(look.collection("c"));
  std::string text;
  look.append(look.collection("mine").value(), "", text);
  CHECK(text.starts_with(R"({"id":"mine",)"));
}

TEST_CASE("counts, queryables and tokens follow the scope") {
  FOR_EACH_STORE(catalogue);
  catalogue.submit("first", record("first", "a"), record("first", "b"),
                   item("a", {.id = "i", .properties = R"("n":1)", .datetime = day(4)}),
                   item("a", {.id = "j", .properties = R"("n":9)", .datetime = day(3)}),
                   item("a", {.id = "k", .properties = R"("n":9)", .datetime = day(2)}),
                   item("b", {.id = "x", .properties = R"("secret":1)", .datetime = day(1)}));
  query::Expression const high{
      query::Compare{{.name = "n", .type = query::Type::number}, query::Comparison::greater, 5.0}};
  auto const scope = Scope::of_members({{.collection = "a", .shown_as = "mine", .where = high}});
  auto const renamed = Scope::of_members({{.collection = "a", .shown_as = "ours", .where = high}});
  auto view = catalogue.view(scope);
  auto const queryables = view.queryables({});
  CHECK(queryables->find("n") != nullptr);
  CHECK(queryables->find("secret") == nullptr);
  CHECK(view.queryables({"a"})->find("n") == nullptr); // not its name here
  ItemRequest request{.limit = 1};
  auto const first = view.items(request).value();
  CHECK(first.matched == 2);
  CHECK(view.item_id(first.rows.at(0).number) == "j");
  REQUIRE(first.next);
  request.token = first.next;
  auto const second = view.items(request).value();
  CHECK(view.item_id(second.rows.at(0).number) == "k");
  CHECK(second.collections.at(0) == "mine");
  CHECK_FALSE(second.next);
  auto other = catalogue.view(renamed);
  CHECK(other.items(request).error().kind == ProblemKind::token_mismatch);
}

TEST_CASE("a scope may leave out collections without items") {
  FOR_EACH_STORE(catalogue);
  catalogue.submit("first", record("first", "empty"), record("first", "full"),
                   item("full", {.id = "i", .datetime = day(1)}));
  auto const scope = Scope::everything().with_items_only();
  CHECK(ids(catalogue.view(scope).collections()) == Texts{"full"});
  CHECK_FALSE(catalogue.view(scope).collection("empty"));
  CHECK(catalogue.view().collection("empty"));
}

// ---- Pages and tokens

TEST_CASE("pages follow one another by token, whatever sort the client sends along") {
  FOR_EACH_STORE(catalogue);
  catalogue.submit("first", record("first", "c"));
  for (int i = 0; i < 7; ++i) {
    catalogue.submit("first", item("c", {.id = "i" + std::to_string(i),
                                         .properties = R"("rank":)" + std::to_string(i % 3),
                                         .datetime = day(i)}));
  }
  auto view = catalogue.view();
  ItemRequest request{.limit = 3};
  request.sort = {{view.queryables({})->find("rank")->as[0], false}};
  Texts paged;
  for (int page = 0; page < 5; ++page) {
    auto const answer = view.items(request).value();
    CHECK(answer.matched == 7);
    for (auto const& row : answer.rows) paged.push_back(view.item_id(row.number));
    if (!answer.next) break;
    request.token = answer.next;
    request.sort = query::latest_first(); // as a client that forgets the sort would
  }
  CHECK(paged == Texts{"i6", "i3", "i0", "i4", "i1", "i5", "i2"});
}

TEST_CASE("a token of another search, of another scope, or of another catalogue is refused") {
  FOR_EACH_STORE(catalogue);
  catalogue.submit("first", record("first", "c"), item("c", {.id = "i", .datetime = day(1)}),
                   item("c", {.id = "j", .datetime = day(2)}));
  auto view = catalogue.view();
  ItemRequest request{.limit = 1};
  request.token = view.items(request)->next;
  REQUIRE(request.token);
  auto const kind = [&](View& asked, ItemRequest const& with) {
    return asked.items(with).error().kind;
  };
  auto other = request;
  other.criteria.ids = {"i"};
  CHECK(kind(view, other) == ProblemKind::token_mismatch);
  auto const scope = Scope::of_sources({"first"});
  auto scoped = catalogue.view(scope);
  CHECK(kind(scoped, request) == ProblemKind::token_mismatch);
  CatalogueUnderTest elsewhere(under_test, rules());
  elsewhere.submit("first", record("first", "c"));
  auto foreign = elsewhere.view();
  CHECK(kind(foreign, request) == ProblemKind::token_expired);
  other = request;
  other.token = "nonsense";
  CHECK(kind(view, other) == ProblemKind::invalid_parameter);
}

// ---- Views and commits

TEST_CASE("a view and its directory are of one state while batches are committed") {
  FOR_EACH_STORE(catalogue);
  catalogue.submit("first", record("first", "c"), item("c", {.id = "i0", .datetime = day(0)}));
  auto const session = catalogue.catalogue().session();
  auto const scope = Scope::everything();
  auto const never = std::chrono::steady_clock::time_point::max();
  auto view = session->view(Visibility::everything(), scope, never);
  for (int i = 1; i < 40; ++i) {
    catalogue.submit("first", item("c", {.id = "i" + std::to_string(i), .datetime = day(i)}));
  }
  CHECK(view.collection("c")->entry->derived.items == 1);
  ItemRequest const request{.limit = 100};
  CHECK(view.items(request)->matched == 1);
  auto now = session->view(Visibility::everything(), scope, never);
  CHECK(now.collection("c")->entry->derived.items == 40);
  CHECK(now.items(request)->matched == 40);
}

TEST_CASE("listeners hear of each commit that changed something") {
  FOR_EACH_STORE(catalogue);
  std::latch heard(2);
  std::vector<Sequence> sequences;
  catalogue.catalogue().on_commit([&](Revision revision) {
    sequences.push_back(revision.sequence);
    heard.count_down();
  });
  catalogue.submit("first", record("first", "a", "A"));
  catalogue.submit("first", record("first", "a", "A")); // nothing new
  catalogue.submit("first", record("first", "b", "B"));
  heard.wait();
  CHECK(sequences == std::vector<Sequence>{1, 2});
}

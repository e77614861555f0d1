// What is kept, replaced, removed and remembered, and who sees it when. Each case runs over all
// stores.

#include "bench.hpp"

#include "support/catch.hpp"

#include <algorithm>

using namespace terracat;
using namespace terracat::query;
using namespace terracat::test;

// ---- Put, replace, remove

TEST_CASE("an item is found by its public and by its native id") {
  FOR_EACH_STORE(bench);
  auto const number = bench.put({.id = "a-1f", .native_id = "a|b/c"});
  CHECK(bench.reader().item(bench.collection(), "a-1f")->number == number);
  CHECK(bench.reader().item(bench.collection(), "a|b/c")->number == number);
  CHECK_FALSE(bench.reader().item(bench.collection(), "a"));
  CHECK_FALSE(bench.reader().item(RecordNumber{99}, "a-1f"));
  CHECK(bench.search({HasId{{"a|b/c"}}}) == Ids{"a-1f"});
}

TEST_CASE("a public id goes before another item's native id") {
  FOR_EACH_STORE(bench);
  auto const slug = bench.put({.id = "id-1", .native_id = "1"});
  auto const same = bench.put({.id = "id-1.2", .native_id = "id-1"});
  auto const plain = bench.put({.id = "x"});
  auto& reader = bench.reader();
  CHECK(reader.item(bench.collection(), "id-1")->number == slug);
  CHECK(reader.item(bench.collection(), "id-1.2")->number == same);
  CHECK(reader.item_by_native(bench.collection(), "1")->number == slug);
  CHECK(reader.item_by_native(bench.collection(), "id-1")->number == same);
  CHECK(reader.item_by_native(bench.collection(), "x")->number == plain);
  CHECK_FALSE(reader.item_by_native(bench.collection(), "id-1.2"));
  CHECK_FALSE(reader.item_by_native(RecordNumber{99}, "x"));
}

TEST_CASE("a body comes back byte for byte") {
  FOR_EACH_STORE(bench);
  std::string big = R"("t":")";
  for (int i = 0; i < 5000; ++i) big += std::to_string(i * 7919 % 1000) + "é ";
  auto const number = bench.put({.id = "big", .properties = big + "\""});
  std::string body = "before:";
  bench.reader().body(number, body);
  CHECK(body == R"(before:"type":"Feature","properties":{)" + big + R"("},"links":[)");
}

TEST_CASE("what an answer is made of is that of the last write") {
  FOR_EACH_STORE(bench);
  store::ShownItem shown{
      .id = "of the one before", .has_local_assets = true, .body = "longer, too"};
  auto const check = [&](ItemNumber number, std::string const& id, bool is_local,
                         std::string const& properties) {
    bench.reader().shown(number, shown);
    CHECK(shown.id == id);
    CHECK(shown.has_local_assets == is_local);
    CHECK(shown.body == R"("type":"Feature","properties":{)" + properties + R"(},"links":[)");
  };
  auto const number = bench.put({.id = "a"});
  check(number, "a", false, "");
  check(bench.put({.id = "a.2", .properties = R"("n":1)", .native_id = "b"}), "a.2", false,
        R"("n":1)");
  bench.replace(number, {.id = "a", .properties = R"("x":3)", .has_local_assets = true});
  check(number, "a", true, R"("x":3)");
  bench.replace(number, {.id = "a", .properties = R"("n":2)"});
  check(number, "a", false, R"("n":2)");
}

TEST_CASE("a replaced item keeps its number and is what it was replaced with") {
  FOR_EACH_STORE(bench);
  auto const number = bench.put({.id = "a", .properties = R"("n":1)", .datetime = day(1)});
  bench.put({.id = "b", .datetime = day(2)});
  bench.replace(number, {.id = "a", .properties = R"("n":2)", .datetime = day(3)});
  auto const n = own("n", Type::number);
  CHECK(bench.search(everything()) == Ids{"a", "b"});
  CHECK(bench.search(compare(n, Comparison::equal, 1.0)) == Ids{});
  CHECK(bench.search(compare(n, Comparison::equal, 2.0)) == Ids{"a"});
  CHECK(bench.reader().item(bench.collection(), "a")->number == number);
  CHECK(bench.reader().count_items(bench.collection()) == 2);
}

TEST_CASE("a removed item is gone, and its number is never given again") {
  FOR_EACH_STORE(bench);
  auto const first = bench.put({.id = "a", .datetime = day(1)});
  bench.writer().begin();
  bench.writer().remove(first, "");
  bench.writer().commit();
  CHECK(bench.search(everything()) == Ids{});
  CHECK_FALSE(bench.reader().item(bench.collection(), "a"));
  CHECK(bench.put({.id = "a", .datetime = day(1)}) > first);
  CHECK(bench.search(everything()) == Ids{"a"});
}

TEST_CASE("a removed record takes its items along") {
  FOR_EACH_STORE(bench);
  bench.writer().begin();
  auto const other = bench.writer().put(test::record_write("d"));
  bench.writer().put_identifier("10.1/d", "doi", other);
  bench.writer().commit();
  bench.put_into(other, {.id = "x", .datetime = day(1)});
  bench.put({.id = "y", .datetime = day(2)});
  bench.writer().begin();
  bench.writer().remove(other);
  bench.writer().commit();
  CHECK(bench.search(everything()) == Ids{"y"});
  CHECK_FALSE(bench.reader().record(other));
  CHECK_FALSE(bench.reader().record_by_id("d"));
  CHECK(bench.reader().records_by_identifier("10.1/d").empty());
  bench.writer().begin();
  CHECK(bench.writer().put(test::record_write("d")) > other);
  bench.writer().rollback();
}

TEST_CASE("what was rolled back never happened") {
  FOR_EACH_STORE(bench);
  bench.put({.id = "a", .datetime = day(1)});
  auto const before = bench.reader().begin();
  bench.writer().begin();
  bench.writer().put(test::item_write(bench.collection(), {.id = "b"}));
  bench.writer().put(test::record_write("d"));
  CHECK(bench.writer().reader().item(bench.collection(), "b"));
  CHECK(bench.writer().pending().sequence == before.sequence + 2);
  bench.writer().rollback();
  CHECK(bench.search(everything()) == Ids{"a"});
  CHECK(bench.reader().begin() == before);
}

// ---- States and changes

TEST_CASE("a view is stable while a write goes on") {
  FOR_EACH_STORE(bench);
  bench.put({.id = "a", .datetime = day(1)});
  auto const reader = bench.store().reader();
  auto const then = reader->begin();
  bench.writer().begin();
  auto const number = bench.writer().put(test::item_write(bench.collection(), {.id = "b"}));
  CHECK(bench.ids(reader->items({.limit = 10})) == Ids{"a"});
  bench.writer().commit();
  CHECK(bench.ids(reader->items({.limit = 10})) == Ids{"a"});
  std::string body;
  CHECK_FALSE(reader->item(bench.collection(), "b"));
  auto const now = reader->begin();
  CHECK(now.sequence == then.sequence + 1);
  CHECK(now.epoch == then.epoch);
  CHECK(bench.ids(reader->items({.limit = 10})) == Ids{"a", "b"});
  reader->body(number, body);
  CHECK_FALSE(body.empty());
  reader->end();
}

TEST_CASE("each key has one change, the newest, in commit order") {
  FOR_EACH_STORE(bench);
  auto const a = bench.put({.id = "a"});
  bench.put({.id = "b"});
  bench.replace(a, {.id = "a"});
  auto changes = bench.reader().changes(0, 100).value();
  REQUIRE(changes.size() == 3);
  CHECK(changes[0].subject == store::Subject::record);
  CHECK(changes[0].id == "c");
  CHECK(changes[1].id == "b");
  CHECK(changes[2].id == "a");
  CHECK(changes[2].operation == store::Operation::put);
  CHECK(changes[2].collection == bench.collection());
  CHECK(changes[0].sequence < changes[1].sequence);
  CHECK(changes[1].sequence < changes[2].sequence);
  CHECK(changes[1].at <= changes[2].at);
  CHECK(bench.reader().begin().sequence == changes[2].sequence);
  CHECK(bench.reader().item(bench.collection(), "a")->sequence == changes[2].sequence);
  CHECK(bench.reader().last_item_change(bench.collection()) == changes[2].sequence);

  bench.writer().begin();
  bench.writer().remove(a, "The first");
  bench.writer().commit();
  changes = bench.reader().changes(changes[1].sequence, 100).value();
  REQUIRE(changes.size() == 1);
  CHECK(changes[0].id == "a");
  CHECK(changes[0].operation == store::Operation::remove);
  CHECK(bench.reader().last_item_change(bench.collection()) == changes[0].sequence);

  bench.put({.id = "a"}); // back again: the tombstone goes
  changes = bench.reader().changes(0, 100).value();
  CHECK(changes.size() == 3);
  CHECK(bench.reader().changes(0, 2).value().size() == 2);
  CHECK(bench.reader().last_item_change(RecordNumber{12345}) == 0);
}

TEST_CASE("a record under a new id leaves a tombstone, until another takes the old one") {
  FOR_EACH_STORE(bench);
  auto write = test::record_write("e");
  write.number = bench.collection();
  bench.writer().begin();
  bench.writer().put(write);
  bench.writer().commit();
  auto changes = bench.reader().changes(0, 100).value();
  REQUIRE(changes.size() == 2);
  CHECK(changes[0].id == "c");
  CHECK(changes[0].operation == store::Operation::remove);
  CHECK(changes[1].id == "e");
  CHECK(changes[1].operation == store::Operation::put);
  bench.writer().begin();
  bench.writer().put(test::record_write("c"));
  bench.writer().commit();
  changes = bench.reader().changes(0, 100).value();
  REQUIRE(changes.size() == 2);
  CHECK(changes[0].id == "e");
  CHECK(changes[1].id == "c");
  CHECK(changes[1].operation == store::Operation::put);
}

TEST_CASE("a deadline that has passed ends a search") {
  FOR_EACH_STORE(bench);
  for (int i = 0; i < 2000; ++i) {
    if (i == 0) bench.writer().begin();
    bench.writer().put(
        test::item_write(bench.collection(), {.id = std::to_string(i), .properties = R"("n":1)"}));
  }
  bench.writer().commit();
  auto& reader = bench.reader();
  auto const n = compare(own("n", Type::number), Comparison::equal, 2.0);
  reader.set_deadline(std::chrono::steady_clock::now() - std::chrono::seconds(1));
  CHECK_THROWS_AS(reader.items({.where = n}), store::DeadlinePassed);
  reader.set_deadline(std::chrono::steady_clock::time_point::max());
  CHECK(reader.items({.where = n}).matched == 0);
}

// ---- Records

TEST_CASE("records come by title, then newest first") {
  FOR_EACH_STORE(bench);
  bench.writer().begin();
  bench.writer().put(test::record_write("z", "École"));
  bench.writer().put(test::record_write("y", "eau"));
  auto const twin = bench.writer().put(test::record_write("x", "eau"));
  bench.writer().commit();
  auto const ids = [](store::RecordPage const& page) {
    Ids out;
    for (auto const& row : page.rows) out.push_back(row.id);
    return out;
  };
  CHECK(ids(bench.reader().records({})) == Ids{"c", "x", "y", "z"});
  auto const first = bench.reader().records({.limit = 2});
  CHECK(first.matched == 4);
  CHECK(first.has_more);
  auto const rest = bench.reader().records({.limit = 2, .after = twin});
  CHECK(ids(rest) == Ids{"y", "z"});
  CHECK_FALSE(rest.has_more);
}

TEST_CASE("records are chosen by type, owner, area and period") {
  FOR_EACH_STORE(bench);
  bench.writer().begin();
  auto write = test::record_write("service");
  write.type = "service";
  write.source = "source-b";
  bench.writer().put(write);
  write = test::record_write("placed");
  write.footprint = triangle();
  write.period =
      model::Interval::make(model::Bound::at(day(10)), model::Bound::at(day(20))).value();
  bench.writer().put(write);
  write = test::record_write("ongoing");
  write.footprint = box(170, 0, -170, 1);
  write.period = model::Interval::make(model::Bound::at(day(10)), model::Bound::open()).value();
  bench.writer().put(write);
  bench.writer().commit();
  auto const ids = [&](store::RecordSearch const& search) {
    Ids out;
    for (auto const& row : bench.reader().records(search).rows) out.push_back(row.id);
    std::ranges::sort(out);
    return out;
  };
  auto const at = [](std::int64_t number) {
    return model::Interval::instant(model::Bound::at(day(number)));
  };
  CHECK(ids({.types = {"service"}}) == Ids{"service"});
  CHECK(ids({.types = {"service", "dataset"}}).size() == 4);
  CHECK(ids({.sources = {"source-b"}}) == Ids{"service"});
  CHECK(ids({.sources = {"source-c"}}) == Ids{});
  CHECK(ids({.intersects = box(1, 1, 2, 2)}) == Ids{"placed"});
  CHECK(ids({.intersects = box(3, 3, 4, 4)}) == Ids{});
  CHECK(ids({.intersects = box(-175, 0, -174, 1)}) == Ids{"ongoing"});
  CHECK(ids({.period = at(15)}) == Ids{"ongoing", "placed"});
  CHECK(ids({.period = at(25)}) == Ids{"ongoing"});
  CHECK(ids({.period = at(5)}) == Ids{});
}

TEST_CASE("a record and its texts come back as they went in") {
  FOR_EACH_STORE(bench);
  auto write = test::record_write("d", "Données de pluie");
  write.texts = {.record = R"({"a":"é"})",
                 .body = R"("type":"Collection","links":[)",
                 .extent = R"({"spatial":{}})",
                 .summaries = "{}"};
  bench.writer().begin();
  auto const number = bench.writer().put(write);
  bench.writer().put_identifier("10.1000/abc", "doi", number);
  bench.writer().put_identifier("10.1000/abc", "doi", number);
  bench.writer().put_identifier("10.1000/abc", "doi", bench.collection());
  bench.writer().put_derived(number, R"({"items":3})");
  bench.writer().commit();
  auto& reader = bench.reader();
  auto const row = reader.record(number);
  REQUIRE(row);
  CHECK(row->title == "Données de pluie");
  CHECK(row->source == "source-a");
  CHECK(row->native_id == "native-d");
  CHECK(row->type == "dataset");
  CHECK(reader.record_texts(number) == write.texts);
  using Texts = store::RecordTexts;
  CHECK(reader.record_text(number, &Texts::record) == write.texts.record);
  CHECK(reader.record_text(number, &Texts::body) == write.texts.body);
  CHECK(reader.record_text(number, &Texts::extent) == write.texts.extent);
  CHECK(reader.record_text(number, &Texts::summaries) == write.texts.summaries);
  CHECK(reader.record_by_id("d") == number);
  CHECK(reader.record_by_native("source-a", "native-d") == number);
  CHECK_FALSE(reader.record_by_native("source-b", "native-d"));
  auto const known = reader.records_by_identifier("10.1000/abc");
  CHECK(known.size() == 2);
  CHECK(reader.derived(number) == R"({"items":3})");
  CHECK_FALSE(reader.derived(bench.collection()));
  CHECK_FALSE(reader.record(RecordNumber{99}));
  CHECK_FALSE(reader.record_texts(RecordNumber{99}));
  CHECK_FALSE(reader.record_text(RecordNumber{99}, &Texts::body));

  write.number = number;
  write.id = "e";
  write.title = "Rain";
  bench.writer().begin();
  CHECK(bench.writer().put(write) == number);
  bench.writer().commit();
  CHECK(bench.reader().record_by_id("e") == number);
  CHECK_FALSE(bench.reader().record_by_id("d"));
  CHECK(bench.reader().record(number)->title == "Rain");
  CHECK(bench.reader().derived(number));
}

TEST_CASE("extents of items come by number, in pieces") {
  FOR_EACH_STORE(bench);
  auto const a = bench.put({.id = "a", .footprint = triangle(), .datetime = day(3)});
  auto const b = bench.put({.id = "b", .start = day(1), .end = day(2)});
  auto const c = bench.put({.id = "c", .footprint = box(170, 0, -170, 1)});
  auto& reader = bench.reader();
  auto const first = reader.item_extents(bench.collection(), ItemNumber{0}, 2);
  REQUIRE(first.size() == 2);
  CHECK(first[0].number == a);
  CHECK(first[0].bbox == model::Bbox::restored(0, 0, 4, 4));
  CHECK(first[0].period->first() == day(3));
  CHECK(first[1].number == b);
  CHECK_FALSE(first[1].bbox);
  CHECK(first[1].period->last() == day(2));
  auto const rest = reader.item_extents(bench.collection(), b, 2);
  REQUIRE(rest.size() == 1);
  CHECK(rest[0].number == c);
  CHECK(rest[0].bbox == model::Bbox::restored(170, 0, -170, 1));
  CHECK_FALSE(rest[0].period);
  CHECK(reader.item(b)->id == "b");
  CHECK(reader.item(b)->collection == bench.collection());
  CHECK_FALSE(reader.item(ItemNumber{static_cast<std::int64_t>(c) + 1}));
}

// ---- Harvests

TEST_CASE("documents, sources and runs are remembered") {
  FOR_EACH_STORE(bench);
  store::Document const document{.source = "source-a",
                                 .native_id = "fr/1",
                                 .format = "iso19139",
                                 .address = "https://a.example/csw",
                                 .bytes = std::string("<a>\0é</a>", 10),
                                 .hash = 0xfedcba9876543210,
                                 .fetched = day(3)};
  bench.writer().begin();
  bench.writer().put_document(document);
  bench.writer().put_source({.name = "source-a",
                             .checkpoint = "{}",
                             .last_complete = day(2),
                             .last_changes = day(3),
                             .query = 0xfedcba9876543210});
  Run run{.source = "source-a", .mode = "full", .started = day(3)};
  run.number = bench.writer().put_run(run);
  bench.writer().put_run_document({.run = run.number,
                                   .native_id = "fr/1",
                                   .outcome = DocumentOutcome::warned,
                                   .code = "bbox-swapped",
                                   .where = "/extent",
                                   .excerpt = "3 1"});
  run.finished = day(4);
  run.outcome = RunOutcome::complete;
  run.counts = {.created = 5, .updated = 4, .unchanged = 3, .skipped = 2, .failed = 1, .warned = 6};
  CHECK(bench.writer().put_run(run) == run.number);
  Run const other{.source = "source-b", .mode = "import", .started = day(5)};
  bench.writer().put_run(other);
  bench.writer().commit();

  auto& reader = bench.reader();
  auto const read = reader.document("source-a", "fr/1");
  REQUIRE(read);
  CHECK(read->bytes == document.bytes);
  CHECK(read->hash == document.hash);
  CHECK(read->format == "iso19139");
  CHECK(read->address == document.address);
  CHECK(read->fetched == day(3));
  CHECK(reader.document_hash("source-a", "fr/1") == document.hash);
  CHECK_FALSE(reader.document_hash("source-b", "fr/1"));
  CHECK(reader.document_ids("source-a") == Ids{"fr/1"});
  CHECK(reader.source("source-a").checkpoint == "{}");
  CHECK(reader.source("source-a").last_complete == day(2));
  CHECK(reader.source("source-a").last_changes == day(3));
  CHECK(reader.source("source-a").query == 0xfedcba9876543210);
  CHECK(reader.source("unknown").checkpoint.empty());
  CHECK_FALSE(reader.source("unknown").last_complete);
  REQUIRE(reader.runs("", 10).size() == 2);
  CHECK(reader.runs("", 10)[0].source == "source-b");
  CHECK(reader.runs("", 1).size() == 1);
  auto const runs = reader.runs("source-a", 10);
  REQUIRE(runs.size() == 1);
  CHECK(runs[0].counts == run.counts);
  CHECK(runs[0].outcome == RunOutcome::complete);
  CHECK(runs[0].finished == day(4));
  CHECK(runs[0].mode == "full");
  auto const documents = reader.run_documents({.run = run.number});
  REQUIRE(documents.size() == 1);
  CHECK(documents[0].code == "bbox-swapped");
  CHECK(documents[0].outcome == DocumentOutcome::warned);
  CHECK(documents[0].excerpt == "3 1");
  CHECK(reader.run(run.number)->counts == run.counts);
  CHECK_FALSE(reader.run(RunNumber{99}));
}

TEST_CASE("documents of a run are told in parts, and counted by what was told of them") {
  FOR_EACH_STORE(bench);
  auto& writer = bench.writer();
  writer.begin();
  auto const run = writer.put_run({.source = "source-a", .mode = "full", .started = day(1)});
  auto const other = writer.put_run({.source = "source-a", .mode = "full", .started = day(2)});
  auto const tell = [&](RunNumber of, std::string id, DocumentOutcome outcome, std::string code) {
    writer.put_run_document(
        {.run = of, .native_id = std::move(id), .outcome = outcome, .code = std::move(code)});
  };
  tell(run, "a", DocumentOutcome::warned, "bbox-swapped");
  tell(run, "b", DocumentOutcome::created, "");
  tell(other, "x", DocumentOutcome::failed, "no-title");
  tell(run, "c", DocumentOutcome::failed, "no-title");
  tell(run, "d", DocumentOutcome::warned, "bbox-swapped");
  tell(run, "e", DocumentOutcome::warned, "no-title");
  writer.commit();
  auto& reader = bench.reader();
  auto const ids = [&](RunDocumentSearch const& search) {
    Ids out;
    for (auto const& document : reader.run_documents(search)) out.push_back(document.native_id);
    return out;
  };
  CHECK(ids({.run = run}) == Ids{"a", "b", "c", "d", "e"});
  CHECK(ids({.run = run, .limit = 2}) == Ids{"a", "b"});
  auto const second = reader.run_documents({.run = run, .limit = 2}).back().number;
  CHECK(ids({.run = run, .after = second, .limit = 2}) == Ids{"c", "d"});
  CHECK(ids({.run = run, .outcome = DocumentOutcome::warned}) == Ids{"a", "d", "e"});
  CHECK(ids({.run = run, .code = "no-title"}) == Ids{"c", "e"});
  CHECK(ids({.run = run, .outcome = DocumentOutcome::created, .code = ""}) == Ids{"b"});
  CHECK(ids({.run = other}) == Ids{"x"});
  CHECK(ids({.run = RunNumber{99}}).empty());
  CHECK(reader.run_findings(run) == std::vector<RunFinding>{
                                        {DocumentOutcome::warned, "bbox-swapped", 2},
                                        {DocumentOutcome::created, "", 1},
                                        {DocumentOutcome::failed, "no-title", 1},
                                        {DocumentOutcome::warned, "no-title", 1},
                                    });
}

TEST_CASE("a new store is sound") {
  FOR_EACH_STORE(bench);
  bench.put({.id = "a", .footprint = triangle(), .datetime = day(1)});
  CHECK(bench.store().check(store::Depth::whole, [](double) {}).empty());
}

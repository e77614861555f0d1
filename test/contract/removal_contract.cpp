// What sweeps note, what goes, and what is remembered of what is gone. Each case runs over all
// stores.

#include "bench.hpp"

#include "store/walked.hpp"
#include "support/catalogues.hpp"
#include "support/catch.hpp"

#include <limits>

using namespace terracat;
using namespace terracat::test;
using store::Missing;
using store::Resource;
using store::Subject;

namespace {

constexpr RunNumber sweep{7};
constexpr std::size_t many = 100;

/// A change's operation, subject and id: "-item a".
Ids feed(std::vector<store::Change> const& changes) {
  Ids out;
  for (auto const& change : changes) {
    out.push_back((change.operation == store::Operation::put ? "+" : "-") +
                  std::string(change.subject == Subject::record ? "record " : "item ") + change.id);
  }
  return out;
}

std::vector<std::int64_t> numbers(std::vector<Missing> const& marks) {
  std::vector<std::int64_t> out;
  for (auto const& mark : marks) out.push_back(mark.resource.number);
  return out;
}

std::int64_t number(ItemNumber item) {
  return static_cast<std::int64_t>(item);
}

/// Runs a transaction.
template<class Body>
void transact(Bench& bench, Body const& body) {
  bench.writer().begin();
  body(bench.writer());
  bench.writer().commit();
}

RecordNumber put_record(Bench& bench, std::string const& id, std::string const& source) {
  auto write = test::record_write(id);
  write.source = source;
  RecordNumber number{};
  transact(bench, [&](store::Writer& writer) { number = writer.put(write); });
  return number;
}

store::Grace any_age() {
  return {.since = model::Instant(std::numeric_limits<std::int64_t>::max()), .sweeps = 0};
}

} // namespace

// ---- Gone

TEST_CASE("of what is gone the last title, the owner and the time are kept") {
  FOR_EACH_STORE(bench);
  auto const a = bench.put({.id = "a", .native_id = "a/1"});
  transact(bench, [&](store::Writer& writer) { writer.remove(a, "The first"); });
  auto const gone = bench.reader().removed_item(bench.collection(), "a");
  REQUIRE(gone);
  CHECK(gone->title == "The first");
  CHECK(gone->source == "source-a");
  CHECK(gone->id == "a");
  CHECK(gone->at.milliseconds() > 0);
  CHECK_FALSE(bench.reader().removed_item(RecordNumber{99}, "a"));
  CHECK_FALSE(bench.reader().removed_item(bench.collection(), "never"));
  CHECK_FALSE(bench.reader().removed_record("a"));

  bench.put({.id = "a"});
  CHECK_FALSE(bench.reader().removed_item(bench.collection(), "a"));

  CHECK_FALSE(bench.reader().removed_record("c"));
  transact(bench, [&](store::Writer& writer) { writer.remove(bench.collection()); });
  auto const record = bench.reader().removed_record("c");
  REQUIRE(record);
  CHECK(record->title == "c");
  CHECK(record->source == "source-a");
  CHECK(record->collection == bench.collection());
  put_record(bench, "c", "source-b");
  CHECK_FALSE(bench.reader().removed_record("c"));
}

TEST_CASE("a collection that goes hides its items at once, and the feed says it once") {
  FOR_EACH_STORE(bench);
  auto const other = put_record(bench, "d", "source-a");
  for (int i = 0; i < 5; ++i) bench.put_into(other, {.id = "x" + std::to_string(i)});
  auto const stays = bench.put({.id = "y"});
  auto const before = bench.reader().begin().sequence;
  transact(bench, [&](store::Writer& writer) { writer.remove(other); });

  CHECK(bench.search(everything()) == Ids{"y"});
  CHECK(bench.reader().items({.where = everything(), .limit = 1}).matched == 1);
  CHECK(bench.reader().item(stays)->id == "y");
  CHECK(feed(bench.reader().changes(0, many).value()) == Ids{"+record c", "+item y", "-record d"});
  CHECK(feed(bench.reader().changes(before, many).value()) == Ids{"-record d"});
  CHECK(bench.reader().holdings("source-a") == store::Holdings{.records = 1, .items = 1});
  CHECK(bench.reader().unseen("source-a", sweep, Subject::item, 0, many).size() == 1);

  for (int i = 0; i < 3; ++i) {
    transact(bench, [&](store::Writer& writer) { writer.purge(2); });
    CHECK(bench.search(everything()) == Ids{"y"});
  }
  CHECK(bench.reader().is_purged());
  CHECK(feed(bench.reader().changes(0, many).value()) == Ids{"+record c", "+item y", "-record d"});
  auto const faults = bench.store().check(store::Depth::whole, [](double) {});
  CHECK(faults == Ids{});
}

TEST_CASE("no page of records comes after one that is gone") {
  FOR_EACH_STORE(bench);
  auto const last = put_record(bench, "a", "source-a");
  store::RecordSearch const search{.limit = 1, .after = last};
  CHECK(bench.reader().records(search).rows.at(0).id == "c");
  transact(bench, [&](store::Writer& writer) { writer.remove(last); });
  CHECK_THROWS_AS(bench.reader().records(search), store::StoreError);
}

TEST_CASE("the document of a removed record goes with it") {
  FOR_EACH_STORE(bench);
  transact(bench, [&](store::Writer& writer) {
    writer.put_document({.source = "source-a", .native_id = "native-c", .bytes = "<c/>"});
    writer.put_document({.source = "source-b", .native_id = "native-c", .bytes = "<other/>"});
    writer.remove(bench.collection());
  });
  CHECK_FALSE(bench.reader().document("source-a", "native-c"));
  CHECK(bench.reader().document("source-b", "native-c"));
}

// ---- Forgotten

TEST_CASE("removals are forgotten by age, and who would miss one is told") {
  FOR_EACH_STORE(bench);
  auto const a = bench.put({.id = "a"});
  auto const b = bench.put({.id = "b"});
  bench.put({.id = "e"});
  transact(bench, [&](store::Writer& writer) { writer.remove(a, ""); });
  transact(bench, [&](store::Writer& writer) { writer.remove(b, ""); });
  auto const changes = bench.reader().changes(0, many).value();
  REQUIRE(feed(changes) == Ids{"+record c", "+item e", "-item a", "-item b"});

  transact(bench, [&](store::Writer& writer) { writer.prune(changes[2].at, many); });
  CHECK(feed(bench.reader().changes(1, many).value()).size() == 3); // nothing is older than that
  transact(bench, [&](store::Writer& writer) { writer.prune(changes[3].at, many); });
  CHECK_FALSE(bench.reader().removed_item(bench.collection(), "a"));
  CHECK(bench.reader().removed_item(bench.collection(), "b"));
  CHECK_FALSE(bench.reader().changes(changes[2].sequence - 1, many));
  CHECK(feed(bench.reader().changes(changes[2].sequence, many).value()) == Ids{"-item b"});
  CHECK(feed(bench.reader().changes(0, many).value()) == Ids{"+record c", "+item e", "-item b"});

  auto const later = model::Instant(changes[3].at.milliseconds() + 1);
  auto const last = bench.put({.id = "f"});
  CHECK(number(last) > 0);
  transact(bench, [&](store::Writer& writer) { writer.prune(later, 0); });
  CHECK(bench.reader().removed_item(bench.collection(), "b"));
  transact(bench, [&](store::Writer& writer) { writer.prune(later, 1); });
  CHECK_FALSE(bench.reader().changes(changes[2].sequence, many));
  CHECK(feed(bench.reader().changes(changes[3].sequence, many).value()) == Ids{"+item f"});
}

TEST_CASE("a walk from the beginning misses only what is forgotten behind its begin") {
  FOR_EACH_STORE(bench);
  auto const a = bench.put({.id = "a"});
  bench.put({.id = "b"});
  auto const e = bench.put({.id = "e"});
  transact(bench, [&](store::Writer& writer) { writer.remove(a, ""); });
  auto const later = model::Instant(std::numeric_limits<std::int64_t>::max());
  transact(bench, [&](store::Writer& writer) { writer.prune(later, many); });

  auto const began = bench.reader().begin().sequence;
  Ids told;
  for (Sequence place = 0;;) {
    REQUIRE(bench.reader().changes(std::max(place, began), 1));
    auto const piece = bench.reader().changes(store::walked(place), 1);
    REQUIRE(piece);
    if (piece->empty()) break;
    told.push_back(feed(*piece).front());
    place = piece->back().sequence;
  }
  CHECK(told == Ids{"+record c", "+item b", "+item e"});
  CHECK_FALSE(bench.reader().changes(1, many)); // who stood there before would miss that "a" went

  transact(bench, [&](store::Writer& writer) { writer.remove(e, ""); });
  CHECK(feed(bench.reader().changes(began, many).value()) == Ids{"-item e"});
  transact(bench, [&](store::Writer& writer) { writer.prune(later, many); });
  CHECK_FALSE(bench.reader().changes(began, many)); // now it would miss that "e" went
}

TEST_CASE("reports of documents are forgotten by age, and their runs stay") {
  FOR_EACH_STORE(bench);
  std::vector<RunNumber> runs;
  for (auto const day : {1, 2, 3}) {
    transact(bench, [&](store::Writer& writer) {
      Run const run{
          .source = "source-a", .mode = "test", .started = model::Instant(day * 86'400'000LL)};
      runs.push_back(writer.put_run(run));
      writer.put_run_document({.run = runs.back(), .native_id = "a"});
      writer.put_run_document({.run = runs.back(), .native_id = "b"});
    });
  }
  auto const left = [&] {
    std::vector<std::size_t> out;
    for (auto const run : runs) out.push_back(bench.reader().run_documents({.run = run}).size());
    return out;
  };
  auto const prune = [&](std::int64_t day, std::size_t limit) {
    transact(bench, [&](store::Writer& writer) {
      writer.prune_reports(model::Instant(day * 86'400'000LL), limit);
    });
  };
  prune(1, many);
  CHECK(left() == std::vector<std::size_t>{2, 2, 2}); // none began before
  prune(3, 3);
  CHECK(left() == std::vector<std::size_t>{0, 1, 2});
  prune(3, many);
  CHECK(left() == std::vector<std::size_t>{0, 0, 2});
  CHECK(bench.reader().runs("source-a", many).size() == 3);
}

TEST_CASE("a run that is not there is not replaced") {
  FOR_EACH_STORE(bench);
  transact(bench, [&](store::Writer& writer) {
    CHECK_THROWS_AS(writer.put_run({.number = RunNumber{7}, .source = "s", .mode = "test"}),
                    store::StoreError);
  });
}

// ---- Seen and missing

TEST_CASE("what a sweep did not see is listed for its own source only") {
  FOR_EACH_STORE(bench);
  auto const other = put_record(bench, "other", "source-b");
  auto const second = put_record(bench, "d", "source-a");
  auto const a = bench.put({.id = "a"});
  auto const b = bench.put({.id = "b"});
  auto const e = bench.put({.id = "e"});
  transact(bench, [&](store::Writer& writer) {
    writer.note_seen("source-a", sweep, bench.collection());
    writer.note_seen("source-a", sweep, b);
    writer.note_seen("source-a", sweep, b);
  });
  auto& reader = bench.reader();
  auto const records = reader.unseen("source-a", sweep, Subject::record, 0, many);
  REQUIRE(records.size() == 1);
  CHECK(records[0].resource == Resource(second));
  CHECK(records[0].collection == second);
  CHECK(records[0].sweeps == 0);
  auto const items = reader.unseen("source-a", sweep, Subject::item, 0, many);
  CHECK(numbers(items) == std::vector{number(a), number(e)});
  CHECK(items[0].collection == bench.collection());
  CHECK(numbers(reader.unseen("source-a", sweep, Subject::item, 0, 1)) == std::vector{number(a)});
  CHECK(numbers(reader.unseen("source-a", sweep, Subject::item, number(a), 1)) ==
        std::vector{number(e)});
  CHECK(reader.unseen("source-a", RunNumber{8}, Subject::item, 0, many).size() == 3);
  CHECK(reader.unseen("source-b", sweep, Subject::record, 0, many)[0].resource == Resource(other));
  CHECK(reader.unseen("source-c", sweep, Subject::record, 0, many).empty());
}

TEST_CASE("marks are kept, chosen by age, and go when the resource is seen or removed") {
  FOR_EACH_STORE(bench);
  auto const a = bench.put({.id = "a"});
  auto const b = bench.put({.id = "b"});
  auto const mark = [&](Resource resource, std::int64_t since, std::int64_t sweeps) {
    return Missing{.resource = resource,
                   .collection = bench.collection(),
                   .since = day(since),
                   .sweeps = sweeps,
                   .counted = sweep};
  };
  transact(bench, [&](store::Writer& writer) {
    writer.put_missing("source-a", mark(b, 3, 1));
    writer.put_missing("source-a", mark(b, 3, 2)); // in the place of the one before
    writer.put_missing("source-a", mark(a, 5, 4));
    writer.put_missing("source-a", mark(bench.collection(), 5, 4));
  });
  auto& reader = bench.reader();
  auto const all = reader.missing("source-a", any_age(), {}, many);
  REQUIRE(all.size() == 3);
  CHECK(all[0].resource == Resource(bench.collection()));
  CHECK(all[1].resource == Resource(a));
  CHECK(all[2].resource == Resource(b));
  CHECK(all[2].collection == bench.collection());
  CHECK(all[2].since == day(3));
  CHECK(all[2].sweeps == 2);
  CHECK(all[2].counted == sweep);
  CHECK(reader.missing("source-b", any_age(), {}, many).empty());
  CHECK(numbers(reader.missing("source-a", {.since = day(4), .sweeps = 1}, {}, many)) ==
        std::vector{number(b)});
  CHECK(reader.missing("source-a", {.since = day(4), .sweeps = 3}, {}, many).empty());
  CHECK(reader.missing("source-a", {.since = day(5), .sweeps = 4}, {}, many).size() == 2);
  CHECK(numbers(reader.missing("source-a", any_age(), Resource(a), many)) ==
        std::vector{number(b)});
  CHECK(reader.missing("source-a", any_age(), {}, 2).size() == 2);
  CHECK(reader.holdings("source-a").missing == 3);
  CHECK(reader.unseen("source-a", sweep, Subject::item, 0, many)[1].sweeps == 2);

  transact(bench, [&](store::Writer& writer) { writer.note_seen("source-a", RunNumber{}, b); });
  CHECK(bench.reader().missing("source-a", any_age(), Resource(a), many).empty());
  CHECK(bench.reader().is_purged()); // no sweep that counts has seen it
  transact(bench, [&](store::Writer& writer) { writer.remove(a, ""); });
  CHECK(bench.reader().holdings("source-a").missing == 1);
  transact(bench, [&](store::Writer& writer) { writer.remove(bench.collection()); });
  CHECK(bench.reader().holdings("source-a").missing == 0);
}

TEST_CASE("what a sweep saw is kept as long as it is under way") {
  FOR_EACH_STORE(bench);
  auto const a = bench.put({.id = "a"});
  auto const b = bench.put({.id = "b"});
  SourceState state{.name = "source-a", .sweep = sweep, .sweep_is_sound = false, .held = 3};
  transact(bench, [&](store::Writer& writer) {
    writer.put_source(state);
    for (auto const run : {RunNumber{3}, sweep, RunNumber{9}}) {
      writer.note_seen("source-a", run, a);
      writer.note_seen("source-a", run, b);
    }
  });
  auto const kept = bench.reader().source("source-a");
  CHECK(kept.sweep == sweep);
  CHECK_FALSE(kept.sweep_is_sound);
  CHECK(kept.held == 3);
  CHECK_FALSE(bench.reader().is_purged());
  for (int i = 0; i < 3; ++i) transact(bench, [&](store::Writer& writer) { writer.purge(2); });
  CHECK(bench.reader().is_purged());
  CHECK(bench.reader().unseen("source-a", sweep, Subject::item, 0, many).empty());
  CHECK(bench.reader().unseen("source-a", RunNumber{3}, Subject::item, 0, many).size() == 2);
  state.sweep = {};
  transact(bench, [&](store::Writer& writer) { writer.put_source(state); });
  CHECK_FALSE(bench.reader().is_purged());
}

// ---- A source that goes

TEST_CASE("documents that became nothing are forgotten by age") {
  FOR_EACH_STORE(bench);
  auto const document = [](std::string source, std::string id, std::int64_t fetched) {
    return store::Document{.source = std::move(source),
                           .native_id = std::move(id),
                           .bytes = "<d/>",
                           .fetched = day(fetched)};
  };
  transact(bench, [&](store::Writer& writer) {
    writer.put_document(document("source-a", "native-c", 1)); // that of a record
    writer.put_document(document("source-a", "old", 1));
    writer.put_document(document("source-a", "new", 2));
    writer.put_document(document("source-b", "old", 1));
    writer.remove_refused("source-a", day(2));
  });
  CHECK(bench.reader().document_ids("source-a") == Ids{"native-c", "new"});
  CHECK(bench.reader().document_ids("source-b") == Ids{"old"});
}

TEST_CASE("a source is forgotten with its runs and documents, and others are not") {
  FOR_EACH_STORE(bench);
  put_record(bench, "d", "source-b");
  transact(bench, [&](store::Writer& writer) {
    for (auto const* const name : {"source-a", "source-b"}) {
      writer.put_document({.source = name, .native_id = "n", .bytes = "<d/>"});
      writer.put_source({.name = name, .checkpoint = "{}", .sweep = sweep});
      auto const run = writer.put_run({.source = name, .mode = "full"});
      writer.put_run_document({.run = run, .native_id = "n"});
    }
    writer.note_seen("source-a", sweep, bench.collection()); // by a sweep that is never to end
    writer.remove(bench.collection());
  });
  transact(bench, [&](store::Writer& writer) { writer.purge(many); });
  CHECK(bench.reader().sources() == Ids{"source-a", "source-b"});
  transact(bench, [&](store::Writer& writer) { writer.remove_source("source-a"); });
  auto& reader = bench.reader();
  CHECK(reader.sources() == Ids{"source-b"});
  CHECK(reader.document_ids("source-a").empty());
  CHECK(reader.document_ids("source-b") == Ids{"n"});
  REQUIRE(reader.runs("", many).size() == 1);
  CHECK(reader.run_documents({.run = reader.runs("", many)[0].number}).size() == 1);
  CHECK(reader.source("source-a").checkpoint.empty());
  CHECK(reader.source("source-b").checkpoint == "{}");
  CHECK(reader.removed_record("c")->source == "source-a");
  CHECK(reader.is_purged());
}

TEST_CASE("a source that something came into while it was removed is not forgotten") {
  auto const under_test = GENERATE(from_range(stores()));
  INFO("store: " << under_test.name);
  CatalogueUnderTest site(under_test, {.sources = {{.name = "source-a"}}});
  site.submit("source-a", test::record("source-a", "late"));
  auto const forget = [&] {
    catalogue::Batch batch{.source = "source-a", .forgets_source = true};
    batch.run = {.source = "source-a",
                 .mode = "remove",
                 .started = day(1),
                 .finished = day(2),
                 .outcome = RunOutcome::complete};
    return site.submit(std::move(batch));
  };
  auto const kept = forget();
  CHECK(kept.outcome == RunOutcome::interrupted);
  auto const number = [&] {
    auto view = site.view();
    CHECK(view.reader().sources() == Ids{"source-a"});
    CHECK(view.reader().runs("source-a", many).front().message == kept.message);
    auto const found = view.reader().record_by_native("source-a", "late").value();
    CHECK(view.reader().record(found).value().source == "source-a");
    return found;
  }();

  catalogue::Batch removal{.source = "source-a", .removed = {number}, .purged_rows = many};
  removal.run = {.source = "source-a", .mode = "remove"};
  site.submit(std::move(removal));
  CHECK(forget().outcome == RunOutcome::complete);
  CHECK(site.view().reader().sources().empty());
}

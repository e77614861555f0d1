#include "shrinking.hpp"

#include "support/catch.hpp"

/// What becomes of documents that a source has no more.
using namespace terracat;
using namespace terracat::test;
using namespace terracat::test::shrinking;

namespace {

#define FOR_EACH_SITE(site)                                                                        \
  auto const under_test = GENERATE(from_range(stores()));                                          \
  INFO("store: " << under_test.name);                                                              \
  Site site(under_test)

Strings codes(Site& site, Run const& run) {
  Strings out;
  for (auto const& document : site.catalogue().view().reader().run_documents({.run = run.number})) {
    if (!document.code.empty()) out.push_back(document.code);
  }
  return out;
}

constexpr run::Harvest::Order sweep{.mode = run::Mode::sweep};

} // namespace

// ---- Missing, grace, tombstone

TEST_CASE("what is gone is missing first, and goes after its grace") {
  FOR_EACH_SITE(site);
  Folder const a("a");
  a.put_collection("rain");
  a.put_collection("snow");
  a.put_item("rain", "r-1");
  a.put_item("rain", "r-2");
  CHECK(site.run(a.source()).counts.missing == 0);
  a.remove("snow.json");
  a.remove_item("r-2");
  site.pass(1);
  auto run = site.run(a.source());
  CHECK(run.outcome == RunOutcome::complete);
  CHECK(run.counts.missing == 2);
  CHECK(run.counts.deleted == 0);
  CHECK(site.missing("a") == Strings{"record 1", "item 1"});
  CHECK(site.catalogue().report(run) == Strings{"missing  snow"});

  SECTION("by time and by sweeps, both") {
    site.pass(6);
    run = site.run(a.source()); // the second sweep, one day too early
    CHECK(site.missing("a") == Strings{"record 2", "item 2"});
    CHECK(run.counts.deleted == 0);
    CHECK(site.catalogue().report(run).empty()); // told once
    CHECK(site.records() == Strings{"rain", "snow"});
    site.pass(1);
    run = site.run(a.source());
    CHECK(run.counts.deleted == 2);
    CHECK(run.counts.missing == 0);
    CHECK(site.catalogue().report(run) == Strings{"deleted  snow"});
    CHECK(site.records() == Strings{"rain"});
    CHECK(site.items() == Strings{"rain/r-1"});
    CHECK(site.missing("a").empty());
    CHECK(site.gone("snow") == "T snow");
    auto view = site.catalogue().view();
    CHECK(view.removed_item(view.collection("rain").value(), "r-2")->title == "Granule r-2");
    CHECK(view.collection("rain")->entry->derived.items == 1);
    CHECK_FALSE(view.reader().document("a", "snow"));
  }
  SECTION("a single sweep is not enough, however long ago") {
    site.pass(300);
    CHECK(site.run(a.source()).counts.deleted == 2); // the second one
  }
  SECTION("seen again, nothing is missing") {
    a.put_collection("snow");
    a.put_item("rain", "r-2");
    site.pass(7);
    CHECK(site.run(a.source()).counts.missing == 0);
    CHECK(site.missing("a").empty());
    a.remove("snow.json");
    site.pass(7);
    CHECK(site.run(a.source()).counts.deleted == 0); // counted from the beginning
    CHECK(site.missing("a") == Strings{"record 1"});
  }
  SECTION("what was removed may come back under its id") {
    site.pass(7);
    site.run(a.source());
    CHECK(site.gone("snow") == "T snow");
    a.put_collection("snow");
    CHECK(site.run(a.source()).counts.created == 1);
    CHECK(site.records() == Strings{"rain", "snow"});
    CHECK(site.gone("snow") == "-");
  }
  SECTION("nothing of it is left to be read again") {
    site.pass(7);
    site.run(a.source());
    site.run(a.source(), {.mode = run::Mode::replay});
    CHECK(site.records() == Strings{"rain"});
  }
}

TEST_CASE("a collection takes its items along") {
  FOR_EACH_SITE(site);
  Folder const a("a");
  a.put_collection("rain");
  a.put_collection("snow");
  for (auto const* const id : {"s-1", "s-2", "s-3"}) a.put_item("snow", id);
  auto const source = a.source_without_grace();
  site.run(source);
  a.remove("snow.json");
  for (auto const* const id : {"s-1", "s-2", "s-3"}) a.remove_item(id);
  auto const run = site.run(source);
  CHECK(run.counts.deleted == 4);
  CHECK(run.counts.missing == 0);
  CHECK(site.items().empty());
  CHECK(site.records() == Strings{"rain"});
  CHECK(site.catalogue().view().reader().is_purged());
  CHECK(site.catalogue().view().reader().holdings("a") == store::Holdings{.records = 1});
}

TEST_CASE("a removal is known for 400 days") {
  FOR_EACH_SITE(site);
  Folder const a("a");
  a.put_collection("rain");
  a.put_collection("snow");
  auto const source = a.source_without_grace();
  site.run(source);
  a.remove("snow.json");
  site.run(source);
  auto const before = site.catalogue().view().revision().sequence;
  site.pass(399);
  site.run(source);
  CHECK(site.gone("snow") == "T snow");
  site.pass(2);
  site.run(source);
  CHECK(site.gone("snow") == "-");
  CHECK_FALSE(site.catalogue().view().reader().changes(before - 1, 10));
  CHECK(site.catalogue().view().reader().changes(before, 10));
}

// ---- Who proves nothing

TEST_CASE("a run that is not complete takes nothing for missing") {
  FOR_EACH_SITE(site);
  Folder const a("a");
  a.put_collection("rain");
  a.put_collection("snow");
  auto const source = a.source_without_grace();
  site.run(source);
  a.remove("snow.json");
  SECTION("a part of it cannot be read") {
    a.put("broken.json", R"({"type":)");
    CHECK(site.run(source).outcome == RunOutcome::incomplete);
  }
  SECTION("a document that nobody can tell the id of is refused") {
    a.put("odd.json", R"({"what":"is this"})");
    auto const run = site.run(source);
    CHECK(run.outcome == RunOutcome::complete);
    CHECK(codes(site, run) == Strings{"unexpected-root", "sweep-unproven"});
  }
  SECTION("it is stopped") {
    auto const run = site.stopped(source, 1);
    CHECK(run.outcome == RunOutcome::interrupted);
  }
  SECTION("it reads what the catalogue keeps") {
    site.run(source, {.mode = run::Mode::replay});
  }
  CHECK(site.missing("a").empty());
  CHECK(site.records() == Strings{"rain", "snow"});
}

TEST_CASE("what an interrupted run saw counts when it goes on") {
  auto const under_test = GENERATE(from_range(stores()));
  INFO("store: " << under_test.name);
  Site site(under_test, 100);
  Folder const a("a");
  std::string first = collection("rain", "Rain") + "\n";
  for (int i = 0; i < 1'200; ++i) first += item("rain", "i-" + std::to_string(i)) + "\n";
  a.put("a.ndjson", first);
  a.put("b.ndjson", item("rain", "last") + "\n" + item("rain", "goes") + "\n");
  auto const source = a.source_without_grace();
  REQUIRE(site.run(source).counts.created == 1'203);
  a.put("b.ndjson", item("rain", "last") + "\n");

  SECTION("and only what neither part saw is gone") {
    auto run = site.stopped(source, 2);
    REQUIRE(run.outcome == RunOutcome::interrupted);
    REQUIRE(site.state("a").sweep == run.number);
    CHECK(site.missing("a").empty());
    run = site.run(source);
    CHECK(run.outcome == RunOutcome::complete);
    CHECK(run.counts.deleted == 1);
    CHECK(run.counts.unchanged < 1'202); // the first page was not read again
    CHECK(site.holdings("a").items == 1'201);
    CHECK(site.state("a").sweep == RunNumber{});
  }
  SECTION("but not when it begins anew") {
    site.stopped(source, 2);
    site.run(source, {.mode = run::Mode::full});
    CHECK(site.holdings("a").items == 1'201);
  }
  SECTION("nor when it cannot be told what was seen") {
    site.stopped(source, 2);
    catalogue::Batch forget;
    forget.source = "a";
    forget.run = {.source = "a", .mode = "test"};
    auto const checkpoint = site.state("a").checkpoint;
    forget.checkpoint = "";
    site.catalogue().submit(forget);
    forget.checkpoint = checkpoint;
    site.catalogue().submit(forget);
    auto const run = site.run(source);
    CHECK(run.outcome == RunOutcome::complete);
    CHECK(codes(site, run) == Strings{"sweep-unproven"});
    CHECK(site.holdings("a").items == 1'202);
  }
}

TEST_CASE("a kind that cannot go on sees all in one run") {
  auto const under_test = GENERATE(from_range(stores()));
  INFO("store: " << under_test.name);
  Site site(under_test);
  TemporaryFolder const folder;
  auto const path = folder.path() / "lines";
  auto const print = [&](int items) {
    std::ofstream file(path, std::ios::binary | std::ios::trunc);
    file << collection("rain", "Rain") << '\n';
    for (int i = 0; i < items; ++i) file << item("rain", "i-" + std::to_string(i)) << '\n';
  };
  Source source;
  source.name = "a";
  source.kind = "command";
  source.address = "/bin/cat";
  source.options = R"({"arguments":[")" + path.string() + R"("]})";
  source.deletion = {.grace = std::chrono::days(0), .grace_sweeps = 1};
  print(1'201); // more than a page of that kind
  REQUIRE(site.run(source).counts.created == 1'202);
  print(1'200);
  auto const run = site.run(source);
  CHECK(codes(site, run).empty());
  CHECK(run.counts.deleted == 1);
  CHECK(site.holdings("a").items == 1'200);
}

// ---- The brake

TEST_CASE("more than the brake lets pass is held until somebody says so") {
  FOR_EACH_SITE(site);
  Folder const a("a");
  for (int i = 100; i < 130; ++i) a.put_collection("c-" + std::to_string(i));
  auto source = a.source_without_grace();
  site.run(source);
  for (int i = 100; i < 121; ++i) a.remove("c-" + std::to_string(i) + ".json");
  auto run = site.run(source); // 21 of 30, 20 may go
  CHECK(run.outcome == RunOutcome::complete);
  CHECK(run.counts.deleted == 0);
  CHECK(run.counts.missing == 21);
  CHECK(site.records().size() == 30);
  CHECK(site.state("a").held == 21);
  CHECK(codes(site, run) == Strings{"mass-deletion-held"});
  CHECK_THAT(run.message,
             Catch::Contains("21 are missing, more than 20, and 21 are due for removal"));
  CHECK_THAT(site.metrics(), Catch::Contains(R"(terracat_harvest_deletions_held{source="a"} 21)"));

  SECTION("it is released for one run") {
    run = site.run(source, {.accepts_deletions = true});
    CHECK(run.counts.deleted == 21);
    CHECK(site.records().size() == 9);
    CHECK(site.state("a").held == 0);
    CHECK(run.message.empty());
  }
  SECTION("as much as it lets pass goes by itself") {
    a.put_collection("c-100");
    run = site.run(source);
    CHECK(run.counts.deleted == 20);
    CHECK(site.state("a").held == 0);
  }
  SECTION("a greater share may be set") {
    source.deletion.brake_share = 70; // 21 of 30
    CHECK(site.run(source).counts.deleted == 21);
  }
  SECTION("and a greater number") {
    source.deletion.brake_count = 21;
    CHECK(site.run(source).counts.deleted == 21);
  }
  SECTION("with neither nothing goes unasked") {
    a.put_collection("c-100");
    source.deletion.brake_count = 0;
    source.deletion.brake_share = 0;
    CHECK(site.run(source).counts.deleted == 0);
    CHECK(site.state("a").held == 20);
  }
}

TEST_CASE("the brake counts what is missing, not only what is due") {
  FOR_EACH_SITE(site);
  Folder const a("a");
  for (int i = 100; i < 130; ++i) a.put_collection("c-" + std::to_string(i));
  auto const source = a.source();
  site.run(source);
  auto const lose = [&](int from, int to) {
    for (int i = from; i < to; ++i) a.remove("c-" + std::to_string(i) + ".json");
  };
  lose(100, 111);
  site.run(source);
  site.pass(7);
  lose(111, 121);
  auto run = site.run(source); // 21 are missing, 11 of them for long enough
  CHECK(run.counts.deleted == 0);
  CHECK(site.state("a").held == 11);
  run = site.run(source, {.accepts_deletions = true});
  CHECK(run.counts.deleted == 11);
  CHECK(run.counts.missing == 10);
  site.pass(7);
  CHECK(site.run(source).counts.deleted == 10);
}

TEST_CASE("a source that has nothing any more is believed only if somebody says so") {
  FOR_EACH_SITE(site);
  Folder const a("a");
  a.put_collection("rain");
  a.put_collection("snow");
  a.put_item("rain", "r-1");
  auto source = a.source_without_grace();
  site.run(source);
  for (auto const* const file : {"rain.json", "snow.json"}) a.remove(file);
  a.remove_item("r-1");
  auto run = site.run(source); // as of a folder that is not mounted
  CHECK(run.outcome == RunOutcome::complete);
  CHECK(run.counts.deleted == 0);
  CHECK(site.state("a").held == 3);
  CHECK_THAT(run.message, Catch::Contains("all 3 are missing, and 3 are due for removal"));
  CHECK(site.run(source, {.accepts_deletions = true}).counts.deleted == 3);
}

TEST_CASE("while nothing is due, nothing is held") {
  FOR_EACH_SITE(site);
  Folder const a("a");
  for (int i = 100; i < 130; ++i) a.put_collection("c-" + std::to_string(i));
  site.run(a.source());
  for (int i = 100; i < 130; ++i) a.remove("c-" + std::to_string(i) + ".json");
  auto const run = site.run(a.source());
  CHECK(run.counts.missing == 30);
  CHECK(site.state("a").held == 0);
  CHECK(run.message.empty());
}

TEST_CASE("the brake counts the items of collections that would go") {
  FOR_EACH_SITE(site);
  Folder const a("a");
  a.put_collection("rain");
  for (int i = 0; i < 20; ++i) a.put_item("rain", "r-" + std::to_string(i));
  auto const source = a.source_without_grace();
  site.run(source);
  a.remove("rain.json");
  for (int i = 0; i < 20; ++i) a.remove_item("r-" + std::to_string(i));
  CHECK(site.run(source).counts.deleted == 0);
  CHECK(site.state("a").held == 21);
}

// ---- Whose

TEST_CASE("a sweep touches only what its source owns") {
  FOR_EACH_SITE(site);
  Folder const a("a");
  Folder const b("b");
  a.put_collection("rain");
  a.put_item("rain", "r-1");
  b.put_collection("snow");
  b.put_item("snow", "s-1");
  b.put_item("rain", "s-2"); // not its own: skipped
  auto source_a = a.source();
  auto source_b = b.source();
  source_a.deletion = source_b.deletion = {.grace = std::chrono::days(0), .grace_sweeps = 1};
  site.run(source_a);
  CHECK(site.run(source_b).counts.skipped == 1);
  auto const ids = site.run(source_b, sweep);
  CHECK(codes(site, ids) == Strings{"owned-by-source"});
  a.remove_item("r-1");
  b.remove_item("s-2");
  CHECK(site.run(source_b).counts.deleted == 0);
  CHECK(site.items() == Strings{"rain/r-1", "snow/s-1"});
  CHECK(site.run(source_a).counts.deleted == 1);
  CHECK(site.items() == Strings{"snow/s-1"});
}

TEST_CASE("documents of refusals go when the source has them no more") {
  FOR_EACH_SITE(site);
  Folder const a("a");
  a.put_collection("rain");
  auto const source = a.source();
  catalogue::Batch batch;
  batch.source = "a";
  batch.run = {.source = "a", .mode = "test"};
  batch.documents.emplace_back(catalogue::Refused{
      .document =
          {.source = "a", .native_id = "old", .bytes = "<a/>", .fetched = model::Instant(0)},
      .finding = {.code = FindingCode::no_title, .where = {}, .excerpt = {}},
      .collection = {}});
  site.catalogue().submit(std::move(batch));
  CHECK(site.catalogue().view().reader().document_ids("a") == Strings{"old"});
  site.run(source);
  CHECK(site.catalogue().view().reader().document_ids("a") == Strings{"rain"});
}

// ---- Only the ids

TEST_CASE("a sweep looks for what is gone and changes nothing else") {
  FOR_EACH_SITE(site);
  Folder const a("a");
  a.put_collection("rain");
  a.put_collection("snow");
  a.put_item("rain", "r-1");
  auto source = a.source();
  source.deletion = {.grace = std::chrono::days(0), .grace_sweeps = 2};
  site.run(source);
  auto const last = site.state("a").last_complete;
  a.remove("snow.json");
  a.put("rain.json", collection("rain", "Another title"));
  auto run = site.run(source, sweep);
  CHECK(run.mode == "sweep");
  CHECK(run.outcome == RunOutcome::complete);
  CHECK(run.counts.unchanged == 2);
  CHECK(run.counts.missing == 1);
  CHECK(site.state("a").last_complete == last);
  run = site.run(source, sweep);
  CHECK(run.counts.deleted == 1);
  CHECK(site.gone("snow") == "T snow");
  auto view = site.catalogue().view();
  CHECK(view.collection("rain")->entry->title == "T rain");
}

TEST_CASE("a sweep forgets no refusal, for it fetches nothing") {
  FOR_EACH_SITE(site);
  Folder const a("a");
  a.put_collection("rain");
  a.put("untitled.json", R"({"type":"Collection","stac_version":"1.0.0","id":"untitled"})");
  auto const source = a.source();
  site.run(source);
  auto const kept = site.catalogue().view().reader().document_ids("a");
  CHECK(kept.size() == 2);
  site.pass(1);
  site.run(source, sweep);
  site.run(source, sweep);
  CHECK(site.catalogue().view().reader().document_ids("a") == kept);
}

TEST_CASE("a sweep that meets what the catalogue does not have proves nothing") {
  FOR_EACH_SITE(site);
  Folder const a("a");
  a.put_collection("rain");
  a.put_collection("snow");
  auto const source = a.source_without_grace();
  site.run(source);
  a.remove("snow.json");
  a.put_collection("snow-2"); // it may be snow under another name
  auto const run = site.run(source, sweep);
  CHECK(run.counts.skipped == 1);
  CHECK(codes(site, run) == Strings{"not-in-catalogue", "sweep-unproven"});
  CHECK(site.records() == Strings{"rain", "snow"});
}

// ---- A source that is given up

TEST_CASE("a source is removed with all that is kept of it") {
  auto const under_test = GENERATE(from_range(stores()));
  INFO("store: " << under_test.name);
  Site site(under_test, 2);
  Folder const a("a");
  Folder const b("b");
  for (auto const* const id : {"c-1", "c-2", "c-3", "c-4", "c-5"}) a.put_collection(id);
  for (auto const* const id : {"i-1", "i-2", "i-3"}) a.put_item("c-1", id);
  b.put_collection("stays");
  b.put_item("stays", "s-1");
  site.run(a.source());
  site.run(b.source());
  site.stopped(a.source(), 1);
  auto const run = site.remove("a");
  CHECK(run.outcome == RunOutcome::complete);
  CHECK(run.counts.deleted == 8);
  CHECK(site.records() == Strings{"stays"});
  CHECK(site.items() == Strings{"stays/s-1"});
  CHECK(site.gone("c-1") == "T c-1");
  auto view = site.catalogue().view();
  CHECK(view.reader().sources() == Strings{"b"});
  CHECK(view.reader().document_ids("a").empty());
  CHECK(view.reader().runs("", 10).size() == 1);
  CHECK(view.reader().is_purged());
  CHECK(view.collections().size() == 1);
}

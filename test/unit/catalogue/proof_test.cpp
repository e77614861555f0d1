// Rows against texts: what `check` finds, and what a repair makes of it.

#include "catalogue/catalogue.hpp"
#include "catalogue/proof.hpp"
#include "query/digest.hpp"
#include "store/sqlite/database.hpp"
#include "store/stores.hpp"

#include "support/catalogues.hpp"
#include "support/catch.hpp"
#include "support/temporary_folder.hpp"

#include <terracat/format.hpp>

#include <future>

using namespace terracat;
using Lines = std::vector<std::string>;

namespace {

catalogue::ItemPut item(std::string const& id, std::string const& day) {
  auto const text = R"({"type":"Feature","stac_version":"1.1.0","id":")" + id +
                    R"(","collection":"c","geometry":{"type":"Polygon","coordinates":[[[0,0],)"
                    R"([4,0],[0,4],[0,0]]]},"bbox":[0,0,4,4],"properties":{"datetime":")" +
                    day + R"(T00:00:00Z","gsd":10,"title":"Day"},"assets":{},"links":[]})";
  json::Parser parser;
  auto reading =
      formats::find("stac-item")
          ->read(text, {.address = {}, .language = {}, .local_assets = {}, .json = parser});
  REQUIRE(reading.has_value());
  return {.item = std::get<model::Item>(std::move(reading->resource)),
          .hash = query::digest_of(text),
          .findings = {}};
}

catalogue::RecordPut record_with_area(std::string const& native_id,
                                      model::Bbox const& area = model::Bbox::restored(1, 2, 3, 4)) {
  auto put = test::record("s", native_id, "Title of " + native_id);
  auto parts = *put.record;
  parts.spatial.push_back({.geometry = model::Geometry::box(area)});
  put.record = model::Record::make(std::move(parts)).value();
  return put;
}

/// A catalogue file with two collections, one of them with three items.
class File {
 public:
  File() { fill(); }

  [[nodiscard]] std::string path() const { return (folder_.path() / "c.sqlite").string(); }

  template<class Use>
  auto with_catalogue(Use const& use) const {
    catalogue::Catalogue site(store::open_store(path(), store::Access::write), {},
                              [](std::string const& reason) { throw std::runtime_error(reason); });
    return use(site);
  }

  /// Commits what `add` puts into a batch, as a whole run.
  template<class Add>
  Run submit(Add const& add) const {
    return with_catalogue([&](catalogue::Catalogue& site) {
      catalogue::Batch batch{.source = "s", .run = {.source = "s", .mode = "test"}};
      add(batch);
      batch.run.started = model::Instant::now(); // reports of older runs are forgotten
      batch.run.finished = batch.run.started;
      return site.submit(std::move(batch)).get();
    });
  }

  void fill() const {
    submit([](catalogue::Batch& batch) {
      batch.documents.emplace_back(test::record("s", "c", "C"));
      batch.documents.emplace_back(record_with_area("d"));
      batch.documents.emplace_back(item("i1", "2024-01-01"));
      batch.documents.emplace_back(item("i2", "2024-01-02"));
      batch.documents.emplace_back(item("i3", "2024-01-03"));
    });
  }

  void correct_title() const {
    with_catalogue([](catalogue::Catalogue& site) {
      return site
          .submit(catalogue::Edit{
              .source = "s",
              .native_id = "c",
              .dropped = {},
              .made = {{.key = {"s", "c", "title", ""}, .value = "Better", .author = "alice"}}})
          .get();
    });
  }

  /// Runs a statement as a disc, or another program, might have.
  void change(std::string const& sql) const {
    store::Connection const connection(path(), store::Connection::Use::write);
    connection.execute(sql);
  }

  [[nodiscard]] std::int64_t number(std::string const& sql) const {
    return store::Connection(path(), store::Connection::Use::inspect).integer(sql);
  }

  /// The first column of what is selected.
  [[nodiscard]] Lines texts(std::string const& sql) const {
    store::Connection const connection(path(), store::Connection::Use::inspect);
    auto statement = connection.prepare(sql);
    store::Execution run(statement);
    Lines out;
    while (run.step()) out.emplace_back(run.row().text(0));
    return out;
  }

  [[nodiscard]] Lines check() const {
    auto const store = store::open_store(path(), store::Access::read);
    auto faults = store->check(store::Depth::whole, [](double) {});
    auto const more = catalogue::prove(*store->reader(), {}, [](double) {});
    faults.insert(faults.end(), more.begin(), more.end());
    return faults;
  }

  [[nodiscard]] Lines repair() const {
    return with_catalogue(
        [](catalogue::Catalogue& site) { return site.mend([](double) {}).get(); });
  }

 private:
  test::TemporaryFolder folder_;
};

} // namespace

TEST_CASE("what was written is proven right, in every store") {
  for (auto const& under_test : test::stores()) {
    INFO(under_test.name);
    test::CatalogueUnderTest site(under_test);
    site.submit("s", test::record("s", "c", "C"), record_with_area("d"), item("i1", "2024-01-01"),
                item("i2", "2024-01-02"));
    double last = 0;
    auto const session = site.catalogue().session();
    CHECK(catalogue::prove(session->reader(), {}, [&](double done) { last = done; }).empty());
    CHECK(last == 1);
  }
}

TEST_CASE("a box with more decimals than the spatial index is given is no fault") {
  File const file;
  file.submit([](catalogue::Batch& batch) {
    auto const area =
        model::Bbox::restored(-5.23515625, 46.755859375, -1.1921875, 49.30468750000001);
    batch.documents.emplace_back(record_with_area("e", area));
  });
  REQUIRE(file.number("SELECT ymax < MbrMaxY(geometry) FROM idx_record_geometry JOIN record "
                      "ON number = pkid WHERE native_id = 'e'") == 1);
  CHECK(file.check().empty());
}

TEST_CASE("each contradiction is found, and made right from what the texts say") {
  File const file;
  REQUIRE(file.check().empty());

  struct Case {
    std::string damage;
    Lines found;
    Lines repaired;
  };

  auto const one = GENERATE(values<Case>({
      {"UPDATE item SET time = 5 WHERE number = 2",
       {"item 2: not as its body says: time"},
       {"item 2: not as its body says: time"}},
      {"UPDATE item SET is_box = 1, lowest = 7 WHERE number = 3",
       {"item 3: not as its body says: is_box, lowest"},
       {"item 3: not as its body says: is_box, lowest"}},
      {"UPDATE record SET title = 'Another', title_key = (SELECT title_key FROM record WHERE "
       "number = 1) WHERE number = 2",
       {"record whose title key is not that of its title: 2",
        "record 2: not as its text says: title"},
       {"1 title keys computed", "record 2: not as its text says: title"}},
      {"DELETE FROM idx_record_geometry",
       {"record that the spatial index lacks: 2"},
       {"1 boxes put into the spatial index"}},
      {"INSERT INTO idx_record_geometry VALUES (9, 1, 2, 1, 2)",
       {"box of no record in the spatial index: 9"},
       {"1 boxes taken out of the spatial index"}},
      {"DELETE FROM identifier WHERE id = 'd'",
       {"record 2: its identifier does not lead to it"},
       {"1 identifiers of records added"}},
      {"UPDATE derived SET text = replace(text, '\"items\":3', '\"items\":4')",
       {"collection 1: what it says of its items is not what they say"},
       {"collection 1: what it says of its items is not what they say"}},
      {"DELETE FROM change WHERE sequence = (SELECT sequence FROM item WHERE number = 2)",
       {"item without change: 2"},
       {"1 changes of items added"}},
      {"INSERT INTO change (sequence, operation, subject, id, collection, at) "
       "VALUES (4000, 0, 1, 'x', 1, 0)",
       {"change beyond the last sequence: 4000", "change of no item: 4000",
        "collection whose last change is older than those of its items: 1"},
       {"1 changes of nothing removed"}},
      {"UPDATE item_change SET sequence = 1",
       {"collection whose last change is older than those of its items: 1"},
       {"1 last changes of collections computed"}},
      {"UPDATE item_body SET id = 'x' WHERE item = 2",
       {"body with another id: 2"},
       {"1 ids of bodies forgotten"}},
      {"INSERT INTO item_body SELECT 9, body, NULL FROM item_body WHERE item = 1",
       {"body without item: 9"},
       {"1 bodies of no item removed"}},
  }));
  CAPTURE(one.damage);
  auto const epoch = file.number("SELECT epoch FROM catalogue");
  file.change(one.damage);
  CHECK(file.check() == one.found);
  CHECK(file.repair() == one.repaired);
  CHECK(file.check().empty());
  CHECK(file.number("SELECT epoch FROM catalogue") != epoch);
  CHECK(file.repair().empty());
}

TEST_CASE("a damaged value fails alone and is taken anew from the next harvest") {
  File const file;
  auto const damage = [&](std::string const& table, std::string const& column) {
    file.change("UPDATE " + table + " SET " + column + " = CAST(substr(" + column + ", 1, length(" +
                column + ") - 5) || x'ff' || substr(" + column + ", -4) AS BLOB) WHERE rowid = 2");
  };
  SECTION("a body") {
    damage("item_body", "body");
    CHECK(file.check() == Lines{"item_body 2: the checksum differs"});
    CHECK(file.repair() == Lines{"1 damaged values left to be fetched again by the next harvest",
                                 "item 2: stays as it is: item_body 2: the checksum differs"});
  }
  SECTION("a record") {
    damage("record_text", "whole");
    CHECK(file.check() == Lines{"record_text.whole 2: the checksum differs"});
    CHECK(file.repair() == Lines{"1 damaged values left to be fetched again by the next harvest",
                                 "record 2: stays as it is: record_text 2: the checksum differs"});
  }
  SECTION("a document") {
    damage("document", "bytes");
    CHECK(file.check() == Lines{"document 2: the checksum differs"});
    CHECK(file.repair() == Lines{"1 damaged values left to be fetched again by the next harvest"});
  }
  CHECK(file.check().size() == 1);
  file.fill();
  CHECK(file.check().empty());
}

TEST_CASE("no column of bytes can be damaged without being found") {
  File const file;
  file.correct_title();
  file.submit([](catalogue::Batch& batch) { // so many that a dictionary is learned
    for (int i = 100; i < 300; ++i) {
      batch.documents.emplace_back(item("m" + std::to_string(i), "2024-02-01"));
    }
  });
  file.with_catalogue([](catalogue::Catalogue& site) { // keeps its index when it ends
    std::promise<void> built;
    site.index_items({}, [&](index::Built const&) { built.set_value(); });
    built.get_future().wait();
    return 0;
  });
  REQUIRE(file.check().empty());
  auto const columns = file.texts(
      "SELECT m.name || '.' || c.name FROM (SELECT name FROM sqlite_schema WHERE type = 'table' "
      "AND sql LIKE '% BLOB NOT NULL%') m, pragma_table_info(m.name) c WHERE c.type = 'BLOB' "
      "ORDER BY 1");
  CHECK(columns == Lines{"correction.value", "dictionary.bytes", "document.bytes", "item_body.body",
                         "item_words.words", "record.title_key", "record_text.body",
                         "record_text.extent", "record_text.summaries", "record_text.whole",
                         "record_words.words", "segment.bytes"});
  for (auto const& name : columns) {
    INFO(name);
    auto const table = name.substr(0, name.find('.'));
    auto const column = name.substr(name.find('.') + 1);
    auto const first = " WHERE rowid = (SELECT min(rowid) FROM " + table + ")";
    auto const kept = file.texts("SELECT quote(" + column + ") FROM " + table + first);
    REQUIRE(kept.size() == 1);
    file.change("UPDATE " + table + " SET " + column + " = CAST(substr(" + column + ", 1, length(" +
                column + ") - 1) || CASE substr(" + column +
                ", -1) WHEN x'00' THEN x'01' ELSE x'00' END AS BLOB)" + first);
    CHECK_FALSE(file.check().empty());
    file.change("UPDATE " + table + " SET " + column + " = " + kept.front() + first);
    CHECK(file.check().empty());
  }
}

TEST_CASE("a damaged body hinders no change of its neighbours, and can go") {
  File const file;
  file.change("UPDATE item_body SET body = CAST(substr(body, 1, length(body) - 5) || x'ff' || "
              "substr(body, -4) AS BLOB) WHERE item = 2");
  auto run = file.submit(
      [](catalogue::Batch& batch) { batch.documents.emplace_back(item("i3", "2024-06-03")); });
  CHECK(run.counts.updated == 1);
  run = file.submit([](catalogue::Batch& batch) { batch.removed.emplace_back(ItemNumber{2}); });
  CHECK(run.counts.deleted == 1);
  CHECK(file.number("SELECT count(*) FROM item") == 2);
  CHECK(file.check().empty());
}

TEST_CASE("a damaged footprint hinders neither the index nor changes of its neighbours") {
  File const file;
  file.change("UPDATE item SET is_box = 0, geometry = CAST(substr(geometry, 1, length(geometry) - "
              "1) || x'00' AS BLOB) WHERE number = 2");
  auto const failure = file.with_catalogue([](catalogue::Catalogue& site) {
    std::promise<std::string> told;
    site.index_items({}, [&](index::Built const& built) { told.set_value(built.failure); });
    auto why = told.get_future().get();
    catalogue::Batch batch;
    batch.source = "s";
    batch.run = {.source = "s", .mode = "test"};
    batch.removed.emplace_back(ItemNumber{1}); // the one before: what follows it is looked at
    CHECK(site.submit(std::move(batch)).get().counts.deleted == 1);
    return why;
  });
  CHECK(failure.empty());
  CHECK(file.number("SELECT count(*) FROM item") == 2);
}

TEST_CASE("what a repair is told while it works ends it, and nothing has changed") {
  File const file;
  file.change("DELETE FROM identifier");
  auto const damage = file.check();
  CHECK(damage.size() == 2); // one for each record
  file.with_catalogue([](catalogue::Catalogue& site) {
    auto done = site.mend([](double) { throw std::runtime_error("enough"); });
    CHECK_THROWS_WITH(done.get(), "enough");
    return 0;
  });
  CHECK(file.check() == damage);
}

TEST_CASE("a text that says a correction that is not there is found, and made right") {
  File const file;
  file.correct_title();
  CHECK(file.check().empty());
  file.change("DELETE FROM correction");
  CHECK(file.check() == Lines{"record 1: its texts do not say what was corrected",
                              "record 1: not as its text says: title, words"});
  CHECK(file.repair() == Lines{"record 1: its texts do not say what was corrected"});
  CHECK(file.check().empty());
  CHECK(file.number("SELECT count(*) FROM record WHERE title = 'C'") == 1);
}

TEST_CASE("while a correction is damaged its record stays as it is, and no other with it") {
  File const file;
  auto const submit = [&](std::string const& title) {
    auto const run = file.submit([&](catalogue::Batch& batch) {
      batch.documents.emplace_back(test::record("s", "c", title));
      batch.documents.emplace_back(test::record("s", "d", title));
    });
    return run.counts;
  };
  file.correct_title();
  file.change(
      "UPDATE correction SET value = CAST(substr(value, 1, length(value) - 4) || x'00000000' "
      "AS BLOB)");
  CHECK(file.check() == Lines{"correction 1: the checksum differs"});
  auto const counts = submit("New");
  CHECK(counts.failed == 1);
  CHECK(counts.updated == 1);
  CHECK(file.number("SELECT count(*) FROM record WHERE title = 'Better'") == 1);
  CHECK(file.number("SELECT count(*) FROM run_document WHERE code = 'store-corrupt'") == 1);

  CHECK(file.repair() == Lines{"the correction of title of c was damaged and is dropped",
                               "record 1: its texts do not say what was corrected"});
  CHECK(submit("New").updated == 1);
  CHECK(file.number("SELECT count(*) FROM record WHERE title = 'New'") == 2);
  CHECK(file.check().empty());
}

TEST_CASE("what a collection says of its items may be damaged, and is made anew") {
  File const file;
  auto const damage = GENERATE("{", "[]", "");
  file.change("UPDATE derived SET text = '" + std::string(damage) + "' WHERE collection = 1");
  Lines const said{"collection 1: what it says of its items is not what they say"};
  CHECK(file.check() == said);
  SECTION("until then it says where and when the items are") {
    file.with_catalogue([](catalogue::Catalogue& site) {
      std::size_t told = 0;
      site.on_damage([&](std::size_t count) { told += count; });
      CHECK(told == 1);
      auto const everything = catalogue::Scope::everything();
      auto const session = site.session();
      auto view = session->view(catalogue::Visibility::everything(), everything,
                                std::chrono::steady_clock::time_point::max());
      auto const& derived = view.collection("c").value().entry->derived;
      CHECK(derived.items == 3);
      CHECK_FALSE(derived.is_exact);
      CHECK(derived.extent == R"({"spatial":{"bbox":[[0,0,4,4]]},)"
                              R"("temporal":{"interval":[["2024-01-01T00:00:00Z",)"
                              R"("2024-01-03T00:00:00Z"]]}})");
      CHECK(derived.properties.empty());
      return 0;
    });
    CHECK(file.check() == said);
  }
  SECTION("a repair makes it") {
    CHECK(file.repair() == said);
    CHECK(file.check().empty());
  }
  SECTION("the end of a run does") {
    file.submit([](catalogue::Batch&) {});
    CHECK(file.check().empty());
  }
}

TEST_CASE("a document that is not the one of its hash is found") {
  File const file;
  file.change("UPDATE document SET hash = hash + 1 WHERE number = 1");
  CHECK(file.check() == Lines{"document 1: the hash is not that of the bytes"});
}

TEST_CASE("a catalogue in memory can be repaired, too") {
  catalogue::Catalogue site(store::open_store("memory:", store::Access::write), {},
                            [](std::string const& reason) { throw std::runtime_error(reason); });
  catalogue::Batch batch{.source = "s", .run = {.source = "s", .mode = "test"}};
  batch.documents.emplace_back(test::record("s", "c", "C"));
  batch.documents.emplace_back(item("i1", "2024-01-01"));
  site.submit(std::move(batch)).get();
  CHECK(site.mend([](double) {}).get().empty());
}

TEST_CASE("a repair of a running site is a new past for all, and what is served goes on") {
  File const file;
  file.with_catalogue([](catalogue::Catalogue& site) {
    auto const everything = catalogue::Scope::everything();
    auto const session = site.session();
    auto const revision = [&] {
      return session
          ->view(catalogue::Visibility::everything(), everything,
                 std::chrono::steady_clock::time_point::max())
          .revision();
    };
    auto const before = revision();
    CHECK(site.mend([](double) {}).get().empty());
    auto const after = revision();
    CHECK(after.epoch != before.epoch);
    CHECK(after.sequence > before.sequence);
    auto view = session->view(catalogue::Visibility::everything(), everything,
                              std::chrono::steady_clock::time_point::max());
    CHECK(view.items({.limit = 10}).value().rows.size() == 3);
    return 0;
  });
}

TEST_CASE("a repair is timed as a commit of its own") {
  File const file;
  file.with_catalogue([](catalogue::Catalogue& site) {
    auto const before = site.writer_figures();
    std::optional<catalogue::Catalogue::WriterFigures> told;
    site.on_commit([&](Revision) { told = site.writer_figures(); });
    static_cast<void>(site.mend([](double) {}).get());
    auto const after = site.writer_figures();
    CHECK(after.commits == before.commits + 1);
    CHECK(after.last_seconds > 0);
    CHECK(after.all_seconds == Approx(before.all_seconds + after.last_seconds));
    REQUIRE(told); // listeners too see the time of the repair, not of what was before
    CHECK(told->last_seconds == after.last_seconds);
    return 0;
  });
}

TEST_CASE("a repair that is stopped has changed nothing") {
  File const file;
  file.change("UPDATE item SET time = 5 WHERE number = 2");
  file.with_catalogue([](catalogue::Catalogue& site) {
    auto repair = site.mend([](double) { throw std::runtime_error("stopped"); });
    CHECK_THROWS_WITH(repair.get(), "stopped");
    return 0;
  });
  CHECK(file.check() == Lines{"item 2: not as its body says: time"});
}

#include "index/item_index.hpp"
#include "index/search.hpp"
#include "store/memory/memory_store.hpp"
#include "support/catch.hpp"
#include "support/stores.hpp"

#include <atomic>
#include <future>

using namespace terracat;

namespace {

/// A store whose items are written one by one, each in a transaction that the index follows.
class Site {
 public:
  Site() {
    writer_->begin();
    collection_ = writer_->put(test::record_write("c"));
    revision_ = writer_->commit();
  }

  /// Prepares a transaction with one more item. \return  what commits it
  Sequence begin() {
    writer_->begin();
    ++items_;
    auto const number = writer_->put(item(items_, items_ % 10));
    auto const sequence = writer_->pending().sequence;
    index.prepare(sequence, {.items = {number}, .removed_collections = {}}, writer_->reader());
    return sequence;
  }

  void commit() { revision_ = writer_->commit(); }

  /// The item says something else. \param n  from 1: which one, in the order in which they came
  void change(int n, int value) {
    follow([&](index::Changes& changes) {
      auto write = item(n, value);
      write.number = ItemNumber{n};
      changes.items.insert(writer_->put(write));
    });
  }

  void remove(int n) {
    follow([&](index::Changes& changes) {
      writer_->remove(ItemNumber{n}, "");
      changes.items.insert(ItemNumber{n});
    });
  }

  void roll_back() {
    index.withdraw(writer_->pending().sequence);
    writer_->rollback();
    --items_;
  }

  void put() {
    begin();
    commit();
  }

  /// \return  once it is there
  index::Built build() { return build(index); }

  /// Another one of the same store, as the next process has it.
  index::Built build(index::ItemIndex& other, std::vector<query::Property> properties = {}) {
    std::promise<index::Built> told;
    other.build(readers(),
                {.segment_rows = 4,
                 .properties = std::make_shared<index::Properties const>(std::move(properties))},
                [&](index::Built const& built) { told.set_value(built); });
    return told.get_future().get();
  }

  /// Changes that the index does not follow, as of a command without one.
  template<class Write>
  void write(Write const& write) {
    writer_->begin();
    write(*writer_);
    commit();
  }

  [[nodiscard]] RecordNumber collection() const { return collection_; }

  [[nodiscard]] store::Writer& writer() { return *writer_; }

  [[nodiscard]] Sequence newest() const { return revision_.sequence; }

  [[nodiscard]] std::unique_ptr<store::Reader> reader() { return store_->reader(); }

  /// Of several threads, each of which reads pieces of seven items.
  [[nodiscard]] index::Readers readers() {
    index::Readers out;
    for (int i = 0; i < 3; ++i) out.push_back(store_->reader());
    return out;
  }

  index::ItemIndex index{7};

  [[nodiscard]] store::ItemWrite item(int n, int value) const {
    return test::item_write(
        collection_, {.id = std::to_string(n), .properties = "\"n\":" + std::to_string(value)});
  }

 private:
  template<class Write>
  void follow(Write const& write) {
    index::Changes changes;
    writer_->begin();
    write(changes);
    index.prepare(writer_->pending().sequence, std::move(changes), writer_->reader());
    commit();
  }

  std::unique_ptr<store::Store> store_ = store::make_memory_store();
  std::unique_ptr<store::Writer> writer_ = store_->writer();
  RecordNumber collection_{};
  Revision revision_;
  int items_ = 0;
};

} // namespace

TEST_CASE("there is a version of each state since the index was built") {
  Site site;
  site.put();
  auto const before = site.newest();
  CHECK_FALSE(site.index.at(before));
  auto const built = site.build();
  CHECK(built.failure.empty());
  CHECK(built.items == 1);
  REQUIRE(site.index.at(before));
  site.put();
  CHECK(site.index.at(before)->items() == 1);
  CHECK(site.index.at(site.newest())->items() == 2);
  CHECK_FALSE(site.index.at(site.newest() + 1));
  CHECK_FALSE(site.index.at(before - 1));
}

TEST_CASE("a version is there before its commit, and no more if that fails") {
  Site site;
  site.build();
  auto const sequence = site.begin();
  CHECK(site.index.at(sequence)->items() == 1);
  site.roll_back();
  CHECK_FALSE(site.index.at(sequence));
  site.put();
  CHECK(site.newest() == sequence); // another transaction of the same number
  CHECK(site.index.at(sequence)->items() == 1);
}

TEST_CASE("only the last versions are kept") {
  Site site;
  site.build();
  auto const first = site.newest();
  auto const kept = site.index.at(first);
  for (int i = 0; i < 20; ++i) site.put();
  CHECK_FALSE(site.index.at(first));
  CHECK(kept->items() == 0); // who has it keeps it
  CHECK(site.index.at(site.newest())->items() == 20);
}

TEST_CASE("an index that is dropped has no version until it is built again") {
  Site site;
  site.put();
  site.build();
  site.index.drop();
  CHECK_FALSE(site.index.at(site.newest()));
  site.put();
  CHECK_FALSE(site.index.at(site.newest()));
  CHECK(site.build().items == 2);
  CHECK(site.index.at(site.newest())->items() == 2);
}

TEST_CASE("what is written while the index is built is in it") {
  for (int round = 0; round < 20; ++round) {
    Site site;
    for (int i = 0; i < 50; ++i) site.put();
    std::promise<void> told;
    std::atomic<bool> is_there = false;
    site.index.build(site.readers(), {.segment_rows = 4}, [&](index::Built const&) {
      is_there = true;
      told.set_value();
    });
    std::size_t written = 50;
    do { // at least once behind the moment when it was there
      if (written % 3 == 0) {
        site.begin();
        site.roll_back();
      }
      site.put();
      ++written;
    } while (!is_there && written < 2'000);
    told.get_future().wait();
    site.put();
    REQUIRE(site.index.at(site.newest()));
    CHECK(site.index.at(site.newest())->items() == written + 1);
  }
}

TEST_CASE("a version that knows properties takes the place of one that does not") {
  Site site;
  for (int i = 0; i < 30; ++i) site.put();
  auto const properties = std::make_shared<index::Properties const>(
      std::vector<query::Property>{{.name = "n", .type = query::Type::number}});
  query::ItemSearch const search{
      .where = {query::Compare{properties->list().front(), query::Comparison::less, 5.0}}};
  std::promise<index::Built> told;
  auto built = told.get_future();
  site.index.build(site.readers(), {.segment_rows = 4, .properties = properties},
                   [&](index::Built const& one) { told.set_value(one); });
  do site.put(); // at least one meanwhile, or behind it
  while (built.wait_for(std::chrono::seconds(0)) != std::future_status::ready);
  auto const figures = built.get();
  CHECK(figures.failure.empty());
  CHECK(figures.seconds_to_first <= figures.seconds);
  site.put();
  auto const version = site.index.at(site.newest());
  REQUIRE(version);
  auto const plan = index::plan_of(search, *version);
  REQUIRE(plan);
  auto const reader = site.reader();
  reader->begin();
  auto const matched = reader->items(search).matched;
  CHECK(matched > 15); // n is 0 to 9, in turn
  CHECK(index::search(*version, *plan, *reader).value().matched == matched);
}

TEST_CASE("what changes and goes while the index is built is in it as it was last") {
  auto const properties = std::make_shared<index::Properties const>(
      std::vector<query::Property>{{.name = "n", .type = query::Type::number}});
  query::ItemSearch const search{
      .where = {query::Compare{properties->list().front(), query::Comparison::equal, 20.0}},
      .limit = 1'000};
  for (int round = 0; round < 10; ++round) {
    Site site;
    for (int i = 0; i < 400; ++i) site.put();
    std::promise<void> told;
    auto is_told = told.get_future();
    site.index.build(site.readers(), {.segment_rows = 64, .properties = properties},
                     [&](index::Built const&) { told.set_value(); });
    for (int n = 1; n <= 200; ++n) {
      site.change(2 * n, 30);
      site.change(2 * n, 20);
      if (n % 2 == 0) site.remove(2 * n);
    }
    is_told.wait();
    site.put();
    auto const version = site.index.at(site.newest());
    REQUIRE(version);
    CHECK(version->items() == 301);
    auto const reader = site.reader();
    reader->begin();
    auto const plan = index::plan_of(search, *version);
    REQUIRE(plan);
    CHECK(index::search(*version, *plan, *reader).value().rows.size() == 100);
  }
}

TEST_CASE("every reader finds the version of its state, or none, while items are written") {
  Site site;
  site.build();
  std::atomic<bool> is_over = false;
  std::atomic<std::size_t> compared = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < 2; ++i) {
    threads.emplace_back([&] {
      auto const reader = site.reader();
      query::ItemSearch const search{.limit = 7};
      while (!is_over || compared == 0) {
        auto const version = site.index.at(reader->begin().sequence);
        if (version) {
          auto const got =
              index::search(*version, *index::plan_of(search, *version), *reader).value();
          auto const wanted = reader->items(search);
          if (got.matched != wanted.matched || got.next != wanted.next) std::abort();
          ++compared;
        }
        reader->end();
      }
    });
  }
  for (int i = 0; i < 200; ++i) site.put();
  is_over = true;
  for (auto& thread : threads) thread.join();
  CHECK(compared > 0);
  CHECK(site.index.at(site.newest())->items() == 200);
}

TEST_CASE("segments that commits have filled are shared out anew") {
  Site site;
  site.build();
  for (int i = 0; i < 31; ++i) site.put(); // segments of four rows are full with two
  site.index.finish_arranging();
  CHECK(site.index.at(site.newest())->parts().size() == 16); // fifteen, and one of one row
  site.put();
  site.index.finish_arranging();
  auto const version = site.index.at(site.newest());
  CHECK(version->items() == 32);
  REQUIRE(version->parts().size() == 8);
  for (auto const& part : version->parts()) CHECK(part.segment->is_arranged);
  auto const reader = site.reader();
  reader->begin();
  query::ItemSearch const search{.limit = 7};
  auto const got = index::search(*version, *index::plan_of(search, *version), *reader).value();
  CHECK(got.matched == 32);
  CHECK(got.next == reader->items(search).next);
  CHECK(site.index.has_unkept());
}

TEST_CASE("what was kept of an index is loaded, with what has changed since") {
  Site site;
  for (int i = 0; i < 30; ++i) site.put();
  CHECK(std::string(site.build().refusal) == "none are kept");
  CHECK(site.index.wants_keeping());
  site.index.keep(site.writer());
  CHECK_FALSE(site.index.wants_keeping());
  CHECK_FALSE(site.index.has_unkept());

  index::ItemIndex next;
  auto built = site.build(next);
  CHECK(built.is_loaded);
  CHECK(built.changes == 0);
  CHECK(built.items == 30);
  CHECK_FALSE(next.has_unkept());
  CHECK_FALSE(next.wants_keeping());

  RecordNumber other{};
  site.write([&](store::Writer& writer) {
    other = writer.put(test::record_write("d"));
    for (int i = 0; i < 5; ++i) {
      writer.put(test::item_write(other, {.id = std::to_string(i), .properties = ""}));
    }
  });
  site.write([&](store::Writer& writer) {
    auto again = site.item(7, 3);
    again.number = ItemNumber{7};
    writer.put(again);
    writer.remove(ItemNumber{8}, "");
    writer.remove(ItemNumber{9}, "");
  });
  built = site.build(next);
  CHECK(built.is_loaded);
  CHECK(built.changes == 8);
  CHECK(built.items == 33);
  REQUIRE(next.at(site.newest()));
  CHECK(next.at(site.newest())->items() == 33);
  CHECK(next.has_unkept());
  CHECK_FALSE(next.wants_keeping()); // so few

  SECTION("a collection that goes takes its items along") {
    next.keep_rest(site.writer());
    site.write([&](store::Writer& writer) { writer.remove(other); });
    built = site.build(next);
    CHECK(built.is_loaded);
    CHECK(built.items == 28);
  }

  SECTION("one that gets another id does not") {
    next.keep_rest(site.writer());
    site.write([&](store::Writer& writer) {
      auto renamed = test::record_write("e");
      renamed.number = other;
      writer.put(renamed);
    });
    built = site.build(next);
    CHECK(built.is_loaded);
    CHECK(built.changes == 0);
    CHECK(built.items == 33);
  }

  SECTION("an item that went and is back under its id is there once") {
    next.keep_rest(site.writer());
    site.write([&](store::Writer& writer) {
      writer.remove(ItemNumber{7}, "");
      writer.remove(ItemNumber{10}, "");
      writer.put(site.item(10, 4));
    });
    site.write([&](store::Writer& writer) { writer.put(site.item(7, 3)); });
    built = site.build(next);
    CHECK(built.is_loaded);
    CHECK(built.changes == 4); // two came, two went
    CHECK(built.items == 33);
  }

  SECTION("a collection that went and is back under its id has its new items alone") {
    next.keep_rest(site.writer());
    site.write([&](store::Writer& writer) { writer.remove(other); });
    site.write([&](store::Writer& writer) {
      auto const again = writer.put(test::record_write("d"));
      for (int i = 0; i < 2; ++i) {
        writer.put(test::item_write(again, {.id = std::to_string(i), .properties = ""}));
      }
    });
    built = site.build(next);
    CHECK(built.is_loaded);
    CHECK(built.items == 30);
    CHECK(next.has_unkept());
  }

  SECTION("what is written while it is loaded is in it") {
    std::promise<void> told;
    next.build(site.readers(), {.segment_rows = 4}, [&](index::Built const&) { told.set_value(); });
    for (int i = 40; i < 80; ++i) {
      site.write([&](store::Writer& writer) {
        auto const number = writer.put(site.item(i, 1));
        next.prepare(writer.pending().sequence, {.items = {number}, .removed_collections = {}},
                     writer.reader());
      });
    }
    told.get_future().wait();
    CHECK(next.at(site.newest())->items() == 73);
  }
}

TEST_CASE("what was kept of an index and does not fit is made anew") {
  Site site;
  for (int i = 0; i < 30; ++i) site.put();
  site.build();
  site.index.keep(site.writer());
  index::ItemIndex next;
  std::string cause;
  std::vector<query::Property> properties;

  SECTION("of other properties") {
    properties = {{.name = "n", .type = query::Type::number}};
    cause = "of other properties";
  }
  SECTION("of another history") {
    site.write([](store::Writer& writer) { writer.begin_epoch(); });
    cause = "of another history";
  }
  SECTION("of another version") {
    auto const reader = site.reader();
    std::string bytes;
    reader->begin();
    reader->segment(index::contents_number, [&](std::string_view all) { bytes = all; });
    ++bytes[8];
    site.write([&](store::Writer& writer) { writer.put_segment(index::contents_number, bytes); });
    cause = "of another version of the program";
  }
  SECTION("damaged") {
    site.write(
        [](store::Writer& writer) { writer.put_segment(store::SegmentNumber{2}, "rubbish"); });
    cause = "damaged";
  }
  SECTION("gone in part") {
    std::vector<store::SegmentNumber> const rest{index::contents_number, store::SegmentNumber{1}};
    site.write([&](store::Writer& writer) { writer.drop_segments(rest, 1); });
    cause = "damaged";
  }
  SECTION("older than what is known of removals") {
    site.write([&](store::Writer& writer) { writer.remove(ItemNumber{3}, ""); });
    site.write([&](store::Writer& writer) {
      writer.prune(model::Instant(std::numeric_limits<std::int64_t>::max()), 10);
      writer.put(site.item(40, 1));
    });
    cause = "older than what is known of removals";
  }
  auto const built = site.build(next, properties);
  CHECK_FALSE(built.is_loaded);
  CHECK(built.refusal == cause);
  CHECK(built.items == 30);
  CHECK(next.wants_keeping());
  while (next.wants_keeping()) next.keep(site.writer());
  CHECK(site.build(next, properties).is_loaded);
}

TEST_CASE("what cannot be kept now is put off") {
  Site site;
  site.put();
  site.build();
  REQUIRE(site.index.wants_keeping());
  site.index.put_off_keeping();
  CHECK_FALSE(site.index.wants_keeping());
  CHECK(site.index.has_unkept());
  site.index.keep_rest(site.writer());
  CHECK_FALSE(site.index.has_unkept());
}

// Random catalogues, random searches: every store answers as the reference does.

#include "store/memory/memory_store.hpp"
#include "support/catch.hpp"
#include "support/random.hpp"

#include "random_catalogue.hpp"

using namespace terracat;
using namespace terracat::query;
using test::RandomCatalogue;
using test::seeds;

namespace {

/// Writes the same catalogue into any store: some items are replaced, some removed.
void fill(store::Store& store, unsigned seed) {
  RandomCatalogue random(seed);
  auto const writer = store.writer();
  writer->begin();
  for (auto const* id : {"c", "d", "e"}) writer->put(test::record_write(id));
  std::vector<store::ItemWrite> written;
  for (int i = 0; i < 300; ++i) {
    auto write = test::item_write(RecordNumber{1 + random.below(3)}, random.item(i));
    write.number = writer->put(write);
    written.push_back(write);
  }
  writer->commit();
  writer->begin();
  for (std::size_t i = 0; i < written.size(); i += 7) writer->remove(*written[i].number, "");
  for (std::size_t i = 1; i < written.size(); i += 7) {
    auto write = test::item_write(written[i].collection, random.item(static_cast<int>(i)));
    write.number = written[i].number;
    writer->put(write);
  }
  writer->commit();
}

} // namespace

TEST_CASE("random searches give what the reference gives, page by page") {
  auto const under_test = GENERATE(from_range(test::stores()));
  auto const seed = GENERATE(from_range(seeds()));
  INFO("store: " << under_test.name << ", seed: " << seed);
  auto const reference = store::make_memory_store();
  auto const store = under_test.make();
  fill(*reference, seed);
  fill(*store, seed);
  auto const expected = reference->reader();
  auto const actual = store->reader();
  expected->begin();
  actual->begin();
  RandomCatalogue random(seed + 1000);
  std::size_t found = 0;
  for (int i = 0; i < 150; ++i) {
    INFO("search " << i);
    ItemSearch search{.where = random.expression(3), .sort = random.sort(), .limit = 20};
    for (int pages = 0; pages < 6; ++pages) {
      auto const wanted = expected->items(search);
      auto const got = actual->items(search);
      REQUIRE(got.matched == wanted.matched);
      REQUIRE(test::ids_of(*actual, got) == test::ids_of(*expected, wanted));
      REQUIRE(got.next == wanted.next);
      REQUIRE(got.previous == wanted.previous);
      found += got.rows.size();
      bool const turns_back = got.previous && random.once_in(3);
      search.after = turns_back ? std::nullopt : got.next;
      search.before = turns_back ? got.previous : std::nullopt;
      if (!search.after && !search.before) break;
    }
  }
  CHECK(found > 1000); // the searches are not all empty
}

TEST_CASE("who walks back meets what is left of what came before, while items go") {
  auto const under_test = GENERATE(from_range(test::stores()));
  auto const seed = GENERATE(from_range(seeds()));
  INFO("store: " << under_test.name << ", seed: " << seed);
  auto const store = under_test.make();
  fill(*store, seed);
  auto const writer = store->writer();
  auto const reader = store->reader();
  RandomCatalogue random(seed + 2000);
  std::size_t found = 0;
  for (int i = 0; i < 12; ++i) {
    INFO("search " << i);
    ItemSearch search{.where = random.once_in(2) ? Expression() : random.expression(1),
                      .sort = random.sort(),
                      .limit = static_cast<std::size_t>(1 + random.below(12))};
    reader->begin();
    auto page = reader->items(search);
    for (int pages = random.below(8); pages > 0 && page.next; --pages) {
      search.after = page.next;
      page = reader->items(search);
    }
    auto const on_page = test::ids_of(*reader, page);
    auto const stands_at = on_page.empty() ? std::string() : on_page.front();
    search.after.reset();
    std::vector<std::string> back;
    while (page.previous) {
      search.before = page.previous;
      if (random.once_in(2)) { // an item goes, often one beside the page
        writer->begin();
        auto const number =
            random.once_in(2) ? search.before->number : ItemNumber{1 + random.below(300)};
        if (reader->item(number)) writer->remove(number, "");
        writer->commit();
        reader->begin();
      }
      page = reader->items(search);
      CHECK((page.rows.size() == search.limit || !page.previous)); // short only at the beginning
      auto ids_here = test::ids_of(*reader, page);
      back.insert(back.begin(), ids_here.begin(), ids_here.end());
      found += ids_here.size();
    }
    search.before.reset();
    search.limit = 1'000;
    auto const now = test::ids_of(*reader, reader->items(search));
    // What was met and is still there is the beginning of what there is, each item once.
    std::erase_if(back, [&](auto const& id) { return std::ranges::find(now, id) == now.end(); });
    auto const end = std::ranges::find(now, stands_at);
    if (end != now.end()) CHECK(back == std::vector<std::string>(now.begin(), end));
    CHECK((back.size() <= now.size() && std::equal(back.begin(), back.end(), now.begin())));
  }
  CHECK(found > 50);
}

TEST_CASE("random searches among records give what the reference gives, page by page") {
  auto const under_test = GENERATE(from_range(test::stores()));
  auto const seed = GENERATE(from_range(seeds()));
  INFO("store: " << under_test.name << ", seed: " << seed);
  auto const reference = store::make_memory_store();
  auto const store = under_test.make();
  for (auto* const one : {reference.get(), store.get()}) {
    RandomCatalogue random(seed);
    auto const writer = one->writer();
    writer->begin();
    for (int i = 0; i < 80; ++i) writer->put(random.record(i));
    writer->commit();
    writer->begin();
    for (int i = 1; i <= 80; i += 9) writer->remove(RecordNumber{i});
    for (int i = 2; i <= 80; i += 9) {
      auto write = random.record(i + 1'000);
      write.native_id += "-again";
      write.number = RecordNumber{i};
      writer->put(write);
    }
    writer->commit();
  }
  auto const expected = reference->reader();
  auto const actual = store->reader();
  expected->begin();
  actual->begin();
  auto const ids_of = [](store::RecordPage const& page) {
    std::vector<std::string> out;
    for (auto const& row : page.rows) out.push_back(row.id);
    return out;
  };
  RandomCatalogue random(seed + 1000);
  std::size_t found = 0;
  for (int i = 0; i < 200; ++i) {
    INFO("search " << i);
    auto search = random.record_search();
    for (int pages = 0; pages < 4; ++pages) {
      auto const wanted = expected->records(search);
      auto const got = actual->records(search);
      REQUIRE(got.matched == wanted.matched);
      REQUIRE(ids_of(got) == ids_of(wanted));
      REQUIRE(got.has_more == wanted.has_more);
      found += got.rows.size();
      if (!got.has_more) break;
      search.after = got.rows.back().number;
    }
  }
  CHECK(found > 500);
}

// Random catalogues that change, random searches: the index answers as the stores do, whatever its
// segments look like.

#include "index/search.hpp"
#include "random_catalogue.hpp"
#include "store/memory/memory_store.hpp"
#include "support/catch.hpp"
#include "support/random.hpp"

#include <array>
#include <cstdlib>
#include <map>
#include <set>

using namespace terracat;
using test::RandomCatalogue;

namespace {

/// The same transactions into two stores, and into the index.
class Catalogue {
 public:
  Catalogue(test::StoreUnderTest const& under_test, index::Layout layout, unsigned seed)
      : reference_(store::make_memory_store()),
        store_(under_test.make()),
        writers_{reference_->writer(), store_->writer()},
        expected_(reference_->reader()),
        actual_(store_->reader()),
        random_(seed),
        layout_(std::move(layout)) {
    for (auto const& writer : writers_) writer->begin();
    for (auto const* id : {"a", "b", "c", "d"}) {
      for (auto const& writer : writers_) {
        collections_.insert(writer->put(test::record_write(id)));
      }
    }
    commit();
    version_ = std::make_shared<index::Version const>(index::Rows(*layout_.properties), layout_);
  }

  void change() {
    index::Changes changes;
    for (auto const& writer : writers_) writer->begin();
    auto const most = random_.once_in(3) ? 100 : 4;
    for (int i = random_.below(most); i >= 0; --i) {
      auto const number = any_number();
      if (number && random_.once_in(4)) {
        for (auto const& writer : writers_) writer->remove(*number, "");
        changes.items.insert(*number);
        numbers_.erase(*number);
      } else {
        put(number && random_.once_in(3) ? number : std::nullopt, changes);
      }
    }
    if (random_.once_in(12)) remove_collection(changes);
    version_ = version_->after(
        index::read(std::move(changes), *layout_.properties, writers_[1]->reader()));
    commit();
    if (random_.once_in(6)) version_ = built_anew();
  }

  /// \return  how many rows the pages had
  std::size_t compare() {
    expected_->begin();
    actual_->begin();
    CHECK(version_->items() == numbers_.size());
    auto const where = condition(); // outlives the plans
    query::ItemSearch search{.where = where, .limit = static_cast<std::size_t>(random_.below(30))};
    if (random_.once_in(2)) search.sort = order();
    std::size_t rows = 0;
    for (;;) {
      search.count = !random_.once_in(4);
      auto const plan = index::plan_of(search, *version_);
      if (!plan) { // for the store
        ++refused_;
        return rows;
      }
      auto const wanted = expected_->items(search);
      auto const plain = actual_->items(search);
      auto const got = index::search(*version_, *plan, *actual_).value();
      REQUIRE(numbers(plain) == numbers(wanted));
      REQUIRE(plain.matched == wanted.matched);
      REQUIRE(numbers(got) == numbers(wanted));
      REQUIRE(got.matched == wanted.matched);
      REQUIRE(got.next == wanted.next);
      rows += got.rows.size();
      if (!got.next) return rows;
      search.after = got.next;
    }
  }

  /// How many searches were for the store.
  [[nodiscard]] std::size_t refused() const { return refused_; }

  [[nodiscard]] std::size_t segments() const { return version_->parts().size(); }

 private:
  void commit() {
    for (auto const& writer : writers_) writer->commit();
  }

  std::optional<ItemNumber> any_number() {
    if (numbers_.empty()) return std::nullopt;
    auto at = numbers_.begin();
    std::advance(at, random_.below(static_cast<int>(numbers_.size())));
    return *at;
  }

  RecordNumber any_collection() {
    auto at = collections_.begin();
    std::advance(at, random_.below(static_cast<int>(collections_.size())));
    return *at;
  }

  void put(std::optional<ItemNumber> number, index::Changes& changes) {
    auto const collection = number ? collection_of_.at(*number) : any_collection();
    auto write = test::item_write(collection, random_.item(++last_id_));
    write.number = number;
    auto const given = writers_[0]->put(write);
    REQUIRE(writers_[1]->put(write) == given);
    collection_of_[given] = collection;
    numbers_.insert(given);
    changes.items.insert(given);
  }

  void remove_collection(index::Changes& changes) {
    if (collections_.size() == 1) return;
    auto const gone = any_collection();
    for (auto const& writer : writers_) writer->remove(gone);
    if (random_.once_in(2)) writers_[1]->purge(1'000); // the rows; nobody has to see it
    collections_.erase(gone);
    changes.removed_collections.insert(gone);
    std::erase_if(numbers_, [&](auto const number) { return collection_of_.at(number) == gone; });
  }

  [[nodiscard]] std::shared_ptr<index::Version const> built_anew() {
    actual_->begin();
    auto const& properties = *layout_.properties;
    index::Rows rows(properties);
    for (auto const& place : actual_->item_places(ItemNumber{}, 100'000, properties.list())) {
      rows.add(place);
    }
    return std::make_shared<index::Version const>(std::move(rows), layout_);
  }

  /// Also boxes with edges next to those of items, in the same cells of the grid.
  model::Geometry geometry() {
    if (random_.once_in(2)) return random_.geometry();
    if (random_.once_in(8)) return model::Geometry::box(model::Bbox::world());
    auto const near = [&](double degrees) { return degrees + (random_.below(5) - 2) * 0.001; };
    auto const west = near(random_.degrees(-179, 179));
    auto const south = near(random_.degrees(-80, 60));
    auto const width = near(random_.degrees(1, 90));
    auto const box = model::Bbox::make(west, south, west + width, near(south + 20)).value();
    return model::Geometry::box(box);
  }

  std::vector<query::SortKey> order() {
    if (random_.once_in(4)) return random_.sort();
    static constexpr std::array types{query::Type::number, query::Type::boolean, query::Type::time};
    std::vector<query::SortKey> keys;
    for (int i = random_.below(3); i >= 0; --i) {
      auto const type = random_.one_of(types);
      keys.push_back({random_.property(type), random_.once_in(2)});
    }
    return keys;
  }

  query::Expression condition() {
    query::And all;
    if (random_.once_in(3)) all.of.push_back({query::InCollections{{any_collection()}}});
    if (random_.once_in(3)) {
      all.of.push_back({query::InCollections{{any_collection(), any_collection()}}});
    }
    if (random_.once_in(2)) all.of.push_back({query::PeriodMeets{random_.period()}});
    if (!random_.once_in(3)) all.of.push_back({query::Intersects{geometry()}});
    if (random_.once_in(4)) all.of.push_back({query::And{}});
    while (random_.once_in(2)) all.of.push_back(random_.expression(random_.below(3)));
    return {std::move(all)};
  }

  static std::vector<ItemNumber> numbers(store::ItemPage const& page) {
    std::vector<ItemNumber> out;
    for (auto const& row : page.rows) out.push_back(row.number);
    return out;
  }

  std::unique_ptr<store::Store> reference_;
  std::unique_ptr<store::Store> store_;
  std::array<std::unique_ptr<store::Writer>, 2> writers_;
  std::unique_ptr<store::Reader> expected_;
  std::unique_ptr<store::Reader> actual_;
  RandomCatalogue random_;
  index::Layout layout_;
  std::shared_ptr<index::Version const> version_;
  std::set<RecordNumber> collections_;
  std::set<ItemNumber> numbers_;
  std::map<ItemNumber, RecordNumber> collection_of_;
  int last_id_ = 0;
  std::size_t refused_ = 0;
};

/// Searches between two transactions: 8, or what TERRACAT_SEARCHES says.
int searches_each() {
  auto const* const said = std::getenv("TERRACAT_SEARCHES"); // NOLINT: nobody sets it meanwhile
  return said == nullptr ? 8 : std::stoi(said);
}

index::Layout layout(std::size_t segment_rows) {
  auto properties = std::make_shared<index::Properties const>(std::vector<query::Property>{
      {.name = "n", .type = query::Type::number},
      {.name = "t", .type = query::Type::text},
      {.name = "f", .type = query::Type::boolean},
      {.name = "u", .type = query::Type::time},
  });
  return {.segment_rows = segment_rows, .properties = std::move(properties)};
}

} // namespace

TEST_CASE("the index answers as the stores do while items come, change and go") {
  auto const under_test = GENERATE(from_range(test::stores()));
  auto const rows = GENERATE(as<std::size_t>(), 3, 70, 65'472);
  auto const seed = GENERATE(from_range(test::seeds()));
  INFO("store: " << under_test.name << ", rows of a segment: " << rows << ", seed: " << seed);
  Catalogue catalogue(under_test, layout(rows), seed);
  std::size_t found = 0;
  std::size_t most_segments = 0;
  for (int i = 0; i < 40; ++i) {
    INFO("transaction " << i);
    catalogue.change();
    for (int k = 0; k < searches_each(); ++k) found += catalogue.compare();
    most_segments = std::max(most_segments, catalogue.segments());
  }
  CHECK(found > 400);                                                          // 1,800 as a rule
  CHECK(catalogue.refused() < 20 * static_cast<std::size_t>(searches_each())); // of 40
  CHECK(most_segments > (rows == 3 ? 20 : 2));
}

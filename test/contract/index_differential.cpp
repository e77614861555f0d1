// Random catalogues that change, random searches: the index answers as the stores do, whatever its
// segments look like.

#include "geometry/normalise.hpp"
#include "index/aggregate.hpp"
#include "index/loading.hpp"
#include "index/search.hpp"
#include "random_catalogue.hpp"
#include "store/aggregate.hpp"
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

/// Where and when items are.
enum class Spread {
  wide,    ///< anywhere, a few in a transaction
  crowded, ///< many of them in few places, at few moments, some for very long
};

/// The same transactions into two stores, and into the index.
class Catalogue {
 public:
  Catalogue(test::StoreUnderTest const& under_test, index::Layout layout, unsigned seed,
            Spread spread = Spread::wide)
      : reference_(store::make_memory_store()),
        store_(under_test.make()),
        writers_{reference_->writer(), store_->writer()},
        expected_(reference_->reader()),
        actual_(store_->reader()),
        random_(seed),
        layout_(std::move(layout)),
        is_crowded_(spread == Spread::crowded) {
    for (auto const& writer : writers_) writer->begin();
    for (auto const* id : {"a", "b", "c", "d"}) add_collection(id);
    commit();
    version_ = std::make_shared<index::Version const>(index::Rows(*layout_.properties), layout_);
  }

  /// \param reloads  the index may be made anew afterwards
  void change(bool reloads = true) {
    index::Changes changes;
    for (auto const& writer : writers_) writer->begin();
    auto const most = is_crowded_ ? 300 : random_.once_in(3) ? 100 : 4;
    for (int i = random_.below(most); i >= 0; --i) {
      auto const number = any_number();
      if (number && random_.once_in(4)) {
        for (auto const& writer : writers_) writer->remove(*number, "");
        changes.items.insert(*number);
        numbers_.erase(*number);
        gone_[collection_of_.at(*number)].push_back(id_of_.at(*number));
      } else {
        put(number && random_.once_in(3) ? number : std::nullopt, changes);
      }
    }
    if (random_.once_in(12)) remove_collection(changes);
    version_ = version_->after(
        index::read(std::move(changes), *layout_.properties, writers_[1]->reader()));
    commit();
    arrange();
    if (random_.once_in(4)) keep();
    if (reloads && random_.once_in(6)) version_ = random_.once_in(2) ? built_anew() : loaded();
  }

  /// Begins to make a shelf, or has it in the place of parts from which items went meanwhile.
  void arrange() {
    if (loose_.empty()) {
      loose_ = version_->loose();
      if (!loose_.empty()) shelf_ = version_->arranged({}, loose_);
    } else if (random_.once_in(2)) {
      if (auto next = version_->with(shelf_, std::exchange(loose_, {}))) {
        version_ = std::move(next);
        ++arrangements_;
      }
    }
  }

  /// As a process that ends in peace, and the next one.
  void restart() {
    actual_->begin();
    keeper_.aim_at(version_, actual_->begin().sequence);
    while (!keeper_.is_done()) keeper_.write(*writers_[1]);
    version_ = loaded();
  }

  /// \return  how many rows the pages had
  std::size_t compare() {
    expected_->begin();
    actual_->begin();
    CHECK(version_->items() == numbers_.size());
    auto const where = condition(); // outlives the plans
    query::ItemSearch search{.where = where, .limit = static_cast<std::size_t>(random_.below(30))};
    if (random_.once_in(2)) search.sort = order();
    auto const plan = index::plan_of(search, *version_, {.reader = actual_.get()});
    if (!plan) ++refused_;
    if (!plan || plan->rest) ++asking_;
    if (!plan) return 0; // for the store
    std::size_t rows = 0;
    std::vector<std::vector<ItemNumber>> pages;
    auto page = compare(search);
    for (;; page = compare(search)) {
      pages.push_back(numbers(page));
      rows += page.rows.size();
      if (!page.next) break;
      search.after = page.next;
    }
    search.after.reset();
    while (page.previous) { // the same pages the other way round
      search.before = page.previous;
      page = compare(search);
      pages.pop_back();
      REQUIRE(!pages.empty());
      REQUIRE(numbers(page) == pages.back());
    }
    CHECK(pages.size() == 1);
    if (search.before) { // from where no item is any more
      search.before->number = ItemNumber{random_.below(300)};
      compare(search);
      search.after = std::exchange(search.before, std::nullopt);
      compare(search);
    }
    return rows;
  }

  /// \return  how many items there were in buckets
  std::size_t compare_aggregates() {
    expected_->begin();
    actual_->begin();
    query::ItemSearch const search{.where = random_.once_in(2) ? query::Expression() : condition()};
    std::vector<query::Aggregation> asked;
    for (int i = random_.below(4); i >= 0; --i) asked.push_back(random_.aggregation());
    auto const wanted = store::aggregate(*expected_, search.where, asked);
    REQUIRE(store::aggregate(*actual_, search.where, asked) == wanted);
    auto const plan = index::plan_of(search, *version_, {.reader = actual_.get()});
    if (!plan || !index::can_aggregate(asked, *version_)) {
      ++refused_;
      return 0;
    }
    REQUIRE(index::aggregate(*version_, *plan, asked, *actual_).value() == wanted);
    std::size_t items = 0;
    for (auto const& summary : wanted) {
      for (auto const& [bucket, count] : summary.buckets()) items += count;
    }
    return items;
  }

  /// How many searches were for the store.
  [[nodiscard]] std::size_t refused() const { return refused_; }

  /// Or for both.
  [[nodiscard]] std::size_t asking() const { return asking_; }

  /// How often the index was made of what was kept of it.
  [[nodiscard]] std::size_t loads() const { return loads_; }

  /// How often segments were arranged anew.
  [[nodiscard]] std::size_t arrangements() const { return arrangements_; }

  [[nodiscard]] std::size_t segments() const { return version_->parts().size(); }

 private:
  /// One page: of the reference, of the other store's plain search, and of the index.
  store::ItemPage compare(query::ItemSearch& search) {
    search.count = !random_.once_in(4);
    auto const plan = index::plan_of(search, *version_, {.reader = actual_.get()}).value();
    auto const wanted = expected_->items(search);
    auto const plain = actual_->items(search);
    auto got = index::search(*version_, plan, *actual_).value();
    REQUIRE(numbers(plain) == numbers(wanted));
    REQUIRE(plain.matched == wanted.matched);
    REQUIRE(plain.next == wanted.next);
    REQUIRE(plain.previous == wanted.previous);
    REQUIRE(numbers(got) == numbers(wanted));
    REQUIRE(got.matched == wanted.matched);
    REQUIRE(got.next == wanted.next);
    REQUIRE(got.previous == wanted.previous);
    return got;
  }

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
    return at->first;
  }

  void add_collection(std::string const& id) {
    auto const number = writers_[0]->put(test::record_write(id));
    REQUIRE(writers_[1]->put(test::record_write(id)) == number);
    collections_.emplace(number, id);
  }

  /// Sometimes that of an item that went.
  int id_in(RecordNumber collection) {
    auto& gone = gone_[collection];
    if (gone.empty() || !random_.once_in(3)) return ++last_id_;
    auto const id = gone.back();
    gone.pop_back();
    return id;
  }

  void put(std::optional<ItemNumber> number, index::Changes& changes) {
    auto const collection = number ? collection_of_.at(*number) : any_collection();
    auto const id = number ? ++last_id_ : id_in(collection);
    auto sketch = random_.item(id);
    if (is_crowded_) crowd(sketch);
    auto write = test::item_write(collection, sketch);
    write.number = number;
    auto const given = writers_[0]->put(write);
    REQUIRE(writers_[1]->put(write) == given);
    collection_of_[given] = collection;
    id_of_[given] = id;
    numbers_.insert(given);
    changes.items.insert(given);
  }

  /// The south-western corner of one of a few squares of 2 degrees; one of them lies across the
  /// antimeridian.
  model::Position corner() {
    static constexpr std::array<model::Position, 5> corners{
        {{10, 10}, {12, 10}, {-60, -30}, {179, 0}, {100, 88}}};
    return random_.one_of(corners);
  }

  /// Of the squares some quarter, or a triangle in it, or all of it and more.
  void crowd(test::ItemSketch& sketch) {
    auto const [west, south] = corner();
    auto const x = west + random_.below(2);
    auto const y = south + random_.below(2);
    model::RawGeometry raw;
    raw.type = model::GeometryType::polygon;
    switch (random_.below(8)) {
    case 0:
      raw.parts = {model::Part{model::Path{{x, y}, {x + 1, y}, {x, y + 1}}}};
      break;
    case 1:
      raw.parts = {model::Part{model::Path{{x + 1, y}, {x + 1, y + 1}, {x, y + 1}}}};
      break;
    case 2:
      raw.parts = {
          model::Part{model::Path{{x - 40, -60}, {x + 40, -60}, {x + 40, 60}, {x - 40, 60}}}};
      break;
    default:
      raw.parts = {model::Part{model::Path{{x, y}, {x + 1, y}, {x + 1, y + 1}, {x, y + 1}}}};
    }
    if (sketch.footprint) sketch.footprint = geometry::normalise(raw).value();
    if (sketch.datetime) sketch.datetime = model::Instant(random_.below(4) * 864'000'000LL);
    if (sketch.end && random_.once_in(4)) {
      sketch.start = model::Instant(-1'000'000'000'000);
      sketch.end = model::Instant(1'000'000'000'000);
    }
  }

  /// Around squares, or along edges within them.
  model::Geometry crowded_box() {
    auto const [x, y] = corner();
    static constexpr std::array margins{-1.5, -1.0, -0.5, 0.0, 0.001, 0.5, 5.0};
    auto const west = x - random_.one_of(margins);
    auto const south = y - random_.one_of(margins);
    auto const east = std::max(west, x + 2 + random_.one_of(margins));
    auto const north = std::max(south, std::min(90.0, y + 2 + random_.one_of(margins)));
    auto const turned = [](double degrees) { return degrees > 180 ? degrees - 360 : degrees; };
    return model::Geometry::box(
        model::Bbox::make(turned(west), south, turned(east), north).value());
  }

  void remove_collection(index::Changes& changes) {
    if (collections_.size() == 1) return;
    auto const gone = any_collection();
    for (auto const& writer : writers_) writer->remove(gone);
    if (random_.once_in(2)) writers_[1]->purge(1'000); // the rows; nobody has to see it
    auto const id = collections_.extract(gone).mapped();
    if (random_.once_in(2)) add_collection(id);
    gone_.erase(gone);
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

  /// All of the version, or as much as a process writes that dies then.
  void keep() {
    actual_->begin();
    keeper_.aim_at(version_, actual_->begin().sequence);
    while (!keeper_.is_done() && !random_.once_in(4)) keeper_.write(*writers_[1]);
    keeper_.give_up();
  }

  /// As the next process has it.
  [[nodiscard]] std::shared_ptr<index::Version const> loaded() {
    index::Readers readers;
    for (int i = random_.below(2); i >= 0; --i) readers.push_back(store_->reader());
    auto found = index::load({}, readers, layout_);
    if (auto* const loaded = std::get_if<index::Loaded>(&found)) {
      ++loads_;
      keeper_ = index::Keeper(std::move(loaded->kept));
      return loaded->version;
    }
    keeper_ = index::Keeper();
    return built_anew();
  }

  /// Also boxes with edges next to those of items, in the same cells of the grid.
  model::Geometry geometry() {
    if (is_crowded_ && !random_.once_in(3)) return crowded_box();
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
    while (random_.once_in(is_crowded_ ? 4 : 2)) {
      all.of.push_back(random_.expression(random_.below(3)));
    }
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
  bool is_crowded_;
  std::shared_ptr<index::Version const> version_;
  std::map<RecordNumber, std::string> collections_; ///< their ids
  std::set<ItemNumber> numbers_;
  std::map<ItemNumber, RecordNumber> collection_of_;
  std::map<ItemNumber, int> id_of_;
  std::map<RecordNumber, std::vector<int>> gone_; ///< ids of items that went
  int last_id_ = 0;
  index::Keeper keeper_;
  std::size_t refused_ = 0;
  std::size_t asking_ = 0;
  std::size_t loads_ = 0;
  std::vector<index::Part> loose_; ///< of which a shelf is being made
  std::vector<std::shared_ptr<index::Segment const>> shelf_;
  std::size_t arrangements_ = 0;
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
    if (i % 10 == 9) catalogue.restart();
    for (int k = 0; k < searches_each(); ++k) found += catalogue.compare();
    most_segments = std::max(most_segments, catalogue.segments());
  }
  CHECK(found > 400); // 1,800 as a rule
  auto const each = static_cast<std::size_t>(searches_each());
  CHECK(catalogue.refused() < 12 * each); // of 40; some 6
  CHECK(catalogue.asking() < 28 * each);  // of 40; some 18
  CHECK(catalogue.asking() > 12 * each);
  CHECK(most_segments > (rows == 3 ? 20 : 2));
  for (int i = 0; i < 30; ++i) { // who is never built anew arranges what commits fill
    INFO("later transaction " << i);
    catalogue.change(false);
    catalogue.compare();
  }
  CHECK((catalogue.arrangements() > 0) == (rows == 3)); // others have no 16 full segments
  CHECK(catalogue.loads() >= 4); // some at random besides, of what was written in part or is older
}

TEST_CASE("the index answers as the stores do where many items are in few places") {
  auto const under_test = GENERATE(from_range(test::stores()));
  auto const rows = GENERATE(as<std::size_t>(), 70, 1'000, 65'472);
  auto const seed = GENERATE(from_range(test::seeds()));
  INFO("store: " << under_test.name << ", rows of a segment: " << rows << ", seed: " << seed);
  Catalogue catalogue(under_test, layout(rows), seed, Spread::crowded);
  std::size_t found = 0;
  for (int i = 0; i < 10; ++i) {
    INFO("transaction " << i);
    catalogue.change();
    for (int k = 0; k < searches_each(); ++k) found += catalogue.compare();
  }
  CHECK(found > 50);                                                          // 1,000 as a rule
  CHECK(catalogue.refused() < 5 * static_cast<std::size_t>(searches_each())); // of 10
}

TEST_CASE("the index says of many items together what the stores say") {
  auto const under_test = GENERATE(from_range(test::stores()));
  auto const rows = GENERATE(as<std::size_t>(), 3, 70, 65'472);
  auto const spread = GENERATE(Spread::wide, Spread::crowded);
  auto const seed = GENERATE(from_range(test::seeds()));
  INFO("store: " << under_test.name << ", rows of a segment: " << rows << ", seed: " << seed);
  Catalogue catalogue(under_test, layout(rows), seed, spread);
  std::size_t found = 0;
  for (int i = 0; i < 10; ++i) {
    INFO("transaction " << i);
    catalogue.change();
    for (int k = 0; k < searches_each(); ++k) found += catalogue.compare_aggregates();
  }
  CHECK(found > 20); // some hundred as a rule
  CHECK(catalogue.refused() < 8 * static_cast<std::size_t>(searches_each())); // of 10
}

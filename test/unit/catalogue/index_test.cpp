#include "catalogue/catalogue.hpp"
#include "support/catalogues.hpp"
#include "support/catch.hpp"
#include "support/random.hpp"

#include <algorithm>
#include <atomic>
#include <thread>

using namespace terracat;
using test::CatalogueUnderTest;

namespace {

model::Instant day(std::int64_t number) {
  return model::Instant(number * 86'400'000);
}

catalogue::ItemPut any_item(test::Random& random) {
  test::ItemSketch sketch{.id = "i" + std::to_string(random.between(1, 40)),
                          .properties = "\"n\":" + std::to_string(random.between(1, 3))};
  if (!random.once_in(5)) sketch.datetime = day(random.between(1, 9));
  if (!random.once_in(5)) {
    auto const west = static_cast<double>(random.between(-180, 179));
    auto const south = static_cast<double>(random.between(-90, 80));
    auto const box = model::Bbox::make(west, south, west + 10, south + 10).value();
    sketch.footprint = model::Geometry::box(box);
  }
  return test::item(random.once_in(2) ? "a" : "b", sketch);
}

catalogue::ItemRequest any_request(test::Random& random) {
  catalogue::ItemRequest request{.limit = static_cast<std::size_t>(random.between(1, 12))};
  auto& criteria = request.criteria;
  if (random.once_in(3)) criteria.collections = {random.once_in(2) ? "a" : "b"};
  if (random.once_in(2)) {
    auto const first = random.between(1, 9);
    criteria.datetime =
        model::Interval::make(model::Bound::at(day(first)), model::Bound::at(day(first + 2)))
            .value();
  }
  if (random.once_in(2)) {
    auto const west = static_cast<double>(random.between(-180, 179));
    criteria.bbox = {.plane = model::Bbox::make(west, -50, west + 90, 50).value(), .heights = {}};
  }
  return request;
}

/// All that a search answers, page by page.
std::vector<std::string> pages(catalogue::View& view, catalogue::ItemRequest request) {
  std::vector<std::string> out;
  for (;;) {
    auto const answer = view.items(request).value();
    out.push_back("matched " + std::to_string(answer.matched.value()));
    for (std::size_t i = 0; i < answer.rows.size(); ++i) {
      out.push_back(answer.collections[i] + "/" + view.item_id(answer.rows[i].number));
    }
    if (!answer.next) return out;
    request.token = answer.next;
  }
}

/// What a source brings at random: items new and changed, some that go, sometimes a collection.
catalogue::Batch any_batch(test::Random& random, catalogue::View view) {
  catalogue::Batch out;
  out.source = "s";
  out.run = {.source = "s", .mode = "test"};
  out.documents.emplace_back(test::record("s", "a"));
  out.documents.emplace_back(test::record("s", "b"));
  for (auto i = random.between(0, 12); i > 0; --i) out.documents.emplace_back(any_item(random));
  auto const known = view.items({.limit = 1'000}).value().rows;
  for (auto const& row : known) {
    if (random.once_in(8)) out.removed.emplace_back(row.number);
  }
  if (!known.empty() && random.once_in(10)) {
    out.removed = {known.front().collection};
    out.purged_rows = 5;
  }
  return out;
}

} // namespace

TEST_CASE("a catalogue with an index answers as one without, batch after batch") {
  auto const under_test = GENERATE(from_range(test::stores()));
  auto const seed = GENERATE(from_range(test::seeds()));
  INFO("store: " << under_test.name << ", seed: " << seed);
  CatalogueUnderTest indexed(under_test);
  catalogue::Catalogue plain(under_test.make(), {},
                             [](std::string const& why) { throw std::runtime_error(why); });
  auto const everything = catalogue::Scope::everything();
  auto const session = plain.session();
  auto const plain_view = [&] {
    return session->view(catalogue::Visibility::everything(), everything,
                         std::chrono::steady_clock::time_point::max());
  };
  test::Random random(seed);
  std::size_t lines = 0;
  for (int i = 0; i < 40; ++i) {
    auto const batch = any_batch(random, plain_view());
    plain.submit(batch).get();
    indexed.submit(batch);
    auto view = indexed.view();
    auto other = plain_view();
    REQUIRE(view.has_index());
    REQUIRE_FALSE(other.has_index());
    for (int k = 0; k < 5; ++k) {
      auto const request = any_request(random);
      auto const wanted = pages(other, request);
      REQUIRE(pages(view, request) == wanted);
      lines += wanted.size();
    }
  }
  CHECK(lines > 1'000);
}

TEST_CASE("what is mended is indexed anew") {
  CatalogueUnderTest site(test::stores().back());
  site.submit("s", test::record("s", "a"), test::item("a", {.id = "i"}));
  REQUIRE(site.view().has_index());
  site.catalogue().mend([](double) {}).get();
  while (!site.view().has_index()) std::this_thread::yield();
  CHECK(site.items(catalogue::Scope::everything()) == std::vector<std::string>{"a/i"});
  site.submit("s", test::item("a", {.id = "j"}));
  CHECK(site.view().has_index());
  CHECK(site.items(catalogue::Scope::everything()) == std::vector<std::string>{"a/j", "a/i"});
}

TEST_CASE("what the index does not know is asked of the items that it finds") {
  auto const under_test = GENERATE(from_range(test::stores()));
  INFO("store: " << under_test.name);
  CatalogueUnderTest site(under_test);
  catalogue::Batch batch{.source = "s", .run = {.source = "s", .mode = "test"}};
  batch.documents.emplace_back(test::record("s", "a"));
  for (int i = 1; i <= 9; ++i) {
    // Nobody has declared `list`, so that no column has it.
    batch.documents.emplace_back(
        test::item("a", {.id = "i" + std::to_string(i),
                         .properties = R"("list":[)" + std::to_string(i % 2) + "]",
                         .datetime = day(i)}));
  }
  site.submit(std::move(batch));
  auto view = site.view();
  REQUIRE(view.has_index());
  catalogue::ItemRequest request;
  request.criteria.datetime =
      model::Interval::make(model::Bound::at(day(2)), model::Bound::at(day(6))).value();
  request.criteria.filters.push_back(
      {query::ListCompare{.property = {.name = "list", .type = query::Type::list},
                          .comparison = query::ListComparison::contains,
                          .values = {1.0}}});
  auto const wanted = std::vector<std::string>{"matched 2", "a/i5", "a/i3"};
  CHECK(pages(view, request) == wanted);

  SECTION("as many as are found may be looked into, not as there are") {
    request.most_scanned = 5;
    CHECK(pages(view, request) == wanted);
    request.most_scanned = 4;
    CHECK_THROWS_AS(view.items(request), catalogue::ScanNeeded);
  }

  SECTION("so it is with what they have in common") {
    catalogue::AggregateRequest asked{.criteria = request.criteria,
                                      .aggregations = {query::CountItems{}, query::LatestTime{}}};
    for (auto const most : {std::numeric_limits<std::size_t>::max(), std::size_t{5}}) {
      asked.most_scanned = most;
      auto const found = view.aggregate(asked);
      CHECK(found.at(0).items() == 2);
      CHECK(found.at(1).time() == day(5).milliseconds());
    }
    asked.most_scanned = 4;
    CHECK_THROWS_AS(view.aggregate(asked), catalogue::ScanNeeded);
  }

  SECTION("it is no light work") {
    request.must_be_light = true;
    CHECK_THROWS_AS(view.items(request), catalogue::TooHeavy);
  }
}

TEST_CASE("a view answers of one state while batches are committed") {
  auto const under_test = GENERATE(from_range(test::stores()));
  INFO("store: " << under_test.name);
  CatalogueUnderTest site(under_test);
  std::atomic<bool> is_over = false;
  std::atomic<std::size_t> compared = 0;
  std::atomic<std::size_t> different = 0;
  std::vector<std::thread> threads;
  for (unsigned i = 0; i < 2; ++i) {
    threads.emplace_back([&] {
      auto const session = site.catalogue().session();
      auto const scope = catalogue::Scope::everything();
      while (!is_over || compared == 0) {
        auto view = session->view(catalogue::Visibility::everything(), scope,
                                  std::chrono::steady_clock::time_point::max());
        if (!view.has_index()) continue;
        auto const got = view.items({.limit = 5}).value();
        auto const wanted = view.reader().items({.limit = 5});
        bool const is_same = std::ranges::equal(
            got.rows, wanted.rows, {}, &store::FoundItem::number, &store::FoundItem::number);
        if (!is_same || got.matched != wanted.matched) ++different;
        ++compared;
      }
    });
  }
  test::Random random(7);
  for (int i = 0; i < 60; ++i) site.submit(any_batch(random, site.view()));
  is_over = true;
  for (auto& thread : threads) thread.join();
  CHECK(different == 0);
}

// Where records are guessed to be that state no place.

#include "geometry/deadline.hpp"

#include "support/catalogues.hpp"
#include "support/catch.hpp"

#include <atomic>

using namespace terracat;

namespace {

catalogue::RecordPut placed(std::string const& native_id, std::optional<model::Bbox> const& box) {
  auto put = test::record("a", native_id);
  auto parts = *put.record;
  if (box) {
    model::SpatialExtent extent;
    extent.geometry = model::Geometry::box(*box);
    parts.spatial = {std::move(extent)};
  }
  put.record = model::Record::make(std::move(parts)).value();
  return put;
}

std::vector<std::string> found(catalogue::View& view, model::Bbox const& box, bool guesses) {
  catalogue::RecordRequest request;
  request.criteria.bbox = model::Bbox3{.plane = box, .heights = {}};
  request.guesses = guesses;
  std::vector<std::string> out;
  auto const answer = view.search_records(request);
  REQUIRE(answer);
  for (auto const& record : answer->records) out.push_back(record.id);
  return out;
}

} // namespace

TEST_CASE("a guess is made once for each state of a record, and of none that states its place") {
  auto const under_test = GENERATE(from_range(test::stores()));
  INFO(under_test.name);
  test::CatalogueUnderTest site(under_test);
  auto const north = model::Bbox::restored(0, 50, 10, 60);
  auto const south = model::Bbox::restored(0, -60, 10, -50);
  site.submit("a", placed("stated", south), placed("silent", std::nullopt));
  std::atomic<int> asked = 0;
  auto const guess_at = [&](model::Bbox const& box, std::uint64_t rules) {
    site.catalogue().guess_places(std::make_shared<catalogue::Guesser const>(catalogue::Guesser{
        .rules = rules,
        .guess = [&asked, box](model::Record const&) -> std::optional<catalogue::GuessedBox> {
          ++asked;
          return catalogue::GuessedBox{.box = box, .rule = "title", .words = "north"};
        }}));
  };
  using Ids = std::vector<std::string>;
  {
    auto view = site.view();
    CHECK(found(view, north, true).empty()); // nobody guesses
  }
  guess_at(north, 1);
  for (int turn = 0; turn < 2; ++turn) {
    auto view = site.view();
    CHECK(found(view, north, true) == Ids{"silent"});
    CHECK(found(view, north, false).empty());
    CHECK(found(view, south, true) == Ids{"stated"});
    CHECK(view.guess_of(view.reader().record_by_id("stated").value()) == nullptr);
  }
  CHECK(asked == 1);
  site.submit("a", placed("more", south));
  {
    auto view = site.view();
    CHECK(found(view, south, true) == Ids{"more", "stated"});
  }
  CHECK(asked == 1);
  guess_at(north, 1); // as a reload gives the same rules again
  {
    auto view = site.view();
    CHECK(found(view, north, true) == Ids{"silent"});
  }
  site.submit("a", placed("other", south));
  {
    auto view = site.view();
    CHECK(found(view, north, true) == Ids{"silent"});
  }
  CHECK(asked == 1);
  guess_at(south, 2); // other rules
  {
    auto view = site.view();
    CHECK(found(view, south, true) ==
          Ids{"more", "other", "stated", "silent"}); // what is guessed last
  }
  CHECK(asked == 2);
  site.submit("a", placed("silent", north)); // it states its place now
  auto view = site.view();
  CHECK(found(view, south, true) == Ids{"more", "other", "stated"});
  CHECK(found(view, north, true) == Ids{"silent"});
  CHECK(asked == 2);
}

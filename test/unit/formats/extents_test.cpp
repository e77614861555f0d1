#include "formats/words/extents.hpp"

#include "support/catch.hpp"

using namespace terracat;
using formats::BoxText;
using formats::read_box;
using formats::read_number;
using model::Bbox;

namespace {

using Findings = std::vector<FindingCode>;

void check(formats::BoxOutcome const& reading, Bbox const& expected, Findings const& findings) {
  REQUIRE(reading.box);
  CHECK(reading.box == expected);
  CHECK(reading.findings == findings);
}

} // namespace

TEST_CASE("an ordinary box is taken as it is") {
  check(read_box(5, 45, 6.5, 46), Bbox::restored(5, 45, 6.5, 46), {});
  check(read_box(-180, -90, 180, 90), Bbox::world(), {});
  check(read_box(5.5, 45, 5.5, 45), Bbox::restored(5.5, 45, 5.5, 45), {});
}

TEST_CASE("of exchange and antimeridian the narrower reading is taken") {
  check(read_box(3.28, 49, 1.31, 50), Bbox::restored(1.31, 49, 3.28, 50),
        {FindingCode::bbox_swapped});
  check(read_box(177, -20, -178, -15), Bbox::restored(177, -20, -178, -15), {});
  check(read_box(60, -73, -143, 73), Bbox::restored(60, -73, -143, 73), {});
  // 181 degrees either way round: exchanged would be the wider by 2.
  check(read_box(90.5, 0, -90.5, 1), Bbox::restored(90.5, 0, -90.5, 1), {});
}

TEST_CASE("the world is known by the gap that is left") {
  check(read_box(180, -90, -180, 90), Bbox::world(), {FindingCode::bbox_swapped});
  check(read_box(0, -90, 360, 90), Bbox::world(), {FindingCode::bbox_wrapped});
  check(read_box(0, -90, 357.5, 90), Bbox::world(), {FindingCode::bbox_wrapped});
  check(read_box(360, -90, 0, 90), Bbox::world(), {FindingCode::bbox_swapped});
  // A band that leaves out five degrees is no world.
  check(read_box(0, 10, 355, 20), Bbox::restored(0, 10, -5, 20), {FindingCode::bbox_wrapped});
  // Within the usual longitudes the edges are meant.
  check(read_box(-178, -60, 178, 60), Bbox::restored(-178, -60, 178, 60), {});
}

TEST_CASE("longitudes counted from 0 to 360 are wrapped") {
  check(read_box(170, -10, 190, 5), Bbox::restored(170, -10, -170, 5), {FindingCode::bbox_wrapped});
  check(read_box(200, 0, 220, 5), Bbox::restored(-160, 0, -140, 5), {FindingCode::bbox_wrapped});
  check(read_box(350, 40, 10, 50), Bbox::restored(-10, 40, 10, 50), {FindingCode::bbox_wrapped});
  check(read_box(220, 0, 200, 5), Bbox::restored(-160, 0, -140, 5),
        {FindingCode::bbox_wrapped, FindingCode::bbox_swapped});
}

TEST_CASE("overshoots are cut, and what lies further out is unreadable") {
  check(read_box(-180, -90.25, 180, 90.25), Bbox::world(), {FindingCode::bbox_clamped});
  check(read_box(150, 0, 180.05, 5), Bbox::restored(150, 0, 180, 5), {FindingCode::bbox_clamped});
  CHECK(read_box(0, 0, 1, 95).findings == Findings{FindingCode::bbox_unreadable});
  CHECK(read_box(652'709, 6'857'000, 660'000, 6'860'000).findings ==
        Findings{FindingCode::bbox_unreadable});
}

TEST_CASE("south and north may be exchanged too") {
  check(read_box(5, 46, 6, 45), Bbox::restored(5, 45, 6, 46), {FindingCode::bbox_flipped});
}

TEST_CASE("numbers of a box may have commas, but must be numbers") {
  check(read_box(BoxText{"5,5", "45,1", "6,25", "45,9"}), Bbox::restored(5.5, 45.1, 6.25, 45.9),
        {FindingCode::number_repaired});
  CHECK(read_box(BoxText{"5.5", "45", "", "46"}).findings ==
        Findings{FindingCode::bbox_unreadable});
  CHECK(read_box(BoxText{"5.5", "45", "NaN", "46"}).findings ==
        Findings{FindingCode::bbox_unreadable});
  auto const empty = read_box(BoxText{"", " ", "", ""});
  CHECK_FALSE(empty.box);
  CHECK(empty.findings.empty());
}

TEST_CASE("a number is read whole or not at all") {
  CHECK(read_number(" +1.25 ").value == 1.25);
  CHECK(read_number("-1e2").value == -100);
  CHECK(read_number("48°").value == 48);
  CHECK(read_number("1,5").value == 1.5);
  CHECK(read_number("1,5").repaired);
  CHECK_FALSE(read_number("1.5").repaired);
  for (auto const* const text : {"", "1,234.5", "1,2,3", "12 m", "0x10", "inf"}) {
    CHECK_FALSE(read_number(text).value);
  }
}

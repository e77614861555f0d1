#include "store/sqlite/spatialite_blob.hpp"
#include "support/catch.hpp"

#include <terracat/store_error.hpp>

using namespace terracat;

TEST_CASE("a footprint that is damaged is told from a sound one") {
  model::RawGeometry raw;
  raw.type = model::GeometryType::multi_point;
  raw.parts = {model::Part{model::Path{{1, 2}}}, model::Part{model::Path{{3, 4}}}};
  auto const wkb = model::to_wkb(raw);
  auto const blob = store::to_spatialite(
      model::Geometry::restored(wkb, model::Bbox::restored(1, 2, 3, 4), false));
  REQUIRE(store::from_spatialite(blob) == wkb);
  for (std::size_t size = 0; size < blob.size(); ++size) {
    CHECK_THROWS_AS(store::from_spatialite(std::string_view(blob).substr(0, size)),
                    store::StoreError);
  }
  CHECK_THROWS_AS(store::from_spatialite(blob + "x"), store::StoreError);
  for (std::size_t const at : {38U, 39U, 47U}) { // the rectangle's mark, the type, a member's mark
    auto damaged = blob;
    damaged[at] = '\x55';
    CHECK_THROWS_AS(store::from_spatialite(damaged), store::StoreError);
  }
}

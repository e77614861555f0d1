// What is like a record, and why.

#include "catalogue/catalogue.hpp"
#include "catalogue/similar.hpp"
#include "formats/record_json.hpp"
#include "store/memory/memory_store.hpp"

#include "support/catch.hpp"
#include "support/stores.hpp"

using namespace terracat;
using catalogue::Likeness;

namespace {

struct Sketch {
  std::string id;
  std::vector<std::string> variables;
  std::string platform;
  model::Bbox box;
};

void put(store::Writer& writer, Sketch const& sketch) {
  model::RecordParts parts;
  parts.native_id = sketch.id;
  parts.type = "dataset";
  parts.title = model::LocalText("en", sketch.id);
  for (auto const& one : sketch.variables) parts.variables.emplace_back("en", one);
  if (!sketch.platform.empty()) parts.platforms.emplace_back("en", sketch.platform);
  parts.spatial.push_back({model::Geometry::box(sketch.box), {}});
  auto write = test::record_write(sketch.id, sketch.id);
  write.native_id = sketch.id;
  write.type = "dataset";
  write.texts.record = formats::to_record_json(model::Record::make(std::move(parts)).value());
  writer.put(write);
}

std::vector<std::string> ids(std::vector<catalogue::SimilarRecord> const& found) {
  std::vector<std::string> out;
  for (auto const& one : found) out.emplace_back(one.id);
  return out;
}

model::Bbox box(double west, double south, double east, double north) {
  return model::Bbox::restored(west, south, east, north);
}

} // namespace

TEST_CASE("records are similar by what they are about, then by the rest") {
  auto store = store::make_memory_store();
  {
    auto const writer = store->writer();
    writer->begin();
    put(*writer, {"own", {"salinity", "temperature"}, "Argo", box(0, 0, 10, 10)});
    put(*writer, {"near", {"salinity", "temperature"}, "Argo", box(0, 0, 10, 5)});
    put(*writer, {"half", {"salinity", "wind"}, "Argo", box(100, 0, 110, 10)});
    put(*writer, {"other", {"wind"}, "Argo", box(0, 0, 10, 10)}); // about something else
    put(*writer, {"beyond", {"salinity"}, "", box(170, 0, -170, 10)});
    writer->commit();
  }
  catalogue::Catalogue catalogue(std::move(store), {},
                                 [](std::string const& reason) { FAIL(reason); });
  auto const session = catalogue.session();
  auto const everything = catalogue::Scope::everything();
  auto view = session->view(catalogue::Visibility::everything(), everything,
                            std::chrono::steady_clock::time_point::max());
  auto const own = view.record("own").value().row.number;
  auto const found = similar_records(view, own, 10);
  CHECK(ids(found) == std::vector<std::string>{"near", "half", "beyond"});
  // All weights are 7: variables 1, platform 0.7, half of the area 0.7 / 2.
  CHECK(found[0].score == Approx((1 + 0.7 + 0.35) / 7));
  // One of three variables, and the platform.
  CHECK(found[1].score == Approx((1.0 / 3 + 0.7) / 7));
  CHECK(found[2].score == Approx(0.5 / 7));
  REQUIRE(found[0].shared.size() == 3);
  CHECK(found[0].shared[0].kind == Likeness::Kind::variables);
  CHECK(found[0].shared[0].texts == std::vector<std::string_view>{"salinity", "temperature"});
  CHECK(found[0].shared[2].kind == Likeness::Kind::place);
  CHECK(found[0].shared[2].share == Approx(0.5));
  CHECK(ids(similar_records(view, own, 1)) == std::vector<std::string>{"near"});

  auto const beyond = view.record("beyond").value().row.number;
  // With each of three it shares one of two variables: the first by title.
  CHECK(ids(similar_records(view, beyond, 1)) == std::vector<std::string>{"half"});
}

#include "catalogue/duplicates.hpp"

#include "catalogue/committer.hpp"
#include "support/catalogues.hpp"
#include "support/catch.hpp"

using namespace terracat;

namespace {

using Texts = std::vector<std::string>;

/// What a record says that may be like what another one says.
struct Sketch {
  std::string source;
  std::string id;
  std::string title = "Rain of the Alps";
  std::optional<model::Bbox> bbox = model::Bbox::restored(5, 44, 16, 48);
  std::optional<std::int64_t> first_day = 0;
  std::string doi = {};
};

void put(test::CatalogueUnderTest& catalogue, Sketch const& sketch) {
  auto put = test::record(sketch.source, sketch.id, sketch.title);
  auto parts = *put.record;
  if (sketch.bbox) {
    parts.spatial = {{.geometry = model::Geometry::box(*sketch.bbox), .place = {}}};
  }
  if (sketch.first_day) {
    auto const first = model::Bound::at(model::Instant(*sketch.first_day * 86'400'000));
    parts.temporal = {{.interval = model::Interval::make(first, model::Bound::open()).value(),
                       .start_text = {},
                       .end_text = {}}};
  }
  if (!sketch.doi.empty()) parts.identifiers = {{"doi", sketch.doi}};
  put.record = model::Record::make(std::move(parts)).value();
  catalogue.submit(sketch.source, std::move(put));
}

/// The ids of each set, in a line.
Texts likely(test::CatalogueUnderTest& catalogue) {
  auto view = catalogue.view();
  std::size_t damage = 0;
  auto const directory = catalogue::load_directory(view.reader(), {}, 1, damage);
  Texts out;
  for (auto const& [title, records] : catalogue::likely_duplicates(view.reader(), directory)) {
    out.push_back(title + ":");
    for (auto const number : records) out.back() += " " + directory.any(number)->id;
  }
  return out;
}

} // namespace

TEST_CASE("records that look the same are told, and not joined") {
  test::CatalogueUnderTest catalogue(test::stores().front());
  put(catalogue, {"a", "one"});
  put(catalogue, {"b", "two", "RAIN of the Alps", model::Bbox::restored(5.05, 44, 16, 48)});
  put(catalogue, {"c", "three", "Rain of the Alps", model::Bbox::restored(5, 44, 16, 48), 1});
  CHECK(likely(catalogue) == Texts{"Rain of the Alps: one two three"});
  CHECK(catalogue.view().collections().size() == 3);
}

TEST_CASE("what differs in title, place or time, or is told apart by its source, is not alike") {
  test::CatalogueUnderTest catalogue(test::stores().front());
  put(catalogue, {"a", "one"});
  put(catalogue, {"a", "of-the-same-source"});
  put(catalogue, {"b", "elsewhere", "Rain of the Alps", model::Bbox::restored(5, 44, 17, 48)});
  put(catalogue, {"b", "later", "Rain of the Alps", model::Bbox::restored(5, 44, 16, 48), 3});
  put(catalogue, {"b", "timeless", "Rain of the Alps", model::Bbox::restored(5, 44, 16, 48), {}});
  put(catalogue, {"b", "nowhere", "Rain of the Alps", {}});
  put(catalogue, {"c", "nowhere-too", "Rain of the Alps", {}});
  put(catalogue, {"b", "snow", "Snow of the Alps"});
  CHECK(likely(catalogue).empty());
}

TEST_CASE("what is joined by a key needs nobody to look at it") {
  test::CatalogueUnderTest catalogue(test::stores().front());
  put(catalogue, {.source = "a", .id = "one", .doi = "10.5072/x"});
  put(catalogue, {.source = "b", .id = "two", .doi = "10.5072/x"});
  CHECK(likely(catalogue).empty());
  put(catalogue, {.source = "c", .id = "three"});
  CHECK(likely(catalogue) == Texts{"Rain of the Alps: one three"});
}

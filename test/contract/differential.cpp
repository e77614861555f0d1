// Random catalogues, random searches: every store answers as the reference does.

#include "store/memory/memory_store.hpp"
#include "support/catch.hpp"
#include "support/random.hpp"
#include "support/stores.hpp"

#include "geometry/normalise.hpp"

#include <random>

using namespace terracat;
using namespace terracat::query;
using test::seeds;

namespace {

static_assert(std::variant_size_v<decltype(Expression::node)> == 14,
              "there is a kind of condition more: teach it to Random::leaf(), or to "
              "Random::expression() if it has operands, and count it here");

constexpr std::array comparisons{Comparison::equal,   Comparison::not_equal,
                                 Comparison::less,    Comparison::less_equal,
                                 Comparison::greater, Comparison::greater_equal};
constexpr std::array list_comparisons{ListComparison::equals, ListComparison::contains,
                                      ListComparison::contained_by, ListComparison::overlaps};
constexpr std::array scalar_types{Type::boolean, Type::number, Type::text, Type::time};

/// A switch without a member does not compile: name it here and in its list.
constexpr bool is_listed(Comparison comparison) {
  switch (comparison) {
  case Comparison::equal:
  case Comparison::not_equal:
  case Comparison::less:
  case Comparison::less_equal:
  case Comparison::greater:
  case Comparison::greater_equal:
    return comparisons.size() == 6;
  }
  return false;
}

constexpr bool is_listed(ListComparison comparison) {
  switch (comparison) {
  case ListComparison::equals:
  case ListComparison::contains:
  case ListComparison::contained_by:
  case ListComparison::overlaps:
    return list_comparisons.size() == 4;
  }
  return false;
}

static_assert(is_listed(Comparison::equal) && is_listed(ListComparison::equals));

/// The own property of each type in the items below.
std::string name_of(Type type) {
  switch (type) {
  case Type::boolean:
    return "f";
  case Type::number:
    return "n";
  case Type::text:
    return "t";
  case Type::time:
    return "u";
  case Type::list:
    return "l";
  }
  return {};
}

class Random {
 public:
  explicit Random(unsigned seed) : engine_(seed) {}

  int below(int limit) { return std::uniform_int_distribution<int>(0, limit - 1)(engine_); }

  bool once_in(int times) { return below(times) == 0; }

  double between(double low, double high) {
    return std::uniform_real_distribution<double>(low, high)(engine_);
  }

  /// On a coarse grid, so that edges and corners often touch.
  double degrees(int low, int high) { return low + below(high - low + 1); }

  model::RawGeometry points() {
    model::RawGeometry raw;
    raw.type = model::GeometryType::multi_point;
    for (int i = below(3); i >= 0; --i) {
      raw.parts.push_back({model::Path{{degrees(-180, 180), degrees(-80, 80)}}});
    }
    return raw;
  }

  model::RawGeometry collection() {
    model::RawGeometry raw;
    raw.type = model::GeometryType::geometry_collection;
    raw.members = {points(), model::from_wkb(simple_geometry().wkb())};
    if (once_in(2)) raw.members.push_back(model::from_wkb(simple_geometry().wkb()));
    return raw;
  }

  model::Geometry geometry() {
    if (once_in(6)) return geometry::normalise(points()).value();
    if (once_in(6)) return geometry::normalise(collection()).value();
    return simple_geometry();
  }

  /// Boxes, polygons and lines, some across the antimeridian.
  model::Geometry simple_geometry() {
    auto const west = degrees(-180, 175);
    auto const south = degrees(-80, 70);
    auto const width = degrees(0, 20);
    auto const height = degrees(0, 10);
    if (once_in(2))
      return model::Geometry::box(
          model::Bbox::make(west, south, west + width, south + height).value());
    model::RawGeometry raw;
    raw.type = once_in(4) ? model::GeometryType::line_string : model::GeometryType::polygon;
    raw.parts = {model::Part{model::Path{{west, south},
                                         {west + width + 1, south + below(5)},
                                         {west + below(5), south + height + 1}}}};
    return geometry::normalise(raw).value();
  }

  model::Instant instant() { return model::Instant(below(40) * std::int64_t{86'400'000}); }

  std::string properties() {
    static constexpr std::array texts{"a",     "B", "é",  "ab",     "a%", "",    "a_b", "'",
                                      R"(\\)", "b", "aé", R"(a\\)", "ba", "aab", "A",   R"(\")"};
    std::string out;
    auto const add = [&](std::string const& member) { out += (out.empty() ? "" : ",") + member; };
    if (!once_in(3)) add(number());
    if (!once_in(3)) add("\"t\":\"" + std::string(one_of(texts)) + "\"");
    if (!once_in(3)) add(once_in(2) ? "\"f\":true" : "\"f\":false");
    if (!once_in(3)) {
      static constexpr std::array lists{R"("l":["a",1])", R"("l":["b"])",
                                        R"("l":[])",      R"("l":["a","b","b",true])",
                                        R"("l":"a")",     R"("l":[0.5])"};
      add(one_of(lists));
    }
    if (!once_in(3)) {
      add("\"u\":\"" + model::to_rfc3339(instant()).value() + "\"");
    }
    return out;
  }

  template<class List>
  typename List::value_type one_of(List const& list) {
    return list.at(static_cast<std::size_t>(below(static_cast<int>(list.size()))));
  }

  std::string number() {
    if (once_in(8)) return R"("n":null)";
    if (once_in(8)) return R"("n":"1")";
    if (once_in(8)) return R"("n":-0.0)";
    if (once_in(8)) return R"("n":1e300)";
    return "\"n\":" + std::to_string(below(8) / 2.0);
  }

  /// Wildcards, escapes and letters in any order.
  std::string pattern() {
    static constexpr std::array pieces{"%", "_", "\\", "a", "b", "é", "\\%", "\\_"};
    std::string out;
    for (int i = below(5); i > 0; --i) out += one_of(pieces);
    return out;
  }

  std::vector<Scalar> list() {
    std::vector<Scalar> out;
    for (int i = below(4); i > 0; --i) {
      if (once_in(3)) {
        out.emplace_back(below(3) / 2.0);
      } else if (once_in(4)) {
        out.emplace_back(true);
      } else {
        out.emplace_back(std::string(once_in(2) ? "a" : "b"));
      }
    }
    return out;
  }

  std::vector<Scalar> scalars(Type type) {
    std::vector<Scalar> out;
    for (int i = below(4); i > 0; --i) out.push_back(scalar(type));
    return out;
  }

  std::string id() { return (once_in(2) ? "i" : "native/") + std::to_string(below(300)); }

  Property property(Type type) {
    if (type == Type::time && once_in(2)) return {.place = Property::Place::time, .type = type};
    if (type == Type::time && once_in(3)) return {.place = Property::Place::start, .type = type};
    if (type == Type::time && once_in(3)) return {.place = Property::Place::end, .type = type};
    if (type == Type::text && once_in(4)) return {.place = Property::Place::id, .type = type};
    Property out{.name = name_of(type), .type = type};
    if (once_in(5)) out.only_in = {RecordNumber{1 + below(3)}};
    return out;
  }

  Scalar scalar(Type type) {
    switch (type) {
    case Type::boolean:
      return once_in(2);
    case Type::number:
      return below(8) / 2.0;
    case Type::time:
      return instant();
    case Type::text:
    case Type::list: // its members are made by list()
      break;
    }
    return std::string(once_in(2) ? "a" : once_in(2) ? "B" : once_in(2) ? "é" : "i2");
  }

  Type type() { return one_of(scalar_types); }

  Expression leaf() {
    auto const kind = type();
    switch (below(10)) {
    case 0:
      return {Compare{property(kind), one_of(comparisons), scalar(kind)}};
    case 1:
      return {In{property(kind), scalars(kind)}};
    case 2:
      if (once_in(5)) return {IsNull{{.place = Property::Place::geometry}}};
      return {IsNull{property(once_in(5) ? Type::list : kind)}};
    case 3:
      return {Like{property(Type::text), pattern()}};
    case 4:
      return {ListCompare{property(Type::list), one_of(list_comparisons), list()}};
    case 5:
      return {Intersects{geometry()}};
    case 6:
      return {HeightsMeet{{between(-10, 0), between(0, 10)}}};
    case 7:
      return {PeriodMeets{period()}};
    case 8:
      return {HasId{{id(), id(), id()}}};
    default:
      return {InCollections{{RecordNumber{1 + below(3)}, RecordNumber{1 + below(3)}}}};
    }
  }

  Expression expression(int depth) {
    if (depth == 0 || once_in(4)) return leaf();
    switch (below(3)) {
    case 0:
      return {And{{expression(depth - 1), expression(depth - 1)}}};
    case 1:
      return {Or{{expression(depth - 1), expression(depth - 1)}}};
    default:
      return {Not{{expression(depth - 1)}}};
    }
  }

  std::vector<SortKey> sort() {
    if (once_in(3)) return latest_first();
    std::vector<SortKey> keys;
    for (int i = below(4); i >= 0; --i) keys.push_back({property(type()), once_in(2)});
    return keys;
  }

  test::ItemSketch item(int number) {
    test::ItemSketch out{.id = "i" + std::to_string(number), .properties = properties()};
    if (once_in(4)) out.native_id = "native/" + std::to_string(number);
    if (!once_in(10)) out.footprint = geometry();
    if (once_in(3)) out.heights = model::HeightRange{between(-20, 0), between(0, 20)};
    if (!once_in(4)) out.datetime = instant();
    if (once_in(3)) {
      auto const a = instant();
      auto const b = instant();
      out.start = std::min(a, b);
      if (!once_in(4)) out.end = std::max(a, b);
    }
    return out;
  }

  store::RecordWrite record(int number) {
    static constexpr std::array titles{"Eau", "eau", "École", "zone", "Zone", "Ét", "été", ""};
    auto out = test::record_write("r" + std::to_string(number), one_of(titles));
    out.type = type_name();
    out.source = source_name();
    if (!once_in(5)) out.footprint = geometry();
    if (!once_in(4)) out.period = period();
    return out;
  }

  store::RecordSearch record_search() {
    store::RecordSearch out{.limit = static_cast<std::size_t>(1 + below(12))};
    if (once_in(3)) out.types = {type_name(), type_name()};
    if (once_in(3)) out.sources = {source_name(), "unknown"};
    if (once_in(2)) out.intersects = geometry();
    if (once_in(2)) out.period = period();
    return out;
  }

  std::string type_name() { return once_in(2) ? "dataset" : once_in(2) ? "series" : "service"; }

  std::string source_name() { return once_in(2) ? "source-a" : "source-b"; }

  /// Some open on either side.
  model::Interval period() {
    auto const a = instant();
    auto const b = instant();
    auto const start = once_in(4) ? model::Bound::open() : model::Bound::at(std::min(a, b));
    auto const end = once_in(4) ? model::Bound::open() : model::Bound::at(std::max(a, b));
    return model::Interval::make(start, end).value();
  }

 private:
  std::mt19937 engine_;
};

/// Writes the same catalogue into any store: some items are replaced, some removed.
void fill(store::Store& store, unsigned seed) {
  Random random(seed);
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

std::vector<std::string> ids(store::ItemPage const& page) {
  std::vector<std::string> out;
  for (auto const& row : page.rows) out.push_back(row.id);
  return out;
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
  Random random(seed + 1000);
  std::size_t found = 0;
  for (int i = 0; i < 150; ++i) {
    INFO("search " << i);
    ItemSearch search{.where = random.expression(3), .sort = random.sort(), .limit = 20};
    for (int pages = 0; pages < 3; ++pages) {
      auto const wanted = expected->items(search);
      auto const got = actual->items(search);
      REQUIRE(got.matched == wanted.matched);
      REQUIRE(ids(got) == ids(wanted));
      REQUIRE(got.next == wanted.next);
      found += got.rows.size();
      if (!got.next) break;
      search.after = got.next;
    }
  }
  CHECK(found > 1000); // the searches are not all empty
}

TEST_CASE("random searches among records give what the reference gives, page by page") {
  auto const under_test = GENERATE(from_range(test::stores()));
  auto const seed = GENERATE(from_range(seeds()));
  INFO("store: " << under_test.name << ", seed: " << seed);
  auto const reference = store::make_memory_store();
  auto const store = under_test.make();
  for (auto* const one : {reference.get(), store.get()}) {
    Random random(seed);
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
  Random random(seed + 1000);
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

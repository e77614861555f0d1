#include "random_catalogue.hpp"

#include "geometry/normalise.hpp"
#include "query/functions.hpp"
#include "query/words.hpp"

#include <algorithm>
#include <array>

namespace terracat::test {
namespace {

static_assert(std::variant_size_v<decltype(Expression::node)> == 15,
              "there is a kind of condition more: teach it to RandomCatalogue::leaf(), or to "
              "RandomCatalogue::expression() if it has operands, and count it here");

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

} // namespace

double RandomCatalogue::between(double low, double high) {
  return std::uniform_real_distribution<double>(low, high)(engine_);
}

model::RawGeometry RandomCatalogue::points() {
  model::RawGeometry raw;
  raw.type = model::GeometryType::multi_point;
  for (int i = below(3); i >= 0; --i) {
    raw.parts.push_back({model::Path{{degrees(-180, 180), degrees(-80, 80)}}});
  }
  return raw;
}

model::RawGeometry RandomCatalogue::collection() {
  model::RawGeometry raw;
  raw.type = model::GeometryType::geometry_collection;
  raw.members = {points(), model::from_wkb(simple_geometry().wkb())};
  if (once_in(2)) raw.members.push_back(model::from_wkb(simple_geometry().wkb()));
  return raw;
}

model::Geometry RandomCatalogue::geometry() {
  if (once_in(6)) return geometry::normalise(points()).value();
  if (once_in(6)) return geometry::normalise(collection()).value();
  return simple_geometry();
}

model::Geometry RandomCatalogue::simple_geometry() {
  auto const west = degrees(-180, 175);
  auto const south = degrees(-80, 70);
  auto const width = degrees(0, 20);
  auto const height = degrees(0, 10);
  if (once_in(2))
    return model::Geometry::box(
        model::Bbox::make(west, south, west + width, south + height).value());
  model::RawGeometry raw;
  raw.type = once_in(4) ? model::GeometryType::line_string : model::GeometryType::polygon;
  raw.parts = {model::Part{model::Path{
      {west, south}, {west + width + 1, south + below(5)}, {west + below(5), south + height + 1}}}};
  auto normal = geometry::normalise(raw);
  return normal ? std::move(*normal) : simple_geometry(); // two of three points may be the same
}

std::string RandomCatalogue::properties() {
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
  if (once_in(2)) {
    static constexpr std::array said{R"("title":"Rain, Snow")", R"("title":7)",
                                     R"("description":"snow of the sea")",
                                     R"("keywords":["rain","SNOW",1],"title":"Sea")",
                                     R"("keywords":["rain snow"],"description":"")"};
    add(one_of(said));
  }
  if (!once_in(3)) {
    add("\"u\":\"" + model::to_rfc3339(instant()).value() + "\"");
  }
  return out;
}

std::string RandomCatalogue::number() {
  if (once_in(8)) return R"("n":null)";
  if (once_in(8)) return R"("n":"1")";
  if (once_in(8)) return R"("n":-0.0)";
  if (once_in(8)) return once_in(2) ? R"("n":1e300)" : R"("n":-1e300)";
  if (once_in(8)) return once_in(2) ? R"("n":0.1)" : R"("n":3)";
  return "\"n\":" + std::to_string(below(8) / 2.0);
}

std::string RandomCatalogue::pattern() {
  static constexpr std::array pieces{"%", "_", "\\", "a", "b", "é", "\\%", "\\_"};
  std::string out;
  for (int i = below(5); i > 0; --i) out += one_of(pieces);
  return out;
}

std::vector<Scalar> RandomCatalogue::list() {
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

std::vector<Scalar> RandomCatalogue::scalars(Type type) {
  std::vector<Scalar> out;
  for (int i = below(4); i > 0; --i) out.push_back(scalar(type));
  return out;
}

Property RandomCatalogue::property(Type type) {
  if (type == Type::time && once_in(2)) return {.place = Property::Place::time, .type = type};
  if (type == Type::time && once_in(3)) return {.place = Property::Place::start, .type = type};
  if (type == Type::time && once_in(3)) return {.place = Property::Place::end, .type = type};
  if (type == Type::text && once_in(4)) return {.place = Property::Place::id, .type = type};
  Property out{.name = name_of(type), .type = type};
  if (once_in(5)) out.only_in = {RecordNumber{1 + below(3)}};
  return out;
}

Scalar RandomCatalogue::scalar(Type type) {
  switch (type) {
  case Type::boolean:
    return once_in(2);
  case Type::number:
    if (once_in(8)) return once_in(2) ? 0.1 : -0.0;
    if (once_in(8)) return once_in(2) ? 1e300 : -1e300;
    return below(8) / 2.0;
  case Type::time:
    return instant();
  case Type::text:
  case Type::list: // its members are made by list()
    break;
  }
  return std::string(once_in(2) ? "a" : once_in(2) ? "B" : once_in(2) ? "é" : "i2");
}

Type RandomCatalogue::type() {
  return one_of(scalar_types);
}

Term RandomCatalogue::read(Type type) {
  Term::Read out{{property(type)}};
  if (once_in(4)) out.as.push_back(property(this->type()));
  return {std::move(out)};
}

Term RandomCatalogue::call(std::string_view name, std::vector<Term> arguments) {
  return {Term::Call{function(name), std::move(arguments)}};
}

Term RandomCatalogue::value(Type type) {
  if (once_in(3)) return {scalar(type)};
  if (type == Type::number && once_in(2)) {
    static constexpr std::array names{"+", "-", "*", "/", "div", "%", "^"};
    return call(one_of(names), {value(type), value(type)});
  }
  if (type == Type::text && once_in(2)) {
    return call(once_in(2) ? "casei" : "accenti", {value(type)});
  }
  return read(type);
}

Term RandomCatalogue::predicate() {
  static constexpr std::array orders{"=", "<>", "<", "<=", ">", ">="};
  static constexpr std::array places{"s_contains",   "s_crosses",  "s_disjoint", "s_equals",
                                     "s_intersects", "s_overlaps", "s_touches",  "s_within"};
  static constexpr std::array times{"t_after",  "t_contains", "t_meets",     "t_overlaps",
                                    "t_starts", "t_equals",   "t_intersects"};
  static constexpr std::array sets{"a_equals", "a_contains", "a_containedBy", "a_overlaps"};
  auto const kind = type();
  switch (below(7)) {
  case 0:
    return call(one_of(places), {{Term::Footprint{}}, {geometry()}});
  case 1:
    return call(one_of(places), {{geometry()}, {Term::Footprint{}}});
  case 2:
    return call(one_of(times), {call("interval", {read(Type::time), read(Type::time)}),
                                call("interval", {{model::Bound::open()}, value(Type::time)})});
  case 3:
    return call(one_of(sets), {read(Type::list), call("array", {value(kind), value(type())})});
  case 4:
    return call("between", {value(kind), value(kind), value(kind)});
  case 5:
    return call("in", {value(kind), value(kind), value(kind)});
  default:
    return call(one_of(orders), {value(kind), value(kind)});
  }
}

Expression RandomCatalogue::leaf() {
  auto const kind = type();
  if (once_in(16)) return {Holds{predicate()}}; // no more: the index has to answer most searches
  switch (below(11)) {
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
  case 9: {
    static constexpr std::array phrases{"rain", "snow", "rain snow", "sea", "snow sea", "hail"};
    return says(one_of(phrases)).value();
  }
  default:
    return {InCollections{{RecordNumber{1 + below(3)}, RecordNumber{1 + below(3)}}}};
  }
}

Expression RandomCatalogue::expression(int depth) {
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

std::vector<SortKey> RandomCatalogue::sort() {
  if (once_in(3)) return latest_first();
  std::vector<SortKey> keys;
  for (int i = below(4); i >= 0; --i) keys.push_back({property(type()), once_in(2)});
  return keys;
}

Aggregation RandomCatalogue::aggregation() {
  static constexpr std::array steps{Step::hour, Step::day, Step::month, Step::year};
  static constexpr std::array types{Type::boolean, Type::number, Type::text};
  switch (below(8)) {
  case 0:
    return CountItems{};
  case 1:
    return EarliestTime{};
  case 2:
    return LatestTime{};
  case 3:
    return ByCollection{};
  case 4:
    return ByTime{once_in(2) ? std::nullopt : std::optional(one_of(steps))};
  case 5:
    return ByValue{property(one_of(types))};
  case 6:
    return ByRange{property(Type::number),
                   {.first = between(-5, 5), .width = 1.0 + below(4), .count = 1 + below(5)}};
  default:
    return ByCell{once_in(2) ? Grid::geohash : Grid::geotile, static_cast<unsigned>(1 + below(12))};
  }
}

ItemSketch RandomCatalogue::item(int number) {
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

store::RecordWrite RandomCatalogue::record(int number) {
  static constexpr std::array titles{"Eau", "eau", "École", "zone", "Zone", "Ét", "été", ""};
  auto out = test::record_write("r" + std::to_string(number), one_of(titles));
  out.type = type_name();
  out.source = source_name();
  if (!once_in(5)) out.footprint = geometry();
  if (!once_in(4)) out.period = period();
  return out;
}

store::RecordSearch RandomCatalogue::record_search() {
  store::RecordSearch out{.limit = static_cast<std::size_t>(1 + below(12))};
  if (once_in(3)) out.types = {type_name(), type_name()};
  if (once_in(3)) out.sources = {source_name(), "unknown"};
  if (once_in(2)) out.intersects = geometry();
  if (once_in(2)) out.period = period();
  return out;
}

model::Interval RandomCatalogue::period() {
  auto const a = instant();
  auto const b = instant();
  auto const start = once_in(4) ? model::Bound::open() : model::Bound::at(std::min(a, b));
  auto const end = once_in(4) ? model::Bound::open() : model::Bound::at(std::max(a, b));
  return model::Interval::make(start, end).value();
}

} // namespace terracat::test

#include "formats/record_json.hpp"

#include "support/catch.hpp"

#include <boost/pfr/core.hpp>

#include <limits>
#include <random>
#include <utility>

using namespace terracat;
using namespace terracat::formats;
using model::Bbox;
using model::Bound;
using model::Geometry;
using model::HeightRange;
using model::Instant;
using model::Interval;
using model::LocalText;
using model::Precision;

namespace {

/// Fills every field of every part of a record, by the structure itself and not by a list of names:
/// a field that the codec forgot would come back empty.
class Filler {
 public:
  explicit Filler(unsigned seed) : random_(seed) {}

  void fill(std::string& text) {
    static std::string const pieces[] = {"a", "é", "\"", "\\", "\n", "<", "日", "\x01", " ", "/"};
    auto const length = 1 + number(5);
    for (std::size_t i = 0; i < length; ++i) text += pieces[number(std::size(pieces))];
  }

  void fill(double& value) { value = std::uniform_real_distribution(-1e6, 1e6)(random_); }

  void fill(Bound& bound) {
    switch (number(4)) {
    case 0:
      bound = Bound::open();
      break;
    case 1:
      bound = Bound::unknown();
      break;
    default:
      bound = moment(-(std::int64_t{1} << 60));
    }
  }

  void fill(std::optional<Interval>& interval) {
    auto start = Bound::unknown();
    fill(start);
    // The end is a moment, later than any start.
    interval = Interval::make(start, moment(std::int64_t{1} << 60)).value();
  }

  void fill(HeightRange& range) {
    fill(range.lowest);
    fill(range.highest);
  }

  void fill(std::optional<Geometry>& geometry) {
    auto const west = std::uniform_real_distribution(-180.0, 180.0)(random_);
    auto const east = std::uniform_real_distribution(-180.0, 180.0)(random_);
    geometry = Geometry::box(Bbox::make(west, -0.1, east, 1.0 / 3.0).value());
  }

  void fill(LocalText& text) {
    for (auto const language : {"", "fr", "en-gb"}) {
      std::string words;
      fill(words);
      text.add(language, std::move(words));
    }
  }

  void fill(std::pair<std::string, std::string>& member) {
    fill(member.first);
    fill(member.second);
  }

  /// Never kept with the record.
  void fill(std::vector<model::Corrected>&) {}

  template<class Element>
  void fill(std::vector<Element>& elements) {
    elements.resize(1 + number(3));
    for (auto& element : elements) fill(element);
  }

  template<class Part>
  requires std::is_aggregate_v<Part>

  void fill(Part& part) {
    boost::pfr::for_each_field(part, [this](auto& field) { fill(field); });
  }

 private:
  std::size_t number(std::size_t below) {
    return std::uniform_int_distribution<std::size_t>(0, below - 1)(random_);
  }

  Bound moment(std::int64_t around) {
    auto const offset = static_cast<std::int64_t>(number(std::size_t{1} << 40));
    return Bound::at(Instant(around / 1024 + offset), static_cast<Precision>(number(5)));
  }

  std::mt19937 random_;
};

Result<model::Record> again(model::Record const& record) {
  json::Parser parser;
  return from_record_json(to_record_json(record), parser);
}

model::Record bare() {
  model::RecordParts parts;
  parts.native_id = "a";
  parts.title = LocalText("t");
  return model::Record::make(std::move(parts)).value();
}

} // namespace

TEST_CASE("every field of a record survives being stored") {
  for (unsigned seed = 0; seed < 200; ++seed) {
    model::RecordParts parts;
    Filler(seed).fill(parts);
    auto const record = model::Record::make(std::move(parts)).value();
    auto const read = again(record);
    REQUIRE(read);
    CHECK(*read == record);
    if (*read != record) break; // one is enough to read
  }
}

TEST_CASE("what is empty is not written") {
  CHECK(to_record_json(bare()) == R"({"record":1,"native_id":"a","title":[["","t"]]})");
  CHECK(again(bare()).value() == bare());
}

TEST_CASE("ends, geometries and odd numbers have their own spelling") {
  auto parts = *bare();
  parts.created = Bound::at(Instant(-1), Precision::day);
  parts.updated = Bound::open();
  parts.spatial = {{Geometry::box(Bbox::make(0, 0, 0, 0.5).value()), {}}};
  parts.vertical = {{{-std::numeric_limits<double>::infinity(), 0.1}, "m", ""}};
  parts.temporal = {{Interval::make(Bound::unknown(), Bound::open()).value(), "", ""}};
  auto const record = model::Record::make(parts).value();
  // A line of two positions, of which only the last number is not zero.
  auto const wkb = "010200000002000000" + std::string(48, '0') + "000000000000e03f";
  CHECK(
      to_record_json(record) ==
      R"({"record":1,"native_id":"a","title":[["","t"]],"created":[-1,"day"],"updated":"..",)"
      R"("spatial":[{"geometry":{"wkb":")" +
          wkb +
          R"(","bbox":[0,0,0,0.5],"is_box":true}}],"vertical":[{"range":["-inf",0.1],"unit":"m"}],)"
          R"("temporal":[{"interval":[null,".."]}]})");
  CHECK(again(record).value() == record);
}

TEST_CASE("a text of another version or with a member of the wrong kind is not read") {
  json::Parser parser;
  auto const where = [&parser](std::string_view text) {
    auto const read = from_record_json(text, parser);
    REQUIRE_FALSE(read);
    CHECK(read.error().kind == ProblemKind::store_corrupt);
    return read.error().where;
  };
  CHECK(where(R"({"native_id":"a","title":[["","t"]]})") == "record");
  CHECK(where(R"({"record":2,"native_id":"a","title":[["","t"]]})") == "record");
  CHECK(where(R"({"record":1,"native_id":7,"title":[["","t"]]})") == "native_id");
  CHECK(where(R"({"record":1,"native_id":"a","title":"t"})") == "title");
  CHECK(where(R"({"record":1,"native_id":"a","title":[["","t"]],"contacts":[{"emails":[1]}]})") ==
        "emails");
  CHECK(where(R"({"record":1,"native_id":"a","title":[["","t"]],"created":[1,"hour"]})") ==
        "created");
  CHECK(
      where(
          R"({"record":1,"native_id":"a","title":[["","t"]],"spatial":[{"geometry":{"wkb":"0"}}]})") ==
      "geometry");
  CHECK(where(R"({"record":1,"title":[["","t"]]})") == "id");
  CHECK(where("{") == "line 1, column 2");
}

#pragma once

#include "geometry/normalise.hpp"
#include "query/evaluate.hpp"
#include "query/queryables.hpp"

namespace terracat::test {

inline query::Queryables sample_queryables() {
  using query::Type;
  query::Queryables made;
  for (auto const* const name : {"n", "m"}) made.add(name, Type::number);
  for (auto const* const name : {"t", "s", "day", "missing"}) made.add(name, Type::text);
  for (auto const* const name : {"l", "k"}) made.add(name, Type::list);
  made.add("f", Type::boolean);
  made.add("mixed", Type::number, {RecordNumber{2}});
  made.add("mixed", Type::text, {RecordNumber{1}});
  return made;
}

inline model::Instant at(std::string_view text) {
  return model::parse_rfc3339(text).value();
}

/// n 7, m -2, t "Été", s "ete", day "2024-02-06", l ["a", 1], k ["a", 1, true]; of 2024-02-06 at
/// noon, from 2024-02-05 to 2024-02-07T12:00:00Z; a triangle of 0 to 10 degrees.
class SampleItem : public query::Facts {
 public:
  SampleItem() {
    properties_.parse(R"("properties":{"n":7,"m":-2,"t":"Été","s":"ete","day":"2024-02-06",)"
                      R"("l":["a",1],"k":["a",1,true],"f":true,"mixed":"x"},"assets":[)");
    model::RawGeometry raw;
    raw.type = model::GeometryType::polygon;
    raw.parts = {{model::Path{{0, 0}, {10, 0}, {0, 10}, {0, 0}}}};
    footprint_ = geometry::normalise(raw).value();
  }

  [[nodiscard]] RecordNumber collection() const override { return RecordNumber{1}; }

  [[nodiscard]] std::string_view id() const override { return "i"; }

  [[nodiscard]] std::string_view native_id() const override { return "i"; }

  [[nodiscard]] std::optional<model::Instant> time() const override {
    return at("2024-02-06T12:00:00Z");
  }

  [[nodiscard]] std::optional<model::Instant> start() const override {
    return at("2024-02-05T00:00:00Z");
  }

  [[nodiscard]] std::optional<model::Instant> end() const override {
    return at("2024-02-07T12:00:00Z");
  }

  [[nodiscard]] std::optional<model::Interval> period() const override { return std::nullopt; }

  [[nodiscard]] model::Geometry const* footprint() const override { return &*footprint_; }

  [[nodiscard]] std::optional<model::HeightRange> heights() const override { return std::nullopt; }

  [[nodiscard]] std::string words() const override { return properties_.words(); }

  [[nodiscard]] std::optional<query::Value> own(std::string_view name,
                                                query::Type type) const override {
    return properties_.value(name, type);
  }

 private:
  query::BodyProperties properties_;
  std::optional<model::Geometry> footprint_;
};

} // namespace terracat::test

#include <terracat/record.hpp>

#include <algorithm>

namespace terracat::model {
namespace {

/// The end of the union that lies further out: an open one wins, an unknown one gives way.
Bound outermost(Bound const& a, Bound const& b, bool later) {
  if (a.is_unknown() || b.is_open()) return b;
  if (b.is_unknown() || a.is_open()) return a;
  bool const b_is_out = later ? *b.latest() > *a.latest() : *b.earliest() < *a.earliest();
  return b_is_out ? b : a;
}

Interval united(Interval const& a, Interval const& b) {
  // A period known by one end only is at least that moment.
  auto const start = [](Interval const& i) { return i.start().is_unknown() ? i.end() : i.start(); };
  auto const end = [](Interval const& i) { return i.end().is_unknown() ? i.start() : i.end(); };
  return Interval::make(outermost(start(a), start(b), false), outermost(end(a), end(b), true))
      .value();
}

} // namespace

Result<Record> Record::make(RecordParts parts) {
  auto const refuse = [](char const* detail, char const* where) {
    return Problem{.kind = ProblemKind::invalid_body, .detail = detail, .where = where};
  };
  if (parts.native_id.empty()) return refuse("a record needs an identifier", "id");
  if (parts.title.empty()) return refuse("a record needs a title", "title");
  return Record(std::move(parts));
}

bool is_collection_type(std::string_view type) noexcept {
  return type == "dataset" || type == "series";
}

std::optional<Bbox> Record::bbox() const {
  std::optional<Bbox> all;
  for (auto const& extent : parts_.spatial) {
    if (!extent.geometry) continue;
    all = all ? all->joined(extent.geometry->bbox()) : extent.geometry->bbox();
  }
  return all;
}

std::optional<Interval> Record::period() const {
  std::optional<Interval> all;
  for (auto const& extent : parts_.temporal) {
    if (!extent.interval) continue;
    all = all ? united(*all, *extent.interval) : *extent.interval;
  }
  return all;
}

} // namespace terracat::model

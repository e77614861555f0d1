#include "api/aggregations.hpp"

#include <terracat/instant.hpp>

#include <algorithm>
#include <array>

namespace terracat::api {
namespace {

using Kind = AggregationRow::Kind;
using query::Step;

constexpr query::Ranges per_cent{.first = 0, .width = 10, .count = 10};
constexpr query::Ranges angles{.first = 0, .width = 5, .count = 18};
constexpr query::Ranges elevations{.first = -90, .width = 10, .count = 18};
constexpr query::Ranges directions{.first = 0, .width = 10, .count = 36};

// The names of the specification, and those that other servers use.
constexpr std::array aggregation_table{
    AggregationRow{"total_count", Kind::count},
    AggregationRow{"datetime_min", Kind::earliest},
    AggregationRow{"datetime_max", Kind::latest},
    AggregationRow{"datetime_frequency", Kind::times},
    AggregationRow{"collection_frequency", Kind::collections},
    AggregationRow{"centroid_geohash_grid_frequency", Kind::geohashes},
    AggregationRow{"centroid_geotile_grid_frequency", Kind::geotiles},
    AggregationRow{"cloud_cover_frequency", Kind::ranges, "eo:cloud_cover", per_cent},
    AggregationRow{"constellation_frequency", Kind::values, "constellation"},
    AggregationRow{"grid_code_frequency", Kind::values, "grid:code"},
    AggregationRow{"gsd_frequency", Kind::values, "gsd"},
    AggregationRow{"incidence_angle_frequency", Kind::ranges, "view:incidence_angle", angles},
    AggregationRow{"instrument_mode_frequency", Kind::values, "sar:instrument_mode"},
    AggregationRow{"mission_frequency", Kind::values, "mission"},
    AggregationRow{"off_nadir_frequency", Kind::ranges, "view:off_nadir", angles},
    AggregationRow{"orbit_state_frequency", Kind::values, "sat:orbit_state"},
    AggregationRow{"platform_frequency", Kind::values, "platform"},
    AggregationRow{"processing_level_frequency", Kind::values, "processing:level"},
    AggregationRow{"product_type_frequency", Kind::values, "product:type"},
    AggregationRow{"relative_orbit_frequency", Kind::values, "sat:relative_orbit"},
    AggregationRow{"sar_product_type_frequency", Kind::values, "sar:product_type"},
    AggregationRow{"snow_cover_frequency", Kind::ranges, "eo:snow_cover", per_cent},
    AggregationRow{"sun_azimuth_frequency", Kind::ranges, "view:sun_azimuth", directions},
    AggregationRow{"sun_elevation_frequency", Kind::ranges, "view:sun_elevation", elevations},
};

static_assert(std::ranges::all_of(aggregation_table,
                                  [](AggregationRow const& row) {
                                    return (row.kind == Kind::values || row.kind == Kind::ranges) !=
                                           row.property.empty();
                                  }),
              "values and ranges are those of a property");

struct StepName {
  std::string_view name;
  Step step;
};

constexpr std::array steps{StepName{"hour", Step::hour}, StepName{"day", Step::day},
                           StepName{"month", Step::month}, StepName{"year", Step::year}};

AggregationRow const& row_named(SearchInput const& input, std::string_view name) {
  auto const* const row = std::ranges::find(aggregation_table, name, &AggregationRow::name);
  if (row != aggregation_table.end()) return *row;
  std::vector<std::string_view> names;
  names.reserve(aggregation_table.size());
  for (auto const& known : aggregation_table) names.push_back(known.name);
  auto detail = "there is no aggregation '" + std::string(name.substr(0, 100)) + "'";
  auto const close = query::nearest(name, names);
  detail += close.empty() ? "; 'aggregations' lists those that there are"
                          : "; did you mean '" + close.front() + "'?";
  input.refuse(std::move(detail), "aggregations");
}

/// The property as the items have it by its definition.
query::Property property_of(AggregationRow const& row, query::Queryables const& queryables) {
  auto const type = query::definition(row.property)->type;
  if (auto const* const queryable = queryables.find(row.property)) {
    auto const as = std::ranges::find(queryable->as, type, &query::Property::type);
    if (as != queryable->as.end()) return *as;
  }
  return {.name = std::string(row.property), .type = type};
}

std::optional<Step> step_in(SearchInput const& input) {
  constexpr std::string_view name = "datetime_frequency_interval";
  auto const given = input.text(name);
  if (!given) return std::nullopt;
  auto const* const known = std::ranges::find(steps, *given, &StepName::name);
  if (known == steps.end()) input.refuse("expected 'hour', 'day', 'month' or 'year'", name);
  return known->step;
}

/// The level of a grid, of which the answer has to be told.
unsigned level_in(SearchInput const& input, std::string_view name, std::int64_t least,
                  std::int64_t most) {
  auto const given = input.integer(name).value_or(least);
  if (given < least || given > most) {
    input.refuse("expected a whole number from " + std::to_string(least) + " to " +
                     std::to_string(most),
                 name);
  }
  return static_cast<unsigned>(given);
}

/// What a request says of how aggregations are made.
struct Manner {
  std::optional<Step> step;
  unsigned geohash_characters;
  unsigned geotile_zoom;
};

/// It has to be right even of those that are not asked for.
Manner manner_in(SearchInput const& input) {
  constexpr std::int64_t most_characters = 12;
  constexpr std::int64_t most_zoom = 29;
  return {.step = step_in(input),
          .geohash_characters =
              level_in(input, "centroid_geohash_grid_frequency_precision", 1, most_characters),
          .geotile_zoom =
              level_in(input, "centroid_geotile_grid_frequency_precision", 0, most_zoom)};
}

query::Aggregation aggregation_of(AggregationRow const& row, Manner const& manner,
                                  query::Queryables const& queryables) {
  switch (row.kind) {
  case Kind::count:
    return query::CountItems{};
  case Kind::earliest:
    return query::EarliestTime{};
  case Kind::latest:
    return query::LatestTime{};
  case Kind::collections:
    return query::ByCollection{};
  case Kind::times:
    return query::ByTime{manner.step};
  case Kind::values:
    return query::ByValue{property_of(row, queryables)};
  case Kind::ranges:
    return query::ByRange{property_of(row, queryables), row.ranges};
  case Kind::geohashes:
    return query::ByCell{query::Grid::geohash, manner.geohash_characters};
  case Kind::geotiles:
    return query::ByCell{query::Grid::geotile, manner.geotile_zoom};
  }
  throw std::logic_error("an aggregation of no kind");
}

// ---- Answers

std::string_view step_name(Step step) noexcept {
  return std::ranges::find(steps, step, &StepName::step)->name;
}

bool is_of_numbers(AggregationRow const& row) {
  if (row.kind == Kind::count) return true;
  return !row.property.empty() && query::definition(row.property)->type == query::Type::number;
}

/// Of what its buckets, or its value, are.
std::string_view data_type(AggregationRow const& row) {
  if (row.kind == Kind::earliest || row.kind == Kind::latest || row.kind == Kind::times) {
    return "datetime";
  }
  return is_of_numbers(row) ? "numeric" : "string";
}

/// `12.5`, `10.0`: as the specification writes numbers that are keys.
std::string number_key(double number) {
  json::Writer out;
  auto text = out.number(number).take();
  if (text.find_first_of(".eE") == std::string::npos) text += ".0";
  return text;
}

void write_range(json::Writer& out, query::Ranges const& ranges, std::int64_t place) {
  auto const from = ranges.first + static_cast<double>(place) * ranges.width;
  auto const to = from + ranges.width;
  bool const is_first = place == 0;
  bool const is_last = place == ranges.count - 1;
  out.name("key").string((is_first ? "*" : number_key(from)) + "-" +
                         (is_last ? "*" : number_key(to)));
  if (!is_first) out.name("from").number(from);
  if (!is_last) out.name("to").number(to);
}

/// Writes the members of a bucket that say which it is, by the kind of its aggregation.
class KeyWriter {
 public:
  KeyWriter(json::Writer& out, query::Bucket const& bucket, CollectionNames const& names)
      : out_(out), bucket_(bucket), names_(names) {}

  void operator()(query::ByCollection const& /*by*/) const {
    key(names_(RecordNumber{std::get<std::int64_t>(bucket_)}));
  }

  void operator()(query::ByTime const& /*by*/) const {
    key(model::to_iso8601(model::Instant(std::get<std::int64_t>(bucket_))));
  }

  void operator()(query::ByValue const& /*by*/) const {
    auto const* const text = std::get_if<std::string>(&bucket_);
    key(text != nullptr ? *text : number_key(std::get<double>(bucket_)));
  }

  void operator()(query::ByRange const& by) const {
    write_range(out_, by.ranges, std::get<std::int64_t>(bucket_));
  }

  void operator()(query::ByCell const& by) const { key(query::text_of(by, bucket_)); }

  template<class Single>
  void operator()(Single const& /*what*/) const {}

 private:
  void key(std::string const& text) const { out_.name("key").string(text); }

  json::Writer& out_;
  query::Bucket const& bucket_;
  CollectionNames const& names_;
};

void write_buckets(json::Writer& out, AggregationRow const& row, query::Summary const& summary,
                   CollectionNames const& names) {
  out.name("buckets").begin_array();
  for (auto const& [bucket, items] : summary.buckets()) {
    out.begin_object();
    std::visit(KeyWriter(out, bucket, names), summary.what());
    out.name("data_type").string(data_type(row));
    out.name("frequency").integer(static_cast<std::int64_t>(items)).end_object();
  }
  out.end_array().name("overflow").integer(static_cast<std::int64_t>(summary.overflow()));
}

void write_time(json::Writer& out, std::optional<std::int64_t> time) {
  out.name("value");
  if (time) {
    out.string(model::to_iso8601(model::Instant(*time)));
  } else {
    out.null();
  }
}

} // namespace

std::span<AggregationRow const> aggregations() noexcept {
  return aggregation_table;
}

bool is_offered(AggregationRow const& row, query::Queryables const& queryables) {
  if (row.property.empty()) return true;
  auto const* const queryable = queryables.find(row.property);
  auto const type = query::definition(row.property)->type;
  return queryable != nullptr && std::ranges::any_of(queryable->as, [&](auto const& property) {
           return property.type == type;
         });
}

std::vector<AskedAggregation> read_aggregations(SearchInput const& input,
                                                query::Queryables const& queryables,
                                                bool only_offered) {
  auto const manner = manner_in(input);
  std::vector<AskedAggregation> out;
  for (auto const& name : input.texts("aggregations")) {
    auto const& row = row_named(input, name);
    if (only_offered && !is_offered(row, queryables)) {
      input.refuse("the items of this collection have no '" + std::string(row.property) +
                       "', by which '" + name + "' goes",
                   "aggregations");
    }
    if (std::ranges::find(out, &row, &AskedAggregation::row) != out.end()) continue;
    out.push_back({&row, aggregation_of(row, manner, queryables)});
  }
  return out;
}

void write_offer(json::Writer& out, AggregationRow const& row) {
  out.begin_object().name("name").string(row.name).name("data_type").string(data_type(row));
  out.end_object();
}

void write_answer(json::Writer& out, AggregationRow const& row, query::Summary const& summary,
                  CollectionNames const& names) {
  out.begin_object().name("name").string(row.name).name("data_type");
  if (row.kind == Kind::times) {
    auto const step = step_name(summary.step());
    out.string("interval_" + std::string(step)).name("interval").string(step);
  } else {
    out.string(data_type(row));
  }
  if (row.kind == Kind::count) {
    out.name("value").integer(static_cast<std::int64_t>(summary.items()));
  } else if (row.kind == Kind::earliest || row.kind == Kind::latest) {
    write_time(out, summary.time());
  } else {
    write_buckets(out, row, summary, names);
  }
  out.end_object();
}

} // namespace terracat::api

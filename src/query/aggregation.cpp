#include "query/aggregation.hpp"

#include <terracat/instant.hpp>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

namespace terracat::query {
namespace {

constexpr std::int64_t hour = 3'600'000;
constexpr std::int64_t day = 24 * hour;

std::int64_t floor_to(std::int64_t value, std::int64_t unit) noexcept {
  auto const rest = value % unit;
  return value - (rest < 0 ? rest + unit : rest);
}

/// \return  the moment itself where no calendar reaches
std::int64_t first_of(model::Date const& date, std::int64_t moment) noexcept {
  return model::Instant::at(date).value_or(model::Instant(moment)).milliseconds();
}

/// How many steps lie between two buckets.
std::int64_t steps_between(Step step, std::int64_t first, std::int64_t last) noexcept {
  if (step == Step::hour || step == Step::day) {
    auto const unit = step == Step::hour ? hour : day;
    return last / unit - first / unit; // no difference of moments, which may not fit
  }
  auto const from = model::Instant(first).date();
  auto const to = model::Instant(last).date();
  if (step == Step::year) return to.year - from.year;
  return (to.year - from.year) * 12 + std::int64_t{to.month} - std::int64_t{from.month};
}

std::uint32_t place_among(double share, unsigned bits) noexcept {
  auto const all = std::ldexp(1.0, static_cast<int>(bits));
  return static_cast<std::uint32_t>(std::clamp(std::floor(share * all), 0.0, all - 1));
}

// A geohash is bits of longitude and latitude by turns, longitude first, five to a character.
constexpr unsigned column_bits(unsigned level) noexcept {
  return (5 * level + 1) / 2;
}

constexpr unsigned row_bits(unsigned level) noexcept {
  return 5 * level / 2;
}

std::string geohash_of(Cell cell, unsigned level) {
  constexpr std::string_view digits = "0123456789bcdefghjkmnpqrstuvwxyz";
  std::string out;
  auto columns = column_bits(level);
  auto rows = row_bits(level);
  for (unsigned bit = 0, digit = 0; bit < 5 * level; ++bit) {
    auto const next = bit % 2 == 0 ? cell.column >> --columns : cell.row >> --rows;
    digit = digit << 1U | (next & 1U);
    if (bit % 5 == 4) out += digits[std::exchange(digit, 0)];
  }
  return out;
}

} // namespace

Property const* property_of(Aggregation const& aggregation) noexcept {
  if (auto const* const by = std::get_if<ByValue>(&aggregation)) return &by->property;
  if (auto const* const by = std::get_if<ByRange>(&aggregation)) return &by->property;
  return nullptr;
}

// ---- Buckets

StepSpan span_of(Step step, std::int64_t milliseconds) noexcept {
  if (step == Step::hour || step == Step::day) {
    auto const unit = step == Step::hour ? hour : day;
    auto const begin = floor_to(milliseconds, unit);
    return {begin, begin + unit};
  }
  auto const [year, month, day_of_month] = model::Instant(milliseconds).date();
  if (step == Step::year) {
    return {first_of({year, 1, 1}, milliseconds), first_of({year + 1, 1, 1}, milliseconds + 1)};
  }
  auto const next = month == 12 ? model::Date{year + 1, 1, 1} : model::Date{year, month + 1, 1};
  return {first_of({year, month, 1}, milliseconds), first_of(next, milliseconds + 1)};
}

std::int64_t range_of(Ranges const& ranges, double value) noexcept {
  auto const place = std::floor((value - ranges.first) / ranges.width);
  return static_cast<std::int64_t>(std::clamp(place, 0.0, static_cast<double>(ranges.count - 1)));
}

Bucket bucket_of(Scalar const& value) {
  if (auto const* const flag = std::get_if<bool>(&value)) return *flag ? 1.0 : 0.0;
  if (auto const* const number = std::get_if<double>(&value)) return *number + 0.0; // one zero
  return std::get<std::string>(value);
}

Cell cell_of(ByCell const& by, model::Position const& position) noexcept {
  auto const east = (position.x + 180) / 360;
  if (by.grid == Grid::geohash) {
    return {.column = place_among(east, column_bits(by.level)),
            .row = place_among((position.y + 90) / 180, row_bits(by.level))};
  }
  auto const latitude = position.y * std::numbers::pi / 180;
  auto const south = (1 - std::asinh(std::tan(latitude)) / std::numbers::pi) / 2;
  return {.column = place_among(east, by.level), .row = place_among(south, by.level)};
}

Bucket bucket_of(Cell cell) noexcept {
  return static_cast<std::int64_t>(std::uint64_t{cell.column} << 32U | cell.row);
}

std::string text_of(ByCell const& by, Bucket const& bucket) {
  auto const bits = static_cast<std::uint64_t>(std::get<std::int64_t>(bucket));
  Cell const cell{.column = static_cast<std::uint32_t>(bits >> 32U),
                  .row = static_cast<std::uint32_t>(bits)};
  if (by.grid == Grid::geohash) return geohash_of(cell, by.level);
  return std::to_string(by.level) + "/" + std::to_string(cell.column) + "/" +
         std::to_string(cell.row);
}

model::Position centre_of(model::Bbox const& box) noexcept {
  auto const x = box.west() + box.width() / 2;
  return {.x = x > 180 ? x - 360 : x, .y = (box.south() + box.north()) / 2};
}

// ---- Summary

Summary::Summary(Aggregation what) : what_(std::move(what)) {
  if (auto const* const by = std::get_if<ByTime>(&what_); by != nullptr && by->step) {
    step_ = *by->step;
    is_step_given_ = true;
  }
}

void Summary::add_time(std::int64_t milliseconds, std::size_t items) {
  if (std::holds_alternative<EarliestTime>(what_)) {
    time_ = std::min(time_.value_or(milliseconds), milliseconds);
  } else if (std::holds_alternative<LatestTime>(what_)) {
    time_ = std::max(time_.value_or(milliseconds), milliseconds);
  } else {
    add(Bucket(span_of(step_, milliseconds).begin), items);
    if (!is_step_given_) make_coarser();
  }
}

void Summary::make_coarser() {
  auto const moment = [](auto const& bucket) { return std::get<std::int64_t>(bucket.first); };
  while (step_ != Step::year &&
         steps_between(step_, moment(*buckets_.begin()), moment(*buckets_.rbegin())) > most_steps) {
    step_ = static_cast<Step>(static_cast<unsigned>(step_) + 1);
    std::map<Bucket, std::size_t> coarse;
    for (auto const& bucket : buckets_) {
      coarse[span_of(step_, moment(bucket)).begin] += bucket.second;
    }
    buckets_ = std::move(coarse);
  }
}

void Summary::add(Bucket const& bucket, std::size_t items) {
  buckets_[bucket] += items;
  // Collections are no more than there are.
  bool const is_bounded = std::holds_alternative<ByCollection>(what_);
  if (!is_bounded && buckets_.size() > TooManyBuckets::most) throw TooManyBuckets(what_);
}

std::size_t Summary::overflow() const noexcept {
  auto rest = items_;
  for (auto const& [bucket, items] : buckets_) rest -= items;
  return rest;
}

} // namespace terracat::query

#pragma once

#include <terracat/instant.hpp>
#include <terracat/problem.hpp>

#include <bitset>
#include <string_view>

namespace terracat::run {

/// A cron expression of five fields: minute, hour, day of month, month, day of week (0 and 7 are
/// Sunday), in UTC. Lists, ranges, steps and the names of months and days are understood. If both
/// days are restricted, either may fit, as in every cron.
class Cron {
 public:
  /// \return  invalid_parameter naming the field that cannot be read
  [[nodiscard]] static Result<Cron> parse(std::string_view expression);

  /// The first full minute after `instant` that fits.
  /// \return  nothing if none comes within eight years (30 February)
  [[nodiscard]] std::optional<model::Instant> after(model::Instant instant) const;

 private:
  [[nodiscard]] bool fits_day(model::Instant instant) const;

  std::bitset<60> minutes_;
  std::bitset<24> hours_;
  std::bitset<32> days_;
  std::bitset<13> months_;
  std::bitset<7> weekdays_;
  bool any_day_ = false;     ///< the field was "*"
  bool any_weekday_ = false; ///< likewise
};

} // namespace terracat::run

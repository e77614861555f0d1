#pragma once

#include <terracat/instant.hpp>
#include <terracat/problem.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace terracat::run {

/// Times of each week in which a source is left alone, in UTC.
class QuietHours {
 public:
  QuietHours() = default;

  /// Reads windows such as "08:00-18:00", "mon-fri 08:00-18:00" or "sat,sun 22:00-06:00". One that
  /// ends before it begins ends on the next day; days are those on which windows begin.
  /// \return  invalid_parameter naming the window that cannot be read, or if no time is left
  [[nodiscard]] static Result<QuietHours> parse(std::vector<std::string> const& windows);

  /// Adds those of another.
  void add(QuietHours const& other);

  /// True if they leave no minute of the week.
  [[nodiscard]] bool is_always() const noexcept;

  /// The first instant from `now` on that is not within them: `now` itself if it is not.
  [[nodiscard]] model::Instant end(model::Instant now) const noexcept;

 private:
  /// Minutes since Monday 00:00; an end may lie in the next week.
  struct Window {
    std::int64_t begin;
    std::int64_t end;
  };

  std::vector<Window> windows_;
};

} // namespace terracat::run

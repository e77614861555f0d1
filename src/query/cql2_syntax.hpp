#pragma once

#include <terracat/geometry.hpp>
#include <terracat/problem.hpp>

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace terracat::query {

struct FilterLimits;

/// A filter of CQL2 (OGC 21-065r2) as it was written, in text or in JSON: nothing in it has been
/// looked up. Both encodings are read into it and it is printed into both; `bind` makes a condition
/// of it.
struct Cql2 {
  /// A property.
  struct Name {
    std::string text;

    friend bool operator==(Name const&, Name const&) = default;
  };

  struct Date {
    std::string text;

    friend bool operator==(Date const&, Date const&) = default;
  };

  struct Timestamp {
    std::string text;

    friend bool operator==(Timestamp const&, Timestamp const&) = default;
  };

  /// Of two ends: texts ("..": open), properties or calls.
  struct Interval {
    std::vector<Cql2> ends;

    friend bool operator==(Interval const&, Interval const&) = default;
  };

  /// Four or six numbers.
  struct Box {
    std::vector<double> numbers;

    friend bool operator==(Box const&, Box const&) = default;
  };

  struct Shape {
    model::RawGeometry geometry; ///< without heights

    friend bool operator==(Shape const& a, Shape const& b) {
      return model::to_wkb(a.geometry) == model::to_wkb(b.geometry);
    }
  };

  struct Array {
    std::vector<Cql2> elements;

    friend bool operator==(Array const&, Array const&) = default;
  };

  /// An operator or a function, by its name in JSON.
  struct Call {
    std::string op;
    std::vector<Cql2> arguments;

    friend bool operator==(Call const&, Call const&) = default;
  };

  std::variant<bool, double, std::string, Name, Date, Timestamp, Interval, Box, Shape, Array, Call>
      node;
  std::string where = {}; ///< JSON pointer, or parameter and position in the text; for problems

  /// Whatever the place.
  friend bool operator==(Cql2 const& a, Cql2 const& b) { return a.node == b.node; }
};

/// How an operation is written in text.
enum class Notation : std::uint8_t { junction, negation, comparison, arithmetic, special, call };

struct Operation {
  std::string_view name; ///< in JSON; in text likewise, in any case
  std::size_t least;     ///< arguments
  std::size_t most;
  Notation notation = Notation::call;

  [[nodiscard]] constexpr bool takes_arrays() const noexcept { return name.starts_with("a_"); }
};

/// \param name  in small or capital letters
/// \return  null if there is no such operator
[[nodiscard]] Operation const* operation(std::string_view name) noexcept;

[[nodiscard]] std::span<Operation const> all_operations() noexcept;

/// The problem of a name that is none of an operator, with those that may have been meant.
[[nodiscard]] Problem unknown_operation(std::string_view name, std::string where);

/// The problem of a call with too few or too many arguments, if it has.
[[nodiscard]] Result<void> check_arguments(Operation const& operation, std::size_t count,
                                           std::string const& where);

/// Arrays are written out, or are properties or functions (`arrayExpression` of OGC 21-065r2 annex
/// B). \throws ProblemError  the argument is another operation, though `operation` compares arrays
void check_array(Operation const& operation, Cql2 const& argument);

/// Counts what a filter is made of, so that its size stays within bounds.
class FilterMeter {
 public:
  explicit FilterMeter(FilterLimits const& limits) noexcept : limits_(limits) {}

  /// Parts are conditions, calls, and values in lists.
  /// \throws ProblemError  all of them, once there is more than may be
  void add_part(std::string const& where) { add_parts(1, where); }

  void add_parts(std::size_t count, std::string const& where);
  void add_positions(model::RawGeometry const& geometry, std::string const& where);

  /// What is read while it lives is one level deeper.
  class Level {
   public:
    Level(FilterMeter& meter, std::string const& where) : meter_(meter) { meter_.enter(where); }

    ~Level() { --meter_.depth_; }

    Level(Level const&) = delete;
    Level& operator=(Level const&) = delete;
    Level(Level&&) = delete;
    Level& operator=(Level&&) = delete;

   private:
    FilterMeter& meter_;
  };

  [[nodiscard]] FilterLimits const& limits() const noexcept { return limits_; }

 private:
  void enter(std::string const& where);

  FilterLimits const& limits_;
  std::size_t parts_ = 0;
  std::size_t positions_ = 0;
  std::size_t depth_ = 0;
};

/// The number, with 0 for -0: they are equal, and are to be the same bytes as well.
[[nodiscard]] inline double without_signed_zero(double number) noexcept {
  return number == 0 ? 0 : number;
}

[[noreturn]] void refuse_filter(std::string detail, std::string where);

} // namespace terracat::query

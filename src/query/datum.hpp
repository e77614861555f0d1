#pragma once

#include "geometry/prepared.hpp"

#include <terracat/query.hpp>

#include <optional>
#include <string_view>

namespace terracat::query {

/// Kinds of values that a term may have; several of them together where items decide.
using Kinds = std::uint8_t;

namespace kind {

inline constexpr Kinds boolean = 1;
inline constexpr Kinds number = 2;
inline constexpr Kinds text = 4;
inline constexpr Kinds time = 8; ///< a moment or a day
inline constexpr Kinds period = 16;
inline constexpr Kinds list = 32;
inline constexpr Kinds geometry = 64;

inline constexpr Kinds scalar = boolean | number | text | time;
inline constexpr Kinds any = 127;

} // namespace kind

[[nodiscard]] Kinds kinds_of(Type type) noexcept;

/// As they are told to who wrote a filter: "a number or a text".
[[nodiscard]] std::string shown(Kinds kinds);

/// A moment, where both are the same, or a day from its first to its last millisecond. Where two
/// are compared, the first millisecond counts.
struct Moment {
  std::int64_t first = 0;
  std::int64_t last = 0;

  friend bool operator==(Moment const&, Moment const&) = default;
};

/// An end of an interval that nothing limits.
struct Open {
  friend bool operator==(Open const&, Open const&) = default;
};

/// With both ends. What is open reaches to the least or greatest number.
struct Period {
  Moment start;
  Moment end;

  friend bool operator==(Period const&, Period const&) = default;
};

/// A geometry that somebody else holds.
struct Shape {
  model::Geometry const* geometry = nullptr;
  geometry::Prepared const* prepared = nullptr; ///< of a literal

  friend bool operator==(Shape const& a, Shape const& b) { return *a.geometry == *b.geometry; }
};

/// The value of a term for one item: nothing where it is missing or unknown.
struct Datum {
  std::variant<std::monostate, bool, double, std::string, Moment, Open, Period, std::vector<Datum>,
               Shape>
      value = {};

  [[nodiscard]] bool is_missing() const noexcept {
    return std::holds_alternative<std::monostate>(value);
  }

  friend bool operator==(Datum const&, Datum const&) = default;
};

[[nodiscard]] Datum datum_of(Scalar const& scalar);
[[nodiscard]] Datum datum_of(model::Bound const& bound);

/// What a text says as a time: a date-time or a date of RFC 3339.
[[nodiscard]] std::optional<Moment> moment_in(std::string_view text);

/// The datum as one of the kinds: a text is a time where times are wanted and texts are not.
/// \return  nothing for one that is of none of them
[[nodiscard]] Datum as(Datum datum, Kinds wanted);

/// Whether the first is less, equal or greater.
/// \return  nothing if they cannot be compared
[[nodiscard]] std::optional<std::strong_ordering> order_of(Datum const& a, Datum const& b);

/// Whether both are the same, whatever they are: lists are sets.
[[nodiscard]] bool are_same(Datum const& a, Datum const& b);

} // namespace terracat::query

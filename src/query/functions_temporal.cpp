#include "query/functions.hpp"

#include <array>

namespace terracat::query {
namespace {

/// A time is an interval whose ends are the same.
Period period_of(Datum const& datum) {
  if (auto const* const moment = std::get_if<Moment>(&datum.value)) return {*moment, *moment};
  return std::get<Period>(datum.value);
}

bool before(Moment const& a, Moment const& b) noexcept {
  return a.last < b.first;
}

bool after(Period const& a, Period const& b) noexcept {
  return before(b.end, a.start);
}

bool before(Period const& a, Period const& b) noexcept {
  return before(a.end, b.start);
}

bool disjoint(Period const& a, Period const& b) noexcept {
  return before(a, b) || after(a, b);
}

bool intersects(Period const& a, Period const& b) noexcept {
  return !disjoint(a, b);
}

// Of starts the first millisecond counts, of ends the last: so days and moments can be compared.

bool starts_alike(Period const& a, Period const& b) noexcept {
  return a.start.first == b.start.first;
}

bool ends_alike(Period const& a, Period const& b) noexcept {
  return a.end.last == b.end.last;
}

bool starts_earlier(Period const& a, Period const& b) noexcept {
  return a.start.first < b.start.first;
}

bool ends_earlier(Period const& a, Period const& b) noexcept {
  return a.end.last < b.end.last;
}

bool equals(Period const& a, Period const& b) noexcept {
  return starts_alike(a, b) && ends_alike(a, b);
}

bool contains(Period const& a, Period const& b) noexcept {
  return starts_earlier(a, b) && ends_earlier(b, a);
}

bool finishes(Period const& a, Period const& b) noexcept {
  return ends_alike(a, b) && starts_earlier(b, a);
}

bool starts(Period const& a, Period const& b) noexcept {
  return starts_alike(a, b) && ends_earlier(a, b);
}

bool meets(Period const& a, Period const& b) noexcept {
  return a.end == b.start;
}

bool overlaps(Period const& a, Period const& b) noexcept {
  return starts_earlier(a, b) && b.start.first < a.end.last && !meets(a, b) && ends_earlier(a, b);
}

template<bool Holds(Period const&, Period const&)>
Datum apply(Arguments arguments) {
  return {Holds(period_of(arguments[0]), period_of(arguments[1]))};
}

template<bool Holds(Period const&, Period const&)>
Datum apply_mirrored(Arguments arguments) {
  return {Holds(period_of(arguments[1]), period_of(arguments[0]))};
}

constexpr Kinds both = kind::time | kind::period;

constexpr std::array temporal_table{
    Function{"t_after", kind::boolean, both, apply<after>},
    Function{"t_before", kind::boolean, both, apply<before>},
    Function{"t_disjoint", kind::boolean, both, apply<disjoint>},
    Function{"t_equals", kind::boolean, both, apply<equals>},
    Function{"t_intersects", kind::boolean, both, apply<intersects>},
    Function{"t_contains", kind::boolean, kind::period, apply<contains>},
    Function{"t_during", kind::boolean, kind::period, apply_mirrored<contains>},
    Function{"t_finishes", kind::boolean, kind::period, apply<finishes>},
    Function{"t_finishedBy", kind::boolean, kind::period, apply_mirrored<finishes>},
    Function{"t_meets", kind::boolean, kind::period, apply<meets>},
    Function{"t_metBy", kind::boolean, kind::period, apply_mirrored<meets>},
    Function{"t_overlaps", kind::boolean, kind::period, apply<overlaps>},
    Function{"t_overlappedBy", kind::boolean, kind::period, apply_mirrored<overlaps>},
    Function{"t_starts", kind::boolean, kind::period, apply<starts>},
    Function{"t_startedBy", kind::boolean, kind::period, apply_mirrored<starts>},
};

} // namespace

std::span<Function const> temporal_functions() noexcept {
  return temporal_table;
}

} // namespace terracat::query

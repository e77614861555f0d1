#include "query/folding.hpp"
#include "query/functions.hpp"

#include <array>
#include <cmath>

namespace terracat::query {
namespace {

/// What no double can hold is no value.
Datum finite(double value) {
  return std::isfinite(value) ? Datum{value} : Datum{};
}

Datum sum(Arguments arguments) {
  return finite(number(arguments[0]) + number(arguments[1]));
}

Datum difference(Arguments arguments) {
  return finite(number(arguments[0]) - number(arguments[1]));
}

Datum product(Arguments arguments) {
  return finite(number(arguments[0]) * number(arguments[1]));
}

Datum quotient(Arguments arguments) {
  return finite(number(arguments[0]) / number(arguments[1]));
}

Datum whole_quotient(Arguments arguments) {
  return finite(std::trunc(number(arguments[0]) / number(arguments[1])));
}

/// With the sign of the first, so that it is what `div` leaves.
Datum remainder(Arguments arguments) {
  return finite(std::fmod(number(arguments[0]), number(arguments[1])));
}

Datum power(Arguments arguments) {
  return finite(std::pow(number(arguments[0]), number(arguments[1])));
}

Datum casei(Arguments arguments) {
  return {without_case(std::get<std::string>(arguments[0].value))};
}

Datum accenti(Arguments arguments) {
  return {without_accents(std::get<std::string>(arguments[0].value))};
}

constexpr std::array scalar_table{
    Function{"+", kind::number, kind::number, sum},
    Function{"-", kind::number, kind::number, difference},
    Function{"*", kind::number, kind::number, product},
    Function{"/", kind::number, kind::number, quotient},
    Function{"div", kind::number, kind::number, whole_quotient},
    Function{"%", kind::number, kind::number, remainder},
    Function{"^", kind::number, kind::number, power},
    Function{.name = "casei",
             .gives = kind::text,
             .takes = kind::text,
             .apply = casei,
             .description = "The text without the difference between small and capital letters"},
    Function{.name = "accenti",
             .gives = kind::text,
             .takes = kind::text,
             .apply = accenti,
             .description = "The text without accents"},
};

} // namespace

std::span<Function const> scalar_functions() noexcept {
  return scalar_table;
}

} // namespace terracat::query

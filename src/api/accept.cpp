#include "api/accept.hpp"

#include <terracat/text.hpp>

#include <charconv>

namespace terracat::api {
namespace {

std::string_view take_up_to(std::string_view& rest, char mark) noexcept {
  auto const at = rest.find(mark);
  auto const head = rest.substr(0, at);
  rest = at == std::string_view::npos ? std::string_view() : rest.substr(at + 1);
  return trimmed(head);
}

/// 0 to 1; what cannot be read is 0.
double weight_in(std::string_view parameters) noexcept {
  while (!parameters.empty()) {
    auto const parameter = take_up_to(parameters, ';');
    if (!parameter.starts_with("q=") && !parameter.starts_with("Q=")) continue;
    double weight = 0;
    auto const number = parameter.substr(2);
    auto const read = std::from_chars(number.data(), number.data() + number.size(), weight,
                                      std::chars_format::fixed);
    return read.ec == std::errc() && weight >= 0 && weight <= 1 ? weight : 0;
  }
  return 1;
}

/// How exactly a range names a type: 0 for not at all, 3 for exactly.
int precision(std::string_view range, std::string_view type) noexcept {
  if (equal_ignoring_case(range, type)) return 3;
  if (range == "*/*") return 1;
  bool const is_any_of_kind =
      range.ends_with("/*") &&
      equal_ignoring_case(range.substr(0, range.size() - 1), type.substr(0, type.find('/') + 1));
  return is_any_of_kind ? 2 : 0;
}

double weight_of(std::string_view accept, std::string_view type) noexcept {
  int best = 0;
  double weight = 0;
  while (!accept.empty()) {
    auto element = take_up_to(accept, ',');
    auto const range = take_up_to(element, ';');
    auto const exactly = precision(range, type);
    if (exactly <= best) continue;
    best = exactly;
    weight = weight_in(element);
  }
  return weight;
}

} // namespace

std::size_t preferred_type(std::string_view accept,
                           std::span<std::string_view const> offers) noexcept {
  std::size_t best = 0;
  double best_weight = 0;
  for (std::size_t i = 0; i < offers.size(); ++i) {
    auto const weight = weight_of(accept, offers[i]);
    if (weight <= best_weight) continue;
    best = i;
    best_weight = weight;
  }
  return best;
}

} // namespace terracat::api

#include "net/coding.hpp"

#include "net/text.hpp"

#include <algorithm>
#include <array>
#include <optional>

namespace terracat::net {
namespace {

using api::Coding;

/// A weight of RFC 9110 12.4.2 in thousandths.
/// \return  nothing if it is not written as the grammar asks
std::optional<int> weight(std::string_view text) noexcept {
  if (text.empty() || text.size() > 5 || (text.front() != '0' && text.front() != '1') ||
      (text.size() > 1 && text[1] != '.')) {
    return std::nullopt;
  }
  int thousandths = (text.front() - '0') * 1000;
  int unit = 100;
  for (char const digit : text.substr(std::min<std::size_t>(text.size(), 2))) {
    if (!is_digit(digit)) return std::nullopt;
    thousandths += (digit - '0') * unit;
    unit /= 10;
  }
  return thousandths > 1000 ? std::nullopt : std::optional(thousandths);
}

/// One element of Accept-Encoding.
struct Offer {
  std::string_view name;
  int weight = 1000;
};

std::optional<Offer> read_offer(std::string_view element) noexcept {
  Offer offer{.name = take_element(element, ';')};
  while (!element.empty()) {
    auto parameter = take_element(element, ';');
    auto const key = take_element(parameter, '=');
    if (!is_equal_ignoring_case(key, "q")) continue;
    auto const given = weight(trimmed(parameter));
    if (!given) return std::nullopt;
    offer.weight = *given;
  }
  return offer.name.empty() ? std::nullopt : std::optional(offer);
}

struct Choice {
  Coding coding;
  std::string_view name;
  std::optional<int> weight;
};

/// In order of preference.
using Choices = std::array<Choice, 4>;

void note(Choices& choices, Offer const& offer) noexcept {
  for (auto& choice : choices) {
    bool const is_named =
        is_equal_ignoring_case(offer.name, choice.name) ||
        (choice.coding == Coding::gzip && is_equal_ignoring_case(offer.name, "x-gzip"));
    if (is_named) choice.weight = offer.weight;
  }
}

} // namespace

Coding preferred_coding(std::string_view accept_encoding) noexcept {
  Choices choices{{{Coding::zstd, "zstd", {}},
                   {Coding::brotli, "br", {}},
                   {Coding::gzip, "gzip", {}},
                   {Coding::identity, "identity", {}}}};
  std::optional<int> any;
  while (!accept_encoding.empty()) {
    auto const offer = read_offer(take_element(accept_encoding));
    if (!offer) continue;
    if (offer->name == "*") any = offer->weight;
    note(choices, *offer);
  }
  Choice best{Coding::identity, {}, 0};
  for (auto const& choice : choices) {
    // Who writes "*" names nothing and may know little: pystac cannot read zstd then.
    bool const is_known_to_all = choice.coding == Coding::gzip || choice.coding == Coding::identity;
    auto const given = choice.weight || !is_known_to_all ? choice.weight : any;
    if (given.value_or(0) > *best.weight) best = {choice.coding, choice.name, given};
  }
  return best.coding;
}

std::string_view token(Coding coding) noexcept {
  switch (coding) {
  case Coding::identity:
    return {};
  case Coding::gzip:
    return "gzip";
  case Coding::brotli:
    return "br";
  case Coding::zstd:
    break;
  }
  return "zstd";
}

bool is_compressible(std::string_view media_type) noexcept {
  auto const type = take_element(media_type, ';');
  constexpr std::array<std::string_view, 10> others{
      "application/json",          "application/xml",
      "application/javascript",    "application/yaml",
      "application/x-ndjson",      "application/n-triples",
      "application/manifest+json", "application/sql",
      "application/wasm",          "application/vnd.mapbox-vector-tile"};
  return type.starts_with("text/") || type.ends_with("+json") || type.ends_with("+xml") ||
         std::ranges::find(others, type) != others.end();
}

} // namespace terracat::net

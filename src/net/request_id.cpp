#include "net/request_id.hpp"

#include "net/text.hpp"

#include <terracat/text.hpp>

#include <algorithm>

namespace terracat::net {
namespace {

bool is_id_character(char character) noexcept {
  return is_letter(character) || is_digit(character) || character == '.' || character == '_' ||
         character == '-';
}

std::mt19937_64 seeded() {
  std::random_device device;
  std::seed_seq seed{device(), device(), device(), device()};
  return std::mt19937_64(seed);
}

} // namespace

bool is_request_id(std::string_view text) noexcept {
  constexpr std::size_t longest = 64;
  return !text.empty() && text.size() <= longest && std::ranges::all_of(text, is_id_character);
}

RequestIds::RequestIds() : random_(seeded()) {}

std::string RequestIds::next() {
  return hexadecimal(random_());
}

} // namespace terracat::net

#include "log/text.hpp"

#include <terracat/json.hpp>
#include <terracat/text.hpp>

#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>
#include <span>

namespace terracat::log {
namespace {

bool is_plain(char character) noexcept {
  return character >= ' ' && character <= '~' && character != '"' && character != '\\';
}

/// The code point of a well-formed sequence of two or three bytes.
char32_t code_point(std::string_view bytes) noexcept {
  auto const byte = [&](std::size_t index) { return static_cast<unsigned char>(bytes[index]); };
  if (bytes.size() == 2) return ((byte(0) & 0x1FU) << 6) | (byte(1) & 0x3FU);
  return ((byte(0) & 0x0FU) << 12) | ((byte(1) & 0x3FU) << 6) | (byte(2) & 0x3FU);
}

bool misleads(char32_t point) noexcept {
  return (point >= 0x7F && point <= 0x9F) ||     // DEL, C1
         (point >= 0x200E && point <= 0x200F) || // marks of direction
         (point >= 0x2028 && point <= 0x202E) || // separators of lines, embeddings and overrides
         (point >= 0x2066 && point <= 0x2069);   // isolates
}

void append_escape(std::string& out, char32_t point) {
  out += "\\u";
  out += hexadecimal(point, 4);
}

std::size_t sequence_length(char lead) noexcept {
  auto const byte = static_cast<unsigned char>(lead);
  return byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
}

/// \param out_of_place  to this end, most significant digit first, with leading zeros
void put_number(std::span<char> out_of_place, std::int64_t number) noexcept {
  for (auto place = out_of_place.rbegin(); place != out_of_place.rend(); ++place) {
    *place = static_cast<char>('0' + number % 10);
    number /= 10;
  }
}

} // namespace

void append_quoted(std::string& out, std::string_view text) {
  if (std::ranges::all_of(text, is_plain)) {
    out += '"';
    out += text;
    out += '"';
    return;
  }
  auto const quoted = json::quoted(text); // well-formed from here on
  for (std::size_t at = 0; at < quoted.size();) {
    auto const sequence = std::string_view(quoted).substr(at, sequence_length(quoted[at]));
    at += sequence.size();
    auto const point = sequence.size() == 1   ? static_cast<char32_t>(sequence.front())
                       : sequence.size() == 4 ? char32_t{0}
                                              : code_point(sequence);
    if (misleads(point)) {
      append_escape(out, point);
    } else {
      out += sequence;
    }
  }
}

void append_timestamp(std::string& out, std::chrono::system_clock::time_point time) {
  using namespace std::chrono;
  auto const milliseconds_since = floor<milliseconds>(time);
  auto const day = floor<days>(milliseconds_since);
  year_month_day const date(day);
  hh_mm_ss const clock(milliseconds_since - day);
  std::array<char, 24> text{'0', '0', '0', '0', '-', '0', '0', '-', '0', '0', 'T', '0',
                            '0', ':', '0', '0', ':', '0', '0', '.', '0', '0', '0', 'Z'};
  std::span const places(text);
  put_number(places.subspan(0, 4), static_cast<int>(date.year()));
  put_number(places.subspan(5, 2), static_cast<unsigned>(date.month()));
  put_number(places.subspan(8, 2), static_cast<unsigned>(date.day()));
  put_number(places.subspan(11, 2), clock.hours().count());
  put_number(places.subspan(14, 2), clock.minutes().count());
  put_number(places.subspan(17, 2), clock.seconds().count());
  put_number(places.subspan(20, 3), clock.subseconds().count());
  out.append(text.data(), text.size());
}

void write_fully(int descriptor, std::string_view bytes) noexcept {
  while (!bytes.empty()) {
    auto const written = ::write(descriptor, bytes.data(), bytes.size());
    if (written > 0) {
      bytes.remove_prefix(static_cast<std::size_t>(written));
    } else if (errno == EAGAIN) {
      pollfd writable{.fd = descriptor, .events = POLLOUT, .revents = 0};
      ::poll(&writable, 1, -1);
    } else if (errno != EINTR) {
      return;
    }
  }
}

} // namespace terracat::log

#include "helper/las.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <string_view>

namespace terracat::helper {
namespace {

using Bytes = std::span<unsigned char const>;

// Where things stand in the header, in bytes.
constexpr std::size_t minor_version = 25;
constexpr std::size_t header_size = 94;
constexpr std::size_t record_count = 100;
constexpr std::size_t point_format = 104;
constexpr std::size_t few_points = 107;  ///< their number as 32 bits
constexpr std::size_t extremes = 179;    ///< of x: greatest, least; then y, z
constexpr std::size_t many_points = 247; ///< their number as 64 bits, since 1.4
constexpr std::size_t shortest_header = 227;
constexpr std::size_t long_header = 255;
constexpr unsigned packed_bits = 0xC0;

// And in a record behind it.
constexpr std::size_t record_head = 54;
constexpr std::size_t record_user = 2;
constexpr std::size_t record_number = 18;
constexpr std::size_t record_length = 20;
constexpr std::string_view projection = "LASF_Projection";
constexpr unsigned wkt_record = 2112;
constexpr unsigned key_record = 34735;

/// \pre it is there; the lowest byte comes first
template<class Number>
Number number_at(Bytes bytes, std::size_t at) noexcept {
  static_assert(std::endian::native == std::endian::little);
  Number out{};
  std::memcpy(&out, bytes.subspan(at, sizeof out).data(), sizeof out);
  return out;
}

/// Of the keys of GeoTIFF, the number of a projected or a geographic system; 0: there is none. A
/// projected system without a number is not the geographic one that it is based on.
int epsg_in(Bytes keys) {
  constexpr std::size_t key = 8; // four numbers: which, where its value lies, how many, the value
  constexpr unsigned model_type = 1024;
  constexpr unsigned model_geographic = 2;
  constexpr unsigned projected = 3072;
  constexpr unsigned geographic = 2048;
  constexpr unsigned user_defined = 32767;
  int out = 0;
  bool is_geographic = true;
  for (std::size_t at = key; at + key <= keys.size(); at += key) {
    auto const which = number_at<std::uint16_t>(keys, at);
    auto const place = number_at<std::uint16_t>(keys, at + 2);
    auto const value = number_at<std::uint16_t>(keys, at + 6);
    if (place != 0 || value == 0) continue;
    if (which == projected && value != user_defined) return value;
    if (which == geographic && value != user_defined) out = value;
    if (which == projected || (which == model_type && value != model_geographic)) {
      is_geographic = false;
    }
  }
  return is_geographic ? out : 0;
}

void read_records(Bytes bytes, std::size_t at, std::uint32_t count, LasHeader& header) {
  constexpr std::uint32_t most = 1'000;
  for (std::uint32_t i = 0; i < std::min(count, most); ++i) {
    if (at > bytes.size() || bytes.size() - at < record_head) return;
    auto const record = bytes.subspan(at);
    auto const length = number_at<std::uint16_t>(record, record_length);
    if (record.size() - record_head < length) return;
    auto const data = record.subspan(record_head, length);
    auto const number = number_at<std::uint16_t>(record, record_number);
    bool const is_projection = std::memcmp(record.data() + record_user, projection.data(),
                                           projection.size()) == 0; // NOLINT
    if (is_projection && number == wkt_record) {
      header.wkt.assign(data.begin(), std::ranges::find(data, '\0'));
    }
    if (is_projection && number == key_record) header.epsg = epsg_in(data);
    at += record_head + length;
  }
}

} // namespace

bool is_las(Bytes bytes) noexcept {
  constexpr std::string_view signature = "LASF";
  return bytes.size() > signature.size() &&
         std::memcmp(bytes.data(), signature.data(), signature.size()) == 0;
}

std::optional<LasHeader> read_las(Bytes bytes) {
  if (!is_las(bytes) || bytes.size() < shortest_header) return std::nullopt;
  auto const size = number_at<std::uint16_t>(bytes, header_size);
  if (size < shortest_header || size > bytes.size()) return std::nullopt;
  LasHeader out;
  out.is_packed = (bytes[point_format] & packed_bits) != 0;
  out.points = number_at<std::uint32_t>(bytes, few_points);
  constexpr unsigned first_with_many = 4;
  if (bytes[minor_version] >= first_with_many && size >= long_header) {
    out.points = number_at<std::uint64_t>(bytes, many_points);
  }
  auto const extreme = [&](std::size_t index) {
    return number_at<double>(bytes, extremes + index * sizeof(double));
  };
  out.box = {extreme(1), extreme(3), extreme(0), extreme(2)};
  bool const is_sound =
      std::ranges::all_of(out.box, [](double value) { return std::isfinite(value); }) &&
      out.box[0] <= out.box[2] && out.box[1] <= out.box[3];
  if (!is_sound) return std::nullopt;
  read_records(bytes, size, number_at<std::uint32_t>(bytes, record_count), out);
  return out;
}

} // namespace terracat::helper

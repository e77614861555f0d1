#include "helper/las.hpp"

#include "support/catch.hpp"

#include <array>
#include <cstring>
#include <vector>

using namespace terracat;

namespace {

using Bytes = std::vector<unsigned char>;

template<class Number>
void put(Bytes& bytes, std::size_t at, Number number) {
  std::memcpy(bytes.data() + at, &number, sizeof number);
}

using Keys = std::vector<std::uint16_t>;

/// LAS 1.2 with seven points between (1, 2) and (3, 4), and a record of keys: EPSG:2154.
Bytes sample(Keys const& keys = {1, 1, 0, 1, 3072, 0, 1, 2154}) {
  Bytes out(227);
  std::memcpy(out.data(), "LASF", 4);
  out[24] = 1;
  out[25] = 2;
  put<std::uint16_t>(out, 94, 227);
  put<std::uint32_t>(out, 100, 1);
  put<std::uint32_t>(out, 107, 7);
  std::size_t at = 179;
  for (double const extreme : {3., 1., 4., 2.}) {
    put(out, at, extreme);
    at += sizeof extreme;
  }
  Bytes record(54);
  std::memcpy(record.data() + 2, "LASF_Projection", 15);
  put<std::uint16_t>(record, 18, 34735);
  put(record, 20, static_cast<std::uint16_t>(2 * keys.size()));
  out.insert(out.end(), record.begin(), record.end());
  for (auto const key : keys) {
    out.resize(out.size() + 2);
    put(out, out.size() - 2, key);
  }
  return out;
}

} // namespace

TEST_CASE("las: a header tells box, points and reference system") {
  auto const header = helper::read_las(sample());
  REQUIRE(header);
  CHECK(header->box == std::array{1., 2., 3., 4.});
  CHECK(header->points == 7);
  CHECK(header->epsg == 2154);
  CHECK(header->wkt.empty());
  CHECK_FALSE(header->is_packed);
}

TEST_CASE("las: wherever a file ends, no more of it is read") {
  auto const whole = sample();
  for (std::size_t length = 0; length < whole.size(); ++length) {
    Bytes const part(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(length));
    auto const header = helper::read_las(part);
    CHECK(header.has_value() == (length >= 227));
    if (header) CHECK(header->epsg == 0);
  }
}

TEST_CASE("las: a header that contradicts itself is none") {
  auto swapped = sample();
  put(swapped, 179, -5.);
  CHECK_FALSE(helper::read_las(swapped));
  auto endless = sample();
  put(endless, 94, std::uint16_t{65535});
  CHECK_FALSE(helper::read_las(endless));
  auto many = sample();
  put(many, 100, std::uint32_t{0xFFFFFFFF});
  auto const header = helper::read_las(many);
  REQUIRE(header);
  CHECK(header->epsg == 2154);
  auto packed = sample();
  packed[104] = 0x83;
  CHECK(helper::read_las(packed)->is_packed);
}

TEST_CASE("las: a projected system without a number is not the one that it is based on") {
  auto const number = [](Keys keys) {
    Keys all{1, 1, 0, static_cast<std::uint16_t>(keys.size() / 4)};
    all.insert(all.end(), keys.begin(), keys.end());
    return helper::read_las(sample(all))->epsg;
  };
  CHECK(number({1024, 0, 1, 2, 2048, 0, 1, 4171}) == 4171);
  CHECK(number({2048, 0, 1, 4171}) == 4171);
  CHECK(number({2048, 0, 1, 4171, 3072, 0, 1, 2154}) == 2154);
  CHECK(number({1024, 0, 1, 1, 2048, 0, 1, 4171, 3072, 0, 1, 2154}) == 2154);
  CHECK(number({2048, 0, 1, 4171, 3072, 0, 1, 32767}) == 0);
  CHECK(number({1024, 0, 1, 1, 2048, 0, 1, 4171}) == 0);
  CHECK(number({2048, 0, 1, 32767}) == 0);
}

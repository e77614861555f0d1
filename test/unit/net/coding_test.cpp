#include "net/coding.hpp"
#include "net/compress.hpp"

#include "decode.hpp"
#include "support/catch.hpp"

#include <array>
#include <random>

using namespace terracat;
using api::Coding;
using net::is_compressible;
using net::preferred_coding;

namespace {

constexpr std::array codings{Coding::gzip, Coding::brotli, Coding::zstd};

std::string json_like(std::size_t size) {
  std::mt19937 random(7);
  std::string text = "[";
  while (text.size() < size) text += R"({"id":)" + std::to_string(random()) + R"(,"type":"x"},)";
  return text;
}

} // namespace

TEST_CASE("the best coding that a client takes is chosen") {
  CHECK(preferred_coding("") == Coding::identity);
  CHECK(preferred_coding("gzip") == Coding::gzip);
  CHECK(preferred_coding("x-gzip") == Coding::gzip);
  CHECK(preferred_coding("gzip, deflate, br, zstd") == Coding::zstd);
  CHECK(preferred_coding("gzip, deflate, br") == Coding::brotli);
  CHECK(preferred_coding("GZIP") == Coding::gzip);
  CHECK(preferred_coding("*") == Coding::gzip);
  CHECK(preferred_coding("*, br") == Coding::brotli);
  CHECK(preferred_coding("deflate") == Coding::identity);
}

TEST_CASE("weights go before our own preference") {
  CHECK(preferred_coding("gzip;q=1.0, br;q=0.9, zstd;q=0.8") == Coding::gzip);
  CHECK(preferred_coding("gzip;q=0.5, br;q=0.501") == Coding::brotli);
  CHECK(preferred_coding("gzip; q=0.5 , identity") == Coding::identity);
  CHECK(preferred_coding("gzip;q=0.5, identity;q=0.4") == Coding::gzip);
  CHECK(preferred_coding("*;q=0.1, gzip;q=0.2") == Coding::gzip);
}

TEST_CASE("what has the weight 0 is not used") {
  CHECK(preferred_coding("gzip;q=0") == Coding::identity);
  CHECK(preferred_coding("zstd;q=0, br;q=0.000, gzip") == Coding::gzip);
  CHECK(preferred_coding("*, gzip;q=0") == Coding::identity);
  CHECK(preferred_coding("gzip;q=0, *;q=0") == Coding::identity);
  CHECK(preferred_coding("identity;q=0") == Coding::identity);
}

TEST_CASE("an element that is badly written is as if it were not there") {
  CHECK(preferred_coding("gzip;q=2, br;q=x, zstd;q=") == Coding::identity);
  CHECK(preferred_coding("gzip;q=0.1234, br;q=.5") == Coding::identity);
  CHECK(preferred_coding(",,;q=1, ,gzip,") == Coding::gzip);
  CHECK(preferred_coding("gzip;x=y;q=0.5") == Coding::gzip);
}

TEST_CASE("texts are worth coding, pictures are not") {
  CHECK(is_compressible("application/json"));
  CHECK(is_compressible("application/geo+json; charset=utf-8"));
  CHECK(is_compressible("text/html"));
  CHECK(is_compressible("image/svg+xml"));
  CHECK_FALSE(is_compressible("image/png"));
  CHECK_FALSE(is_compressible("application/zip"));
  CHECK_FALSE(is_compressible("application/octet-stream"));
  CHECK_FALSE(is_compressible(""));
}

TEST_CASE("a coded text is the text again when it is decoded, and smaller") {
  net::Compressor compressor;
  for (auto const coding : codings) {
    for (std::size_t const size : {0U, 1U, 1500U, 16384U, 100'000U, 3'000'000U}) {
      INFO(static_cast<int>(coding) << ' ' << size);
      auto const text = json_like(size);
      auto const coded = compressor.encode(coding, text);
      CHECK((decoded(coding, coded) == text));
      if (size > 1000) CHECK(coded.size() < text.size() / 2);
    }
  }
}

TEST_CASE("the same text gives the same bytes, whatever was coded before") {
  net::Compressor used;
  for (auto const coding : codings) {
    net::Compressor fresh;
    auto const text = json_like(20'000);
    auto const other = used.encode(coding, json_like(50'000));
    CHECK(other.size() > 1000);
    CHECK((used.encode(coding, text) == fresh.encode(coding, text)));
  }
}

TEST_CASE("each piece of a stream can be decoded when it has come") {
  for (auto const coding : codings) {
    auto const encoder = net::make_encoder(coding);
    std::string coded;
    std::string plain;
    for (int piece = 0; piece < 5; ++piece) {
      auto const text = json_like(70'000);
      encoder->encode(text, false, coded);
      plain += text;
      INFO(static_cast<int>(coding) << ' ' << piece);
      REQUIRE((decoded(coding, coded) == plain));
    }
    encoder->encode("", true, coded);
    CHECK((decoded(coding, coded) == plain));
  }
}

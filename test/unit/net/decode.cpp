#include "decode.hpp"

#include <brotli/decode.h>
#include <zlib.h>
#include <zstd.h>

#include <array>
#include <memory>
#include <stdexcept>

namespace {

thread_local std::array<char, 65536> window;

std::string from_gzip(std::string_view bytes) {
  z_stream stream{};
  if (::inflateInit2(&stream, MAX_WBITS + 16) != Z_OK) throw std::runtime_error("inflate");
  std::unique_ptr<z_stream, int (*)(z_stream*)> const end(&stream, ::inflateEnd);
  std::string in(bytes);
  stream.next_in = reinterpret_cast<Bytef*>(in.data());
  stream.avail_in = static_cast<uInt>(in.size());
  std::string out;
  int code = Z_OK;
  do {
    stream.next_out = reinterpret_cast<Bytef*>(window.data());
    stream.avail_out = static_cast<uInt>(window.size());
    code = ::inflate(&stream, Z_SYNC_FLUSH);
    if (code != Z_OK && code != Z_STREAM_END && code != Z_BUF_ERROR)
      throw std::runtime_error("gzip");
    out.append(window.data(), window.size() - stream.avail_out);
  } while (code == Z_OK && (stream.avail_in > 0 || stream.avail_out == 0));
  return out;
}

std::string from_brotli(std::string_view bytes) {
  std::unique_ptr<BrotliDecoderState, void (*)(BrotliDecoderState*)> const state(
      BrotliDecoderCreateInstance(nullptr, nullptr, nullptr), BrotliDecoderDestroyInstance);
  auto left = bytes.size();
  auto const* next = reinterpret_cast<std::uint8_t const*>(bytes.data());
  std::string out;
  auto result = BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT;
  while (result == BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT ||
         BrotliDecoderHasMoreOutput(state.get()) == BROTLI_TRUE) {
    auto room = window.size();
    auto* to = reinterpret_cast<std::uint8_t*>(window.data());
    result = BrotliDecoderDecompressStream(state.get(), &left, &next, &room, &to, nullptr);
    if (result == BROTLI_DECODER_RESULT_ERROR) throw std::runtime_error("brotli");
    out.append(window.data(), window.size() - room);
  }
  return out;
}

std::string from_zstd(std::string_view bytes) {
  std::unique_ptr<ZSTD_DCtx, std::size_t (*)(ZSTD_DCtx*)> const context(ZSTD_createDCtx(),
                                                                        ZSTD_freeDCtx);
  ZSTD_inBuffer in{bytes.data(), bytes.size(), 0};
  std::string out;
  bool is_full = false;
  do {
    ZSTD_outBuffer to{window.data(), window.size(), 0};
    if (ZSTD_isError(ZSTD_decompressStream(context.get(), &to, &in)) != 0) {
      throw std::runtime_error("zstd");
    }
    out.append(window.data(), to.pos);
    is_full = to.pos == window.size();
  } while (in.pos < in.size || is_full);
  return out;
}

} // namespace

std::string decoded(terracat::api::Coding coding, std::string_view bytes) {
  switch (coding) {
  case terracat::api::Coding::gzip:
    return from_gzip(bytes);
  case terracat::api::Coding::brotli:
    return from_brotli(bytes);
  case terracat::api::Coding::zstd:
    return from_zstd(bytes);
  case terracat::api::Coding::identity:
    break;
  }
  return std::string(bytes);
}

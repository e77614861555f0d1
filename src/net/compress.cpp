#include "net/compress.hpp"

#include <brotli/encode.h>
#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <limits>
#include <new>
#include <stdexcept>

namespace terracat::net {
namespace {

// Chosen by measuring pages of STAC items: the next level of each takes twice as long for one or
// two hundredths less.
constexpr int gzip_level = 3;
constexpr int brotli_level = 2;
constexpr int zstd_level = 3;

constexpr std::size_t window = std::size_t{16} << 10;

/// Grows `out` by a window, lets `fill` write to it, and cuts off what `fill` says it left unused.
template<class Fill>
void append_window(std::string& out, Fill fill) {
  auto const old_size = out.size();
  out.resize(old_size + window);
  std::size_t const unused = fill(out.data() + old_size, window);
  out.resize(out.size() - unused);
}

class GzipEncoder : public Encoder {
 public:
  GzipEncoder() {
    constexpr int gzip_frame = 16; // added to the window's bits
    constexpr int memory_level = 8;
    if (::deflateInit2(&stream_, gzip_level, Z_DEFLATED, MAX_WBITS + gzip_frame, memory_level,
                       Z_DEFAULT_STRATEGY) != Z_OK) {
      throw std::bad_alloc();
    }
  }

  GzipEncoder(GzipEncoder const&) = delete;
  GzipEncoder& operator=(GzipEncoder const&) = delete;
  GzipEncoder(GzipEncoder&&) = delete;
  GzipEncoder& operator=(GzipEncoder&&) = delete;

  ~GzipEncoder() override { ::deflateEnd(&stream_); }

  void restart() override { ::deflateReset(&stream_); }

  void encode(std::string_view piece, bool is_last, std::string& out) override {
    constexpr std::size_t most = std::numeric_limits<uInt>::max();
    do {
      auto const part = piece.substr(0, most);
      piece.remove_prefix(part.size());
      encode_part(part, is_last && piece.empty() ? Z_FINISH : Z_SYNC_FLUSH, out);
    } while (!piece.empty());
  }

 private:
  void encode_part(std::string_view part, int flush, std::string& out) {
    // zlib's interface is older than const; it does not write to its input.
    stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(part.data())); // NOLINT
    stream_.avail_in = static_cast<uInt>(part.size());
    do {
      append_window(out, [&](char* to, std::size_t size) {
        stream_.next_out = reinterpret_cast<Bytef*>(to);
        stream_.avail_out = static_cast<uInt>(size);
        if (::deflate(&stream_, flush) == Z_STREAM_ERROR) throw std::logic_error("deflate misused");
        return stream_.avail_out;
      });
    } while (stream_.avail_out == 0);
  }

  z_stream stream_{};
};

class BrotliEncoder : public Encoder {
 public:
  BrotliEncoder() { make(); }

  /// The library has no way back to the beginning.
  void restart() override { make(); }

  void encode(std::string_view piece, bool is_last, std::string& out) override {
    auto const operation = is_last ? BROTLI_OPERATION_FINISH : BROTLI_OPERATION_FLUSH;
    auto const* next = reinterpret_cast<std::uint8_t const*>(piece.data());
    auto left = piece.size();
    do {
      append_window(out, [&](char* to, std::size_t size) {
        auto* next_out = reinterpret_cast<std::uint8_t*>(to);
        if (BrotliEncoderCompressStream(state_.get(), operation, &left, &next, &size, &next_out,
                                        nullptr) == BROTLI_FALSE) {
          throw std::bad_alloc();
        }
        return size;
      });
    } while (left > 0 || BrotliEncoderHasMoreOutput(state_.get()) == BROTLI_TRUE);
  }

 private:
  struct Destroy {
    void operator()(BrotliEncoderState* state) const noexcept {
      BrotliEncoderDestroyInstance(state);
    }
  };

  void make() {
    state_.reset(BrotliEncoderCreateInstance(nullptr, nullptr, nullptr));
    if (!state_) throw std::bad_alloc();
    BrotliEncoderSetParameter(state_.get(), BROTLI_PARAM_QUALITY, brotli_level);
    BrotliEncoderSetParameter(state_.get(), BROTLI_PARAM_MODE, BROTLI_MODE_TEXT);
  }

  std::unique_ptr<BrotliEncoderState, Destroy> state_;
};

class ZstdEncoder : public Encoder {
 public:
  ZstdEncoder() : context_(ZSTD_createCCtx()) {
    if (!context_) throw std::bad_alloc();
    check(ZSTD_CCtx_setParameter(context_.get(), ZSTD_c_compressionLevel, zstd_level));
  }

  void restart() override { check(ZSTD_CCtx_reset(context_.get(), ZSTD_reset_session_only)); }

  void encode(std::string_view piece, bool is_last, std::string& out) override {
    ZSTD_inBuffer in{piece.data(), piece.size(), 0};
    std::size_t held = 0;
    do {
      append_window(out, [&](char* to, std::size_t size) {
        ZSTD_outBuffer place{to, size, 0};
        held =
            ZSTD_compressStream2(context_.get(), &place, &in, is_last ? ZSTD_e_end : ZSTD_e_flush);
        check(held);
        return size - place.pos;
      });
    } while (held > 0 || in.pos < in.size);
  }

 private:
  struct Free {
    void operator()(ZSTD_CCtx* context) const noexcept { ZSTD_freeCCtx(context); }
  };

  static void check(std::size_t code) {
    if (ZSTD_isError(code) != 0) throw std::runtime_error(ZSTD_getErrorName(code));
  }

  std::unique_ptr<ZSTD_CCtx, Free> context_;
};

} // namespace

std::unique_ptr<Encoder> make_encoder(api::Coding coding) {
  switch (coding) {
  case api::Coding::identity:
    return nullptr;
  case api::Coding::gzip:
    return std::make_unique<GzipEncoder>();
  case api::Coding::brotli:
    return std::make_unique<BrotliEncoder>();
  case api::Coding::zstd:
    break;
  }
  return std::make_unique<ZstdEncoder>();
}

std::string Compressor::encode(api::Coding coding, std::string_view text) {
  auto& encoder = coding == api::Coding::gzip     ? gzip_
                  : coding == api::Coding::brotli ? brotli_
                                                  : zstd_;
  if (encoder) {
    encoder->restart();
  } else {
    encoder = make_encoder(coding);
  }
  std::string out;
  encoder->encode(text, true, out);
  return out;
}

} // namespace terracat::net

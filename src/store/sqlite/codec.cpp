#include "store/sqlite/codec.hpp"

#include "store/sqlite/dictionary.hpp"

#include <terracat/store.hpp>

#include <zstd.h>
#include <zstd_errors.h>

#include <new>
#include <vector>

namespace terracat::store {
namespace {

/// No body and no document is larger; a damaged length must not become an allocation.
constexpr std::size_t longest = std::size_t{256} << 20;

/// Bytes of the buffer that stays.
constexpr std::size_t most_kept = std::size_t{1} << 20;

StoreError corrupt(std::string_view what) {
  return {StoreError::Reason::corrupt, std::string(what) + ": the checksum differs"};
}

void refuse_want_of_memory(std::size_t result) {
  if (ZSTD_getErrorCode(result) == ZSTD_error_memory_allocation) throw std::bad_alloc();
}

} // namespace

struct Codec::Contexts {
  struct Deleter {
    void operator()(ZSTD_CCtx* context) const noexcept { ZSTD_freeCCtx(context); }

    void operator()(ZSTD_DCtx* context) const noexcept { ZSTD_freeDCtx(context); }
  };

  std::vector<char> compressed; ///< room for what is made
  std::unique_ptr<ZSTD_CCtx, Deleter> compression{ZSTD_createCCtx()};
  std::unique_ptr<ZSTD_DCtx, Deleter> decompression{ZSTD_createDCtx()};
};

Codec::Codec() : contexts_(std::make_unique<Contexts>()) {
  if (!contexts_->compression || !contexts_->decompression) throw std::bad_alloc();
  ZSTD_CCtx_setParameter(contexts_->compression.get(), ZSTD_c_compressionLevel, level);
  ZSTD_CCtx_setParameter(contexts_->compression.get(), ZSTD_c_checksumFlag, 1);
}

Codec::Codec(Codec&&) noexcept = default;
Codec& Codec::operator=(Codec&&) noexcept = default;
Codec::~Codec() = default;

std::string Codec::compress(std::string_view bytes, Packing const* dictionary) {
  auto const referred = ZSTD_CCtx_refCDict(contexts_->compression.get(),
                                           dictionary == nullptr ? nullptr : dictionary->get());
  if (ZSTD_isError(referred) != 0) refuse_want_of_memory(referred);
  auto& buffer = contexts_->compressed;
  if (auto const room = ZSTD_compressBound(bytes.size()); buffer.size() < room) buffer.resize(room);
  auto const size = ZSTD_compress2(contexts_->compression.get(), buffer.data(), buffer.size(),
                                   bytes.data(), bytes.size());
  if (ZSTD_isError(size) != 0) {
    refuse_want_of_memory(size);
    throw StoreError(StoreError::Reason::other, std::string("zstd: ") + ZSTD_getErrorName(size));
  }
  std::string out(buffer.data(), size);
  if (buffer.size() > most_kept) contexts_->compressed = {};
  return out;
}

void Codec::decompress(std::string_view compressed, std::string& out, std::string_view what,
                       Unpacking const* dictionary) {
  decompress(compressed, out, out.size(), what, dictionary);
}

void Codec::decompress_over(std::string_view compressed, std::string& out, std::string_view what,
                            Unpacking const* dictionary) {
  decompress(compressed, out, 0, what, dictionary);
}

void Codec::decompress(std::string_view compressed, std::string& out, std::size_t kept,
                       std::string_view what, Unpacking const* dictionary) {
  auto const size = ZSTD_getFrameContentSize(compressed.data(), compressed.size());
  if (size == ZSTD_CONTENTSIZE_ERROR || size == ZSTD_CONTENTSIZE_UNKNOWN || size > longest) {
    throw corrupt(what);
  }
  out.resize(kept + size);
  auto const written = ZSTD_decompress_usingDDict(
      contexts_->decompression.get(), out.data() + kept, size, compressed.data(), compressed.size(),
      dictionary == nullptr ? nullptr : dictionary->get());
  if (written != size) {
    out.resize(kept);
    refuse_want_of_memory(written);
    throw corrupt(what);
  }
}

} // namespace terracat::store

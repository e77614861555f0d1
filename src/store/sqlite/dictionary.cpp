#include "store/sqlite/dictionary.hpp"

#include <terracat/store.hpp>

#define ZSTD_STATIC_LINKING_ONLY // for a Packing in memory of ours
#include <zdict.h>
#include <zstd.h>

#include <algorithm>
#include <new>
#include <string>

namespace terracat::store {
namespace {

/// zstd keeps the smaller ids for dictionaries that everybody knows.
constexpr std::uint32_t first_id = 32'768;

constexpr std::size_t smallest = 1'024;
constexpr std::size_t lesson = 32; ///< bytes that one byte is learned from; of fewer it is by heart

/// The id stands behind the magic number, the least byte first (RFC 8878, 5).
void set_id(std::string& dictionary, std::uint32_t id) {
  for (std::size_t i = 0; i < 4; ++i) {
    dictionary.at(4 + i) = static_cast<char>(id >> (8 * i) & 0xffU);
  }
}

} // namespace

DictionaryNumber dictionary_of(std::string_view compressed) noexcept {
  auto const id = ZSTD_getDictID_fromFrame(compressed.data(), compressed.size());
  return id < first_id ? 0 : id - first_id;
}

void Unpacking::Deleter::operator()(ZSTD_DDict_s* dictionary) const noexcept {
  ZSTD_freeDDict(dictionary);
}

Unpacking::Unpacking(std::string_view bytes)
    : dictionary_(ZSTD_createDDict(bytes.data(), bytes.size())) {
  if (!dictionary_) throw std::bad_alloc();
}

Packing::Packing(std::string_view bytes) {
  // ZSTD_createCDict supposes that size of what will be compressed. It is not called since, before
  // 1.5.6, it writes through a null pointer where it gets no memory.
  constexpr std::size_t supposed = 513;
  auto const parameters = ZSTD_getCParams(level, supposed, bytes.size());
  auto const size = ZSTD_estimateCDictSize_advanced(bytes.size(), parameters, ZSTD_dlm_byCopy);
  memory_ = std::make_unique<std::byte[]>(size);
  dictionary_ = ZSTD_initStaticCDict(memory_.get(), size, bytes.data(), bytes.size(),
                                     ZSTD_dlm_byCopy, ZSTD_dct_auto, parameters);
  if (dictionary_ == nullptr) {
    throw StoreError(StoreError::Reason::other,
                     "zstd: no dictionary of " + std::to_string(bytes.size()) + " bytes");
  }
}

std::optional<std::string> learn_dictionary(std::vector<std::string> const& bodies,
                                            DictionaryNumber number) {
  std::string all;
  std::vector<std::size_t> sizes;
  for (auto const& body : bodies) {
    all += body;
    sizes.push_back(body.size());
  }
  std::string out(std::clamp(all.size() / lesson, smallest, largest_dictionary), '\0');
  auto const size = ZDICT_trainFromBuffer(out.data(), out.size(), all.data(), sizes.data(),
                                          static_cast<unsigned>(sizes.size()));
  if (ZDICT_isError(size) != 0) return std::nullopt;
  out.resize(size);
  set_id(out, first_id + static_cast<std::uint32_t>(number));
  return out;
}

DictionaryCache::Entry DictionaryCache::find(DictionaryNumber number) const {
  std::scoped_lock const lock(mutex_);
  auto const found = entries_.find(number);
  return found == entries_.end() ? nullptr : found->second;
}

void DictionaryCache::add(DictionaryNumber number, Entry entry) {
  std::scoped_lock const lock(mutex_);
  if (entries_.size() >= most) entries_.clear();
  entries_.insert_or_assign(number, std::move(entry));
}

void DictionaryCache::clear() noexcept {
  std::scoped_lock const lock(mutex_);
  entries_.clear();
}

} // namespace terracat::store

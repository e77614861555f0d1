#include "store/sqlite/dictionary.hpp"

#include <zdict.h>
#include <zstd.h>

#include <algorithm>
#include <new>

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

void Packing::Deleter::operator()(ZSTD_CDict_s* dictionary) const noexcept {
  ZSTD_freeCDict(dictionary);
}

Packing::Packing(std::string_view bytes)
    : dictionary_(ZSTD_createCDict(bytes.data(), bytes.size(), level)) {
  if (!dictionary_) throw std::bad_alloc();
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

#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

struct ZSTD_CDict_s;
struct ZSTD_DDict_s;

/// What the bodies of a collection have in common, so that each need not say it again (zstd). A
/// dictionary is a row of `dictionary`; each body that was compressed with one names it.
namespace terracat::store {

/// The number of a row of `dictionary`, never used twice; 0: none.
using DictionaryNumber = std::int64_t;

/// The dictionary that is needed to decompress; 0: none.
[[nodiscard]] DictionaryNumber dictionary_of(std::string_view compressed) noexcept;

/// A dictionary made ready for decompression. Any number of threads may use it at once.
class Unpacking {
 public:
  explicit Unpacking(std::string_view bytes);

  [[nodiscard]] ZSTD_DDict_s const* get() const noexcept { return dictionary_.get(); }

 private:
  struct Deleter {
    void operator()(ZSTD_DDict_s* dictionary) const noexcept;
  };

  std::unique_ptr<ZSTD_DDict_s, Deleter> dictionary_;
};

/// A dictionary made ready for compression.
class Packing {
 public:
  /// What Codec::level makes of bodies is 3 % smaller and takes half as long again.
  static constexpr int level = 1;

  explicit Packing(std::string_view bytes);

  [[nodiscard]] ZSTD_CDict_s const* get() const noexcept { return dictionary_; }

 private:
  std::unique_ptr<std::byte[]> memory_;
  ZSTD_CDict_s const* dictionary_ = nullptr; ///< in memory_
};

/// Larger ones make bodies hardly smaller, and what is read with each body is to stay near.
inline constexpr std::size_t largest_dictionary = 16'384;

/// Makes the dictionary of that number from bodies.
/// \return  nothing if there is too little to learn
[[nodiscard]] std::optional<std::string> learn_dictionary(std::vector<std::string> const& bodies,
                                                          DictionaryNumber number);

/// The dictionaries that readers of one file use, so that each is made ready once, some 40 KB for
/// it. A number must never mean another dictionary as long as a cache lives. Any thread.
class DictionaryCache {
 public:
  /// Shared, for readers may be using what the cache lets go of.
  using Entry = std::shared_ptr<Unpacking const>;

  /// \return  null if it is not here
  [[nodiscard]] Entry find(DictionaryNumber number) const;

  void add(DictionaryNumber number, Entry entry);

  void clear() noexcept;

 private:
  static constexpr std::size_t most = 256;

  mutable std::mutex mutex_;
  std::unordered_map<DictionaryNumber, Entry> entries_;
};

} // namespace terracat::store

#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace terracat::store {

class Packing;
class Unpacking;

/// Compresses what is kept, with zstd's own checksum, for SQLite has none. Keeps its working
/// memory; one thread at a time.
class Codec {
 public:
  static constexpr int level = 3;

  Codec();
  Codec(Codec const&) = delete;
  Codec& operator=(Codec const&) = delete;
  Codec(Codec&&) noexcept;
  Codec& operator=(Codec&&) noexcept;
  ~Codec();

  /// \param dictionary  may be null: without one
  [[nodiscard]] std::string compress(std::string_view bytes, Packing const* dictionary = nullptr);

  /// Appends what `compress` was given.
  /// \param what        names the value in the error
  /// \param dictionary  that it names (dictionary_of); null if it names none
  /// \throws StoreError  corrupt, if it is not what was compressed
  void decompress(std::string_view compressed, std::string& out, std::string_view what,
                  Unpacking const* dictionary = nullptr);

  /// The same in the place of what `out` has; to append fills the place with zeros first.
  void decompress_over(std::string_view compressed, std::string& out, std::string_view what,
                       Unpacking const* dictionary = nullptr);

 private:
  /// Puts it behind the first `kept` bytes, which stay.
  void decompress(std::string_view compressed, std::string& out, std::size_t kept,
                  std::string_view what, Unpacking const* dictionary);

  struct Contexts;
  std::unique_ptr<Contexts> contexts_;
};

} // namespace terracat::store

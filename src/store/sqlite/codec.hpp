#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace terracat::store {

/// Compresses what is kept, with zstd's own checksum, for SQLite has none. Keeps its working
/// memory; one thread at a time.
class Codec {
 public:
  Codec();
  Codec(Codec const&) = delete;
  Codec& operator=(Codec const&) = delete;
  Codec(Codec&&) noexcept;
  Codec& operator=(Codec&&) noexcept;
  ~Codec();

  [[nodiscard]] std::string compress(std::string_view bytes);

  /// Appends what `compress` was given.
  /// \param what  names the value in the error
  /// \throws StoreError  corrupt, if it is not what was compressed
  void decompress(std::string_view compressed, std::string& out, std::string_view what);

 private:
  struct Contexts;
  std::unique_ptr<Contexts> contexts_;
};

} // namespace terracat::store

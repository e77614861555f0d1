#pragma once

#include "api/http.hpp"

#include <memory>
#include <string>
#include <string_view>

namespace terracat::net {

/// Codes a text in pieces. One thread at a time; it may change between two pieces.
class Encoder {
 public:
  Encoder() = default;
  Encoder(Encoder const&) = delete;
  Encoder& operator=(Encoder const&) = delete;
  Encoder(Encoder&&) = delete;
  Encoder& operator=(Encoder&&) = delete;
  virtual ~Encoder() = default;

  /// Appends the coded piece whole, so that a reader gets all of it, and the end of the coding
  /// behind the last one.
  virtual void encode(std::string_view piece, bool is_last, std::string& out) = 0;

  /// Makes ready for another text.
  virtual void restart() = 0;
};

/// \return  null for identity
[[nodiscard]] std::unique_ptr<Encoder> make_encoder(api::Coding coding);

/// Codes whole texts, and keeps what is costly to make (fresh tables cost as much as coding 2 KB).
/// One thread at a time.
class Compressor {
 public:
  /// \param coding  not identity
  [[nodiscard]] std::string encode(api::Coding coding, std::string_view text);

 private:
  std::unique_ptr<Encoder> gzip_;
  std::unique_ptr<Encoder> brotli_;
  std::unique_ptr<Encoder> zstd_;
};

} // namespace terracat::net

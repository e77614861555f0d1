#include "kinds/inflate.hpp"

#include <zlib.h>

#include <algorithm>
#include <limits>
#include <new>

namespace terracat::kinds {
namespace {

/// A stream of zlib with its end.
class Inflater {
 public:
  explicit Inflater(Deflated how) : how_(how) {
    constexpr int window = 15;
    constexpr int with_gzip = 16; // added to the window, as zlib wants it
    auto const bits = how == Deflated::raw ? -window : window + with_gzip;
    if (::inflateInit2(&stream_, bits) != Z_OK) throw std::bad_alloc();
  }

  Inflater(Inflater const&) = delete;
  Inflater& operator=(Inflater const&) = delete;
  Inflater(Inflater&&) = delete;
  Inflater& operator=(Inflater&&) = delete;

  ~Inflater() { ::inflateEnd(&stream_); }

  [[nodiscard]] std::optional<std::string> run(std::string_view bytes, std::size_t most,
                                               std::size_t& made) {
    made = 0;
    if (bytes.size() > std::numeric_limits<uInt>::max()) return std::nullopt;
    // NOLINTNEXTLINE(*-const-cast,*-reinterpret-cast): zlib reads only
    stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
    stream_.avail_in = static_cast<uInt>(bytes.size());
    std::string out;
    while (out.size() <= most) {
      auto const begin = out.size();
      out.resize(begin + std::min(piece, most + 1 - begin));
      // NOLINTNEXTLINE(*-reinterpret-cast)
      stream_.next_out = reinterpret_cast<Bytef*>(out.data() + begin);
      stream_.avail_out = static_cast<uInt>(out.size() - begin);
      auto result = ::inflate(&stream_, Z_NO_FLUSH);
      while (result == Z_STREAM_END && begins_member()) result = next_member();
      if (result == Z_MEM_ERROR) throw std::bad_alloc();
      bool const is_full = stream_.avail_out == 0;
      out.resize(out.size() - stream_.avail_out);
      made = out.size();
      if (result == Z_STREAM_END) {
        return out.size() > most || !is_at_end() ? std::nullopt : std::optional(std::move(out));
      }
      if (result != Z_OK || !is_full) return std::nullopt;
    }
    return std::nullopt;
  }

 private:
  static constexpr std::size_t piece = std::size_t{256} << 10;

  [[nodiscard]] std::string_view rest() const noexcept {
    // NOLINTNEXTLINE(*-reinterpret-cast)
    return {reinterpret_cast<char const*>(stream_.next_in), stream_.avail_in};
  }

  /// A file of gzip may be several, one behind the other.
  [[nodiscard]] bool begins_member() const noexcept {
    return how_ == Deflated::gzip && starts_like_gzip(rest());
  }

  /// \return  of `inflate`; without room left the member is only begun
  [[nodiscard]] int next_member() noexcept {
    if (::inflateReset(&stream_) != Z_OK) return Z_STREAM_ERROR;
    return stream_.avail_out == 0 ? Z_OK : ::inflate(&stream_, Z_NO_FLUSH);
  }

  /// Zeros may fill up the last block of a file of gzip.
  [[nodiscard]] bool is_at_end() const noexcept {
    return how_ == Deflated::raw || rest().find_first_not_of('\0') == std::string_view::npos;
  }

  Deflated how_;
  z_stream stream_{};
};

} // namespace

bool starts_like_gzip(std::string_view bytes) noexcept {
  return bytes.starts_with("\x1f\x8b\x08");
}

std::optional<std::string> inflated(std::string_view bytes, Deflated how, std::size_t most,
                                    std::size_t& made) {
  return Inflater(how).run(bytes, most, made);
}

std::optional<std::string> inflated(std::string_view bytes, Deflated how, std::size_t most) {
  std::size_t made = 0;
  return inflated(bytes, how, most, made);
}

std::uint32_t checksum_of(std::string_view bytes) noexcept {
  // NOLINTNEXTLINE(*-reinterpret-cast): zlib reads bytes as unsigned
  auto const* const begin = reinterpret_cast<Bytef const*>(bytes.data());
  return static_cast<std::uint32_t>(::crc32_z(0, begin, bytes.size()));
}

} // namespace terracat::kinds

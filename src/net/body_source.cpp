#include "net/body_source.hpp"

#include <unistd.h>

#include <cerrno>
#include <stdexcept>
#include <system_error>

namespace terracat::net {
namespace {

/// A stream's own pieces may be as small as a line: as many as make up a good write are taken
/// together, unless that takes so long that the client had better see something.
class StreamSource : public BodySource {
 public:
  StreamSource(api::Stream stream, api::Coding coding)
      : stream_(std::move(stream)), encoder_(make_encoder(coding)) {}

  void fill(Piece& piece, Tools const& tools) override {
    constexpr std::size_t enough = std::size_t{64} << 10;
    constexpr std::chrono::milliseconds patience{100};
    auto& plain = encoder_ ? plain_ : piece.bytes;
    piece.bytes.clear();
    plain.clear();
    auto const end = Clock::now() + patience;
    bool has_more = true;
    while (has_more && plain.size() < enough && Clock::now() < end) {
      has_more = stream_.pull(plain, tools.worker);
    }
    piece.is_last = !has_more;
    if (encoder_) encoder_->encode(plain, piece.is_last, piece.bytes);
  }

 private:
  api::Stream stream_;
  std::unique_ptr<Encoder> encoder_;
  std::string plain_;
};

class FileSource : public BodySource {
 public:
  explicit FileSource(api::FileRange range) : range_(std::move(range)) {}

  void fill(Piece& piece, Tools const&) override {
    constexpr std::uint64_t most = std::uint64_t{256} << 10;
    piece.bytes.resize(static_cast<std::size_t>(std::min(range_.length, most)));
    read_into(piece.bytes);
    range_.offset += piece.bytes.size();
    range_.length -= piece.bytes.size();
    piece.is_last = range_.length == 0;
  }

 private:
  void read_into(std::string& bytes) const {
    for (std::size_t done = 0; done < bytes.size();) {
      auto const count = ::pread(*range_.descriptor, bytes.data() + done, bytes.size() - done,
                                 static_cast<off_t>(range_.offset + done));
      if (count > 0) {
        done += static_cast<std::size_t>(count);
      } else if (count == 0) {
        throw std::runtime_error("the file has become shorter than was announced");
      } else if (errno != EINTR) {
        throw std::system_error(errno, std::generic_category(), "the file could not be read");
      }
    }
  }

  api::FileRange range_;
};

} // namespace

std::unique_ptr<BodySource> make_source(api::Stream stream, api::Coding coding) {
  return std::make_unique<StreamSource>(std::move(stream), coding);
}

std::unique_ptr<BodySource> make_source(api::FileRange range) {
  return std::make_unique<FileSource>(std::move(range));
}

} // namespace terracat::net

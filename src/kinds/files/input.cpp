#include "kinds/files/input.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <istream>
#include <system_error>

namespace terracat::kinds::files {
namespace {

constexpr std::size_t buffer_bytes = std::size_t{64} << 10;

[[noreturn]] void fail(int error) {
  throw std::system_error(error, std::generic_category());
}

class FileInput : public Input {
 public:
  explicit FileInput(std::filesystem::path const& path)
      // Without waiting for a writer, should the name be a pipe.
      : descriptor_(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)) {
    if (descriptor_ < 0) fail(errno);
    if (::fstat(descriptor_, &about_) != 0 || !S_ISREG(about_.st_mode)) {
      ::close(descriptor_);
      fail(EINVAL);
    }
  }

  FileInput(FileInput const&) = delete;
  FileInput& operator=(FileInput const&) = delete;
  FileInput(FileInput&&) = delete;
  FileInput& operator=(FileInput&&) = delete;

  ~FileInput() override { ::close(descriptor_); }

  [[nodiscard]] std::size_t read(std::span<char> into) override {
    while (true) {
      auto const length = ::read(descriptor_, into.data(), into.size());
      if (length >= 0) return static_cast<std::size_t>(length);
      if (errno != EINTR) fail(errno);
    }
  }

  [[nodiscard]] std::string stamp() const override {
    return std::to_string(about_.st_size) + ':' + std::to_string(about_.st_mtim.tv_sec) + '.' +
           std::to_string(about_.st_mtim.tv_nsec);
  }

 private:
  int descriptor_;

  struct stat about_ {};
};

class StreamInput : public Input {
 public:
  explicit StreamInput(std::istream& stream) : stream_(stream) {}

  [[nodiscard]] std::size_t read(std::span<char> into) override {
    stream_.read(into.data(), static_cast<std::streamsize>(into.size()));
    if (stream_.bad()) fail(EIO);
    return static_cast<std::size_t>(stream_.gcount());
  }

 private:
  std::istream& stream_;
};

} // namespace

std::unique_ptr<Input> open_file(std::filesystem::path const& path) {
  return std::make_unique<FileInput>(path);
}

std::unique_ptr<Input> open_stream(std::istream& stream) {
  return std::make_unique<StreamInput>(stream);
}

Buffered::Buffered(std::unique_ptr<Input> input)
    : input_(std::move(input)), buffer_(buffer_bytes) {}

std::string_view Buffered::window() {
  if (begin_ == end_) {
    begin_ = 0;
    end_ = input_->read(buffer_);
  }
  return seen();
}

std::string_view Buffered::head() {
  while (end_ < buffer_.size()) {
    auto const more = input_->read(std::span(buffer_).subspan(end_));
    if (more == 0) break;
    end_ += more;
  }
  return seen();
}

std::string Buffered::take(std::size_t most) {
  std::string out;
  while (out.size() < most) {
    auto const piece = window().substr(0, most - out.size());
    if (piece.empty()) break;
    out += piece;
    consume(piece.size());
  }
  return out;
}

} // namespace terracat::kinds::files

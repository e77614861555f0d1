#pragma once

#include <cstddef>
#include <filesystem>
#include <iosfwd>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace terracat::kinds::files {

/// Bytes from the beginning to the end, once.
class Input {
 public:
  Input() = default;
  Input(Input const&) = delete;
  Input& operator=(Input const&) = delete;
  Input(Input&&) = delete;
  Input& operator=(Input&&) = delete;
  virtual ~Input() = default;

  /// \return  0 at the end
  /// \throws std::system_error  if the bytes cannot be read
  [[nodiscard]] virtual std::size_t read(std::span<char> into) = 0;

  /// Changes when the content does; empty if nothing can be said.
  [[nodiscard]] virtual std::string stamp() const { return {}; }
};

/// Opens a regular file; nothing else, and no symbolic link.
/// \throws std::system_error  if that is not possible
[[nodiscard]] std::unique_ptr<Input> open_file(std::filesystem::path const& path);

/// \param stream  must outlive the input
[[nodiscard]] std::unique_ptr<Input> open_stream(std::istream& stream);

/// An input with its next bytes in sight.
class Buffered {
 public:
  explicit Buffered(std::unique_ptr<Input> input);

  /// What is there already, or the next piece of it; empty at the end only. Valid until the next
  /// call.
  [[nodiscard]] std::string_view window();

  void consume(std::size_t bytes) noexcept { begin_ += bytes; }

  /// The beginning, as far as it fits into the buffer. Only before anything was consumed.
  [[nodiscard]] std::string_view head();

  /// The rest, or its first `most` bytes if it is longer.
  [[nodiscard]] std::string take(std::size_t most);

 private:
  [[nodiscard]] std::string_view seen() const noexcept {
    return {buffer_.data() + begin_, end_ - begin_};
  }

  std::unique_ptr<Input> input_;
  std::vector<char> buffer_;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
};

} // namespace terracat::kinds::files

#pragma once

#include <terracat/finding.hpp>

#include <boost/system/result.hpp>

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

namespace terracat::vocabulary {

/// A document, read from its beginning to its end: it may be larger than memory.
class Document {
 public:
  /// \param text  outlives it
  explicit Document(std::string_view text) noexcept : text_(text), size_(text.size()) {}

  /// \return  file_unreadable if it is no file that can be read, too_large
  [[nodiscard]] static boost::system::result<Document, Finding>
  open(std::filesystem::path const& path);

  [[nodiscard]] std::uintmax_t size() const noexcept { return size_; }

  /// What comes next, up to so many bytes. \return  empty at the end, and if it cannot be read
  [[nodiscard]] std::string read(std::size_t most);

  /// The next read begins at the beginning again.
  void rewind();

  /// True once a part of it could not be read.
  [[nodiscard]] bool is_broken() const noexcept { return is_broken_; }

  /// All of it. \return  file_unreadable, or too_large if it has more bytes
  [[nodiscard]] boost::system::result<std::string, Finding> whole(std::size_t most);

 private:
  Document(std::ifstream file, std::uintmax_t size) : file_(std::move(file)), size_(size) {}

  std::string_view text_;
  std::size_t at_ = 0; ///< in text_
  std::ifstream file_; ///< open if it is a file
  std::uintmax_t size_;
  bool is_broken_ = false;
};

/// Without a byte order mark and blanks at its beginning.
[[nodiscard]] std::string_view beginning_of(std::string_view text) noexcept;

} // namespace terracat::vocabulary

#pragma once

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <stdexcept>
#include <string>
#include <vector>

/// A file in memory that logs write to. They append: two threads that write to a file in memory
/// at its own position overwrite one another, which the kernel prevents only in files of a folder.
class Captured {
 public:
  Captured() : descriptor_(::memfd_create("log", MFD_CLOEXEC)) {
    if (::fcntl(descriptor_, F_SETFL, O_APPEND) != 0) {
      throw std::runtime_error("there is no file for the log");
    }
  }

  Captured(Captured const&) = delete;
  Captured& operator=(Captured const&) = delete;
  Captured(Captured&&) = delete;
  Captured& operator=(Captured&&) = delete;

  ~Captured() { ::close(descriptor_); }

  [[nodiscard]] int descriptor() const noexcept { return descriptor_; }

  [[nodiscard]] std::string text() const {
    struct stat file {};

    if (::fstat(descriptor_, &file) != 0) throw std::runtime_error("the log cannot be read");
    std::string bytes(static_cast<std::size_t>(file.st_size), '\0');
    auto const read = ::pread(descriptor_, bytes.data(), bytes.size(), 0);
    bytes.resize(read < 0 ? 0 : static_cast<std::size_t>(read));
    return bytes;
  }

  [[nodiscard]] std::vector<std::string> lines() const {
    auto const bytes = text();
    std::vector<std::string> lines;
    for (std::size_t start = 0; start < bytes.size();) {
      auto const end = bytes.find('\n', start);
      lines.push_back(bytes.substr(start, end - start));
      start = end == std::string::npos ? bytes.size() : end + 1;
    }
    return lines;
  }

 private:
  int descriptor_;
};

#pragma once

#include <sys/mman.h>
#include <unistd.h>

#include <string>
#include <vector>

/// A file in memory that a log writes to.
class Captured {
 public:
  Captured() : descriptor_(::memfd_create("log", MFD_CLOEXEC)) {}

  Captured(Captured const&) = delete;
  Captured& operator=(Captured const&) = delete;
  Captured(Captured&&) = delete;
  Captured& operator=(Captured&&) = delete;

  ~Captured() { ::close(descriptor_); }

  [[nodiscard]] int descriptor() const noexcept { return descriptor_; }

  [[nodiscard]] std::string text() const {
    std::string bytes(static_cast<std::size_t>(::lseek(descriptor_, 0, SEEK_END)), '\0');
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

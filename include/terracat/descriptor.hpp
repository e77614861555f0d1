#pragma once

#include <unistd.h>

#include <utility>

namespace terracat {

/// A file descriptor that is closed with its object.
class Descriptor {
 public:
  explicit Descriptor(int number = -1) noexcept : number_(number) {}

  Descriptor(Descriptor const&) = delete;
  Descriptor& operator=(Descriptor const&) = delete;

  Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}

  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(number_, other.number_);
    return *this;
  }

  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }

  /// Negative: none is held.
  [[nodiscard]] int number() const noexcept { return number_; }

 private:
  int number_;
};

} // namespace terracat

#pragma once

#include <cstdint>
#include <stdexcept>
#include <string>

namespace terracat::store {

/// The store cannot do what was asked: a full disc, a damaged file. Its message is for the log.
class StoreError : public std::runtime_error {
 public:
  enum class Reason : std::uint8_t { io, full, corrupt, locked, read_only, other };

  StoreError(Reason reason, std::string const& message)
      : std::runtime_error(message), reason_(reason) {}

  [[nodiscard]] Reason reason() const noexcept { return reason_; }

 private:
  Reason reason_;
};

/// The deadline passed in the middle of a read.
class DeadlinePassed : public std::runtime_error {
 public:
  DeadlinePassed() : std::runtime_error("the deadline has passed") {}
};

} // namespace terracat::store

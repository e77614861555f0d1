#pragma once

#include <mutex>

namespace terracat::test {

/// A value that is reached through its lock only.
template<class Value>
class Guarded {
 public:
  class Access {
   public:
    explicit Access(Guarded& guarded) : lock_(guarded.mutex_), value_(guarded.value_) {}

    Value* operator->() const noexcept { return &value_; }

    Value& operator*() const noexcept { return value_; }

   private:
    std::unique_lock<std::mutex> lock_;
    Value& value_;
  };

  [[nodiscard]] Access lock() { return Access(*this); }

 private:
  std::mutex mutex_;
  Value value_;
};

} // namespace terracat::test

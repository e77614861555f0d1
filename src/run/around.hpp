#pragma once

#include <terracat/kind.hpp>

#include <memory>
#include <string>
#include <utility>

namespace terracat::run {

/// A harvester around another one, of which all is told but what a class that derives from it tells
/// otherwise.
class Around : public kinds::Harvester {
 public:
  explicit Around(std::unique_ptr<kinds::Harvester> harvester) : harvester_(std::move(harvester)) {}

  [[nodiscard]] bool complete() const noexcept override { return harvester_->complete(); }

  [[nodiscard]] std::string cursor() const override { return harvester_->cursor(); }

  [[nodiscard]] kinds::Coverage coverage() const noexcept override {
    return harvester_->coverage();
  }

 protected:
  [[nodiscard]] kinds::Harvester& inner() noexcept { return *harvester_; }

 private:
  std::unique_ptr<kinds::Harvester> harvester_;
};

} // namespace terracat::run

#pragma once

#include <atomic>
#include <cstddef>
#include <memory>
#include <utility>
#include <vector>

namespace terracat::catalogue {

/// A list of blocks whose copies share them, until one of the copies changes a block: it makes
/// that one its own first. So a copy costs a pointer for each block. Copies may be used on
/// different threads.
template<class Block>
class SharedBlocks {
 public:
  SharedBlocks() = default;

  SharedBlocks(SharedBlocks const& other)
      : blocks_(other.blocks_), are_own_(other.blocks_.size(), false) {
    other.is_copied_.store(true, std::memory_order_relaxed);
  }

  SharedBlocks(SharedBlocks&& other) noexcept
      : blocks_(std::move(other.blocks_)),
        are_own_(std::move(other.are_own_)),
        is_copied_(other.is_copied_.load(std::memory_order_relaxed)) {}

  SharedBlocks& operator=(SharedBlocks const& other) {
    *this = SharedBlocks(other);
    return *this;
  }

  SharedBlocks& operator=(SharedBlocks&& other) noexcept {
    blocks_.swap(other.blocks_);
    are_own_.swap(other.are_own_);
    auto const is_copied = is_copied_.load(std::memory_order_relaxed);
    is_copied_.store(other.is_copied_.exchange(is_copied, std::memory_order_relaxed),
                     std::memory_order_relaxed);
    return *this;
  }

  ~SharedBlocks() = default;

  /// \return  null if there is none
  [[nodiscard]] Block const* find(std::size_t place) const noexcept {
    return place < blocks_.size() ? blocks_[place].get() : nullptr;
  }

  /// The block to be changed: an empty one if there was none. Valid until the next call.
  [[nodiscard]] Block& own(std::size_t place) {
    if (is_copied_.exchange(false, std::memory_order_relaxed)) {
      are_own_.assign(blocks_.size(), false);
    }
    if (place >= blocks_.size()) {
      blocks_.resize(place + 1);
      are_own_.resize(place + 1, false);
    }
    auto& block = blocks_[place];
    if (!are_own_[place]) {
      block = block ? std::make_shared<Block>(*block) : std::make_shared<Block>();
      are_own_[place] = true;
    }
    return *block;
  }

  void drop(std::size_t place) noexcept {
    if (place < blocks_.size()) blocks_[place].reset();
    // An own place without a block would be taken for one.
    if (place < are_own_.size()) are_own_[place] = false;
  }

  /// Blocks have places below this.
  [[nodiscard]] std::size_t end() const noexcept { return blocks_.size(); }

 private:
  std::vector<std::shared_ptr<Block>> blocks_;  ///< changed only where they are own
  std::vector<bool> are_own_;                   ///< of each block: no copy has it
  mutable std::atomic<bool> is_copied_ = false; ///< since then: none is own any more
};

} // namespace terracat::catalogue

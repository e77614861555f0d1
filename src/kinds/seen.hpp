#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>

namespace terracat::kinds {

/// A hash that is the same in every version and on every machine, of 48 bits: among 20,000 ids the
/// odds that any two share one are below one to a million.
[[nodiscard]] std::uint64_t stable_hash(std::string_view text) noexcept;

/// Which ids a run has brought. Only hashes are kept, so that a checkpoint can hold them.
class SeenIds {
 public:
  /// A checkpoint is written with every page and must stay small; it holds no more ids than this.
  static constexpr std::size_t most_in_text = 20'000;

  /// \return  false if the id had been seen
  bool insert(std::string_view id) { return hashes_.insert(stable_hash(id)).second; }

  /// \return  false if the id had not been seen
  bool erase(std::string_view id) { return hashes_.erase(stable_hash(id)) > 0; }

  [[nodiscard]] bool contains(std::string_view id) const {
    return hashes_.contains(stable_hash(id));
  }

  [[nodiscard]] std::size_t size() const noexcept { return hashes_.size(); }

  /// \return  nothing if there are too many
  [[nodiscard]] std::optional<std::string> to_text() const;

  /// \return  nothing if the text is not one of to_text
  [[nodiscard]] static std::optional<SeenIds> from_text(std::string_view text);

 private:
  std::unordered_set<std::uint64_t> hashes_;
};

} // namespace terracat::kinds

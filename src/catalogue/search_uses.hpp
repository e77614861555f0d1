#pragma once

#include <cstddef>
#include <map>
#include <mutex>
#include <span>
#include <string>
#include <vector>

namespace terracat::catalogue {

/// What searches looked for in bodies, since no index has it.
struct PropertyUse {
  std::size_t searches = 0;
  std::size_t refused = 0; ///< that took longer than they may
  std::size_t bodies = 0; ///< items that were looked into; unknown, and 0, if the index had no part
  double seconds = 0;     ///< of all of them
};

/// Counts these by property, since the program started. A search that looked for several counts for
/// each of them. Thread-safe.
class SearchUses {
 public:
  void count(std::span<std::string const> properties, PropertyUse const& use);

  /// What took the longest first.
  [[nodiscard]] std::vector<std::pair<std::string, PropertyUse>> all() const;

 private:
  /// More are not told apart: who asks makes the names.
  static constexpr std::size_t most_properties = 1'000;

  mutable std::mutex mutex_; ///< guards uses_
  std::map<std::string, PropertyUse> uses_;
};

} // namespace terracat::catalogue

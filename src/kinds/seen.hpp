#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace terracat::kinds {

/// A hash that is the same in every version and on every machine, of 48 bits: the odds that any two
/// share one are below one to a million among 20,000 ids, and one to 2,000 among 500,000.
[[nodiscard]] std::uint64_t stable_hash(std::string_view text) noexcept;

/// Which ids a run has brought. Only hashes are kept, so that a checkpoint can hold them.
class SeenIds {
 public:
  /// A checkpoint holds no more ids than this: six megabytes. `run::Sparing` sees to it that not
  /// every one of such size is stored.
  static constexpr std::size_t most_in_text = 500'000;

  /// \return  false if the id had been seen
  bool insert(std::string_view id) { return insert(stable_hash(id)); }

  /// \return  false if the id had not been seen
  bool erase(std::string_view id);

  [[nodiscard]] bool contains(std::string_view id) const {
    return places_.contains(stable_hash(id));
  }

  [[nodiscard]] std::size_t size() const noexcept { return places_.size(); }

  /// Valid until something else is seen. \return  nothing if there are too many
  [[nodiscard]] std::optional<std::string_view> to_text() const;

  /// \return  nothing if the text is not one of to_text
  [[nodiscard]] static std::optional<SeenIds> from_text(std::string_view text);

 private:
  bool insert(std::uint64_t hash);

  std::unordered_map<std::uint64_t, std::size_t> places_; ///< of each hash in the text
  std::string text_; ///< it is asked for with every page, and costs most of them nothing
};

} // namespace terracat::kinds

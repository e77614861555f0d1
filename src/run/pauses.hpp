#pragma once

#include <terracat/instant.hpp>

#include <cstddef>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace terracat::run {

/// A source that an operator wants to be left alone until he says otherwise.
struct Pause {
  std::string source;
  model::Instant since{0};
  std::string reason; ///< may be empty; `longest_reason` at most
};

constexpr std::size_t longest_reason = 1'000; ///< letters

/// The sources that are paused, in a small file beside the catalogue: what an operator said of this
/// machine outlives the process, and backups do not carry it elsewhere. Thread-safe.
class Pauses {
 public:
  /// \param catalogue  its path; "memory:": pauses end with the process
  /// \throws store::StoreError  if there is a file that cannot be read, or says something else
  explicit Pauses(std::string const& catalogue);

  [[nodiscard]] std::vector<Pause> all() const;
  [[nodiscard]] std::optional<Pause> of(std::string_view source) const;

  /// \pre the reason is not too long
  /// \return  false if it is paused already; the reason is the new one then
  /// \throws store::StoreError  if the file cannot be written, or if so much would not be read
  ///                            again; then all is as it was
  bool put(Pause pause);

  /// \return  false if it was not paused
  /// \throws store::StoreError  likewise
  bool remove(std::string_view source);

 private:
  void keep(std::vector<Pause> next);

  std::string path_;         ///< empty: nowhere
  mutable std::mutex mutex_; ///< guards pauses_, and the file
  std::vector<Pause> pauses_;
};

} // namespace terracat::run

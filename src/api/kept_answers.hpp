#pragma once

#include "api/http.hpp"

#include <cstddef>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

namespace terracat::api {

/// Answers of routes that say so (Route::is_kept), under their addresses and entity tags: who would
/// be given the same tag is given the same answer. Nothing has to be taken out when the catalogue
/// changes, for then its tags are others, under which nothing is found. Bounded: what was not asked
/// for lately goes first. Thread-safe.
class KeptAnswers {
 public:
  /// \param most_bytes  of all bodies, about
  explicit KeptAnswers(std::size_t most_bytes = std::size_t{8} << 20) noexcept
      : most_bytes_(most_bytes) {}

  /// \return  null if it is not kept
  [[nodiscard]] std::shared_ptr<Reply const> find(std::string const& address,
                                                  std::string const& tag);

  /// Keeps a copy, unless it has no tag or its body is no text, or too large a part of all.
  void keep(std::string const& address, Reply const& reply);

 private:
  using Answers = std::unordered_map<std::string, std::shared_ptr<Reply const>>;

  /// \pre mutex_ is held
  void put(std::string const& key, std::shared_ptr<Reply const> reply);

  std::size_t const most_bytes_;
  std::mutex mutex_; ///< guards those below
  Answers young_;    ///< asked for since the others were young
  Answers old_;
  std::size_t young_bytes_ = 0;
};

} // namespace terracat::api

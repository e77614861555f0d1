#pragma once

#include "kinds/seen.hpp"

#include <terracat/json.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

/// What the checkpoints of all kinds share: a JSON object with the version of its members and a
/// fingerprint of the query, which is all that its places refer to (the address, what is chosen
/// from it, the order). Places in one query mean nothing in another.
namespace terracat::kinds {

/// A checkpoint to be filled and ended.
[[nodiscard]] json::Writer begin_checkpoint(std::int64_t version, std::string_view query);

/// A checkpoint that is gone on from.
class Checkpoint {
 public:
  /// \throws StaleCheckpoint  if the text is none of this version and query
  Checkpoint(std::string_view text, std::int64_t version, std::string_view query);

  [[nodiscard]] json::Value root() const noexcept { return document_.root(); }

  /// \return  nothing if there is no such member, or if it is no whole number from 0 on
  [[nodiscard]] std::optional<std::size_t> count(std::string_view name) const;

  /// \throws StaleCheckpoint  if there is none
  [[nodiscard]] std::size_t needed_count(std::string_view name) const;

  /// \return  false if there is no such member
  [[nodiscard]] bool flag(std::string_view name) const;

  /// \return  none if there is no such member
  /// \throws StaleCheckpoint  if there is one and it is none of SeenIds::to_text
  [[nodiscard]] std::optional<SeenIds> ids(std::string_view name) const;

 private:
  json::Document document_;
};

} // namespace terracat::kinds

#pragma once

#include "net/pool.hpp"

#include <memory>
#include <string>

namespace terracat::net {

/// Some of a long body.
struct Piece {
  std::string bytes; ///< may be empty
  bool is_last = false;
};

/// A body that is made while it is being sent.
class BodySource {
 public:
  BodySource() = default;
  BodySource(BodySource const&) = delete;
  BodySource& operator=(BodySource const&) = delete;
  BodySource(BodySource&&) = delete;
  BodySource& operator=(BodySource&&) = delete;
  virtual ~BodySource() = default;

  /// Replaces `piece` by the next one. Runs on a heavy thread, for it may block.
  /// \throws  anything, if the body cannot be made to its end
  virtual void fill(Piece& piece, Tools const& tools) = 0;
};

[[nodiscard]] std::unique_ptr<BodySource> make_source(api::Stream stream, api::Coding coding);
[[nodiscard]] std::unique_ptr<BodySource> make_source(api::FileRange range);

} // namespace terracat::net

#pragma once

#include "kinds/seen.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace terracat::kinds::peer {

/// A place in the history of another catalogue, as its cursors say it.
struct Cursor {
  std::string epoch; ///< 16 hexadecimal digits
  std::int64_t sequence = 0;
  std::optional<std::int64_t> began = {}; ///< of a walk from the beginning on

  /// \return  nothing if the text is no cursor
  [[nodiscard]] static std::optional<Cursor> parse(std::string_view text);

  [[nodiscard]] std::string text() const;
};

/// What a walk through a feed is for.
enum class Purpose : std::uint8_t {
  everything, ///< from the beginning on
  changes,    ///< behind the cursor of a complete one
};

/// How far a walk has come, and what it has met.
class Walk {
 public:
  explicit Walk(Purpose purpose) : purpose_(purpose) {}

  /// \throws StaleCheckpoint  if it is none of to_checkpoint, of another query or purpose
  Walk(Purpose purpose, std::string_view checkpoint, std::string_view query);

  [[nodiscard]] std::string to_checkpoint(std::string_view query) const;

  /// For who asks for changes behind this walk. \pre it is over
  [[nodiscard]] std::string to_cursor(std::string_view query) const;

  [[nodiscard]] Purpose purpose() const noexcept { return purpose_; }

  /// Nothing: at the beginning.
  [[nodiscard]] std::optional<Cursor> const& place() const noexcept { return place_; }

  [[nodiscard]] bool is_over() const noexcept { return is_over_; }

  [[nodiscard]] std::size_t told() const noexcept { return told_; }

  /// \return  false if the place does not lie ahead, in the same history
  [[nodiscard]] bool may_go_to(Cursor const& next) const;
  void go_to(Cursor next, std::size_t told);

  void end() noexcept { is_over_ = true; }

  /// Something is missing of it, whatever it comes to.
  void doubt() noexcept { is_doubtful_ = true; }

  // What is there, and what has gone. Collection: of an item.
  void note_record(std::string_view id) { records_.insert(id); }

  void note_item(std::string_view collection, std::string_view id);
  void forget_record(std::string_view id);
  void forget_item(std::string_view collection, std::string_view id);

  /// \param made  a number that grows from one record that is made to the next
  /// \return  true if it was made after all that the complete walk before was told, and the walk
  ///          did not know: what bore its name then was another
  [[nodiscard]] bool is_made_anew(std::string_view id, std::int64_t made);

  /// \return  true if it was made after all that the complete walk before was told
  [[nodiscard]] bool is_recent(std::int64_t made) const noexcept {
    return purpose_ == Purpose::changes && known_ > 0 && made > known_;
  }

  /// Whether all was told, once it is over. \param records, items  that there are, as the feed says
  void compare(std::size_t records, std::optional<std::size_t> items);

  [[nodiscard]] bool is_complete() const noexcept { return is_over_ && !is_doubtful_; }

 private:
  Purpose purpose_;
  std::optional<Cursor> place_;
  std::size_t told_ = 0; ///< changes
  bool is_over_ = false;
  bool is_doubtful_ = false;
  SeenIds records_;
  SeenIds items_;
  bool knows_all_ = true;    ///< false once there were too many ids for a checkpoint
  std::int64_t known_ = 0;   ///< of what was made last, as of the complete walk before; 0: none was
  std::int64_t highest_ = 0; ///< that this walk was told
  SeenIds anew_;             ///< what was made since, and was told
};

} // namespace terracat::kinds::peer

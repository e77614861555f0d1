#pragma once

#include "index/encoding.hpp"

#include <terracat/store.hpp>

#include <memory>
#include <span>
#include <vector>

namespace terracat::index {

/// A segment that stands in the store.
struct KeptSegment {
  std::weak_ptr<Segment const> segment;
  store::SegmentNumber number{};
};

/// Writes what versions consist of into the store, so that the next process need not make it
/// anew: piece by piece, each in a transaction of its own that takes some milliseconds. What
/// stands there is a whole version at each moment, or none. For the thread that writes.
class Keeper {
 public:
  /// The store has nothing that is of use.
  Keeper() = default;

  /// \param kept  what the contents in the store name
  explicit Keeper(std::vector<KeptSegment> kept);

  /// From now on it is this version that is written, whatever was under way.
  void aim_at(std::shared_ptr<Version const> version, Sequence sequence);

  /// Nothing more is written of that version.
  void give_up() noexcept { version_.reset(); }

  /// There is no version of which something has to be written.
  [[nodiscard]] bool is_done() const noexcept { return !version_; }

  /// Bytes, as far as can be told from those in memory, that are still to be written.
  [[nodiscard]] std::size_t bytes_to_write() const;

  /// Writes the next piece. \pre not is_done(), and no transaction is under way
  void write(store::Writer& writer);

 private:
  /// What is in the store once the transaction is.
  struct State {
    bool is_clean = false;  ///< there is nothing but what is known here
    bool is_listed = false; ///< the contents are those of the version
    std::vector<KeptSegment> kept;
    store::SegmentNumber last{};
  };

  /// \return  whether there is no more to be done
  bool write(store::Writer& writer, State& state) const;
  [[nodiscard]] bool put_segments(store::Writer& writer, State& state) const;
  void put_contents(store::Writer& writer, State& state) const;

  State state_;
  std::shared_ptr<Version const> version_; ///< null: it is written
  Sequence sequence_ = 0;
};

} // namespace terracat::index

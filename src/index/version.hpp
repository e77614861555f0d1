#pragma once

#include "index/segment.hpp"

#include <terracat/store_reader.hpp>

#include <memory>
#include <set>
#include <vector>

namespace terracat::index {

/// What a transaction wrote or removed.
struct Changes {
  std::set<ItemNumber> items;
  std::set<RecordNumber> removed_collections; ///< their items went with them
};

/// The same, with what there is now of these items.
struct Delta {
  Changes changes;
  std::vector<Row> rows; ///< in order
};

/// \param reader  has the state after the changes
[[nodiscard]] Delta read(Changes changes, store::Reader& reader);

struct Sizes {
  /// Rows of a segment at most, give or take one. \pre no more than there are numbers of 16 bits
  std::size_t segment_rows = 65'536;
};

/// Which rows of a segment are no more.
struct Removed {
  std::vector<std::uint64_t> rows; ///< a bit for each, by blocks
  std::vector<std::size_t> items;  ///< how many items of each of its collections
  std::size_t count = 0;           ///< rows in all
};

/// A segment as one version sees it.
struct Part {
  std::shared_ptr<Segment const> segment;
  std::shared_ptr<Removed const> removed; ///< null: nothing

  [[nodiscard]] std::size_t rows() const noexcept {
    return segment->size - (removed ? removed->count : 0);
  }

  /// Items of a collection, by its place in the segment's list.
  [[nodiscard]] std::size_t items(std::size_t collection) const noexcept {
    return segment->collections[collection].items - (removed ? removed->items[collection] : 0);
  }
};

/// All items of one state of a store. It never changes; versions share their segments.
///
/// New rows make a segment of their own, into which the next smaller ones are merged as long as
/// they are not much larger: the newest changes stand in a small segment that is soon written
/// again, old ones in large segments that are not, and there are never many.
class Version {
 public:
  /// \param rows  of all items, in any order
  Version(std::vector<Row> rows, Sizes sizes);

  /// The version after these changes.
  [[nodiscard]] std::shared_ptr<Version const> after(Delta const& delta) const;

  /// Those with the latest items first.
  [[nodiscard]] std::vector<Part> const& parts() const noexcept { return parts_; }

  [[nodiscard]] std::size_t items() const noexcept;
  [[nodiscard]] std::size_t bytes() const noexcept;

 private:
  Version(std::vector<Part> parts, Sizes sizes) : parts_(std::move(parts)), sizes_(sizes) {}

  void remove(Changes const& changes);

  /// \param rows  in order, all of them spans or none
  void add(std::vector<Row> rows);
  void append(std::span<Row const> rows);
  void put_in_order();

  std::vector<Part> parts_;
  Sizes sizes_;
};

} // namespace terracat::index

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
  Rows rows;
};

/// \param reader  has the state after the changes
[[nodiscard]] Delta read(Changes changes, Properties const& properties, store::Reader& reader);

struct Layout {
  /// Rows of a segment at most, give or take one. \pre less than Column::most_rows
  std::size_t segment_rows = 65'472;

  /// Shared, for all versions of an index have the same.
  std::shared_ptr<Properties const> properties = std::make_shared<Properties const>();
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
  Version(Rows rows, Layout layout);

  /// The version after these changes.
  [[nodiscard]] std::shared_ptr<Version const> after(Delta delta) const;

  /// Those with the latest items first.
  [[nodiscard]] std::vector<Part> const& parts() const noexcept { return parts_; }

  [[nodiscard]] Properties const& properties() const noexcept { return *layout_.properties; }

  /// The number of a property of which every segment has the values. \return  nothing if none has,
  /// or one had to drop them
  [[nodiscard]] std::optional<std::size_t> column(query::Property const& property) const;

  [[nodiscard]] std::size_t items() const noexcept;
  [[nodiscard]] std::size_t bytes() const noexcept;

 private:
  Version(std::vector<Part> parts, Layout layout)
      : parts_(std::move(parts)), layout_(std::move(layout)) {}

  void remove(Changes const& changes);

  /// \param rows    all of them spans or none
  /// \param values  of their properties; those of rows that are merged with them come to it
  void add(std::vector<Row> rows, Values& values);
  void append(std::span<Row const> rows, Values const& values);
  void put_in_order();

  std::vector<Part> parts_;
  Layout layout_;
};

} // namespace terracat::index

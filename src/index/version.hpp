#pragma once

#include "index/zone.hpp"

#include <terracat/store_reader.hpp>

#include <memory>
#include <set>
#include <span>
#include <stop_token>
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

struct Segment;

struct Layout {
  /// Rows of a segment at most, give or take two. \pre less than Column::most_rows
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

  [[nodiscard]] std::size_t rows() const noexcept;

  /// Items of a collection, by its place in the segment's list.
  [[nodiscard]] std::size_t items(std::size_t collection) const noexcept;
};

/// \param removed  as Removed::rows; empty: nothing
/// \return  nothing if that fits no segment of so many rows
[[nodiscard]] std::optional<Part> part_of(std::shared_ptr<Segment const> segment,
                                          std::span<std::uint64_t const> removed);

/// All items of one state of a store. It never changes; versions share their segments.
///
/// New rows make a segment of their own, into which the next smaller ones are merged as long as
/// they are not much larger: the newest changes stand in a small segment that is soon written
/// again, old ones in large segments that are not, and there are never many.
class Version {
 public:
  /// \param rows  of all items, in any order
  Version(Rows rows, Layout layout);

  /// Of parts that stood in another version, be it in another process. \pre the values of segments
  /// are those of the layout's properties
  Version(std::vector<Part> parts, Layout layout);

  /// The version after these changes.
  [[nodiscard]] std::shared_ptr<Version const> after(Delta delta) const;

  /// Parts that commits have filled one after the other, each with items of everywhere: as many as
  /// a shelf has. Empty: there are not so many.
  [[nodiscard]] std::vector<Part> loose() const;

  /// What is in the parts, as a shelf. \param parts  all with spans, or none
  /// \return  nothing if it was stopped
  [[nodiscard]] std::vector<std::shared_ptr<Segment const>>
  arranged(std::stop_token const& stop, std::vector<Part> const& parts) const;

  /// The same version with a shelf in the place of parts, of which rows may have gone since.
  /// \return  null if one of them is not there any more, or has rows again that had gone
  [[nodiscard]] std::shared_ptr<Version const>
  with(std::vector<std::shared_ptr<Segment const>> const& shelf,
       std::vector<Part> const& in_place_of) const;

  /// Those with the latest items first.
  [[nodiscard]] std::vector<Part> const& parts() const noexcept { return parts_; }

  /// Those that may have items within the bounds, likewise.
  [[nodiscard]] std::vector<Part const*> parts_within(Bounds const& bounds) const;

  [[nodiscard]] Properties const& properties() const noexcept { return *layout_.properties; }

  /// The number of a property of which every segment has the values. \return  nothing if none has,
  /// or one had to drop them
  [[nodiscard]] std::optional<std::size_t> column(query::Property const& property) const;

  [[nodiscard]] std::size_t items() const noexcept;
  [[nodiscard]] std::size_t bytes() const noexcept;

 private:
  void remove(Changes const& changes);

  /// \param rows  all of them spans or none
  /// \param made  has their values and outlines; those of rows that are merged with them come to it
  void add(std::vector<Row> rows, Rows& made);
  /// \param made  has the values and outlines of the rows
  void append(std::span<Row const> rows, Rows const& made, bool is_arranged);
  void put_in_order();

  std::vector<Part> parts_;
  std::vector<Zone> zones_; ///< of each part
  Layout layout_;
};

} // namespace terracat::index

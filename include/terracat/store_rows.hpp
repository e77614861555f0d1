#pragma once

#include <terracat/harvest_log.hpp>
#include <terracat/item.hpp>
#include <terracat/query.hpp>
#include <terracat/record_texts.hpp>
#include <terracat/record_words.hpp>
#include <terracat/revision.hpp>

#include <compare>
#include <memory>
#include <optional>
#include <string>
#include <vector>

/// What goes into a store and comes out of it.
namespace terracat::store {

struct RecordRow {
  RecordNumber number{};
  std::string id; ///< public
  std::string source;
  std::string native_id;
  std::string type;
  std::string title;
  Sequence sequence = 0; ///< of its own last change
};

/// A record to be kept, under a new number or in the place of one that is there.
struct RecordWrite {
  std::optional<RecordNumber> number;
  std::string id;
  std::string source;
  std::string native_id;
  std::string type;
  std::string title;
  std::optional<model::Geometry> footprint;
  std::optional<model::Interval> period;
  RecordTexts texts;
  RecordWords words;
  std::optional<PreparedRecord> prepared = {}; ///< of exactly these texts and words
};

/// Of a piece of what an index keeps of itself.
enum class SegmentNumber : std::int64_t {};

struct ItemRow {
  ItemNumber number{};
  RecordNumber collection{};
  std::string id; ///< public
  std::string native_id;
  std::string source;
  std::uint64_t hash = 0; ///< of the document that it was read from
  Sequence sequence = 0;
  bool has_local_assets = false;
};

/// The body of an item as a store's Preparer made it; it says nothing to anybody but that store.
struct PreparedBody {
  std::string bytes;                   ///< empty: nothing is prepared
  std::shared_ptr<void const> through; ///< what they were made with, which may be nothing
};

/// An item to be kept, under a new number or in the place of one that is there, whose collection
/// and id it then has.
struct ItemWrite {
  std::optional<ItemNumber> number;
  RecordNumber collection{};
  std::string id;
  std::string source;
  std::uint64_t hash = 0;
  model::Item item;
  PreparedBody prepared; ///< of the item's body
};

/// Where and when an item is, without its body.
struct ItemExtent {
  ItemNumber number{};
  std::optional<model::Bbox> bbox;
  std::optional<model::Interval> period; ///< model::Item::period
};

/// What an index of items is made of.
struct ItemPlace {
  /// Of an outline: more of them are read where they stand.
  static constexpr std::size_t most_corners = 16;

  ItemNumber number{};
  RecordNumber collection{};
  std::optional<model::Instant> time;    ///< model::Item::time
  std::optional<model::Interval> period; ///< model::Item::period
  std::optional<model::Bbox> bbox;       ///< nothing: the item has no footprint
  bool is_box = false;                   ///< model::Geometry::is_box of the footprint
  bool is_connected = false;             ///< the footprint is one point, line or polygon
  /// Of a footprint that is a polygon without holes and no box, its ring, whose first position
  /// comes again as the last; empty: of any other, and of one with more corners.
  model::Path outline;
  std::vector<query::PropertyValue> values; ///< of the properties that were asked for
};

/// Records by title (collation key), then by number, newest first.
struct RecordSearch {
  std::vector<std::string> types;            ///< any of these; empty: all
  std::vector<std::string> sources;          ///< owned by any of these; empty: all
  std::optional<model::Geometry> intersects; ///< footprint; records without one do not match
  std::optional<model::Interval> period;     ///< records without one do not match
  std::size_t limit = 100;
  std::optional<RecordNumber> after; ///< the last one of the page before; StoreError if it is gone
};

struct RecordPage {
  std::vector<RecordRow> rows;
  std::size_t matched = 0; ///< in all, whatever `limit` and `after`
  bool has_more = false;
};

/// An item that a search found.
struct FoundItem {
  ItemNumber number{};
  RecordNumber collection{};
};

/// What answers are made of.
struct ShownItem {
  std::string id; ///< public
  bool has_local_assets = false;
  std::string body; ///< model::ItemParts::body
};

struct ItemPage {
  std::vector<FoundItem> rows; ///< in order; as many as `limit`, unless there are no more
  std::optional<std::size_t> matched;
  std::optional<query::Anchor> next;     ///< what the next page comes after, if there is one
  std::optional<query::Anchor> previous; ///< what the page before comes before, if there is one
};

// Files hold the numbers of these two: they stay.
enum class Operation : std::uint8_t { put = 0, remove = 1 };
enum class Subject : std::uint8_t { record = 0, item = 1 };

/// The newest change of one key.
struct Change {
  Sequence sequence = 0;
  Operation operation = Operation::put;
  Subject subject = Subject::record;
  std::string id;            ///< public, also of what is gone
  RecordNumber collection{}; ///< of an item; of a record its own number
  model::Instant at{0};      ///< never earlier than the change before
  std::string title;         ///< of what is gone, as it was called last; may be empty
  std::string source;        ///< of what is gone: whose it was
};

/// A key that several records have (`Writer::put_keys`).
struct SharedKey {
  std::string key;
  std::vector<RecordNumber> records; ///< in order
};

/// A record or an item by its number. Records come before items.
struct Resource {
  Subject subject = Subject::record;
  std::int64_t number = 0;

  Resource() = default;

  Resource(RecordNumber record) noexcept : number(static_cast<std::int64_t>(record)) {}

  Resource(ItemNumber item) noexcept
      : subject(Subject::item), number(static_cast<std::int64_t>(item)) {}

  friend auto operator<=>(Resource const&, Resource const&) = default;
};

/// Says of a resource that complete sweeps of its source, the last one among them, did not see it.
struct Missing {
  Resource resource;
  RecordNumber collection{}; ///< of an item; of a record its own number
  model::Instant since{0};   ///< when the first of these sweeps ended
  std::int64_t sweeps = 0;   ///< how many they are; 0: it has not been counted yet
  RunNumber counted{};       ///< the last one of them
};

/// How long a resource must have been missing.
struct Grace {
  model::Instant since{0}; ///< or earlier
  std::int64_t sweeps = 1; ///< or more
};

/// How much is kept of a source.
struct Holdings {
  std::size_t records = 0;
  std::size_t items = 0;   ///< of these records
  std::size_t missing = 0; ///< among both

  friend bool operator==(Holdings const&, Holdings const&) = default;
};

/// A document as fetched, from which its record can be read again without the network.
struct Document {
  std::string source;
  std::string native_id;
  std::string format;
  std::string address;
  std::string bytes;
  std::uint64_t hash = 0;
  model::Instant fetched{0};
  std::string prepared = {}; ///< of exactly these bytes, by a store's Preparer; empty: nothing is
};

/// Which text of which record a correction stands for. It names the record as its source does, so
/// that it outlives the record.
struct CorrectionKey {
  std::string source;
  std::string native_id;
  std::string field;    ///< a row of catalogue/corrections.cpp
  std::string language; ///< BCP 47; empty: of whatever language, or of none

  friend auto operator<=>(CorrectionKey const&, CorrectionKey const&) = default;
};

/// What a data manager says instead of the source.
struct Correction {
  CorrectionKey key;
  std::string value;
  std::string author;
  model::Instant at{0};
  std::string reason; ///< may be empty

  friend bool operator==(Correction const&, Correction const&) = default;
};

/// What an operator wants to see of a store.
struct Figures {
  std::uint64_t file_bytes = 0;
  std::uint64_t log_bytes = 0;             ///< of the write-ahead log
  std::optional<std::uint64_t> free_bytes; ///< on its disc; nothing: not known, or in none
};

/// Something that is wrong with the stored data: "item_body 17: checksum differs".
using Fault = std::string;

} // namespace terracat::store

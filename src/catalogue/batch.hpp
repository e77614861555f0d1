#pragma once

#include "catalogue/record_write.hpp"

#include <terracat/finding.hpp>
#include <terracat/harvest_log.hpp>
#include <terracat/item.hpp>
#include <terracat/record.hpp>
#include <terracat/store.hpp>

#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace terracat::catalogue {

/// A record as it was read, with the document that it was read from.
struct RecordPut {
  model::Record record;
  store::Document document; ///< its source and native id are those of the batch and the record
  std::vector<Finding> findings;
  std::optional<PreparedRecord> prepared = {};
};

/// An item as it was read. Its body is its document.
struct ItemPut {
  model::Item item;
  std::uint64_t hash = 0; ///< of the document
  std::vector<Finding> findings;
  std::string format;           ///< that it was read as; for a preview
  store::PreparedBody prepared; ///< of the item's body
};

/// A document that could not be read. It is kept, so that it can be tried again without the
/// network.
struct Refused {
  store::Document document; ///< without an id, nobody can tell what became of what it was before
  Finding finding;
  std::string collection; ///< of an item, as the source calls it; else empty
};

/// A document that is what it was: only counted.
struct Untouched {
  store::Resource resource; ///< what was made of it
};

/// A document that the source has, of which nothing but the id is known.
struct Listed {
  std::string native_id;
  std::string collection; ///< of an item, as the source calls it; else empty
};

/// What the source says that it has no more: it goes at once.
struct Gone {
  std::string native_id;
  std::string collection; ///< as above
};

/// Something odd about the source that concerns no document, or one that is not there.
struct Remark {
  std::string native_id; ///< may be empty
  Finding finding;
};

using Document = std::variant<RecordPut, ItemPut, Refused, Untouched, Listed, Gone>;

/// What the documents of a batch are to the sweep of their source: the walk through all that it
/// has, which may take several runs, and after which is known what it has not.
enum class Sweep : std::uint8_t {
  none,   ///< nothing: they came by another way
  beside, ///< no part of it, but of the source all the same: what they are of is not missing
  begins, ///< they are its first
  goes_on,
};

/// What one source brought in one step. It is committed whole or not at all.
/// A new record that may be one that the source has not any more, under another name there.
struct LikelyName {
  std::string native_id;
  std::string former; ///< public id of that record
};

struct Batch {
  std::string source;
  std::vector<Document> documents;
  Sweep sweep = Sweep::none;

  std::vector<Remark> remarks;

  std::vector<LikelyName> renamed;

  /// An item may name a collection that is not there; it is then made from what the items say.
  bool makes_collections = false;

  /// Marks of what the sweep did not see, as they are to be kept.
  std::vector<store::Missing> missing;

  /// What goes, as far as the source owns it.
  std::vector<store::Resource> removed;

  /// So many rows that nobody sees any more are cleared away; a run that is finished had its end
  /// before.
  std::size_t purged_rows = 0;

  /// Documents that became nothing and were fetched before that are forgotten.
  std::optional<model::Instant> refused_before;

  /// The sweep is over, and the brake held so many removals back.
  std::optional<std::int64_t> held;

  /// The source is forgotten if nothing is left of it but its runs and documents; else its run is
  /// interrupted, for something has come into it beside the removal.
  bool forgets_source = false;

  /// Where the source goes on after this batch; nothing: as it was. An empty one ends its sweep,
  /// and so does a cursor (kept_cursor.hpp).
  std::optional<std::string> checkpoint;

  /// All that the source has was brought, by this run and those that it went on with: when the
  /// first of them began, and what it asked for (SourceState::query).
  std::optional<model::Instant> complete_since;
  std::uint64_t query = 0;

  /// Likewise, all that had changed since the last complete walk.
  std::optional<model::Instant> changes_since;

  /// The run that the batch belongs to, with the counts before it. It is stored with the counts
  /// after it.
  Run run;
};

/// What a data manager says of one record. It is committed whole or not at all.
struct Edit {
  std::string source;
  std::string native_id;
  std::vector<store::CorrectionKey> dropped;
  std::vector<store::Correction> made;
};

/// What an operator decides of a record that its source has not any more, and of a new one that may
/// be the same under another name there. It is committed whole or not at all.
struct RenamingEdit {
  std::string former; ///< public ids
  std::string now;
  bool is_accepted = false; ///< else it is not to be proposed again
  std::string author;
  std::string reason; ///< of a refusal; may be empty
  model::Instant at{0};
};

/// What an operator decides of keywords. It is committed whole or not at all. What was decided so
/// already stays as it is, with its time and author.
struct KeywordEdit {
  std::vector<std::string> dropped; ///< folded keywords of which nothing is decided any more
  std::vector<store::KeywordDecision> made;
};

} // namespace terracat::catalogue

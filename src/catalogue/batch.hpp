#pragma once

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
};

/// An item as it was read. Its body is its document.
struct ItemPut {
  model::Item item;
  std::uint64_t hash = 0; ///< of the document
  std::vector<Finding> findings;
  std::string format; ///< that it was read as; for a preview
};

/// A document that could not be read. It is kept, so that it can be tried again without the
/// network.
struct Refused {
  store::Document document;
  Finding finding;
};

/// A document that is what it was, or not wanted: only counted.
struct Untouched {
  std::string native_id;
};

/// Something odd about the source that concerns no document, or one that is not there.
struct Remark {
  std::string native_id; ///< may be empty
  Finding finding;
};

/// What one source brought in one step. It is committed whole or not at all.
struct Batch {
  std::string source;
  std::vector<std::variant<RecordPut, ItemPut, Refused, Untouched>> documents;

  std::vector<Remark> remarks;

  /// An item may name a collection that is not there; it is then made from what the items say.
  bool makes_collections = false;

  /// Where the source goes on after this batch; nothing: as it was.
  std::optional<std::string> checkpoint;
  /// The run is complete: when it began.
  std::optional<model::Instant> complete_since;

  /// The run that the batch belongs to, with the counts before it. It is stored with the counts
  /// after it.
  Run run;
};

} // namespace terracat::catalogue

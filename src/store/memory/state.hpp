#pragma once

#include <terracat/store.hpp>

#include <map>
#include <memory>
#include <set>
#include <tuple>

namespace terracat::store {

struct StoredRecord {
  RecordRow row;
  std::optional<model::Geometry> footprint;
  std::optional<model::Interval> period;
  RecordTexts texts;
  RecordWords words;
  std::string title_key;
};

struct StoredItem {
  ItemRow row;
  model::Item item;
};

/// One state of the catalogue. Its parts are shared between states as long as they do not change.
struct MemoryState {
  Revision revision;
  std::int64_t last_record = 0; ///< numbers given so far
  std::int64_t last_item = 0;
  std::int64_t last_run = 0;
  model::Instant last_change{0};

  std::map<RecordNumber, std::shared_ptr<StoredRecord const>> records;
  std::map<ItemNumber, std::shared_ptr<StoredItem const>> items;
  std::map<RecordNumber, std::set<ItemNumber>> items_of;
  std::set<std::pair<std::string, RecordNumber>> identifiers;
  std::map<RecordNumber, std::set<std::string>> keys; ///< none is empty
  std::map<RecordNumber, std::string> derived;

  std::map<Sequence, Change> changes;
  std::map<std::tuple<Subject, RecordNumber, std::string>, Sequence> change_of; ///< of each key
  std::map<RecordNumber, Sequence> last_item_changes;

  std::map<std::pair<std::string, std::string>, std::shared_ptr<Document const>> documents;
  std::map<CorrectionKey, Correction> corrections;
  std::map<std::string, KeywordDecision, std::less<>> keyword_decisions;
  std::map<std::string, SourceState, std::less<>> sources;
  std::map<RunNumber, Run> runs;

  Sequence horizon = 0; ///< of the last removal that was forgotten
  std::map<RunNumber, std::set<Resource>> seen;
  std::map<std::pair<std::string, Resource>, Missing> missing; ///< by source and resource
  std::vector<RunDocument> run_documents;
  std::int64_t last_run_document = 0;
  std::map<SegmentNumber, std::shared_ptr<std::string const>> segments;
};

/// \return  a copy of the value; nothing if there is none
template<class Map, class Key>
[[nodiscard]] auto find_in(Map const& map, Key const& key) {
  using Value = typename Map::mapped_type;
  auto const found = map.find(key);
  return found == map.end() ? std::optional<Value>() : std::optional<Value>(found->second);
}

} // namespace terracat::store

#include "run/stored.hpp"

#include <terracat/json.hpp>

namespace terracat::run {
namespace {

constexpr std::size_t piece = 1'000; ///< rows that are read at once

/// The records that a source owns and that have items.
std::vector<RecordNumber> collections_of(store::Reader& reader, std::string const& source) {
  std::vector<RecordNumber> out;
  store::RecordSearch search{.sources = {source}, .limit = piece};
  for (;;) {
    auto const page = reader.records(search);
    for (auto const& row : page.rows) {
      if (reader.count_items(row.number) > 0) out.push_back(row.number);
    }
    if (!page.has_more) return out;
    search.after = page.rows.back().number;
  }
}

/// What `read` returns; true with the entry's damage if it meets any.
template<class Read>
bool guarded(StoredDocuments::Entry& entry, Read const& read) {
  try {
    return read();
  } catch (store::StoreError const& error) {
    if (error.reason() != store::StoreError::Reason::corrupt) throw;
    entry.damage = error.what();
    return true;
  }
}

} // namespace

StoredDocuments::StoredDocuments(store::Reader& reader, std::string source)
    : reader_(reader),
      source_(std::move(source)),
      ids_(reader.document_ids(source_)),
      collections_(collections_of(reader, source_)),
      size_(ids_.size()) {
  for (auto const collection : collections_) size_ += reader.count_items(collection);
}

std::optional<StoredDocuments::Entry> StoredDocuments::next() {
  auto entry = next_document();
  return entry ? std::move(entry) : next_item();
}

std::optional<StoredDocuments::Entry> StoredDocuments::next_document() {
  while (next_id_ < ids_.size()) {
    Entry entry{.document = {.source = source_, .native_id = ids_[next_id_++]}};
    auto const is_there = guarded(entry, [&] {
      auto document = reader_.document(source_, entry.document.native_id);
      if (document) entry.document = std::move(*document);
      return document.has_value(); // else it was removed since
    });
    if (is_there) return entry;
  }
  return std::nullopt;
}

std::optional<StoredDocuments::Entry> StoredDocuments::next_item() {
  while (collection_ < collections_.size()) {
    auto const collection = reader_.record(collections_[collection_]);
    if (collection && next_item_ == items_.size()) {
      items_ = reader_.item_extents(collection->number, item_, piece);
      next_item_ = 0;
    }
    if (!collection || items_.empty()) {
      ++collection_;
      item_ = ItemNumber{0};
      items_.clear();
      next_item_ = 0;
      continue;
    }
    item_ = items_[next_item_++].number;
    if (auto entry = item(*collection, item_)) return entry;
  }
  return std::nullopt;
}

std::optional<StoredDocuments::Entry> StoredDocuments::item(store::RecordRow const& collection,
                                                            ItemNumber number) {
  auto row = reader_.item(number);
  if (!row) return std::nullopt;
  Entry entry{.document = {.source = source_,
                           .native_id = std::move(row->native_id),
                           .format = "stac-item",
                           .address = {},
                           .bytes = {},
                           .hash = row->hash},
              .is_body = true};
  auto& text = entry.document.bytes;
  text = R"({"id":)" + json::quoted(entry.document.native_id) + R"(,"collection":)" +
         json::quoted(collection.native_id) + ',';
  guarded(entry, [&] {
    reader_.body(number, text);
    return true;
  });
  text += "]}";
  return entry;
}

} // namespace terracat::run

#pragma once

#include <terracat/store.hpp>

namespace terracat::run {

/// What a catalogue keeps of one source, document by document, as if it were fetched: first the
/// documents of records, then the items of the source's collections. An item is read from its body,
/// which is all that is kept of it: what its mapping left out is gone. One thread.
class StoredDocuments {
 public:
  struct Entry {
    store::Document document;
    bool is_body = false; ///< made by a reading of the document, whose hash it has
    std::string damage;   ///< why it cannot be read; empty: it can
  };

  /// \param reader  has a state, and may take newer ones between two calls of `next`
  StoredDocuments(store::Reader& reader, std::string source);

  [[nodiscard]] std::size_t size() const noexcept { return size_; }

  [[nodiscard]] std::optional<Entry> next();

 private:
  [[nodiscard]] std::optional<Entry> next_document();
  [[nodiscard]] std::optional<Entry> next_item();
  [[nodiscard]] std::optional<Entry> item(store::RecordRow const& collection, ItemNumber number);

  store::Reader& reader_;
  std::string source_;
  std::vector<std::string> ids_; ///< of documents
  std::size_t next_id_ = 0;
  std::vector<RecordNumber> collections_; ///< that have items
  std::size_t collection_ = 0;
  ItemNumber item_{0};                   ///< the last one of the collection that was handed out
  std::vector<store::ItemExtent> items_; ///< the next ones
  std::size_t next_item_ = 0;
  std::size_t size_ = 0;
};

} // namespace terracat::run

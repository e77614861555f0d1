#include "store/sqlite/sqlite_preparer.hpp"

#include "store/sqlite/word_tables.hpp"

namespace terracat::store {

std::optional<NewestDictionaries::Entry> NewestDictionaries::find(std::int64_t collection) const {
  std::scoped_lock const lock(mutex_);
  auto const found = entries_.find(collection);
  return found == entries_.end() ? std::nullopt : std::optional(found->second);
}

void NewestDictionaries::put(std::int64_t collection, Entry dictionary) {
  std::scoped_lock const lock(mutex_);
  entries_.insert_or_assign(collection, std::move(dictionary));
}

void NewestDictionaries::clear() noexcept {
  std::scoped_lock const lock(mutex_);
  entries_.clear();
}

PreparedBody SqlitePreparer::prepare(RecordNumber collection, std::string_view body) {
  auto dictionary = newest_.find(static_cast<std::int64_t>(collection));
  if (!dictionary) return {};
  auto bytes = codec_.compress(body, dictionary->get());
  return {.bytes = std::move(bytes), .through = std::move(*dictionary)};
}

void SqlitePreparer::prepare(RecordWrite& record) {
  record.prepared = packed(record.texts, record.words, codec_);
}

void SqlitePreparer::prepare(Document& document) {
  document.prepared = codec_.compress(document.bytes);
}

PreparedRecord packed(RecordTexts const& texts, RecordWords const& words, Codec& codec) {
  return {.texts = {.record = codec.compress(texts.record),
                    .body = codec.compress(texts.body),
                    .extent = codec.compress(texts.extent),
                    .summaries = codec.compress(texts.summaries)},
          .words = packed(words, codec)};
}

} // namespace terracat::store

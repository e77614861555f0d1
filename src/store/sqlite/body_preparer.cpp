#include "store/sqlite/body_preparer.hpp"

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

PreparedBody BodyPreparer::prepare(RecordNumber collection, std::string_view body) {
  auto dictionary = newest_.find(static_cast<std::int64_t>(collection));
  if (!dictionary) return {};
  auto bytes = codec_.compress(body, dictionary->get());
  return {.bytes = std::move(bytes), .through = std::move(*dictionary)};
}

} // namespace terracat::store

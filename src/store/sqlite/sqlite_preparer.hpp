#pragma once

#include "store/sqlite/codec.hpp"
#include "store/sqlite/dictionary.hpp"

#include <terracat/store.hpp>

namespace terracat::store {

/// The dictionaries that the writer compresses with, by collection, for those who do it ahead of
/// it. Any thread.
class NewestDictionaries {
 public:
  using Entry = std::shared_ptr<Packing const>;

  /// \return  nothing if the writer has not looked yet; null if there is none
  [[nodiscard]] std::optional<Entry> find(std::int64_t collection) const;

  void put(std::int64_t collection, Entry dictionary);

  void clear() noexcept;

 private:
  mutable std::mutex mutex_;
  std::unordered_map<std::int64_t, Entry> entries_;
};

/// Compresses as the writer would.
class SqlitePreparer : public Preparer {
 public:
  /// \param newest  outlives this
  explicit SqlitePreparer(NewestDictionaries const& newest) : newest_(newest) {}

  [[nodiscard]] PreparedBody prepare(RecordNumber collection, std::string_view body) override;
  void prepare(RecordWrite& record) override;
  void prepare(Document& document) override;

 private:
  NewestDictionaries const& newest_;
  Codec codec_;
};

/// As the file has them.
[[nodiscard]] PreparedRecord packed(RecordTexts const& texts, RecordWords const& words,
                                    Codec& codec);

} // namespace terracat::store

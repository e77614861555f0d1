#pragma once

#include "store/sqlite/codec.hpp"
#include "store/sqlite/database.hpp"
#include "store/sqlite/dictionary.hpp"

namespace terracat::store {

/// Decompresses the bodies of items with the dictionaries that they name. One for each connection,
/// which must outlive it.
class BodyReader {
 public:
  /// \param shared  outlives this
  BodyReader(sqlite3* connection, DictionaryCache& shared)
      : connection_(connection), shared_(shared) {}

  /// Appends the body.
  /// \throws StoreError  corrupt, if it or its dictionary is not what was written, or not there
  void read(std::int64_t item, std::string_view compressed, std::string& out);

  /// The same in the place of what `out` has.
  void read_over(std::int64_t item, std::string_view compressed, std::string& out);

  /// The bytes of a dictionary.
  /// \throws StoreError  corrupt, if they are not what was written, or not there
  [[nodiscard]] std::string dictionary(DictionaryNumber number);

  /// The transaction was rolled back: numbers may come to mean other dictionaries.
  void forget() noexcept;

 private:
  Unpacking const& unpacking(DictionaryNumber number);
  /// \return  null if it names none
  Unpacking const* unpacking_of(std::string_view compressed, std::string const& what);

  sqlite3* connection_;
  DictionaryCache& shared_;
  Codec codec_;
  std::optional<Statement> select_; ///< prepared at its first use
  DictionaryNumber last_number_ = 0;
  DictionaryCache::Entry last_; ///< null: none was needed yet
};

} // namespace terracat::store

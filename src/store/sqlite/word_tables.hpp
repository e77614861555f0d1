#pragma once

#include "store/sqlite/codec.hpp"
#include "store/sqlite/database.hpp"

#include <terracat/record_words.hpp>

#include <array>
#include <optional>

namespace terracat::store {

/// Words of records as the file has them. `record_words` keeps exactly what was indexed, for the
/// tables of FTS5 keep nothing but their index (they have no content), and give up a row only to
/// who tells what it was. Their tokenizer parts words at blanks and has nothing else to do, so that
/// any SQLite can read them.
class WordTables {
 public:
  /// \param connection  outlives this
  explicit WordTables(Connection const& connection) : connection_(connection) {}

  void put(std::int64_t record, RecordWords const& words);
  void remove(std::int64_t record);

  /// \return  nothing if none were kept
  [[nodiscard]] std::optional<RecordWords> words_of(std::int64_t record);

  [[nodiscard]] std::vector<WordMatch> find(WordSearch const& search);
  [[nodiscard]] std::vector<KnownWord> known(WordTable table, std::string_view begins,
                                             std::size_t limit);
  [[nodiscard]] std::vector<RecordNumber> of_other_version(std::int64_t version, RecordNumber after,
                                                           std::size_t limit);

  /// Makes the index anew of what was kept; what is damaged of it, or is of no record, is dropped.
  void rebuild();

  /// True if the index is sound and of exactly those records of which words are kept.
  [[nodiscard]] bool is_sound();

 private:
  enum class Sql : std::uint8_t { add, drop, find, known };

  /// The statement of that table, prepared at its first use.
  Statement& statement(Sql which, WordTable table);
  Statement& statement(std::optional<Statement>& kept, char const* sql);

  void change(Sql which, std::int64_t record, RecordWords const& words);

  /// Takes out of the index what it has of the record.
  void drop(std::int64_t record);

  Connection const& connection_;
  Codec codec_;
  std::array<std::array<std::optional<Statement>, 4>, all_word_tables.size()> statements_;
  std::optional<Statement> keep_;
  std::optional<Statement> forget_;
  std::optional<Statement> kept_words_;
  std::optional<Statement> other_version_;
};

} // namespace terracat::store

#pragma once

#include "store/sqlite/codec.hpp"
#include "store/sqlite/database.hpp"

#include <terracat/record_words.hpp>

#include <array>
#include <map>
#include <optional>

namespace terracat::store {

/// Words of records as the file has them. `record_words` keeps exactly what was indexed, for the
/// tables of FTS5 keep nothing but their index (they have no content), and give up a row only to
/// who tells what it was. Their tokenizer parts words at blanks and has nothing else to do, so that
/// any SQLite can read them.
///
/// What a transaction puts and removes waits until it is asked for or `flush`: FTS5 writes out what
/// it was told at each statement in between that may have to be undone alone, and merges it later.
class WordTables {
 public:
  /// \param connection  outlives this
  explicit WordTables(Connection const& connection) : connection_(connection) {}

  /// \param packed  the words, as `packed` makes them
  void put(std::int64_t record, RecordWords const& words, std::string_view packed);
  void remove(std::int64_t record);

  /// Brings the index up to date. \pre what was put has not been committed yet
  void flush();

  /// Drops what waits, as after a rollback.
  void forget() noexcept;

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

  /// What the index has of a record, and what it is to have.
  struct Waiting {
    std::optional<RecordWords> before;
    std::optional<RecordWords> now;
  };

  Waiting& waiting(std::int64_t record);

  Connection const& connection_;
  Codec codec_;
  std::array<std::array<std::optional<Statement>, 4>, all_word_tables.size()> statements_;
  std::map<std::int64_t, Waiting> waiting_; ///< by record: FTS5 wants them in this order
  std::size_t waiting_bytes_ = 0;
  std::optional<Statement> keep_;
  std::optional<Statement> forget_;
  std::optional<Statement> kept_words_;
  std::optional<Statement> other_version_;
};

/// As `record_words` keeps them.
[[nodiscard]] std::string packed(RecordWords const& words, Codec& codec);

} // namespace terracat::store

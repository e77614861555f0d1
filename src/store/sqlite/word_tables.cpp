#include "store/sqlite/word_tables.hpp"

#include <algorithm>

namespace terracat::store {
namespace {

constexpr std::array<std::string_view, all_word_tables.size()> names{"words_fr", "words_en",
                                                                     "words_other", "words_exact"};

// `@` stands for the name of a table. The weights are `field_weights`.
constexpr std::array<std::string_view, 4> table_texts{
    "INSERT INTO @ (rowid, title, subject, keyword, text) VALUES (?, ?, ?, ?, ?)",
    "INSERT INTO @ (@, rowid, title, subject, keyword, text) VALUES ('delete', ?, ?, ?, ?, ?)",
    "SELECT rowid, score FROM (SELECT rowid, bm25(@, 5, 3, 2, 1) AS score FROM @ WHERE @ MATCH ?1 "
    "ORDER BY rowid DESC LIMIT ?2) ORDER BY score, rowid LIMIT ?3",
    "SELECT term, doc FROM @_terms WHERE term >= ?1 AND term < ?2 LIMIT ?3",
};

constexpr std::array<std::string_view, word_fields> fields{"title", "subject", "keyword", "text"};

static_assert(field_weights == std::array<double, word_fields>{5, 3, 2, 1});

std::string with_name(std::string_view text, std::string_view name) {
  std::string out;
  for (auto const c : text) {
    if (c == '@') {
      out += name;
    } else {
      out += c;
    }
  }
  return out;
}

/// One line for each field of each table; words have no line ends.
std::string to_text(RecordWords const& words) {
  std::string out;
  for (auto const& table : words.tables) {
    for (auto const& field : table) out += field + '\n';
  }
  return out;
}

RecordWords from_text(std::int64_t version, std::string_view text) {
  RecordWords out{.version = version, .tables = {}};
  for (auto& table : out.tables) {
    for (auto& field : table) {
      auto const end = std::min(text.find('\n'), text.size());
      field = text.substr(0, end);
      text.remove_prefix(std::min(end + 1, text.size()));
    }
  }
  return out;
}

constexpr std::size_t most_waiting = std::size_t{1} << 20; ///< bytes, as FTS5 lets wait

std::size_t size_of(RecordWords const& words) noexcept {
  std::size_t out = 0;
  for (auto const& table : words.tables) {
    for (auto const& field : table) out += field.size();
  }
  return out;
}

bool is_empty(FieldWords const& words) noexcept {
  return std::ranges::all_of(words, &std::string::empty);
}

/// The phrases as FTS5 asks for them. Words have no quotes; should one have, it is doubled.
std::string expression_of(WordSearch const& search) {
  std::string out;
  for (auto const& phrase : search.phrases) {
    out += out.empty() ? "(\"" : " OR \"";
    for (auto const c : phrase) out += c == '"' ? std::string("\"\"") : std::string(1, c);
    out += search.is_open ? "\" *" : "\"";
  }
  out += ')';
  if (!search.field) return out;
  return "{" + std::string(fields.at(static_cast<std::size_t>(*search.field))) + "} : " + out;
}

} // namespace

Statement& WordTables::statement(Sql which, WordTable table) {
  auto& kept = statements_.at(static_cast<std::size_t>(table)).at(static_cast<std::size_t>(which));
  if (!kept) {
    kept.emplace(connection_.handle(), with_name(table_texts.at(static_cast<std::size_t>(which)),
                                                 names.at(static_cast<std::size_t>(table))));
  }
  return *kept;
}

Statement& WordTables::statement(std::optional<Statement>& kept, char const* sql) {
  if (!kept) kept.emplace(connection_.handle(), sql);
  return *kept;
}

void WordTables::change(Sql which, std::int64_t record, RecordWords const& words) {
  for (auto const table : all_word_tables) {
    auto const& texts = words[table];
    if (is_empty(texts)) continue;
    Execution run(statement(which, table));
    run.with(record, std::string_view(texts[0]), std::string_view(texts[1]),
             std::string_view(texts[2]), std::string_view(texts[3]));
    run.finish();
  }
}

WordTables::Waiting& WordTables::waiting(std::int64_t record) {
  if (auto const found = waiting_.find(record); found != waiting_.end()) return found->second;
  Waiting change;
  try {
    change.before = words_of(record);
    if (change.before) waiting_bytes_ += size_of(*change.before);
  } catch (StoreError const& error) {
    if (error.reason() != StoreError::Reason::corrupt) throw;
    rebuild(); // nobody knows any more what the index has of it
  }
  return waiting_.emplace(record, std::move(change)).first->second;
}

void WordTables::put(std::int64_t record, RecordWords const& words, std::string_view packed) {
  waiting(record).now = words;
  waiting_bytes_ += size_of(words);
  auto& keep = statement(
      keep_, "INSERT OR REPLACE INTO record_words (record, version, words) VALUES (?, ?, ?)");
  Execution run(keep);
  run.with(record, words.version);
  keep.bind_blob(3, packed);
  run.finish();
  if (waiting_bytes_ >= most_waiting) flush();
}

void WordTables::remove(std::int64_t record) {
  waiting(record).now.reset();
  Execution(statement(forget_, "DELETE FROM record_words WHERE record = ?")).with(record).finish();
  if (waiting_bytes_ >= most_waiting) flush();
}

void WordTables::flush() {
  try {
    for (auto const& [record, change] : waiting_) {
      if (change.before) this->change(Sql::drop, record, *change.before);
      if (change.now) this->change(Sql::add, record, *change.now);
    }
  } catch (StoreError const& error) {
    if (error.reason() != StoreError::Reason::corrupt) throw;
    rebuild(); // out of what is kept, which is up to date
  }
  forget();
}

void WordTables::forget() noexcept {
  waiting_.clear();
  waiting_bytes_ = 0;
}

std::optional<RecordWords> WordTables::words_of(std::int64_t record) {
  Execution run(statement(kept_words_, "SELECT version, words FROM record_words WHERE record = ?"));
  if (!run.with(record).step()) return std::nullopt;
  std::string text;
  codec_.decompress(run.row().text(1), text, "record_words " + std::to_string(record));
  return from_text(run.row().integer(0), text);
}

std::vector<WordMatch> WordTables::find(WordSearch const& search) {
  flush();
  auto const expression = expression_of(search);
  Execution run(statement(Sql::find, search.table));
  run.with(std::string_view(expression), static_cast<std::int64_t>(most_weighed),
           static_cast<std::int64_t>(search.limit));
  std::vector<WordMatch> out;
  while (run.step()) {
    out.push_back({.record = RecordNumber{run.row().integer(0)}, .score = -run.row().number(1)});
  }
  return out;
}

std::vector<KnownWord> WordTables::known(WordTable table, std::string_view begins,
                                         std::size_t limit) {
  flush();
  // No byte of UTF-8 is 0xFF.
  auto const beyond = std::string(begins) + "\xff";
  Execution run(statement(Sql::known, table));
  run.with(begins, std::string_view(beyond), static_cast<std::int64_t>(limit));
  std::vector<KnownWord> out;
  while (run.step()) {
    out.push_back({.word = std::string(run.row().text(0)),
                   .records = static_cast<std::size_t>(run.row().integer(1))});
  }
  return out;
}

std::vector<RecordNumber> WordTables::of_other_version(std::int64_t version, RecordNumber after,
                                                       std::size_t limit) {
  Execution run(statement(
      other_version_,
      "SELECT number FROM record WHERE number > ?2 AND NOT EXISTS (SELECT 1 FROM record_words AS w "
      "WHERE w.record = record.number AND w.version = ?1) ORDER BY number LIMIT ?3"));
  run.with(version, static_cast<std::int64_t>(after), static_cast<std::int64_t>(limit));
  std::vector<RecordNumber> out;
  while (run.step()) out.push_back(RecordNumber{run.row().integer(0)});
  return out;
}

void WordTables::rebuild() {
  forget(); // it is among what is kept
  std::vector<std::int64_t> kept;
  {
    auto select = connection_.prepare("SELECT record FROM record_words WHERE record IN "
                                      "(SELECT number FROM record)");
    for (Execution run(select); run.step();) kept.push_back(run.row().integer(0));
  }
  connection_.execute("DELETE FROM record_words WHERE record NOT IN (SELECT number FROM record)");
  for (auto const name : names) {
    auto const text = std::string(name);
    connection_.execute("INSERT INTO " + text + " (" + text + ") VALUES ('delete-all')");
  }
  for (auto const record : kept) {
    try {
      change(Sql::add, record, words_of(record).value());
    } catch (StoreError const& error) {
      if (error.reason() != StoreError::Reason::corrupt) throw;
      Execution(statement(forget_, "DELETE FROM record_words WHERE record = ?"))
          .with(record)
          .finish();
    }
  }
}

bool WordTables::is_sound() {
  try {
    flush();
    std::array<std::int64_t, all_word_tables.size()> rows{};
    auto select = connection_.prepare("SELECT record FROM record_words");
    for (Execution run(select); run.step();) {
      auto const words = words_of(run.row().integer(0)).value();
      for (std::size_t table = 0; table < rows.size(); ++table) {
        if (!is_empty(words.tables.at(table))) ++rows.at(table);
      }
    }
    for (std::size_t table = 0; table < rows.size(); ++table) {
      auto const name = std::string(names.at(table));
      connection_.execute("INSERT INTO " + name + " (" + name + ") VALUES ('integrity-check')");
      if (connection_.integer("SELECT count(*) FROM " + name + "_docsize") != rows.at(table)) {
        return false;
      }
    }
  } catch (StoreError const& error) {
    if (error.reason() != StoreError::Reason::corrupt) throw;
    return false;
  }
  return connection_.integer(
             "SELECT count(*) FROM record_words WHERE record NOT IN (SELECT number FROM record)") ==
         0;
}

std::string packed(RecordWords const& words, Codec& codec) {
  return codec.compress(to_text(words));
}

} // namespace terracat::store

#include "store/sqlite/item_words.hpp"

#include "query/words.hpp"

namespace terracat::store {

void ItemWords::add(std::int64_t item, std::string_view words) {
  Execution(statements_.get("INSERT INTO words_item (rowid, words) VALUES (?, ?)"))
      .with(item, words)
      .finish();
  auto const kept = codec_.compress(words);
  auto& keep = statements_.get("INSERT INTO item_words (item, words) VALUES (?, ?)");
  Execution run(keep);
  run.with(item);
  keep.bind_blob(2, kept);
  run.finish();
}

bool ItemWords::is_indexed(std::int64_t item) {
  Execution run(statements_.get("SELECT 1 FROM words_item_docsize WHERE id = ?"));
  return run.with(item).step();
}

void ItemWords::drop(std::int64_t item) {
  std::string words;
  bool is_known = true; // what the index has of it
  try {
    words = words_of(item);
    is_known = !words.empty() || !is_indexed(item);
  } catch (StoreError const& error) {
    if (error.reason() != StoreError::Reason::corrupt) throw;
    is_known = false;
  }
  if (!is_known) {
    rebuild();
    words = words_of(item);
  }
  if (words.empty()) return;
  Execution(
      statements_.get("INSERT INTO words_item (words_item, rowid, words) VALUES ('delete', ?, ?)"))
      .with(item, std::string_view(words))
      .finish();
}

void ItemWords::put(std::int64_t item, std::string_view words, bool is_new) {
  if (!is_new) remove(item);
  if (!words.empty()) add(item, words);
}

void ItemWords::remove(std::int64_t item) {
  drop(item);
  forget(item);
}

void ItemWords::forget(std::int64_t item) {
  Execution(statements_.get("DELETE FROM item_words WHERE item = ?")).with(item).finish();
}

std::string ItemWords::words_of(std::int64_t item) {
  Execution run(statements_.get("SELECT words FROM item_words WHERE item = ?"));
  std::string words;
  if (run.with(item).step()) {
    codec_.decompress(run.row().text(0), words, "item_words " + std::to_string(item));
  }
  return words;
}

std::vector<ItemNumber> ItemWords::find(std::string_view phrase) {
  auto const asked = quoted_phrase(phrase);
  Execution run(statements_.get("SELECT rowid FROM words_item WHERE words_item MATCH ? "
                                "ORDER BY rowid"));
  run.with(std::string_view(asked));
  std::vector<ItemNumber> out;
  while (run.step()) out.push_back(ItemNumber{run.row().integer(0)});
  return out;
}

template<class Each>
void ItemWords::for_each_body(Each const& each) const {
  auto select = connection_.prepare("SELECT item, body FROM item_body");
  Execution run(select);
  std::string body;
  while (run.step()) {
    body.clear();
    std::optional<std::string> words;
    try {
      functions_.bodies().read(run.row().integer(0), run.row().text(1), body);
      words = query::words_in_body(body);
    } catch (StoreError const& error) {
      if (error.reason() != StoreError::Reason::corrupt) throw;
    }
    each(run.row().integer(0), words);
  }
}

bool ItemWords::rebuild() {
  bool was_sound = has_index_of_kept();
  connection_.execute("INSERT INTO words_item (words_item) VALUES ('delete-all')");
  connection_.execute("DELETE FROM item_words WHERE item NOT IN (SELECT item FROM item_body)");
  was_sound &= connection_.changed_rows() == 0;
  for_each_body([&](std::int64_t item, std::optional<std::string> words) {
    std::optional<std::string> kept;
    try {
      kept = words_of(item);
    } catch (StoreError const& error) {
      if (error.reason() != StoreError::Reason::corrupt) throw;
    }
    if (!words) words = kept;
    was_sound &= kept.has_value() && kept == words;
    forget(item);
    if (words && !words->empty()) add(item, *words);
  });
  return was_sound;
}

bool ItemWords::has_index_of_kept() {
  try {
    connection_.execute("INSERT INTO words_item (words_item) VALUES ('integrity-check')");
  } catch (StoreError const& error) {
    if (error.reason() != StoreError::Reason::corrupt) throw;
    return false;
  }
  return connection_.integer("SELECT count(*) FROM item_words") ==
         connection_.integer("SELECT count(*) FROM words_item_docsize");
}

} // namespace terracat::store

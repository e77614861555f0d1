#include "query/digest.hpp"
#include "store/sqlite/schema.hpp"
#include "store/sqlite/sqlite_writer.hpp"

#include <algorithm>

/// What a catalogue file derives from its own rows, made anew.
namespace terracat::store {
namespace {

/// A statement that changes nothing in a sound file, and what it did otherwise.
struct Remedy {
  char const* done;
  char const* sql;
};

constexpr std::array<Remedy, 22> remedies{{
    {"title keys computed", "UPDATE record SET title_key = text_key(title) "
                            "WHERE title_key IS NOT text_key(title)"},
    {"boxes taken out of the spatial index",
     "DELETE FROM idx_record_geometry WHERE NOT EXISTS (SELECT 1 FROM record r "
     "WHERE r.number = pkid AND r.geometry IS NOT NULL AND "
     "xmin <= MbrMinX(r.geometry) + 1e-12 AND xmax >= MbrMaxX(r.geometry) - 1e-12 AND "
     "ymin <= MbrMinY(r.geometry) + 1e-12 AND ymax >= MbrMaxY(r.geometry) - 1e-12)"},
    {"boxes put into the spatial index",
     "INSERT INTO idx_record_geometry (pkid, xmin, xmax, ymin, ymax) SELECT number, "
     "MbrMinX(geometry), MbrMaxX(geometry), MbrMinY(geometry), MbrMaxY(geometry) FROM record "
     "WHERE geometry IS NOT NULL AND number NOT IN (SELECT pkid FROM idx_record_geometry)"},
    {"bodies of no item removed",
     "DELETE FROM item_body WHERE item NOT IN (SELECT number FROM item)"},
    {"ids of bodies forgotten",
     "UPDATE item_body SET id = NULL WHERE id IS NOT NULL AND EXISTS (SELECT 1 FROM item AS i "
     "WHERE i.number = item_body.item AND (i.id <> item_body.id OR i.has_local_assets))"},
    {"texts of no record removed",
     "DELETE FROM record_text WHERE record NOT IN (SELECT number FROM record)"},
    {"identifiers of no record removed",
     "DELETE FROM identifier WHERE record NOT IN (SELECT number FROM record)"},
    {"identifiers of records added", "INSERT OR IGNORE INTO identifier (id, record, scheme) "
                                     "SELECT id, number, 'id' FROM record"},
    {"native identifiers of records added", "INSERT OR IGNORE INTO identifier (id, record, scheme) "
                                            "SELECT native_id, number, 'native' FROM record"},
    {"summaries of no record removed",
     "DELETE FROM derived WHERE collection NOT IN (SELECT number FROM record)"},
    {"dictionaries of no collection removed",
     "DELETE FROM dictionary WHERE collection NOT IN (SELECT number FROM record) AND "
     "collection NOT IN (SELECT collection FROM item)"},
    {"marks of nothing removed",
     "DELETE FROM missing WHERE (subject = 0 AND number NOT IN (SELECT number FROM record)) OR "
     "(subject = 1 AND number NOT IN (SELECT number FROM item))"},
    {"reports of no run removed",
     "DELETE FROM run_document WHERE run NOT IN (SELECT number FROM run)"},
    {"items of no collection left to be removed",
     "INSERT OR IGNORE INTO leaving (collection) SELECT DISTINCT collection FROM item "
     "WHERE collection NOT IN (SELECT number FROM record)"},
    {"changes of nothing removed",
     "DELETE FROM change WHERE operation = 0 AND "
     "((subject = 0 AND NOT EXISTS (SELECT 1 FROM record r WHERE r.number = change.collection AND "
     "r.id = change.id AND r.sequence = change.sequence)) OR "
     "(subject = 1 AND NOT EXISTS (SELECT 1 FROM item i WHERE i.collection = change.collection AND "
     "i.id = change.id AND i.sequence = change.sequence)))"},
    {"removals of records that are there removed",
     "DELETE FROM change WHERE operation = 1 AND subject = 0 AND id IN (SELECT id FROM record)"},
    {"removals of items that are there removed",
     "DELETE FROM change WHERE operation = 1 AND subject = 1 AND EXISTS (SELECT 1 FROM item i "
     "WHERE i.collection = change.collection AND i.id = change.id)"},
    {"changes of records added",
     "INSERT OR IGNORE INTO change (sequence, operation, subject, id, collection, at) "
     "SELECT sequence, 0, 0, id, number, coalesce((SELECT max(at) FROM change c "
     "WHERE c.sequence < record.sequence), 0) FROM record "
     "WHERE sequence NOT IN (SELECT sequence FROM change)"},
    {"changes of items added",
     "INSERT OR IGNORE INTO change (sequence, operation, subject, id, collection, at) "
     "SELECT sequence, 0, 1, id, collection, coalesce((SELECT max(at) FROM change c "
     "WHERE c.sequence < item.sequence), 0) FROM item "
     "WHERE sequence NOT IN (SELECT sequence FROM change)"},
    {"last changes of collections computed",
     "INSERT INTO item_change (collection, sequence) SELECT collection, max(sequence) FROM change "
     "WHERE subject = 1 AND collection IN (SELECT number FROM record) GROUP BY collection "
     "HAVING max(sequence) > coalesce((SELECT sequence FROM item_change i "
     "WHERE i.collection = change.collection), 0) "
     "ON CONFLICT (collection) DO UPDATE SET sequence = excluded.sequence"},
    {"items without a body left to be fetched again",
     "UPDATE item SET hash = 0 WHERE hash <> 0 AND number NOT IN (SELECT item FROM item_body)"},
    {"records without texts left to be fetched again",
     "UPDATE document SET hash = 0 WHERE hash <> 0 AND EXISTS (SELECT 1 FROM record r WHERE "
     "r.source = document.source AND r.native_id = document.native_id AND "
     "r.number NOT IN (SELECT record FROM record_text))"},
}};

} // namespace

std::vector<std::string> SqliteWriter::mend(std::function<void()> const& on_work) {
  on_work();
  return connection_.watched(on_work, [this] { return mend(); });
}

std::vector<std::string> SqliteWriter::mend() {
  std::vector<std::string> out;
  auto const tell = [&out](std::int64_t count, std::string_view done) {
    if (count > 0) out.push_back(std::to_string(count) + " " + std::string(done));
  };
  functions_.bodies().forget(); // what is in memory proves nothing of the file
  packer_.forget();
  connection_.execute("REINDEX");
  for (auto const& [done, sql] : remedies) {
    connection_.execute(sql);
    tell(connection_.changed_rows(), done);
  }
  tell(static_cast<std::int64_t>(distrust_damaged()),
       "damaged values left to be fetched again by the next harvest");
  tell(drop_useless_dictionaries(), "dictionaries removed that are damaged, or that no body names");
  tell(drop_damaged_segments(), "damaged segments dropped, which are made anew");
  std::ranges::move(drop_damaged_corrections(), std::back_inserter(out));
  // What is to be fetched again has not changed at its source: it has to be asked for everything.
  if (!out.empty()) connection_.execute("UPDATE source SET query = 0");
  if (!words_.is_sound()) {
    words_.rebuild();
    out.emplace_back("index of words made anew");
  }
  if (!item_words_.rebuild()) out.emplace_back("words of items made anew");
  auto const last = connection_.integer("SELECT coalesce(max(sequence), 0) FROM change");
  tell(std::max<std::int64_t>(last - pending_.sequence, 0), "sequences caught up with");
  pending_.sequence = std::max(pending_.sequence, last);
  source_numbers_.clear();
  return out;
}

std::int64_t SqliteWriter::drop_damaged_segments() {
  std::vector<std::int64_t> damaged;
  auto select = connection_.prepare("SELECT number, hash, bytes FROM segment");
  for (Execution run(select); run.step();) {
    auto const hash = static_cast<std::uint64_t>(run.row().integer(1));
    if (query::digest_of(run.row().text(2)) != hash) damaged.push_back(run.row().integer(0));
  }
  auto drop = connection_.prepare("DELETE FROM segment WHERE number = ?");
  for (auto const number : damaged) Execution(drop).with(number).finish();
  return static_cast<std::int64_t>(damaged.size());
}

std::int64_t SqliteWriter::drop_useless_dictionaries() {
  std::set<DictionaryNumber> useless;
  {
    auto select = connection_.prepare("SELECT number FROM dictionary AS d WHERE number < (SELECT "
                                      "max(number) FROM dictionary WHERE collection = "
                                      "d.collection)");
    for (Execution run(select); run.step();) useless.insert(run.row().integer(0));
  }
  {
    auto select = connection_.prepare("SELECT body FROM item_body");
    for (Execution run(select); run.step();) useless.erase(dictionary_of(run.row().text(0)));
  }
  {
    auto select = connection_.prepare("SELECT number, bytes FROM dictionary");
    std::string bytes;
    for (Execution run(select); run.step();) {
      bytes.clear();
      try {
        codec_.decompress(run.row().text(1), bytes, "dictionary");
      } catch (StoreError const&) { // NOLINT: that it is damaged is all that counts
        useless.insert(run.row().integer(0));
      }
    }
  }
  auto drop = connection_.prepare("DELETE FROM dictionary WHERE number = ?");
  for (auto const number : useless) Execution(drop).with(number).finish();
  return static_cast<std::int64_t>(useless.size());
}

std::vector<std::string> SqliteWriter::drop_damaged_corrections() {
  std::vector<std::string> out;
  std::vector<std::int64_t> damaged;
  {
    auto select = connection_.prepare("SELECT number, value, field, native_id FROM correction");
    Execution run(select);
    std::string value;
    while (run.step()) {
      value.clear();
      try {
        codec_.decompress(run.row().text(1), value, "value");
      } catch (StoreError const&) {
        damaged.push_back(run.row().integer(0));
        out.push_back("the correction of " + std::string(run.row().text(2)) + " of " +
                      std::string(run.row().text(3)) + " was damaged and is dropped");
      }
    }
  }
  auto drop = connection_.prepare("DELETE FROM correction WHERE number = ?");
  for (auto const number : damaged) Execution(drop).with(number).finish();
  return out;
}

void SqliteWriter::begin_epoch() {
  renew_epoch(connection_);
  pending_.epoch = static_cast<std::uint64_t>(connection_.integer("SELECT epoch FROM catalogue"));
  ++pending_.sequence;
}

std::size_t SqliteWriter::distrust_damaged() {
  std::size_t found = 0;
  std::string out;
  auto const each = [&](char const* values, char const* distrust, auto const& is_sound) {
    std::vector<std::int64_t> damaged;
    auto select = connection_.prepare(values);
    {
      Execution run(select);
      while (run.step()) {
        out.clear();
        try {
          if (is_sound(run.row())) continue;
        } catch (StoreError const&) { // NOLINT: that it is damaged is all that counts
        }
        damaged.push_back(run.row().integer(0));
      }
    }
    auto update = connection_.prepare(distrust);
    for (auto const number : damaged) {
      Execution(update).with(number).finish();
      found += static_cast<std::size_t>(connection_.changed_rows());
    }
  };
  auto const reads = [&](Statement const& row, int column) {
    codec_.decompress(row.text(column), out, "value");
    return true;
  };
  each("SELECT item, body FROM item_body",
       "UPDATE item SET hash = 0 WHERE hash <> 0 AND number = ?", [&](Statement const& row) {
         functions_.bodies().read(row.integer(0), row.text(1), out);
         return true;
       });
  each("SELECT number, bytes, hash FROM document WHERE hash <> 0",
       "UPDATE document SET hash = 0 WHERE hash <> 0 AND number = ?", [&](Statement const& row) {
         return reads(row, 1) &&
                query::digest_of(out) == static_cast<std::uint64_t>(row.integer(2));
       });
  each("SELECT record, whole, body, extent, summaries FROM record_text",
       "UPDATE document SET hash = 0 WHERE hash <> 0 AND (source, native_id) = "
       "(SELECT source, native_id FROM record WHERE number = ?)",
       [&](Statement const& row) {
         return reads(row, 1) && reads(row, 2) && reads(row, 3) && reads(row, 4);
       });
  return found;
}

} // namespace terracat::store

#include "store/sqlite/check.hpp"

#include "query/digest.hpp"
#include "store/sqlite/codec.hpp"
#include "store/sqlite/functions.hpp"

#include <array>
#include <map>
#include <new>

namespace terracat::store {
namespace {

/// Statements that find nothing in a sound file. Each row is a fault: what, and its number.
constexpr std::array rules{
    "SELECT 'item without body', number FROM item WHERE number NOT IN (SELECT item FROM item_body)",
    "SELECT 'body without item', item FROM item_body WHERE item NOT IN (SELECT number FROM item)",
    "SELECT 'body with another id', b.item FROM item_body AS b JOIN item AS i ON i.number = b.item "
    "WHERE b.id <> i.id OR (b.id IS NOT NULL AND i.has_local_assets)",
    "SELECT 'item without collection', number FROM item "
    "WHERE collection NOT IN (SELECT number FROM record) "
    "AND collection NOT IN (SELECT collection FROM leaving)",
    "SELECT 'collection that is gone and there', collection FROM leaving "
    "WHERE collection IN (SELECT number FROM record)",
    "SELECT 'mark of nothing', number FROM missing WHERE (subject = 0 AND number NOT IN "
    "(SELECT number FROM record)) OR (subject = 1 AND number NOT IN (SELECT number FROM item))",
    "SELECT 'item without change', number FROM item "
    "WHERE sequence NOT IN (SELECT sequence FROM change)",
    "SELECT 'record without texts', number FROM record "
    "WHERE number NOT IN (SELECT record FROM record_text)",
    "SELECT 'record without change', number FROM record "
    "WHERE sequence NOT IN (SELECT sequence FROM change)",
    "SELECT 'identifier of no record', record FROM identifier "
    "WHERE record NOT IN (SELECT number FROM record)",
    "SELECT 'item whose box is not that of its footprint', number FROM item "
    "WHERE (geometry IS NULL) <> (west IS NULL) OR (geometry IS NOT NULL AND west <= east AND "
    "(west <> MbrMinX(geometry) OR east <> MbrMaxX(geometry) OR south <> MbrMinY(geometry) OR "
    "north <> MbrMaxY(geometry)))",
    "SELECT 'footprint that is not valid', number FROM item "
    "WHERE geometry IS NOT NULL AND ST_IsValid(geometry) <> 1",
    "SELECT 'change beyond the last sequence', sequence FROM change "
    "WHERE sequence > (SELECT sequence FROM catalogue)",
    "SELECT 'record whose change is that of another', number FROM record WHERE NOT EXISTS "
    "(SELECT 1 FROM change c WHERE c.sequence = record.sequence AND c.operation = 0 AND "
    "c.subject = 0 AND c.id = record.id AND c.collection = record.number) "
    "AND sequence IN (SELECT sequence FROM change)",
    "SELECT 'item whose change is that of another', number FROM item WHERE NOT EXISTS "
    "(SELECT 1 FROM change c WHERE c.sequence = item.sequence AND c.operation = 0 AND "
    "c.subject = 1 AND c.id = item.id AND c.collection = item.collection) "
    "AND sequence IN (SELECT sequence FROM change)",
    "SELECT 'change of no record', sequence FROM change WHERE operation = 0 AND subject = 0 "
    "AND sequence NOT IN (SELECT sequence FROM record)",
    "SELECT 'change of no item', sequence FROM change WHERE operation = 0 AND subject = 1 "
    "AND sequence NOT IN (SELECT sequence FROM item)",
    "SELECT 'removal of a record that is there', c.sequence FROM change c JOIN record r "
    "ON r.id = c.id WHERE c.operation = 1 AND c.subject = 0",
    "SELECT 'removal of an item that is there', c.sequence FROM change c JOIN item i "
    "ON i.collection = c.collection AND i.id = c.id WHERE c.operation = 1 AND c.subject = 1",
    "SELECT 'collection whose last change is older than those of its items', collection "
    "FROM change WHERE subject = 1 AND collection IN (SELECT number FROM record) "
    "GROUP BY collection HAVING max(sequence) > coalesce((SELECT sequence FROM item_change i "
    "WHERE i.collection = change.collection), 0)",
    "SELECT 'record whose title key is not that of its title', number FROM record "
    "WHERE title_key IS NOT text_key(title)",
    "SELECT 'footprint of a record that is not valid', number FROM record "
    "WHERE geometry IS NOT NULL AND ST_IsValid(geometry) <> 1",
    // SpatiaLite's triggers put boxes into the index with twelve decimals.
    "SELECT 'record that the spatial index lacks', number FROM record WHERE geometry IS NOT NULL "
    "AND NOT EXISTS (SELECT 1 FROM idx_record_geometry x WHERE x.pkid = record.number AND "
    "x.xmin <= MbrMinX(geometry) + 1e-12 AND x.xmax >= MbrMaxX(geometry) - 1e-12 AND "
    "x.ymin <= MbrMinY(geometry) + 1e-12 AND x.ymax >= MbrMaxY(geometry) - 1e-12)",
    "SELECT 'box of no record in the spatial index', pkid FROM idx_record_geometry "
    "WHERE pkid NOT IN (SELECT number FROM record WHERE geometry IS NOT NULL)",
    "SELECT 'texts of no record', record FROM record_text "
    "WHERE record NOT IN (SELECT number FROM record)",
    "SELECT 'words of no record', record FROM record_words "
    "WHERE record NOT IN (SELECT number FROM record)",
    "SELECT 'record that is found by words that were not kept', id FROM "
    "(SELECT id FROM words_fr_docsize UNION SELECT id FROM words_en_docsize UNION "
    "SELECT id FROM words_other_docsize UNION SELECT id FROM words_exact_docsize) "
    "WHERE id NOT IN (SELECT record FROM record_words)",
    "SELECT 'words of no item', item FROM item_words WHERE item NOT IN (SELECT number FROM item)",
    "SELECT 'item that is found by words that were not kept', id FROM words_item_docsize "
    "WHERE id NOT IN (SELECT item FROM item_words)",
    "SELECT 'summary of no record', collection FROM derived "
    "WHERE collection NOT IN (SELECT number FROM record)",
    "SELECT 'dictionary of no collection', number FROM dictionary "
    "WHERE collection NOT IN (SELECT number FROM record) "
    "AND collection NOT IN (SELECT collection FROM leaving)",
    "SELECT 'report of no run', run FROM run_document "
    "WHERE run NOT IN (SELECT number FROM run) GROUP BY run",
    "SELECT 'source that is not there', source FROM (SELECT source FROM record UNION "
    "SELECT source FROM item UNION SELECT source FROM document UNION SELECT source FROM run "
    "UNION SELECT source FROM correction) WHERE source NOT IN (SELECT number FROM source)",
};

/// A column of compressed values with its rows' numbers.
struct Column {
  char const* name;
  char const* sql;
};

constexpr std::array<Column, 9> columns{{
    {"dictionary", "SELECT number, bytes FROM dictionary"},
    {"document", "SELECT number, bytes, hash FROM document"},
    {"correction", "SELECT number, value FROM correction"},
    {"record_text.whole", "SELECT record, whole FROM record_text"},
    {"record_text.body", "SELECT record, body FROM record_text"},
    {"record_text.extent", "SELECT record, extent FROM record_text"},
    {"record_words", "SELECT record, words FROM record_words"},
    {"item_words", "SELECT item, words FROM item_words"},
    {"record_text.summaries", "SELECT record, summaries FROM record_text"},
}};

constexpr std::size_t most_faults = 1'000; ///< a damaged file has many alike

class Check {
 public:
  Check(std::string const& path, Connection::Use use, std::function<void(double)> const& progress)
      : connection_(path, use), progress_(progress) {}

  std::vector<Fault> to(Depth depth) {
    if (depth == Depth::whole) return whole();
    steps_to_do_ = depth == Depth::structure ? 1 : 3 + columns.size();
    structure("PRAGMA quick_check(100)");
    if (depth == Depth::values) values();
    return std::move(faults_);
  }

 private:
  std::vector<Fault> whole() {
    steps_to_do_ = 3 + rules.size() + columns.size();
    structure("PRAGMA integrity_check(100)");
    for (auto const* const rule : rules) {
      guarded(rule, [&] { apply(rule); });
      step();
    }
    values();
    return std::move(faults_);
  }

  void structure(char const* pragma) {
    guarded(pragma, [&] {
      for (auto& fault : lasting_faults([&] { return found_by(pragma); })) add(std::move(fault));
    });
    step();
  }

  std::vector<std::string> found_by(char const* pragma) {
    std::function<void()> const watcher = [this] { progress_(0); };
    std::vector<std::string> out;
    auto statement = connection_.prepare(pragma);
    Execution run(statement);
    while (connection_.watched(watcher, [&] { return run.step(); })) {
      if (auto fault = structure_fault(statement.text(0)); !fault.empty()) {
        out.push_back(std::move(fault));
      }
    }
    return out;
  }

  void values() {
    for (auto const& column : columns) {
      guarded(column.name, [&] { read(column); });
      step();
    }
    guarded("item_body", [&] { read_bodies(); });
    step();
    guarded("segment", [&] { read_segments(); });
    step();
  }

  /// Each damaged body is a fault; those that all want the same dictionary are one.
  void read_bodies() {
    std::map<DictionaryNumber, std::size_t> unreadable; // bodies, by what they want
    auto statement = connection_.prepare("SELECT item, body FROM item_body");
    Execution run(statement);
    std::string out;
    while (run.step()) {
      out.clear();
      auto const wanted = dictionary_of(statement.text(1));
      if (wanted != 0 && !is_readable(wanted)) {
        ++unreadable[wanted];
        continue;
      }
      guarded("item_body",
              [&] { functions_.bodies().read(statement.integer(0), statement.text(1), out); });
    }
    for (auto const& [number, bodies] : unreadable) {
      add("dictionary " + std::to_string(number) +
          ", without which bodies cannot be read: " + std::to_string(bodies));
    }
  }

  /// What an index keeps is made anew without them.
  void read_segments() {
    auto statement = connection_.prepare("SELECT number, hash, bytes FROM segment");
    for (Execution run(statement); run.step();) {
      if (query::digest_of(statement.text(2)) == static_cast<std::uint64_t>(statement.integer(1))) {
        continue;
      }
      add("segment " + std::to_string(statement.integer(0)) +
          ": the hash is not that of the bytes; it is derived, and made anew");
    }
  }

  bool is_readable(DictionaryNumber number) {
    auto const [known, is_new] = readable_.try_emplace(number, true);
    if (!is_new) return known->second;
    try {
      static_cast<void>(functions_.bodies().dictionary(number));
    } catch (StoreError const& error) {
      if (error.reason() != StoreError::Reason::corrupt) throw;
      known->second = false;
    }
    return known->second;
  }

  void apply(char const* rule) {
    auto statement = connection_.prepare(rule);
    Execution run(statement);
    while (run.step()) {
      add(std::string(statement.text(0)) + ": " + std::to_string(statement.integer(1)));
    }
  }

  void read(Column const& column) {
    auto statement = connection_.prepare(column.sql);
    Execution run(statement);
    std::string out;
    while (run.step()) {
      out.clear();
      auto const what = std::string(column.name) + " " + std::to_string(statement.integer(0));
      guarded(column.name, [&] {
        codec_.decompress(statement.text(1), out, what);
        bool const has_hash = statement.column_count() > 2 && statement.integer(2) != 0;
        if (has_hash && query::digest_of(out) != static_cast<std::uint64_t>(statement.integer(2))) {
          add(what + ": the hash is not that of the bytes");
        }
      });
    }
  }

  /// What cannot even be read is a fault as well; the next rule is tried all the same.
  template<class Body>
  void guarded(std::string const& doing, Body const& body) {
    try {
      body();
    } catch (StoreError const& error) {
      add(error.what());
    } catch (std::runtime_error const& error) {
      add(doing + ": " + error.what());
    } catch (std::bad_alloc const&) {
      // SQLite says so of a damaged cell, too, that claims to have gigabytes: of a file whose
      // structure is known to be broken that is likelier.
      if (faults_.empty()) throw;
      add(doing + ": cannot be read");
    }
  }

  void add(std::string fault) {
    if (faults_.size() < most_faults) faults_.push_back(std::move(fault));
  }

  void step() {
    ++steps_;
    progress_(static_cast<double>(steps_) / static_cast<double>(steps_to_do_));
  }

  Connection connection_;
  DictionaryCache dictionaries_;
  Functions functions_{connection_.handle(), dictionaries_};
  Codec codec_;
  std::map<DictionaryNumber, bool> readable_; ///< dictionaries that bodies name
  std::function<void(double)> const& progress_;
  std::vector<Fault> faults_;
  std::size_t steps_ = 0;
  std::size_t steps_to_do_ = 1;
};

} // namespace

std::vector<Fault> check_catalogue(std::string const& path, Connection::Use use, Depth depth,
                                   std::function<void(double)> const& progress) {
  return Check(path, use, progress).to(depth);
}

} // namespace terracat::store

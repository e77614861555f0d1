// The floor: what no design can avoid. It knows beforehand which items each answer has, reads their
// bodies from the catalogue file by number, decompresses them, joins them and sends them.

#include "arguments.hpp"
#include "send.hpp"

#include <sqlite3.h>
#define ZSTD_STATIC_LINKING_ONLY // for the checksum that is not looked at
#include <zstd.h>

#include <fstream>
#include <map>
#include <string>

namespace {

using namespace terracat::bench;

/// Stands for what answers say of themselves, and of each item: as long as what terracat says.
constexpr std::string_view head = R"({"type":"FeatureCollection","features":[)";
constexpr std::string_view item_head =
    R"({"id":"tiles-l2a_20250602T121516_R079_00004d43","collection":"tiles-l2a",)";
constexpr std::string_view item_links =
    R"(,{"rel":"self","type":"application/geo+json","href":"http://127.0.0.1:40000/stac/collections/)"
    R"(tiles-l2a/items/tiles-l2a_20250602T121516_R079_00004d43"},{"rel":"root","type":)"
    R"("application/json","href":"http://127.0.0.1:40000/stac"},{"rel":"parent","type":)"
    R"("application/json","href":"http://127.0.0.1:40000/stac/collections/tiles-l2a"},{"rel":)"
    R"("collection","type":"application/json","href":)"
    R"("http://127.0.0.1:40000/stac/collections/tiles-l2a"}]})";
constexpr std::string_view tail =
    R"(],"links":[{"rel":"self","type":"application/geo+json","href":"http://127.0.0.1:40000/stac/)"
    R"(search?limit=10&collections=tiles-l2a&bbox=0,40,10,50"},{"rel":"root","type":)"
    R"("application/json","href":"http://127.0.0.1:40000/stac"},{"rel":"next","type":)"
    R"("application/geo+json","href":"http://127.0.0.1:40000/stac/search?limit=10&collections=)"
    R"(tiles-l2a&bbox=0,40,10,50&token=AWycgZEEkJ90wawqxqeGrdVETQAAAAAAAAERIPWMBd1EkTCXAQAAsYhTYA"}],)"
    R"("numberMatched":41,"numberReturned":10})";

/// Numbers of items, answer by answer.
struct Notes {
  std::vector<std::int64_t> numbers;
  std::vector<std::size_t> begins{0}; ///< of each answer in `numbers`, and the end of the last
};

/// Each line has the numbers of an answer, separated by blanks.
Notes read_notes(std::string const& path) {
  std::ifstream file(path);
  Notes out;
  for (std::string line; std::getline(file, line);) {
    for (auto const* at = line.c_str(); *at != '\0';) {
      char* end = nullptr;
      out.numbers.push_back(std::strtoll(at, &end, 10));
      if (end == at) throw std::runtime_error("no number in " + path + ": " + line);
      at = *end == ' ' ? end + 1 : end;
    }
    out.begins.push_back(out.numbers.size());
  }
  if (out.begins.size() == 1) throw std::runtime_error("no answers in " + path);
  return out;
}

constexpr unsigned first_dictionary_id = 32'768; ///< of number 0 (store/sqlite/dictionary.cpp)

/// One reader of the catalogue file, which holds its read transaction for ever, and has all
/// dictionaries ready.
class Bodies {
 public:
  explicit Bodies(std::string const& path) {
    check(sqlite3_open_v2(path.c_str(), &connection_, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX,
                          nullptr));
    execute("PRAGMA mmap_size = 1099511627776");
    execute("BEGIN");
    check(sqlite3_prepare_v3(connection_, "SELECT body FROM item_body WHERE item = ?", -1,
                             SQLITE_PREPARE_PERSISTENT, &statement_, nullptr));
    ZSTD_DCtx_setParameter(context_, ZSTD_d_forceIgnoreChecksum, ZSTD_d_ignoreChecksum);
    read_dictionaries();
  }

  Bodies(Bodies const&) = delete;
  Bodies(Bodies&&) = delete;
  Bodies& operator=(Bodies const&) = delete;
  Bodies& operator=(Bodies&&) = delete;

  ~Bodies() {
    sqlite3_finalize(statement_);
    sqlite3_close(connection_);
    ZSTD_freeDCtx(context_);
    for (auto const& [id, dictionary] : dictionaries_) ZSTD_freeDDict(dictionary);
  }

  void append(std::int64_t number, Buffer& out) {
    sqlite3_bind_int64(statement_, 1, number);
    if (sqlite3_step(statement_) != SQLITE_ROW) {
      throw std::runtime_error("there is no item " + std::to_string(number));
    }
    auto const* const bytes = sqlite3_column_blob(statement_, 0);
    auto const size = static_cast<std::size_t>(sqlite3_column_bytes(statement_, 0));
    auto const whole = static_cast<std::size_t>(ZSTD_getFrameContentSize(bytes, size));
    auto const written =
        ZSTD_decompress_usingDDict(context_, out.room(whole), whole, bytes, size,
                                   dictionary(ZSTD_getDictID_fromFrame(bytes, size)));
    if (ZSTD_isError(written) != 0) {
      throw std::runtime_error("item " + std::to_string(number) + ": " +
                               ZSTD_getErrorName(written));
    }
    out.used(written);
    sqlite3_reset(statement_);
  }

 private:
  void check(int code) const {
    if (code != SQLITE_OK) throw std::runtime_error(sqlite3_errmsg(connection_));
  }

  void read_dictionaries() {
    sqlite3_stmt* all = nullptr;
    check(
        sqlite3_prepare_v2(connection_, "SELECT number, bytes FROM dictionary", -1, &all, nullptr));
    while (sqlite3_step(all) == SQLITE_ROW) {
      auto const* const packed = sqlite3_column_blob(all, 1);
      auto const size = static_cast<std::size_t>(sqlite3_column_bytes(all, 1));
      std::string bytes(ZSTD_getFrameContentSize(packed, size), '\0');
      ZSTD_decompressDCtx(context_, bytes.data(), bytes.size(), packed, size);
      auto const id = first_dictionary_id + static_cast<unsigned>(sqlite3_column_int(all, 0));
      dictionaries_[id] = ZSTD_createDDict(bytes.data(), bytes.size());
    }
    check(sqlite3_finalize(all));
  }

  /// \return  null if there is none of that id; 0: there is none
  ZSTD_DDict const* dictionary(unsigned id) {
    if (id == last_id_) return last_;
    auto const found = dictionaries_.find(id);
    last_id_ = id;
    last_ = found == dictionaries_.end() ? nullptr : found->second;
    return last_;
  }

  void execute(char const* sql) const {
    check(sqlite3_exec(connection_, sql, nullptr, nullptr, nullptr));
  }

  sqlite3* connection_ = nullptr;
  sqlite3_stmt* statement_ = nullptr;
  ZSTD_DCtx* context_ = ZSTD_createDCtx();
  std::map<unsigned, ZSTD_DDict*> dictionaries_; ///< by the id that bodies name
  unsigned last_id_ = 0;
  ZSTD_DDict const* last_ = nullptr;
};

class Joined {
 public:
  Joined(std::string const& catalogue, Notes const& notes, std::atomic<std::size_t>& turn,
         bool is_item)
      : bodies_(catalogue), notes_(notes), turn_(turn), is_item_(is_item) {}

  /// The answers in the order of the notes, whichever thread gives them.
  std::string_view next(Buffer& buffer) {
    auto const turn = turn_.fetch_add(1, std::memory_order_relaxed) % (notes_.begins.size() - 1);
    auto const begin = notes_.begins[turn];
    auto const end = notes_.begins[turn + 1];
    if (!is_item_) buffer.append(head);
    for (auto at = begin; at < end; ++at) {
      if (at > begin) buffer.append(",");
      buffer.append(item_head);
      bodies_.append(notes_.numbers[at], buffer);
      buffer.append(item_links);
    }
    if (!is_item_) buffer.append(tail);
    return buffer.text();
  }

 private:
  Bodies bodies_;
  Notes const& notes_;
  std::atomic<std::size_t>& turn_;
  bool is_item_;
};

} // namespace

int main(int count, char** values) {
  Arguments arguments(count, values, "floor [--threads N] [--item] CATALOGUE NOTES");
  auto const threads = arguments.number("--threads", 2);
  bool const is_item = arguments.flag("--item");
  auto const paths = arguments.rest(2);
  sqlite3_config(SQLITE_CONFIG_MULTITHREAD);
  sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
  try {
    auto const notes = read_notes(std::string(paths[1]));
    std::atomic<std::size_t> turn = 0;
    std::vector<std::unique_ptr<Joined>> senders;
    for (std::uint64_t i = 0; i < threads; ++i) {
      senders.push_back(std::make_unique<Joined>(std::string(paths[0]), notes, turn, is_item));
    }
    serve(senders);
  } catch (std::exception const& error) {
    std::cerr << "floor: " << error.what() << '\n';
    return 1;
  }
}

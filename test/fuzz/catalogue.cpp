// A catalogue file that somebody has changed: opened for reading and asked everything. Each answer
// is one, or an error of the store; nothing else.
//
// The input is a list of changes: the page (two bytes, little-endian, of as many as there are), the
// place in it (two bytes), a length (one byte) and as many bytes.

#include "fuzz/fuzz.hpp"

#include "index/loading.hpp"
#include "index/search.hpp"
#include "store/sqlite/database.hpp"
#include "store/sqlite/sqlite_store.hpp"
#include "support/stores.hpp"
#include "support/temporary_folder.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <new>
#include <string>
#include <vector>

namespace terracat::fuzz {
namespace {

namespace fs = std::filesystem;
using store::StoreError;

constexpr std::size_t page_size = 8192;
constexpr std::size_t schema_pages = 3; ///< the root of the schema and the first of its leaves

index::Layout layout() {
  return {.segment_rows = 10,
          .properties = std::make_shared<index::Properties const>(std::vector<query::Property>{
              {.name = "eo:cloud_cover", .type = query::Type::number}})};
}

/// As a server does.
void keep_index(store::Reader& reader, store::Writer& writer) {
  auto const properties = layout().properties;
  index::Rows rows(*properties);
  auto const state = reader.begin();
  for (auto const& place : reader.item_places({}, 100, properties->list())) rows.add(place);
  reader.end();
  index::Keeper keeper;
  keeper.aim_at(std::make_shared<index::Version const>(std::move(rows), layout()), state.sequence);
  while (!keeper.is_done()) keeper.write(writer);
}

/// A small catalogue with something in every table.
void fill(fs::path const& path) {
  auto const store = store::open_sqlite_store(path, store::Access::write);
  auto const writer = store->writer();
  writer->begin();
  auto record = test::record_write("c", "A collection");
  record.texts.body = R"("type":"Collection")";
  auto const collection = writer->put(record);
  writer->put_identifier("10.1000/c", "doi", collection);
  writer->put_derived(collection, R"({"count":20})");
  for (int i = 0; i < 20; ++i) {
    auto const west = static_cast<double>(i) * 10 - 100;
    writer->put(test::item_write(
        collection,
        {.id = "i" + std::to_string(i),
         .properties = R"("eo:cloud_cover":)" + std::to_string(i),
         .footprint = model::Geometry::box(model::Bbox::make(west, -5, west + 3, 5).value()),
         .datetime = model::Instant(1'700'000'000'000 + i * 1000)}));
  }
  writer->put_document({.source = "source-a", .native_id = "d", .bytes = "<document/>"});
  writer->put_source({.name = "source-a", .checkpoint = "page 3"});
  auto const run = writer->put_run({.source = "source-a", .mode = "test"});
  writer->put_run_document({.run = run, .native_id = "d", .code = "no-title"});
  writer->commit();
  keep_index(*store->reader(), *writer);
  writer->settle();
}

/// The file, which is the sound one again after each input.
class Patient {
 public:
  Patient() : path_(folder_.path() / "c.sqlite") {
    fill(path_);
    std::ifstream file(path_, std::ios::binary);
    sound_.assign(std::istreambuf_iterator<char>(file), {});
    require(sound_.size() % page_size == 0, "a file has whole pages");
    descriptor_ = ::open(path_.c_str(), O_RDWR | O_CLOEXEC);
    require(descriptor_ >= 0, "the file can be opened");
  }

  /// \return  whether the schema may have changed, which costs so much to look at
  bool change(std::string_view input) {
    bool is_of_schema = false;
    auto const number = [&input](std::size_t size) {
      std::size_t out = 0;
      for (std::size_t i = 0; i < size; ++i) {
        out |= std::size_t{static_cast<unsigned char>(input[i])} << 8U * i;
      }
      input.remove_prefix(size);
      return out;
    };
    while (input.size() > 5) {
      auto const page = number(2) % (sound_.size() / page_size);
      auto const place = number(2) % page_size;
      auto const length = std::min({number(1) + 1, input.size(), page_size - place});
      write(page * page_size + place, input.substr(0, length));
      changed_.push_back(page);
      is_of_schema = is_of_schema || page < schema_pages;
      input.remove_prefix(length);
    }
    return is_of_schema;
  }

  void heal() {
    for (auto const page : changed_) {
      write(page * page_size, std::string_view(sound_).substr(page * page_size, page_size));
    }
    changed_.clear();
  }

  [[nodiscard]] fs::path const& path() const noexcept { return path_; }

 private:
  void write(std::size_t offset, std::string_view bytes) const {
    auto const written =
        ::pwrite(descriptor_, bytes.data(), bytes.size(), static_cast<off_t>(offset));
    require(written == static_cast<ssize_t>(bytes.size()), "the file can be written");
  }

  test::TemporaryFolder folder_;
  fs::path path_;
  std::string sound_;
  int descriptor_ = -1;
  std::vector<std::size_t> changed_;
};

void ask_items(store::Reader& reader) {
  query::ItemSearch search;
  search.limit = 50;
  std::string body;
  for (auto const& row : reader.items(search).rows) reader.body(row.number, body);
  search.where.node =
      query::Intersects{model::Geometry::box(model::Bbox::make(-80, -10, 20, 10).value())};
  (void)reader.items(search);
  search.where.node =
      query::Compare{.property = {.name = "eo:cloud_cover", .type = query::Type::number},
                     .comparison = query::Comparison::less,
                     .value = 10.0};
  (void)reader.items(search);
}

void ask_records(store::Reader& reader) {
  for (auto const& row : reader.records({.limit = 10}).rows) {
    (void)reader.record_texts(row.number);
    (void)reader.derived(row.number);
    (void)reader.item(row.number, "i7");
    (void)reader.count_items(row.number);
    (void)reader.item_extents(row.number, {}, 50);
    (void)reader.item_numbers(row.number);
    (void)reader.last_item_change(row.number);
  }
  (void)reader.records_by_identifier("10.1000/c");
}

void ask_sources(store::Reader& reader) {
  (void)reader.source("source-a");
  (void)reader.document("source-a", "d");
  (void)reader.document_ids("source-a");
  for (auto const& run : reader.runs("source-a", 10))
    (void)reader.run_documents({.run = run.number});
  (void)reader.changes({}, 100);
}

/// What is kept of an index is as it was, or is refused.
void ask_index(store::Store& store) {
  index::Readers readers;
  readers.push_back(store.reader());
  auto const found = index::load({}, readers, layout());
  auto const* const loaded = std::get_if<index::Loaded>(&found);
  if (loaded == nullptr) return;
  query::ItemSearch const search{.limit = 50};
  (void)readers.front()->begin();
  if (auto const plan = index::plan_of(search, *loaded->version)) {
    (void)index::search(*loaded->version, *plan, *readers.front());
  }
}

/// Asks, with an error of the store as good as an answer.
template<class Asking>
void guarded(Asking const& ask) {
  try {
    ask();
  } catch (StoreError const&) {     // says what is wrong; anything else ends the process
  } catch (std::bad_alloc const&) { // SQLite says so of a damaged cell that claims gigabytes
  }
}

} // namespace

void try_input(std::string_view input) {
  static auto& patient = *new Patient; // NOLINT: lives as long as the process
  // A file that changes under a program that has it open.
  static auto const open = store::open_sqlite_store(patient.path(), store::Access::read);
  bool const is_of_schema = patient.change(input);
  guarded([&] {
    auto const opened =
        is_of_schema ? store::open_sqlite_store(patient.path(), store::Access::read) : nullptr;
    auto& store = opened ? *opened : *open;
    auto const reader = store.reader();
    reader->begin();
    guarded([&] { ask_items(*reader); });
    guarded([&] { ask_records(*reader); });
    guarded([&] { ask_sources(*reader); });
    guarded([&] { ask_index(store); });
    (void)store.check(store::Depth::whole, [](double) {});
  });
  patient.heal();
}

} // namespace terracat::fuzz

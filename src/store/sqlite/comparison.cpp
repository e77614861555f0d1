#include "query/words.hpp"
#include "store/sqlite/spatialite_blob.hpp"
#include "store/sqlite/sqlite_reader.hpp"

/// What is kept to search by, against what a write would keep.
namespace terracat::store {
namespace {

// Each column says whether it is what the parameter says; their names stand in the same order.
constexpr std::string_view record_comparison =
    "SELECT type IS ?2, title IS ?3, has_period IS ?4, since IS ?5, until IS ?6, geometry IS ?7 "
    "FROM record WHERE number = ?1";
constexpr std::array compared_of_record{"type",  "title", "has_period",
                                        "since", "until", "geometry"};

constexpr std::string_view item_comparison =
    "SELECT time IS ?2, begins IS ?3, ends IS ?4, west IS ?5, south IS ?6, east IS ?7, "
    "north IS ?8, is_box IS ?9, lowest IS ?10, highest IS ?11, geometry IS ?12 "
    "FROM item WHERE number = ?1";
constexpr std::array compared_of_item{"time",  "begins", "ends",   "west",    "south",   "east",
                                      "north", "is_box", "lowest", "highest", "geometry"};

std::optional<std::int64_t> milliseconds(std::optional<model::Instant> instant) {
  return instant ? std::optional(instant->milliseconds()) : std::nullopt;
}

template<std::size_t Size>
std::vector<std::string> differing(Execution& run, std::array<char const*, Size> const& names) {
  std::vector<std::string> out;
  if (!run.step()) return out;
  for (std::size_t i = 0; i < Size; ++i) {
    if (run.row().integer(static_cast<int>(i)) == 0) out.emplace_back(names.at(i));
  }
  return out;
}

} // namespace

std::vector<std::string> SqliteReader::differences(RecordNumber number, RecordWrite const& write) {
  auto& compare = record_comparison_
                      ? *record_comparison_
                      : record_comparison_.emplace(connection_.handle(), record_comparison);
  auto const blob = write.footprint ? to_spatialite(*write.footprint) : std::string();
  Execution run(compare);
  run.with(static_cast<std::int64_t>(number), std::string_view(write.type),
           std::string_view(write.title), std::int64_t{write.period.has_value()},
           milliseconds(write.period ? write.period->first() : std::nullopt),
           milliseconds(write.period ? write.period->last() : std::nullopt));
  if (write.footprint) compare.bind_blob(7, blob);
  auto out = differing(run, compared_of_record);
  // Those that other rules made, and those that are missing, are made anew (Catalogue).
  auto const words = words_.words_of(static_cast<std::int64_t>(number));
  if (words && words->version == write.words.version && *words != write.words) {
    out.emplace_back("words");
  }
  return out;
}

std::vector<std::string> SqliteReader::differences(ItemNumber number, ItemWrite const& write) {
  auto& compare = item_comparison_
                      ? *item_comparison_
                      : item_comparison_.emplace(connection_.handle(), item_comparison);
  auto const& item = *write.item;
  auto const blob = item.footprint ? to_spatialite(*item.footprint) : std::string();
  Execution run(compare);
  run.with(static_cast<std::int64_t>(number), milliseconds(write.item.time()),
           milliseconds(item.start), milliseconds(item.end));
  if (item.footprint) {
    auto const& box = item.footprint->bbox();
    compare.bind(5, box.west());
    compare.bind(6, box.south());
    compare.bind(7, box.east());
    compare.bind(8, box.north());
    compare.bind(9, std::int64_t{item.footprint->is_box()});
    compare.bind_blob(12, blob);
  }
  if (item.heights) {
    compare.bind(10, item.heights->lowest);
    compare.bind(11, item.heights->highest);
  }
  auto out = differing(run, compared_of_item);
  if (item_words_.words_of(static_cast<std::int64_t>(number)) != query::words_in_body(item.body)) {
    out.emplace_back("words");
  }
  return out;
}

} // namespace terracat::store

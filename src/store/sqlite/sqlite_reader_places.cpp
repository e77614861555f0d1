#include "store/sqlite/spatialite_blob.hpp"
#include "store/sqlite/sqlite_reader.hpp"

/// Where and when items are.
namespace terracat::store {
namespace {

constexpr auto extents =
    "SELECT number, west, south, east, north, "
    "CASE WHEN begins IS NOT NULL AND ends IS NOT NULL THEN begins ELSE time END, "
    "CASE WHEN begins IS NOT NULL AND ends IS NOT NULL THEN ends ELSE time END "
    "FROM item WHERE collection = ? AND number > ? ORDER BY number LIMIT ?";

constexpr auto places =
    "SELECT number, west, south, east, north, "
    "CASE WHEN begins IS NOT NULL AND ends IS NOT NULL THEN begins ELSE time END, "
    "CASE WHEN begins IS NOT NULL AND ends IS NOT NULL THEN ends ELSE time END, "
    "time, collection, is_box FROM item WHERE number > ? AND "
    "collection NOT IN (SELECT collection FROM leaving) ORDER BY number LIMIT ?";

constexpr auto places_with_bodies =
    "SELECT number, west, south, east, north, "
    "CASE WHEN begins IS NOT NULL AND ends IS NOT NULL THEN begins ELSE time END, "
    "CASE WHEN begins IS NOT NULL AND ends IS NOT NULL THEN ends ELSE time END, "
    "time, collection, is_box, (SELECT body FROM item_body WHERE item = number) "
    "FROM item WHERE number > ? AND "
    "collection NOT IN (SELECT collection FROM leaving) ORDER BY number LIMIT ?";

constexpr auto one_footprint = "SELECT west, south, east, north, is_box, geometry FROM item "
                               "WHERE number = ? AND west IS NOT NULL AND "
                               "collection NOT IN (SELECT collection FROM leaving)";

/// The box whose western edge is in this column; the others follow.
model::Bbox box_at(Statement const& row, int column) {
  return model::Bbox::restored(row.number(column), row.number(column + 1), row.number(column + 2),
                               row.number(column + 3));
}

ItemExtent read_extent(Statement const& row) {
  ItemExtent extent{.number = ItemNumber{row.integer(0)}, .bbox = {}, .period = {}};
  if (!row.is_null(1)) extent.bbox = box_at(row, 1);
  if (!row.is_null(5)) {
    auto const bound = [&](int column) {
      return model::Bound::at(model::Instant(row.integer(column)));
    };
    extent.period = model::Interval::make(bound(5), bound(6)).value();
  }
  return extent;
}

/// A body that is damaged says nothing, and spoils nothing for others.
std::vector<query::PropertyValue> values_in(Functions& functions, std::int64_t item,
                                            std::string_view body,
                                            std::span<query::Property const> wanted) {
  try {
    return functions.parsed(item, body).values(wanted);
  } catch (StoreError const& error) {
    if (error.reason() != StoreError::Reason::corrupt) throw;
  } catch (std::runtime_error const&) { // no JSON, whatever its checksum says
  }
  return {};
}

} // namespace

std::vector<ItemExtent> SqliteReader::item_extents(RecordNumber collection, ItemNumber after,
                                                   std::size_t limit) {
  std::vector<ItemExtent> out;
  Execution run(searches_.get(extents));
  run.with(static_cast<std::int64_t>(collection), static_cast<std::int64_t>(after),
           static_cast<std::int64_t>(limit));
  while (run.step()) out.push_back(read_extent(run.row()));
  return out;
}

std::vector<ItemPlace> SqliteReader::item_places(ItemNumber after, std::size_t limit,
                                                 std::span<query::Property const> wanted) {
  std::vector<ItemPlace> out;
  functions_.forget(); // a writer may have replaced what it read
  Execution run(searches_.get(wanted.empty() ? places : places_with_bodies));
  run.with(static_cast<std::int64_t>(after), static_cast<std::int64_t>(limit));
  while (run.step()) {
    auto const& row = run.row();
    auto const extent = read_extent(row);
    ItemPlace place{.number = extent.number,
                    .collection = RecordNumber{row.integer(8)},
                    .time = {},
                    .period = extent.period,
                    .bbox = extent.bbox,
                    .is_box = row.integer(9) != 0};
    if (!row.is_null(7)) place.time = model::Instant(row.integer(7));
    if (!wanted.empty()) place.values = values_in(functions_, row.integer(0), row.text(10), wanted);
    out.push_back(std::move(place));
  }
  connection_.check_deadline();
  return out;
}

std::optional<model::Geometry> SqliteReader::footprint(ItemNumber number) {
  connection_.check_deadline(); // the statement is too short to notice
  if (!footprint_) footprint_.emplace(connection_.prepare(one_footprint));
  Execution run(*footprint_);
  if (!run.with(static_cast<std::int64_t>(number)).step()) return std::nullopt;
  auto const& row = run.row();
  return model::Geometry::restored(from_spatialite(row.text(5)), box_at(row, 0),
                                   row.integer(4) != 0);
}

} // namespace terracat::store

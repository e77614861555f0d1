#include "query/digest.hpp"
#include "store/sqlite/spatialite_blob.hpp"
#include "store/sqlite/sqlite_reader.hpp"

#include <algorithm>

/// Where and when items are, and what an index keeps of that.
namespace terracat::store {
namespace {

constexpr auto extents =
    "SELECT number, west, south, east, north, "
    "CASE WHEN begins IS NOT NULL AND ends IS NOT NULL THEN begins ELSE time END, "
    "CASE WHEN begins IS NOT NULL AND ends IS NOT NULL THEN ends ELSE time END "
    "FROM item WHERE collection = ? AND number > ? ORDER BY number LIMIT ?";

constexpr auto numbers = "SELECT number FROM item WHERE collection = ? AND "
                         "collection NOT IN (SELECT collection FROM leaving)";

constexpr auto one_segment = "SELECT hash, bytes FROM segment WHERE number = ?";

// What read_place expects first. The byte of a footprint that says its type: SpatiaLite has 39
// before it.
constexpr char place_columns[] = // NOLINT: SqlText::add takes arrays
    "i.number, i.west, i.south, i.east, i.north, "
    "CASE WHEN i.begins IS NOT NULL AND i.ends IS NOT NULL THEN i.begins ELSE i.time END, "
    "CASE WHEN i.begins IS NOT NULL AND i.ends IS NOT NULL THEN i.ends ELSE i.time END, "
    "i.time, i.collection, i.is_box, substr(i.geometry, 40, 1) IN (x'01', x'02', x'03'), "
    "CASE WHEN i.is_box = 0 AND substr(i.geometry, 40, 1) = x'03' AND length(i.geometry) <= 512 "
    "THEN i.geometry END";

constexpr auto one_footprint =
    "SELECT west, south, east, north, is_box, geometry, collection FROM item "
    "WHERE number = ? AND west IS NOT NULL";

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

/// One that is damaged has none; whoever reads it is told.
model::Path outline_in(std::string_view blob) {
  try {
    return model::outline_from_wkb(from_spatialite(blob), ItemPlace::most_corners);
  } catch (StoreError const& error) {
    if (error.reason() != StoreError::Reason::corrupt) throw;
    return {};
  }
}

ItemPlace read_place(Statement const& row) {
  auto const extent = read_extent(row);
  ItemPlace place{.number = extent.number,
                  .collection = RecordNumber{row.integer(8)},
                  .time = {},
                  .period = extent.period,
                  .bbox = extent.bbox,
                  .is_box = row.integer(9) != 0,
                  .is_connected = row.integer(10) != 0};
  if (!row.is_null(11)) place.outline = outline_in(row.text(11));
  if (!row.is_null(7)) place.time = model::Instant(row.integer(7));
  return place;
}

/// Of the items that match, up to the condition. \param with_bodies  these come last
SqlText select_places(query::Expression const& where, bool with_bodies) {
  SqlText sql;
  sql.add("SELECT ").add(place_columns);
  if (with_bodies) sql.add(", (SELECT body FROM item_body WHERE item = i.number)");
  sql.add(" FROM item AS i");
  if (needs_body(where)) sql.add(" JOIN item_body AS b ON b.item = i.number");
  sql.add(" WHERE (");
  add_condition(sql, where);
  sql.add(") AND i.collection NOT IN (SELECT collection FROM leaving)");
  return sql;
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

std::vector<ItemNumber> SqliteReader::item_numbers(RecordNumber collection) {
  std::vector<ItemNumber> out;
  Execution run(searches_.get(numbers));
  run.with(static_cast<std::int64_t>(collection));
  while (run.step()) out.push_back(ItemNumber{run.row().integer(0)});
  std::ranges::sort(out); // they came from an index of something else
  return out;
}

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
  auto sql = select_places(query::Expression(), !wanted.empty());
  sql.add(" AND i.number > ").integer(static_cast<std::int64_t>(after));
  sql.add(" ORDER BY i.number LIMIT ").integer(static_cast<std::int64_t>(limit));
  std::vector<ItemPlace> out;
  read_places(sql, wanted, [&](ItemPlace&& place) { out.push_back(std::move(place)); });
  return out;
}

void SqliteReader::visit_places(query::Expression const& where,
                                std::span<query::Property const> wanted,
                                PlaceVisitor const& visit) {
  read_places(select_places(where, !wanted.empty()), wanted, visit);
}

void SqliteReader::read_places(SqlText const& sql, std::span<query::Property const> wanted,
                               PlaceVisitor const& visit) {
  functions_.forget(); // a writer may have replaced what it read
  auto& statement = searches_.get(sql.statement());
  Execution run(statement);
  sql.bind(statement);
  while (run.step()) {
    auto place = read_place(run.row());
    if (!wanted.empty()) {
      place.values = values_in(functions_, run.row().integer(0), run.row().text(12), wanted);
    }
    visit(std::move(place));
  }
  connection_.check_deadline();
}

bool SqliteReader::segment(SegmentNumber number, BytesVisitor const& visit) {
  Execution run(searches_.get(one_segment));
  if (!run.with(static_cast<std::int64_t>(number)).step()) return false;
  auto const bytes = run.row().text(1);
  if (query::digest_of(bytes) != static_cast<std::uint64_t>(run.row().integer(0))) {
    throw StoreError(StoreError::Reason::corrupt,
                     "segment " + std::to_string(static_cast<std::int64_t>(number)) +
                         " is damaged");
  }
  visit(bytes);
  return true;
}

std::optional<model::Geometry> SqliteReader::footprint(ItemNumber number) {
  connection_.check_deadline(); // the statement is too short to notice
  if (!footprint_) footprint_.emplace(connection_.prepare(one_footprint));
  Execution run(*footprint_);
  if (!run.with(static_cast<std::int64_t>(number)).step()) return std::nullopt;
  auto const& row = run.row();
  if (hides_items_of(RecordNumber{row.integer(6)})) return std::nullopt;
  return model::Geometry::restored(from_spatialite(row.text(5)), box_at(row, 0),
                                   row.integer(4) != 0);
}

} // namespace terracat::store

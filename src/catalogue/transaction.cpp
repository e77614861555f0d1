#include "catalogue/transaction.hpp"

#include "catalogue/committer.hpp"
#include "catalogue/identity.hpp"

#include <algorithm>

/// What a committer does with what is written by HTTP. Whatever it refuses ends the transaction.
namespace terracat::catalogue {
namespace {

/// What the items of a larger collection say of it stays too wide until a run ends.
constexpr std::int64_t most_items_to_read_at_once = 1'000;

/// Of items that go with their collection; a run clears away the others.
constexpr std::size_t most_rows_to_purge = 10'000;

[[noreturn]] void refuse(ProblemKind kind, std::string detail, std::string where = {}) {
  throw ProblemError({.kind = kind, .detail = std::move(detail), .where = std::move(where)});
}

/// \return  what is there. \throws ProblemError  if somebody removed it meanwhile
template<class Row>
Row present(std::optional<Row> row) {
  if (!row) refuse(ProblemKind::not_found, "it was removed a moment ago");
  return std::move(*row);
}

} // namespace

void expect(Expected const& expected, Sequence sequence, Sequence answered) {
  auto const last = std::max(sequence, answered);
  auto const is_of_now = [&](Sequence one) { return sequence <= one && one <= last; };
  if (expected && std::ranges::none_of(*expected, is_of_now)) {
    refuse(ProblemKind::precondition_failed,
           "If-Match names another version than the present one; read it again", "If-Match");
  }
}

void Committer::apply(Transaction transaction) {
  std::visit([&](auto& change) { carry_out(transaction, change); }, transaction.change);
  auto left = most_items_to_read_at_once;
  for (auto& [number, derived] : derived_) {
    make_exact(RecordNumber{number}, derived, left);
  }
  keep_derived();
  settle_clusters(nullptr);
}

void Committer::check_owner(Transaction const& transaction, std::string const& source) {
  if (std::ranges::find(transaction.sources, source) != transaction.sources.end()) return;
  refuse(ProblemKind::owned_by_source,
         "this comes from the source '" + source + "', which alone may change it");
}

void Committer::carry_out(Transaction const& transaction, NewItems& change) {
  auto& reader = writer_.reader();
  auto const collection = present(reader.record(change.collection));
  check_owner(transaction, collection.source);
  for (auto& [put, where] : change.items) {
    auto const id = put.item->native_id;
    if (reader.item(change.collection, id)) {
      refuse(ProblemKind::conflict,
             "'" + collection.id + "' has an item '" + id + "' already; PUT replaces it", where);
    }
    keep_item(collection.source, change.collection, std::nullopt, put);
  }
}

void Committer::carry_out(Transaction const& transaction, OtherItem& change) {
  auto const row = present(writer_.reader().item(change.number));
  check_owner(transaction, row.source);
  expect(change.expected, row.sequence);
  if (row.hash == change.put.hash && is_same(row, change.put.item)) return;
  keep_item(row.source, row.collection, row, change.put);
}

void Committer::carry_out(Transaction const& transaction, NoItem& change) {
  auto const row = present(writer_.reader().item(change.number));
  check_owner(transaction, row.source);
  expect(change.expected, row.sequence);
  remove_item(change.number, row);
}

void Committer::keep_said(std::string const& source, RecordPut& put) {
  if (put_record(source, put).outcome != DocumentOutcome::failed) return;
  throw store::StoreError(store::StoreError::Reason::corrupt,
                          "corrections of " + put.record->native_id + " are damaged");
}

void Committer::carry_out(Transaction const& transaction, NewCollections& change) {
  auto const& source = transaction.sources.front();
  auto& reader = writer_.reader();
  for (auto& [put, where] : change.collections) {
    auto const& native_id = put.record->native_id;
    auto const id = record_id(identity(source).id_prefix, native_id);
    if (reader.record_by_id(id) || reader.record_by_native(source, native_id)) {
      refuse(ProblemKind::conflict, "there is a record '" + id + "' already; PUT replaces it",
             where);
    }
    keep_said(source, put);
  }
}

store::RecordRow Committer::writable_collection(Transaction const& transaction, RecordNumber number,
                                                Expected const& expected) {
  auto row = present(writer_.reader().record(number));
  check_owner(transaction, row.source);
  auto const* const entry = directory_.find(number);
  if (entry == nullptr) {
    expect(expected, row.sequence);
  } else {
    expect(expected, entry->own_change(), entry->last_change());
  }
  return row;
}

void Committer::carry_out(Transaction const& transaction, OtherCollection& change) {
  auto const row = writable_collection(transaction, change.number, change.expected);
  keep_said(row.source, change.put);
}

void Committer::carry_out(Transaction const& transaction, NoCollection& change) {
  static_cast<void>(writable_collection(transaction, change.number, change.expected));
  remove_record(change.number);
  writer_.purge(most_rows_to_purge);
}

void Committer::carry_out(Transaction const& transaction, KeywordEdit& change) {
  static_cast<void>(transaction); // keywords belong to no source
  apply(change);
}

void Committer::carry_out(Transaction const& transaction, RenamingEdit& change) {
  static_cast<void>(transaction); // no more does what operators say of names
  apply(change);
}

} // namespace terracat::catalogue

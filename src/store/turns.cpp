#include "store/turns.hpp"

namespace terracat::store {
namespace {

/// The place directly behind the anchor, or before it: what stood at the anchor itself may be there
/// still.
query::Anchor beside(query::Anchor anchor, std::int64_t step) {
  anchor.number = ItemNumber{static_cast<std::int64_t>(anchor.number) - step};
  return anchor;
}

} // namespace

void turn(ItemPage& page, query::ItemSearch const& search, query::Anchor const* first,
          query::Anchor const* last, bool has_more) {
  if (search.limit == 0) return;
  if (first == nullptr) { // what there was has gone
    if (search.after) page.previous = beside(*search.after, 1);
    if (search.before) page.next = beside(*search.before, -1);
    return;
  }
  if (search.before || has_more) page.next = *last;
  if (search.before ? has_more : search.after.has_value()) page.previous = *first;
}

void check_place(Reader& reader, RecordSearch const& search) {
  if (!search.after || reader.record(*search.after)) return;
  throw StoreError(StoreError::Reason::other, "the record that a page was to come after is gone");
}

} // namespace terracat::store

#pragma once

#include <terracat/store_reader.hpp>

namespace terracat::store {

/// Says where the pages beside this one begin. What was not looked at is supposed to be there: a
/// page that comes after an anchor has one before it, and the other way round. \param first     the
/// place of the first row; null, like the other, if the page has none \param has_more  there are
/// further items on the way that the search went
void turn(ItemPage& page, query::ItemSearch const& search, query::Anchor const* first,
          query::Anchor const* last, bool has_more);

/// \throws StoreError  if the page is to come after a record that is not there: nobody knows where
///                     that stood
void check_place(Reader& reader, RecordSearch const& search);

} // namespace terracat::store

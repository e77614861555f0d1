#pragma once

#include <terracat/record.hpp>
#include <terracat/store_rows.hpp>

#include <string>
#include <vector>

namespace terracat::catalogue {

/// What a store keeps of a record: what its source said, and beside it how it is found and
/// answered, which is as it was corrected. Its number and public id are left open. \param languages
/// of the texts of collections, the preferred one first
[[nodiscard]] store::RecordWrite record_write(std::string const& source, model::Record const& said,
                                              std::vector<store::Correction> const& corrections,
                                              std::vector<std::string> const& languages);

/// A record without the texts that a source gave: what an item's collection is until somebody says
/// more.
[[nodiscard]] model::Record record_from_items(std::string const& native_id);

/// What a store is to keep of a record as long as nobody corrects it, made before it is known
/// whether somebody does.
struct PreparedRecord {
  store::RecordWrite write;
  std::vector<std::string> languages; ///< that it was made with
};

} // namespace terracat::catalogue

#pragma once

#include <terracat/store_reader.hpp>

#include <vector>

namespace terracat::store {

/// All records, in the order of their titles, for who then looks at one after the other, each in
/// the newest state: pages of several states would leave some out.
/// \pre the reader has a state
[[nodiscard]] std::vector<RecordNumber> record_numbers(Reader& reader);

} // namespace terracat::store

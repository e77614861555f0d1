#include "store/record_numbers.hpp"

namespace terracat::store {

std::vector<RecordNumber> record_numbers(Reader& reader) {
  std::vector<RecordNumber> out;
  RecordSearch search{.limit = 10'000};
  for (;;) {
    auto const page = reader.records(search);
    for (auto const& row : page.rows) out.push_back(row.number);
    if (!page.has_more) return out;
    search.after = page.rows.back().number;
  }
}

} // namespace terracat::store

// A ZIP archive: whatever its list says, nothing is read outside it and no more than is accepted.

#include "fuzz/fuzz.hpp"

#include "kinds/theia_pivot/archive.hpp"

#include <algorithm>

namespace terracat::fuzz {

void try_input(std::string_view input) {
  namespace theia = kinds::theia_pivot;
  (void)theia::starts_like_archive(input);
  auto const entries = theia::entries_of(input);
  if (!entries) return;
  constexpr std::size_t most = std::size_t{1} << 20;
  for (auto const& entry : *entries) {
    require(!entry.name.empty() && !entry.name.ends_with('/'), "folders are left out", entry.name);
    std::size_t spent = 0;
    auto const contents = theia::contents_of(input, entry, most, spent);
    if (contents) require(contents->size() <= most, "no more than accepted", entry.name);
    require(spent <= std::max(most + 1, input.size()), "no more is spent than that", entry.name);
  }
}

} // namespace terracat::fuzz

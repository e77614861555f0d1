// A ZIP archive: whatever its list says, nothing is read outside it and no more than is accepted.

#include "fuzz/fuzz.hpp"

#include "kinds/theia_pivot/archive.hpp"

namespace terracat::fuzz {

void try_input(std::string_view input) {
  namespace theia = kinds::theia_pivot;
  (void)theia::starts_like_archive(input);
  auto const entries = theia::entries_of(input);
  if (!entries) return;
  constexpr std::size_t most = std::size_t{1} << 20;
  for (auto const& entry : *entries) {
    require(!entry.name.empty() && !entry.name.ends_with('/'), "folders are left out", entry.name);
    auto const contents = theia::contents_of(input, entry, most);
    if (contents) require(contents->size() <= most, "no more than accepted", entry.name);
  }
}

} // namespace terracat::fuzz

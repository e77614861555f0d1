// Tries inputs that were kept, without libFuzzer: the files of the folders that are named.

#include "fuzz/fuzz.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <vector>

namespace {

namespace fs = std::filesystem;

std::vector<fs::path> files_of(fs::path const& place) {
  std::vector<fs::path> out;
  if (fs::is_regular_file(place)) return {place};
  for (auto const& entry : fs::recursive_directory_iterator(place)) {
    if (entry.is_regular_file()) out.push_back(entry.path());
  }
  std::ranges::sort(out);
  return out;
}

void try_file(fs::path const& path) {
  std::ifstream file(path, std::ios::binary);
  // Exactly as long as the input, so that a sanitizer sees who reads beyond it.
  std::vector<char> const bytes{std::istreambuf_iterator<char>(file), {}};
  std::cerr << path.string() << std::endl; // the last line names the culprit
  terracat::fuzz::try_input({bytes.data(), bytes.size()});
}

} // namespace

int main(int count, char** arguments) {
  std::size_t tried = 0;
  for (int i = 1; i < count; ++i) {
    for (auto const& path : files_of(arguments[i])) { // NOLINT: C interface
      try_file(path);
      ++tried;
    }
  }
  std::cout << tried << " inputs\n";
  return tried == 0 ? 1 : 0;
}

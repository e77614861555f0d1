// Prints the items of an archive that never was, in order of acquisition, one on each line.

#include "arguments.hpp"
#include "item_text.hpp"

#include <cstdio>

namespace {

using namespace terracat::bench;

constexpr std::size_t written_at_once = std::size_t{1} << 20U;

/// \return  false, if nobody takes it
bool write(std::string& text) {
  bool const is_written = std::fwrite(text.data(), 1, text.size(), stdout) == text.size();
  text.clear();
  return is_written;
}

bool write_collections() {
  std::string text;
  for (auto const& kind : collection_kinds) {
    append_collection(text, kind);
    text += '\n';
  }
  return write(text);
}

bool write_items(std::uint64_t items, TextOptions const& options) {
  Archive const archive(options.seed, items);
  std::string text;
  for (std::uint32_t day = 0; day < days_of_archive; ++day) {
    for (auto const& scene : archive.day(day)) {
      append_item(text, scene, options);
      text += '\n';
      if (text.size() >= written_at_once && !write(text)) return false;
    }
  }
  return write(text);
}

} // namespace

int main(int count, char** values) {
  Arguments arguments(count, values,
                      "generate [--items N] [--seed N] [--checksums] >ITEMS.ndjson, or "
                      "generate --collections >COLLECTIONS.ndjson");
  auto const items = arguments.number("--items", 100'000);
  TextOptions const options{.checksums = arguments.flag("--checksums"),
                            .seed = arguments.number("--seed", 1)};
  bool const only_collections = arguments.flag("--collections");
  static_cast<void>(arguments.rest(0));
  bool const is_written = only_collections ? write_collections() : write_items(items, options);
  if (is_written && std::fflush(stdout) == 0) return 0;
  std::perror("generate");
  return 1;
}

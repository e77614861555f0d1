#pragma once

#include <string>
#include <string_view>
#include <vector>

/// Texts taken apart into words, the same way when records are indexed and when they are asked for.
namespace terracat::index {

/// A word: letters and digits of a text, in the form of compatibility (NFKC: `₂` is 2). What is not
/// between blanks only, as `sea-level`, `sea_level` or `d'eau`, is several words; a sign of a
/// script that puts no blanks between words is one by itself.
struct Word {
  std::string written; ///< as it stands there
  std::string small;   ///< without the difference of case, accents kept
  std::string exact;   ///< as it stands in WordTable::exact; empty: it is no acronym

  friend bool operator==(Word const&, Word const&) = default;
};

struct Words {
  std::vector<Word> words;
  /// What is to be found as it was written, in `WordTable::exact`: acronyms (`ET`, `InSAR`, `NO2`)
  /// and identifiers kept whole (`HLSS30.002`, `Sentinel-2`, `10.5555/x-1`). Where a text has no
  /// small letters, capitals alone make no acronym.
  std::vector<std::string> exact;
};

/// \param text           UTF-8
/// \param capitals_tell  even where a text has no small letters, as what people type
[[nodiscard]] Words words_of(std::string_view text, bool capitals_tell = false);

} // namespace terracat::index

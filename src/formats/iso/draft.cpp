#include "formats/iso/draft.hpp"

#include "formats/words/languages.hpp"
#include "formats/words/text.hpp"

#include <algorithm>

namespace terracat::formats::iso {

std::string Locales::of(std::string_view reference) const {
  auto name = stripped(reference);
  if (name.starts_with('#')) name.remove_prefix(1);
  auto const found = std::ranges::find_if(
      by_id, [&](auto const& locale) { return equal_ignoring_case(locale.first, name); });
  if (found != by_id.end()) return found->second;
  // A reference without definition usually speaks for itself.
  constexpr std::string_view prefix = "locale-";
  if (name.starts_with(prefix)) name.remove_prefix(prefix.size());
  return read_language(name);
}

} // namespace terracat::formats::iso

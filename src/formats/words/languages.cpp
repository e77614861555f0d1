#include "formats/words/languages.hpp"

#include "formats/words/text.hpp"

#include <unicode/locid.h>

#include <algorithm>
#include <array>
#include <cctype>

namespace terracat::formats {
namespace {

struct Name {
  std::string_view folded;
  std::string_view tag;
};

/// Names that stand where a code should, in the languages of our sources.
constexpr std::array names{
    Name{"english", "en"},    Name{"anglais", "en"},     Name{"englisch", "en"},
    Name{"french", "fr"},     Name{"francais", "fr"},    Name{"franzosisch", "fr"},
    Name{"german", "de"},     Name{"allemand", "de"},    Name{"deutsch", "de"},
    Name{"spanish", "es"},    Name{"espagnol", "es"},    Name{"espanol", "es"},
    Name{"italian", "it"},    Name{"italien", "it"},     Name{"italiano", "it"},
    Name{"dutch", "nl"},      Name{"neerlandais", "nl"}, Name{"nederlands", "nl"},
    Name{"portuguese", "pt"}, Name{"portugais", "pt"},   Name{"portugues", "pt"},
};

bool is_letter(char c) noexcept {
  return std::isalpha(static_cast<unsigned char>(c)) != 0;
}

/// `fre; FRA` and `fr-FR` begin with the code; `urn:x:fra` and `…/language/FRA` end with it.
std::string_view code_part(std::string_view text) noexcept {
  text = stripped(text);
  if (auto const last = text.find_last_of("/:#"); last != std::string_view::npos) {
    bool const is_address = text.find("://") != std::string_view::npos || text.starts_with("urn:");
    text = is_address ? text.substr(last + 1) : text.substr(0, text.find_first_of("/:#"));
  }
  auto const* const end = std::ranges::find_if_not(text, is_letter);
  return text.substr(0, static_cast<std::size_t>(end - text.begin()));
}

} // namespace

std::string read_language(std::string_view code) {
  constexpr std::size_t longest = 100;
  if (code.size() > longest) return {};
  auto const part = code_part(code);
  if (part.size() == 2 || part.size() == 3) {
    auto const locale = icu::Locale::createCanonical(std::string(part).c_str());
    std::string const tag = locale.getLanguage();
    constexpr std::array<std::string_view, 4> no_language{"und", "zxx", "mul", "mis"};
    // ICU takes any letters; only a language that exists has a code of ISO 639-3.
    bool const exists = *locale.getISO3Language() != '\0';
    return exists && std::ranges::find(no_language, tag) == no_language.end() ? tag : std::string();
  }
  auto const word = folded(code);
  auto const* const found = std::ranges::find_if(names, [&](Name const& name) {
    return word == name.folded || word.starts_with(std::string(name.folded) + " ");
  });
  return found == names.end() ? std::string() : std::string(found->tag);
}

} // namespace terracat::formats

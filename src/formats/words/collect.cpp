#include "formats/words/collect.hpp"

namespace terracat::formats {

model::LocalText joined(std::vector<model::LocalText> const& texts, std::string_view separator) {
  std::vector<std::pair<std::string, std::string>> by_language;
  for (auto const& text : texts) {
    for (auto const& [language, part] : text.entries()) {
      auto const found =
          std::ranges::find(by_language, language, &std::pair<std::string, std::string>::first);
      if (found == by_language.end()) {
        by_language.emplace_back(language, part);
      } else {
        found->second += separator;
        found->second += part;
      }
    }
  }
  model::LocalText out;
  for (auto& [language, text] : by_language) out.add(std::move(language), std::move(text));
  return out;
}

} // namespace terracat::formats

#include "pages/language.hpp"

#include <terracat/text.hpp>

namespace terracat::pages {

std::optional<Language> spoken(std::string_view tag) noexcept {
  for (auto const language : languages) {
    auto const own = code(language);
    bool const is_longer = tag.size() > own.size() && tag[own.size()] != '-';
    if (!is_longer && equal_ignoring_case(tag.substr(0, own.size()), own)) return language;
  }
  return std::nullopt;
}

} // namespace terracat::pages

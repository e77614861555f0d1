#include <terracat/local_text.hpp>

#include <algorithm>

namespace terracat::model {

void LocalText::add(std::string language, std::string text) {
  if (text.empty() || !in(language).empty()) return;
  entries_.push_back({std::move(language), std::move(text)});
}

std::string_view LocalText::in(std::string_view language) const noexcept {
  auto const found = std::ranges::find(entries_, language, &Entry::language);
  return found == entries_.end() ? std::string_view() : std::string_view(found->text);
}

std::string_view LocalText::best(std::span<std::string const> languages) const noexcept {
  for (auto const& language : languages) {
    if (auto const text = in(language); !text.empty()) return text;
  }
  return first();
}

} // namespace terracat::model

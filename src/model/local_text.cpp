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
  auto const* const entry = told(languages);
  return entry == nullptr ? std::string_view() : std::string_view(entry->text);
}

LocalText::Entry const* LocalText::told(std::span<std::string const> languages) const noexcept {
  for (auto const& language : languages) {
    auto const found = std::ranges::find(entries_, language, &Entry::language);
    if (found != entries_.end()) return &*found;
  }
  return entries_.empty() ? nullptr : &entries_.front();
}

std::vector<std::string> LocalText::others(std::span<std::string const> languages) const {
  auto const* const shown = told(languages);
  std::vector<std::string> out;
  for (auto const& language : languages) {
    if (!in(language).empty() && language != shown->language) out.push_back(language);
  }
  return out;
}

} // namespace terracat::model

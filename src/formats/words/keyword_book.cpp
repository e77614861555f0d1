#include "formats/words/keyword_book.hpp"

#include "formats/words/text.hpp"

namespace terracat::formats {

void KeywordBook::add(model::KeywordSet const& heading, model::Keyword keyword) {
  if (keyword.label.empty() && keyword.uri.empty()) return;
  auto const key =
      heading.kind + '\n' + heading.thesaurus_uri + '\n' + std::string(heading.thesaurus.first());
  auto seen = key + '\n' + std::string(keyword.label.first()) + '\n' + keyword.uri;
  if (seen_.contains(seen)) return;
  if (seen_.size() >= most) {
    ++left_out_;
    return;
  }
  seen_.insert(std::move(seen));
  auto const [place, is_new] = places_.try_emplace(key, sets_.size());
  if (is_new) {
    sets_.push_back({.kind = heading.kind,
                     .thesaurus = heading.thesaurus,
                     .thesaurus_uri = heading.thesaurus_uri,
                     .keywords = {}});
  }
  sets_[place->second].keywords.push_back(std::move(keyword));
}

model::LocalText without_path(model::LocalText const& label) {
  model::LocalText out;
  for (auto const& [language, text] : label.entries()) {
    if (!text.starts_with('/')) {
      out.add(language, text);
      continue;
    }
    std::string shown;
    for (auto const step : split(text, "/")) {
      if (!shown.empty()) shown += " > ";
      shown += step;
    }
    out.add(language, std::move(shown));
  }
  return out;
}

} // namespace terracat::formats

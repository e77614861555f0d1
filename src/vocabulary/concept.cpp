#include "vocabulary/concept.hpp"

#include "vocabulary/tables.hpp"

#include <algorithm>
#include <array>

namespace terracat::vocabulary {
namespace {

constexpr std::array<std::string_view, 2> everywhere{"fr", "en"};

/// The first of the texts in the first of the languages that there is one in, else in any.
/// \return  null if there are none
template<class Text>
Text const* best(std::vector<Text> const& texts, std::span<std::string const> languages) {
  auto const in = [&](std::string_view language) -> Text const* {
    auto const found = std::ranges::find_if(
        texts, [&](Text const& text) { return is_of_language(text.language, language); });
    return found == texts.end() ? nullptr : &*found;
  };
  for (auto const& language : languages) {
    if (auto const* const found = in(language)) return found;
  }
  for (auto const language : everywhere) {
    if (auto const* const found = in(language)) return found;
  }
  return texts.empty() ? nullptr : &texts.front();
}

} // namespace

std::string_view local_name(std::string_view uri) noexcept {
  while (uri.ends_with('/')) uri.remove_suffix(1);
  auto const mark = uri.find_last_of("/#:");
  return mark == std::string_view::npos ? uri : uri.substr(mark + 1);
}

bool is_of_language(std::string_view tag, std::string_view language) noexcept {
  return tag.starts_with(language) &&
         (tag.size() == language.size() || (!language.empty() && tag[language.size()] == '-'));
}

std::string_view Concept::uri() const {
  return tables_->texts.of(tables_->concepts.at(number_).uri);
}

std::uint16_t Concept::vocabulary() const {
  return tables_->concepts.at(number_).vocabulary;
}

std::span<std::uint32_t const> Concept::schemes() const {
  return tables_->in_schemes.of(number_);
}

std::vector<Label> Concept::labels() const {
  std::vector<Label> out;
  for (auto place = tables_->owned.at(number_); place < tables_->owned.at(number_ + 1); ++place) {
    auto const label = tables_->label(place);
    if (label.kind != LabelKind::notation) out.push_back(label);
  }
  return out;
}

std::vector<std::string_view> Concept::notations() const {
  std::vector<std::string_view> out;
  for (auto const& row : tables_->labels_of(number_)) {
    if (row.kind == LabelKind::notation) out.push_back(tables_->texts.of(row.text));
  }
  return out;
}

std::vector<Note> Concept::notes() const {
  std::vector<Note> out;
  for (auto const& row : tables_->notes.of(number_)) {
    out.push_back({.text = tables_->texts.of(row.text),
                   .language = tables_->languages.at(row.language),
                   .kind = row.kind});
  }
  return out;
}

std::vector<std::string_view> Concept::classes() const {
  std::vector<std::string_view> out;
  for (auto const place : tables_->in_classes.of(number_)) {
    out.emplace_back(tables_->classes.at(place));
  }
  return out;
}

bool Concept::has_role(std::string_view role) const {
  auto const classes = tables_->in_classes.of(number_);
  return std::ranges::any_of(classes,
                             [&](auto place) { return tables_->classes.at(place) == role; });
}

Label Concept::label(std::span<std::string const> languages) const {
  auto all = labels();
  auto const others = std::ranges::find_if(
      all, [](Label const& label) { return label.kind != LabelKind::preferred; });
  std::vector<Label> const rest(others, all.end());
  all.erase(others, all.end());
  if (auto const* const found = best(all, languages)) return *found;
  if (auto const* const found = best(rest, languages)) return *found;
  return {.text = local_name(uri()), .language = {}};
}

std::optional<Note> Concept::definition(std::span<std::string const> languages) const {
  auto all = notes();
  std::erase_if(all, [](Note const& note) { return note.kind != NoteKind::definition; });
  auto const* const found = best(all, languages);
  if (found == nullptr) return std::nullopt;
  return *found;
}

bool Concept::is_deprecated() const {
  return tables_->concepts.at(number_).is_deprecated;
}

std::span<ConceptNumber const> Concept::broader() const {
  return tables_->broader.of(number_);
}

std::span<ConceptNumber const> Concept::narrower() const {
  return tables_->narrower.of(number_);
}

std::span<ConceptNumber const> Concept::related() const {
  return tables_->related.of(number_);
}

std::span<ConceptNumber const> Concept::replacements() const {
  return tables_->replacements.of(number_);
}

std::vector<Mapping> Concept::mappings() const {
  std::vector<Mapping> out;
  for (auto const& row : tables_->mappings.of(number_)) {
    Mapping mapping{.kind = row.kind, .uri = tables_->texts.of(row.uri)};
    if (row.number != MappingRow::nobody) mapping.number = row.number;
    out.push_back(mapping);
  }
  return out;
}

std::string_view Concept::created() const {
  return tables_->texts.of(tables_->concepts.at(number_).created);
}

std::string_view Concept::modified() const {
  return tables_->texts.of(tables_->concepts.at(number_).modified);
}

} // namespace terracat::vocabulary

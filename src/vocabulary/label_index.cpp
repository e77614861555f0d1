#include "vocabulary/label_index.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <set>
#include <stdexcept>
#include <tuple>

namespace terracat::vocabulary {

std::uint16_t LabelIndex::language(std::string const& tag) {
  auto const next = tables_.languages.size();
  auto const known = languages_.find(tag);
  if (known != languages_.end()) return known->second;
  if (next > UINT16_MAX) throw std::length_error("languages of vocabularies");
  tables_.languages.push_back(tag);
  return languages_.emplace(tag, static_cast<std::uint16_t>(next)).first->second;
}

void LabelIndex::add(ConceptNumber owner, DraftLabel const& label) {
  tables_.labels.push_back({.text = tables_.texts.add(label.text),
                            .owner = owner,
                            .language = language(label.language),
                            .kind = label.kind});
}

void LabelIndex::finish() {
  sort_by_owner();
  mend_preferred();
  make_keys();
  report_shared();
  count_languages();
}

void LabelIndex::sort_by_owner() {
  auto& labels = tables_.labels;
  std::ranges::stable_sort(labels, {},
                           [](LabelRow const& row) { return std::pair(row.owner, row.kind); });
  // Two documents may describe one concept, and one document may repeat itself.
  std::set<std::pair<std::uint16_t, std::string_view>> seen;
  auto owner = LabelRow().owner;
  std::erase_if(labels, [&](LabelRow const& row) {
    if (row.owner != owner) seen.clear();
    owner = row.owner;
    return !seen.emplace(row.language, tables_.texts.of(row.text)).second;
  });
  labels.shrink_to_fit();
}

/// A concept has one preferred label in a language: others are alternate.
void LabelIndex::mend_preferred() {
  std::set<std::uint16_t> seen; // languages, of one owner
  auto of = LabelRow().owner;
  for (auto& row : tables_.labels) {
    if (row.owner != of) seen.clear();
    of = row.owner;
    if (row.kind != LabelKind::preferred || seen.insert(row.language).second) continue;
    row.kind = LabelKind::alternate;
    auto const& owner = tables_.concepts[row.owner];
    tables_.vocabularies[owner.vocabulary].report.add(
        FindingCode::label_repeated, tables_.texts.of(owner.uri), tables_.texts.of(row.text));
  }
  std::ranges::stable_sort(tables_.labels, {},
                           [](LabelRow const& row) { return std::pair(row.owner, row.kind); });
  tables_.owned.assign(tables_.concepts.size() + 1, 0);
  for (auto const& row : tables_.labels) ++tables_.owned[row.owner + 1];
  std::partial_sum(tables_.owned.begin(), tables_.owned.end(), tables_.owned.begin());
}

void LabelIndex::make_keys() {
  Texts texts;
  std::vector<TextSpan> words;
  words.reserve(tables_.labels.size());
  for (auto const& row : tables_.labels) {
    words.push_back(texts.add(folded(tables_.texts.of(row.text))));
  }
  std::vector<std::uint32_t> order(words.size());
  std::iota(order.begin(), order.end(), 0U);
  auto const text_of = [&](std::uint32_t place) { return texts.of(words[place]); };
  std::ranges::sort(order, [&](std::uint32_t a, std::uint32_t b) {
    return std::tuple(text_of(a), a) < std::tuple(text_of(b), b);
  });
  std::vector<std::pair<std::uint32_t, std::uint32_t>> of_key;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> of_language;
  of_key.reserve(order.size());
  of_language.reserve(order.size());
  for (std::size_t i = 0; i < order.size(); ++i) {
    auto const text = text_of(order[i]);
    if (i == 0 || text != text_of(order[i - 1])) tables_.keys.push_back(tables_.texts.add(text));
    auto& row = tables_.labels[order[i]];
    row.key = static_cast<std::uint32_t>(tables_.keys.size() - 1);
    of_key.emplace_back(row.key, order[i]);
    of_language.emplace_back(row.language, order[i]);
  }
  tables_.of_key = {tables_.keys.size(), of_key};
  tables_.of_language = {tables_.languages.size(), of_language};
}

/// Two concepts that nobody can tell apart by their preferred labels.
void LabelIndex::report_shared() {
  using Name = std::tuple<std::uint16_t, std::uint16_t, std::string_view>;
  std::map<Name, ConceptNumber> firsts; // of a key: by vocabulary, language, text
  for (std::size_t key = 0; key < tables_.keys.size(); ++key) {
    firsts.clear();
    for (auto const place : tables_.of_key.of(key)) {
      auto const& row = tables_.labels[place];
      auto const& owner = tables_.concepts[row.owner];
      if (row.kind != LabelKind::preferred || owner.is_deprecated) continue;
      Name const name{owner.vocabulary, row.language, tables_.texts.of(row.text)};
      auto const& [known, is_new] = firsts.try_emplace(name, row.owner);
      if (is_new || known->second == row.owner) continue;
      tables_.vocabularies[owner.vocabulary].report.add(
          FindingCode::label_shared, tables_.texts.of(owner.uri), tables_.texts.of(row.text));
    }
  }
}

void LabelIndex::count_languages() {
  std::map<std::pair<std::uint16_t, std::uint16_t>, std::size_t> counts;
  for (auto const& row : tables_.labels) {
    if (row.kind == LabelKind::notation) continue;
    ++counts[{tables_.concepts[row.owner].vocabulary, row.language}];
  }
  for (auto const& [of, labels] : counts) {
    tables_.vocabularies[of.first].languages.push_back(
        {.language = tables_.languages[of.second], .labels = labels});
  }
  for (auto& vocabulary : tables_.vocabularies) {
    std::ranges::sort(vocabulary.languages, {}, &LanguageCount::language);
    for (auto const& [language, labels] : vocabulary.languages) {
      if (language.empty()) {
        vocabulary.report.add({.code = FindingCode::label_language_missing,
                               .where = vocabulary.name,
                               .excerpt = std::to_string(labels) + " labels"});
      }
    }
  }
}

} // namespace terracat::vocabulary

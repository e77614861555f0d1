// What is asked by the words of labels.

#include "query/words.hpp"
#include "vocabulary/tables.hpp"
#include "vocabulary/thesaurus.hpp"

#include <terracat/text.hpp>

#include <algorithm>
#include <map>
#include <unordered_set>

namespace terracat::vocabulary {
namespace {

/// `ICE`, `NO2`, `GNSS`: letters of ASCII, all of them capital, and digits; short.
bool is_acronym(std::string_view text) noexcept {
  constexpr std::size_t longest = 6;
  auto const is_capital = [](char c) { return c >= 'A' && c <= 'Z'; };
  return text.size() <= longest && std::ranges::count_if(text, is_capital) >= 2 &&
         std::ranges::all_of(text, [&](char c) { return is_capital(c) || is_digit(c); });
}

/// The place of the first key that is not less.
std::size_t first_key(Tables const& tables, std::string_view text) {
  std::size_t low = 0;
  auto high = tables.keys.size();
  while (low < high) {
    auto const middle = low + (high - low) / 2;
    if (tables.key(middle) < text) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

bool shows(LabelKind kind) noexcept {
  return kind == LabelKind::preferred || kind == LabelKind::alternate;
}

/// Completions in the making: each concept once.
class Completions {
 public:
  Completions(Tables const& tables, CompletionRules const& rules)
      : tables_(tables), rules_(rules) {}

  [[nodiscard]] bool is_full() const noexcept { return out_.size() >= rules_.limit; }

  void add(std::uint32_t place) {
    auto const& row = tables_.labels[place];
    auto const& owner = tables_.concepts[row.owner];
    if (!shows(row.kind) || owner.is_deprecated) return;
    if (rules_.vocabulary && *rules_.vocabulary != owner.vocabulary) return;
    if (!seen_.insert(row.owner).second) return;
    out_.push_back({.number = row.owner, .label = tables_.label(place)});
  }

  [[nodiscard]] std::vector<Completion> take() { return std::move(out_); }

 private:
  Tables const& tables_;
  CompletionRules const& rules_;
  std::vector<Completion> out_;
  std::unordered_set<ConceptNumber> seen_;
};

/// A text in which `*` stands for any other.
class Pattern {
 public:
  explicit Pattern(std::string_view pattern) {
    for (;;) {
      auto const star = pattern.find('*');
      parts_.push_back(folded(pattern.substr(0, star)));
      if (star == std::string_view::npos) break;
      pattern.remove_prefix(star + 1);
    }
  }

  /// What begins all that fits.
  [[nodiscard]] std::string const& beginning() const noexcept { return parts_.front(); }

  [[nodiscard]] bool fits(std::string_view text) const {
    if (parts_.size() == 1) return text == parts_.front();
    if (!text.starts_with(parts_.front())) return false;
    text.remove_prefix(parts_.front().size());
    for (auto const& part : std::span(parts_).subspan(1, parts_.size() - 2)) {
      auto const found = text.find(part);
      if (found == std::string_view::npos) return false;
      text.remove_prefix(found + part.size());
    }
    return text.ends_with(parts_.back());
  }

 private:
  std::vector<std::string> parts_; ///< between the stars
};

/// How much a label says, beside the preferred one.
double weight_of(LabelKind kind, ExpansionRules const& rules) noexcept {
  switch (kind) {
  case LabelKind::preferred:
    return 1;
  case LabelKind::alternate:
    return rules.alternate;
  case LabelKind::hidden:
    return rules.hidden;
  case LabelKind::notation:
    break;
  }
  return 0;
}

/// Expansions in the making: each text once, with its greatest weight.
class Expansions {
 public:
  Expansions(Tables const& tables, ExpansionRules const& rules) : tables_(tables), rules_(rules) {}

  /// As many concepts speak as may: more of them are passed over.
  [[nodiscard]] bool is_full() const noexcept { return concepts_.size() >= rules_.concepts; }

  void add(ConceptNumber number, Relation relation, double weight) {
    if (is_full() && !concepts_.contains(number)) return;
    concepts_.insert(number);
    for (auto place = tables_.owned.at(number); place < tables_.owned.at(number + 1); ++place) {
      auto const& row = tables_.labels[place];
      if (row.kind == LabelKind::notation || tables_.keys.at(row.key).size == 0) continue;
      Expansion const text{.label = tables_.label(place),
                           .number = number,
                           .relation = relation,
                           .weight = weight * weight_of(row.kind, rules_)};
      auto const [known, is_new] = texts_.try_emplace(row.key, text);
      if (!is_new && known->second.weight < text.weight) known->second = text;
    }
  }

  /// That one says in full what was typed.
  void add_typed(std::uint32_t key, Expansion const& text) { texts_.insert_or_assign(key, text); }

  [[nodiscard]] std::vector<Expansion> take() {
    std::vector<Expansion> out;
    out.reserve(texts_.size());
    for (auto const& [key, text] : texts_) out.push_back(text);
    std::ranges::stable_sort(out, std::ranges::greater(), &Expansion::weight);
    if (out.size() > rules_.limit) out.resize(rules_.limit);
    return out;
  }

 private:
  Tables const& tables_;
  ExpansionRules const& rules_;
  std::map<std::uint32_t, Expansion> texts_; ///< by key: the same in every run
  std::unordered_set<ConceptNumber> concepts_;
};

/// Of one concept: the label that says most.
void keep_one_for_each(std::vector<Match>& matches) {
  std::unordered_set<ConceptNumber> seen;
  std::erase_if(matches, [&](Match const& match) { return !seen.insert(match.number).second; });
}

} // namespace

std::string folded(std::string_view text) {
  return std::string(trimmed(query::words_of(text), " "));
}

std::vector<Match> Thesaurus::find(std::string_view text) const {
  auto const written = trimmed(text);
  auto const words = folded(written);
  auto const key = first_key(*tables_, words);
  if (words.empty() || key == tables_->keys.size() || tables_->key(key) != words) return {};
  std::vector<Match> out;
  bool is_word = false;
  for (auto const place : tables_->of_key.of(key)) {
    Match const match{.number = tables_->labels[place].owner,
                      .label = tables_->label(place),
                      .is_same_case = tables_->label(place).text == written};
    if (match.label.kind == LabelKind::notation &&
        !equal_ignoring_case(match.label.text, written)) {
      continue;
    }
    is_word = is_word || match.is_same_case || !is_acronym(match.label.text);
    out.push_back(match);
  }
  if (is_word) {
    std::erase_if(out, [](Match const& match) {
      return !match.is_same_case && is_acronym(match.label.text);
    });
  }
  auto const rank = [&](Match const& match) {
    bool const is_meant = match.is_same_case && is_acronym(match.label.text);
    return std::tuple(at(match.number).is_deprecated(), !is_meant, match.label.kind,
                      !match.is_same_case, match.number);
  };
  std::ranges::stable_sort(out, {}, rank);
  keep_one_for_each(out);
  return out;
}

std::vector<Completion> Thesaurus::complete(std::string_view beginning,
                                            CompletionRules const& rules) const {
  Completions out(*tables_, rules);
  auto const words = folded(beginning);
  if (words.empty()) return {};
  auto const begin = first_key(*tables_, words);
  if (rules.language.empty()) {
    for (auto key = begin; key < tables_->keys.size() && !out.is_full(); ++key) {
      if (!tables_->key(key).starts_with(words)) break;
      for (auto const place : tables_->of_key.of(key)) {
        if (!out.is_full()) out.add(place);
      }
    }
    return out.take();
  }
  // The labels of each language are in the order of their keys, so several are merged.
  auto const key_of = [this](std::uint32_t place) { return tables_->labels[place].key; };
  std::vector<std::span<std::uint32_t const>> heads;
  for (std::size_t i = 0; i < tables_->languages.size(); ++i) {
    if (!is_of_language(tables_->languages[i], rules.language)) continue;
    auto const all = tables_->of_language.of(i);
    auto const from = std::ranges::lower_bound(all, begin, {}, key_of);
    heads.push_back(all.subspan(static_cast<std::size_t>(from - all.begin())));
  }
  while (!out.is_full()) {
    std::erase_if(heads, [](auto const& head) { return head.empty(); });
    auto const next =
        std::ranges::min_element(heads, {}, [&](auto const& head) { return key_of(head.front()); });
    if (next == heads.end() || !tables_->key(key_of(next->front())).starts_with(words)) break;
    out.add(next->front());
    *next = next->subspan(1);
  }
  return out.take();
}

std::vector<Completion> Thesaurus::fitting(std::string_view pattern,
                                           PatternRules const& rules) const {
  Pattern const wanted(pattern);
  std::vector<Completion> out;
  std::unordered_set<ConceptNumber> seen;
  auto passed = rules.offset;
  for (auto key = first_key(*tables_, wanted.beginning()); key < tables_->keys.size(); ++key) {
    auto const text = tables_->key(key);
    if (!text.starts_with(wanted.beginning()) || out.size() == rules.limit) break;
    if (!wanted.fits(text)) continue;
    for (auto const place : tables_->of_key.of(key)) {
      auto const& row = tables_->labels[place];
      auto const label = tables_->label(place);
      bool const counts =
          row.kind != LabelKind::notation && !at(row.owner).is_deprecated() &&
          (rules.language.empty() || is_of_language(label.language, rules.language)) &&
          (!rules.counts || rules.counts(row.owner));
      if (!counts || (rules.is_unique && !seen.insert(row.owner).second)) continue;
      if (passed > 0) {
        --passed;
      } else if (out.size() < rules.limit) {
        out.push_back({.number = row.owner, .label = label});
      }
    }
  }
  return out;
}

std::vector<Expansion> Thesaurus::expansions(std::string_view text,
                                             ExpansionRules const& rules) const {
  auto matches = find(text);
  std::erase_if(matches, [](auto const& match) { return match.label.kind == LabelKind::notation; });
  if (matches.empty()) return {};
  Expansions out(*tables_, rules);
  std::vector<std::pair<ConceptNumber, double>> meant; // with the weight of the label
  for (auto const& match : matches) {
    auto const weight = weight_of(match.label.kind, rules);
    out.add(match.number, Relation::same, weight);
    for (auto const number : current(match.number)) {
      out.add(number, Relation::same, weight);
      meant.emplace_back(number, weight);
    }
    if (out.is_full()) break;
  }
  for (auto const& [number, weight] : meant) {
    for (auto const other : equivalents(number)) {
      out.add(other, Relation::equivalent, weight * rules.equivalent);
    }
  }
  for (auto const& [number, weight] : meant) {
    if (out.is_full()) break;
    ClosureBounds const bounds{.depth = rules.narrower_depth, .limit = rules.concepts};
    for (auto const& step : all_narrower(number, bounds)) {
      if (at(step.number).is_deprecated()) continue;
      auto decayed = weight;
      for (std::uint32_t i = 0; i < step.distance; ++i) decayed *= rules.narrower;
      out.add(step.number, Relation::narrower, decayed);
    }
  }
  for (auto const& [number, weight] : meant) {
    if (rules.broader == 0 || out.is_full()) break;
    for (auto const above : at(number).broader()) {
      if (!at(above).is_deprecated()) out.add(above, Relation::broader, weight * rules.broader);
    }
  }
  auto const key = static_cast<std::uint32_t>(first_key(*tables_, folded(text)));
  out.add_typed(key, {.label = matches.front().label,
                      .number = matches.front().number,
                      .relation = Relation::same,
                      .weight = 1});
  return out.take();
}

} // namespace terracat::vocabulary

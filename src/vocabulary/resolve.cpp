#include "vocabulary/resolve.hpp"

#include "query/words.hpp"

#include <terracat/text.hpp>

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <string>

namespace terracat::vocabulary {
namespace {

struct Row {
  Method method;
  std::string_view name;
  double score; ///< of `path`, `leaf` and `variant`: a factor to that of the label
};

constexpr std::array rows{
    Row{Method::address, "address", 1},       Row{Method::preferred, "preferred", 1},
    Row{Method::alternate, "alternate", 0.9}, Row{Method::hidden, "hidden", 0.85},
    Row{Method::notation, "notation", 0.9},   Row{Method::path, "path", 0.98},
    Row{Method::leaf, "leaf", 0.7},           Row{Method::variant, "variant", 0.9},
    Row{Method::accepted, "accepted", 1},
};

constexpr std::size_t longest = 1'000;   ///< bytes: what is longer is no keyword
constexpr double of_several = 0.75;      ///< if others of the vocabulary are meant as well
constexpr double of_the_past = 0.75;     ///< of a deprecated concept that nothing replaces
constexpr double acronym_of_word = 0.75; ///< of an acronym that is written as a word

Row const& row(Method method) noexcept {
  return rows.at(static_cast<std::size_t>(method));
}

Method method_of(LabelKind kind) noexcept {
  switch (kind) {
  case LabelKind::alternate:
    return Method::alternate;
  case LabelKind::hidden:
    return Method::hidden;
  case LabelKind::notation:
    return Method::notation;
  default:
    return Method::preferred;
  }
}

/// `EARTH SCIENCE > OCEANS > SEA ICE`, `/a/b`, `a|b`: the parts; one of a text that is no path.
std::vector<std::string_view> parts_of(std::string_view text) {
  std::string_view separators = ">|";
  if (text.starts_with('/')) separators = "/";
  std::vector<std::string_view> out;
  while (!text.empty()) {
    auto const end = std::min(text.find_first_of(separators), text.size());
    if (auto const part = trimmed(text.substr(0, end)); !part.empty()) out.push_back(part);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

/// `water framework directive` of `water framework directive (WFD)`; empty if there is no remark.
std::string_view without_remark(std::string_view text) noexcept {
  auto const open = text.rfind('(');
  return text.ends_with(')') && open != std::string_view::npos ? trimmed(text.substr(0, open))
                                                               : std::string_view();
}

bool replace_ending(std::string& word, std::string_view ending, std::string_view with) {
  if (!word.ends_with(ending)) return false;
  word.replace(word.size() - ending.size(), ending.size(), with);
  return true;
}

/// Of a word in plural, in English or French, what may be its singular.
std::string singular(std::string word) {
  constexpr std::size_t shortest = 4;
  if (word.size() < shortest) return word;
  for (auto const* const ending : {"ss", "us", "is"}) {
    if (word.ends_with(ending)) return word;
  }
  if (replace_ending(word, "ies", "y") || replace_ending(word, "sses", "ss") ||
      replace_ending(word, "eaux", "eau") || replace_ending(word, "aux", "al") ||
      replace_ending(word, "eux", "eu")) {
    return word;
  }
  replace_ending(word, "s", "");
  return word;
}

/// `pluie` of `pluies`, where English would say `pluy`.
std::string without_s(std::string word) {
  replace_ending(word, "s", "");
  return word;
}

std::string plural(std::string word) {
  if (replace_ending(word, "y", "ies")) return word;
  return word.ends_with('s') || word.ends_with('x') ? word : word + "s";
}

/// `sentinel 2` of `sentinel2`, and `sentinel2` of `sentinel 2`.
std::vector<std::string> other_blanks(std::string_view words) {
  std::string parted;
  std::string joined;
  for (std::size_t i = 0; i < words.size(); ++i) {
    bool const is_before = i > 0 && i + 1 < words.size();
    bool const is_edge = i > 0 && is_digit(words[i]) != is_digit(words[i - 1]) && words[i] != ' ' &&
                         words[i - 1] != ' ';
    bool const is_gap =
        is_before && words[i] == ' ' && is_digit(words[i - 1]) != is_digit(words[i + 1]);
    if (is_edge) parted += ' ';
    parted += words[i];
    if (!is_gap) joined += words[i];
  }
  return {parted, joined};
}

/// The text in other writings: all its words, the first or the last of them in the other number, or
/// with other blanks.
std::vector<std::string> variants(std::string_view text) {
  std::vector<std::string> words;
  auto const all = query::words_of(text);
  for (std::size_t at = 1; at < all.size();) {
    auto const end = all.find(' ', at);
    words.push_back(all.substr(at, end - at));
    at = end + 1;
  }
  std::vector<std::string> out;
  if (words.empty()) return out;
  auto const add = [&, plain = std::string(trimmed(all))](std::string joined) {
    if (joined != plain && std::ranges::find(out, joined) == out.end()) {
      out.push_back(std::move(joined));
    }
  };
  auto const joined = [](std::vector<std::string> const& varied) {
    std::string line;
    for (auto const& word : varied) line += (line.empty() ? "" : " ") + word;
    return line;
  };
  for (auto* const vary : {&singular, &without_s, &plural}) {
    auto all_varied = words;
    for (auto& word : all_varied) word = vary(std::move(word));
    add(joined(all_varied));
    for (auto const place : {words.size() - 1, std::size_t{0}}) {
      auto varied = words;
      varied[place] = vary(std::move(varied[place]));
      add(joined(varied));
    }
  }
  for (auto& other : other_blanks(trimmed(all))) add(std::move(other));
  return out;
}

/// What a text may be the label of, at once or in another writing.
struct Hit {
  Match match;
  bool is_variant = false;
};

std::vector<Hit> hits_of(Thesaurus const& all, std::string_view text) {
  std::vector<Hit> out;
  for (auto const& match : all.find(text)) out.push_back({.match = match});
  if (!out.empty()) return out;
  for (auto const& variant : variants(text)) {
    for (auto const& match : all.find(variant)) {
      out.push_back({.match = match, .is_variant = true});
    }
  }
  return out;
}

/// Resolutions in the making: each concept once, with its greatest score.
class Resolver {
 public:
  explicit Resolver(Thesaurus const& all) : all_(all) {}

  std::vector<Resolution> run(std::string_view keyword) {
    if (keyword.size() > longest) return {};
    if (auto const number = all_.find_address(keyword)) {
      take(*number, all_.at(*number).label(), Method::address, 1);
      return in_order();
    }
    look_up(keyword);
    if (found_.empty()) look_up_path(keyword);
    if (found_.empty()) look_up(without_remark(keyword), row(Method::variant).score);
    return in_order();
  }

 private:
  /// \param factor  to scores; less than 1: all that is found is a variant
  void look_up(std::string_view text, double factor = 1) {
    auto const hits = hits_of(all_, text);
    std::map<std::uint16_t, std::set<ConceptNumber>> best; // of each vocabulary, by kind of label
    for (auto const& [match, is_variant] : hits) {
      auto& group = best[all_.at(match.number).vocabulary()];
      bool const is_as_good = group.empty() || kind_of(*group.begin(), hits) == match.label.kind;
      if (is_as_good && !all_.at(match.number).is_deprecated()) group.insert(match.number);
    }
    for (auto const& [match, is_variant] : hits) {
      auto score = factor * score_of(match.label.kind, is_variant);
      if (best[all_.at(match.number).vocabulary()].size() > 1) score *= of_several;
      bool const is_short = match.label.kind != LabelKind::notation && !match.is_same_case &&
                            is_capital(match.label.text) && !is_capital(text);
      if (is_short) score *= acronym_of_word;
      take(match.number, match.label,
           is_variant || factor < 1 ? Method::variant : method_of(match.label.kind), score);
    }
  }

  static double score_of(LabelKind kind, bool is_variant) noexcept {
    return row(method_of(kind)).score * (is_variant ? row(Method::variant).score : 1);
  }

  static LabelKind kind_of(ConceptNumber number, std::vector<Hit> const& hits) {
    return std::ranges::find(hits, number, [](Hit const& hit) { return hit.match.number; })
        ->match.label.kind;
  }

  static bool is_capital(std::string_view text) noexcept {
    return std::ranges::none_of(text, [](char c) { return c >= 'a' && c <= 'z'; });
  }

  void look_up_path(std::string_view keyword) {
    auto parts = parts_of(keyword);
    // GCMD begins all its science keywords so, and repeats names that it has no long form of.
    if (parts.size() > 1 && equal_ignoring_case(parts.front(), "earth science")) {
      parts.erase(parts.begin());
    }
    while (parts.size() > 1 && equal_ignoring_case(parts.back(), parts[parts.size() - 2])) {
      parts.pop_back();
    }
    if (parts.size() == 1 && parts.front() != keyword) look_up(parts.front());
    if (parts.size() < 2) return;
    std::set<ConceptNumber> above; // what the parts before the last may be
    for (auto const part : std::span(parts).first(parts.size() - 1)) {
      for (auto const& hit : hits_of(all_, part)) above.insert(hit.match.number);
    }
    for (auto const& [match, is_variant] : hits_of(all_, parts.back())) {
      bool const is_below =
          std::ranges::any_of(all_.all_broader(match.number),
                              [&](Step const& step) { return above.contains(step.number); });
      auto const method = is_below ? Method::path : Method::leaf;
      take(match.number, match.label, method,
           row(method).score * score_of(match.label.kind, is_variant));
    }
  }

  void take(ConceptNumber number, Label const& label, Method method, double score) {
    auto const today = all_.current(number);
    if (today.empty()) return keep({number, label, method, score * of_the_past});
    for (auto const other : today) keep({other, label, method, score});
  }

  void keep(Resolution const& resolution) {
    auto const known = std::ranges::find(found_, resolution.number, &Resolution::number);
    if (known == found_.end()) {
      found_.push_back(resolution);
    } else if (known->score < resolution.score) {
      *known = resolution;
    }
  }

  [[nodiscard]] std::vector<Resolution> in_order() {
    std::ranges::stable_sort(found_, std::ranges::greater(), &Resolution::score);
    return std::move(found_);
  }

  Thesaurus const& all_;
  std::vector<Resolution> found_;
};

} // namespace

std::string_view name(Method method) noexcept {
  return row(method).name;
}

std::vector<Resolution> resolve(Thesaurus const& thesaurus, std::string_view keyword) {
  return Resolver(thesaurus).run(keyword);
}

} // namespace terracat::vocabulary

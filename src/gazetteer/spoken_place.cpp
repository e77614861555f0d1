#include "gazetteer/spoken_place.hpp"

#include "query/folding.hpp"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>
#include <string>

namespace terracat::gazetteer {
namespace {

constexpr std::size_t longest_text = 1'000; ///< bytes; of a longer one nothing is looked at
constexpr std::size_t longest_name = 6;     ///< words
constexpr std::size_t most_words = 60;
constexpr std::size_t most_places = 3;
constexpr std::size_t short_name = 4; ///< letters

// Sorted, folded.
constexpr std::array<std::string_view, 19> leading{
    "across", "around", "at",   "au",   "autour", "aux", "dans",       "en",   "in",    "inside",
    "near",   "off",    "over", "pres", "sous",   "sur", "throughout", "vers", "within"};

static_assert(std::ranges::is_sorted(leading));

constexpr std::array<std::string_view, 6> articles{"d", "l", "la", "le", "les", "the"};

struct Token {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::size_t letters = 0;
  bool is_capital = false; ///< its first letter is one
  std::string folded;
};

std::vector<Token> tokens_of(std::string_view text) {
  std::vector<Token> out;
  auto const* const bytes = reinterpret_cast<unsigned char const*>(text.data());
  auto const length = static_cast<std::int32_t>(text.size());
  bool is_within = false;
  for (std::int32_t at = 0; at < length;) {
    auto const begin = at;
    UChar32 letter = 0;
    U8_NEXT(bytes, at, length, letter);
    bool const is_letter =
        letter >= 0 && (u_isalnum(letter) != 0 || u_charType(letter) == U_NON_SPACING_MARK);
    if (is_letter && !is_within) {
      out.push_back({.begin = static_cast<std::size_t>(begin),
                     .is_capital = u_isupper(letter) != 0,
                     .folded = {}});
    }
    if (is_letter) {
      out.back().end = static_cast<std::size_t>(at);
      ++out.back().letters;
    }
    is_within = is_letter;
  }
  for (auto& token : out)
    token.folded = query::folded(text.substr(token.begin, token.end - token.begin));
  return out;
}

class Reading {
 public:
  Reading(std::string_view text, Gazetteer const& gazetteer, IsLabel const& is_label)
      : text_(text), gazetteer_(gazetteer), is_label_(is_label), tokens_(tokens_of(text)) {
    auto const is_small = [](Token const& token) {
      return token.letters >= short_name && !token.is_capital;
    };
    has_small_words_ = std::ranges::any_of(tokens_, is_small);
  }

  std::vector<SpokenPlace> read() {
    std::vector<SpokenPlace> out;
    if (tokens_.size() > most_words) return out;
    for (std::size_t first = 0; first < tokens_.size() && out.size() < most_places;) {
      std::size_t words = 1;
      if (auto const* const place = longest(first, words)) {
        auto const is_same = [&](SpokenPlace const& known) { return known.place == place; };
        if (std::ranges::none_of(out, is_same)) {
          out.push_back({tokens_[first].begin, tokens_[first + words - 1].end, place});
        }
      }
      first += words;
    }
    return out;
  }

 private:
  /// \param words  how many the name or the label that begins there has; 1 if neither does
  Place const* longest(std::size_t first, std::size_t& words) const {
    auto const most = std::min(longest_name, tokens_.size() - first);
    for (words = most; words > 0; --words) {
      auto const* const place = gazetteer_.find(written(first, words));
      if (place != nullptr && is_meant(*place, first, words)) return place;
      if (words > 1 && is_label(first, words)) return nullptr;
    }
    words = 1;
    return nullptr;
  }

  [[nodiscard]] std::string_view written(std::size_t first, std::size_t words) const {
    auto const begin = tokens_[first].begin;
    return text_.substr(begin, tokens_[first + words - 1].end - begin);
  }

  [[nodiscard]] bool is_label(std::size_t first, std::size_t words) const {
    return is_label_ && is_label_(written(first, words));
  }

  [[nodiscard]] bool is_meant(Place const& place, std::size_t first, std::size_t words) const {
    bool const is_word_as_well = place.is_everyday || place.kind == Kind::department ||
                                 place.kind == Kind::island || place.kind == Kind::coast ||
                                 place.kind == Kind::river ||
                                 (words == 1 && tokens_[first].letters <= short_name);
    if (!is_word_as_well || words == tokens_.size()) return true;
    bool const is_short_only = !place.is_everyday && place.kind <= Kind::territory;
    if ((first > 0 || is_short_only) && tokens_[first].is_capital && has_small_words_) return true;
    return !place.is_everyday && is_led_to(first) && !is_label(first, words);
  }

  /// A word that leads to places stands before, with or without an article.
  [[nodiscard]] bool is_led_to(std::size_t first) const {
    auto const is_article = [this](std::size_t word) {
      return std::ranges::find(articles, tokens_[word].folded) != articles.end();
    };
    if (first > 0 && is_article(first - 1)) --first;
    return first > 0 && std::ranges::binary_search(leading, tokens_[first - 1].folded);
  }

  std::string_view text_;
  Gazetteer const& gazetteer_;
  IsLabel const& is_label_;
  std::vector<Token> tokens_;
  bool has_small_words_ = false; ///< else capitals tell nothing
};

} // namespace

std::vector<SpokenPlace> find_places(std::string_view text, Gazetteer const& gazetteer,
                                     IsLabel const& is_label) {
  if (text.size() > longest_text) return {};
  return Reading(text, gazetteer, is_label).read();
}

} // namespace terracat::gazetteer

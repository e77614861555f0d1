#include "index/question.hpp"

#include "query/folding.hpp"

#include <unicode/unistr.h>

#include <algorithm>
#include <array>
#include <tuple>

namespace terracat::index {
namespace {

constexpr std::size_t longest_question = 1'000; ///< bytes
constexpr std::size_t most_words = 32;
constexpr std::size_t longest_label = 6;   ///< words that tell something
constexpr std::size_t most_known = 50'000; ///< words with which a mistyped one is compared
constexpr std::size_t most_meant = 3;
constexpr std::size_t longest_compared = 64; ///< letters; longer words are the same, or are far

bool is_plain(char c) noexcept {
  return static_cast<unsigned char>(c) < 0x80U;
}

std::u32string letters_of(std::string_view text) {
  if (std::ranges::all_of(text, is_plain)) return {text.begin(), text.end()};
  std::u32string out;
  auto const wide =
      icu::UnicodeString::fromUTF8({text.data(), static_cast<std::int32_t>(text.size())});
  for (std::int32_t at = 0; at < wide.length(); at = wide.moveIndex32(at, 1)) {
    out += static_cast<char32_t>(wide.char32At(at));
  }
  return out;
}

/// How many letters of a stem may be mistyped: of a short one so few that it is still known by
/// them.
std::size_t most_mistyped(std::u32string_view stem) noexcept {
  return stem.size() < 5 ? 0 : stem.size() < 7 ? 1 : 2;
}

constexpr std::size_t longest_ending = 5; ///< letters that may follow a stem

/// The stem may be that of a word of so many letters, as far as its length tells.
bool may_be_stem(std::string_view stem, std::size_t letters) noexcept {
  constexpr std::size_t mistyped = 2;
  if (stem.size() + longest_ending + mistyped < letters) return false; // a letter is a byte or more
  return stem.size() <= letters + mistyped || !std::ranges::all_of(stem, is_plain);
}

/// How many letters have to be changed to make the beginning of a word that stem, and how many then
/// follow.
struct StemDistance {
  std::size_t letters;
  std::size_t ending;
};

/// \return  nothing if it is more than `most`, or too much follows
std::optional<StemDistance> stem_distance(std::u32string_view word, std::u32string_view stem,
                                          std::size_t most) {
  std::optional<StemDistance> best;
  for (std::size_t ending = 0; ending <= longest_ending; ++ending) {
    if (word.size() < stem.size() + ending - std::min(ending, most) || word.size() <= ending) break;
    auto const letters = distance(word.substr(0, word.size() - ending), stem, most);
    if (letters <= most && (!best || letters < best->letters)) best = {letters, ending};
  }
  return best;
}

/// The word behind an article that was written without its apostrophe: "air" of "lair".
std::string_view without_article(std::string_view small) noexcept {
  constexpr std::string_view vowels = "aeiouyh";
  std::size_t const length = small.starts_with("qu") ? 2 : 1;
  bool const is_article = length == 2 || small.starts_with('l') || small.starts_with('d') ||
                          small.starts_with('s') || small.starts_with('n') ||
                          small.starts_with('c');
  if (!is_article || small.size() < length + 3) return {};
  auto const next = small[length];
  bool const is_vowel =
      vowels.find(next) != std::string_view::npos || static_cast<unsigned char>(next) >= 0x80;
  return is_vowel ? small.substr(length) : std::string_view();
}

/// A word of the question that tells something, and where it stands among all of them.
struct Told {
  std::size_t place;
  Word word;
};

class TextReading {
 public:
  TextReading(WordMaker const& maker, WordLookup const& lookup, Expander const& expand)
      : maker_(maker), lookup_(lookup), expand_(expand) {}

  Question read(std::string_view text) {
    Question out{.text = std::string(text.substr(0, longest_question)), .parts = {}, .exact = {}};
    auto words = words_of(out.text, true);
    if (words.words.size() > most_words) words.words.resize(most_words);
    out.exact = std::move(words.exact);
    all_ = std::move(words.words);
    for (std::size_t place = 0; place < all_.size(); ++place) {
      if (!all_[place].exact.empty() || !is_empty_word(all_[place]))
        told_.push_back({place, all_[place]});
    }
    for (auto& told : told_) add_apostrophe(told);
    for (std::size_t place = 0; told_.empty() && place < all_.size(); ++place) {
      out.parts.push_back(part(all_[place]));
    }
    for (std::size_t begin = 0; begin < told_.size();) {
      out.parts.push_back(longest_part(begin));
      begin += out.parts.back().words.size();
    }
    return out;
  }

 private:
  /// As typed, with the words between that tell nothing.
  [[nodiscard]] std::string text_of(std::size_t first, std::size_t last) const {
    std::string out;
    for (auto place = told_[first].place; place <= told_[last].place; ++place) {
      out += (out.empty() ? "" : " ") + all_[place].written;
    }
    return out;
  }

  void add_apostrophe(Told& told) {
    if (!told.word.exact.empty() || is_known(told.word)) return;
    auto const rest = without_article(told.word.small);
    if (rest.empty()) return;
    Word const behind{.written = std::string(rest), .small = std::string(rest), .exact = {}};
    if (!is_known(behind)) return;
    told.word = behind;
    all_[told.place] = behind;
  }

  QuestionPart longest_part(std::size_t begin) {
    auto const most = std::min(longest_label, told_.size() - begin);
    for (auto count = most; expand_ && count > 0; --count) {
      auto text = text_of(begin, begin + count - 1);
      auto expansions = expand_(text);
      if (expansions.empty()) continue;
      QuestionPart out{
          .text = std::move(text), .words = {}, .meant = {}, .expansions = std::move(expansions)};
      for (auto place = begin; place < begin + count; ++place)
        out.words.push_back(told_[place].word);
      return out;
    }
    return part(told_[begin].word);
  }

  QuestionPart part(Word const& word) {
    QuestionPart out{.text = word.written, .words = {word}, .meant = {}, .expansions = {}};
    if (!is_known(word)) out.meant = meant_by(word);
    return out;
  }

  bool is_known(Word const& word) {
    if (!word.exact.empty()) {
      auto const known = lookup_.known(WordTable::exact, word.exact, 1);
      if (!known.empty() && known.front().word == word.exact) return true;
    }
    return std::ranges::any_of(language_tables, [&](WordTable table) {
      auto const form = maker_.in(table, word.small);
      auto const known = lookup_.known(table, form, 1);
      return !known.empty() && known.front().word == form;
    });
  }

  std::vector<TableWord> meant_by(Word const& word) {
    struct Close {
      StemDistance distance;
      std::size_t records;
      TableWord word;
    };

    auto const plain = query::without_accents(word.small);
    auto const letters = letters_of(plain);
    bool const has_digits = std::ranges::any_of(plain, [](char c) { return c >= '0' && c <= '9'; });
    if (letters.size() < 5 || has_digits) return {};
    std::vector<Close> close;
    for (auto const table : language_tables) {
      auto const look = [&](std::string_view known, std::size_t records) {
        if (!may_be_stem(known, letters.size())) return;
        auto const stem = letters_of(known);
        auto const far =
            stem.size() < 4 ? std::nullopt : stem_distance(letters, stem, most_mistyped(stem));
        if (far) close.push_back({*far, records, {table, std::string(known)}});
      };
      lookup_.each_known(table, std::string_view(plain).substr(0, 1), most_known, look);
    }
    std::ranges::sort(close, [](Close const& a, Close const& b) {
      auto const key = [](Close const& one) {
        return std::tuple(one.distance.letters, one.distance.ending,
                          -static_cast<double>(one.records), std::string_view(one.word.word));
      };
      return key(a) < key(b);
    });
    std::vector<TableWord> out;
    for (auto& one : close) {
      if (out.size() == most_meant) break;
      out.push_back(std::move(one.word));
    }
    return out;
  }

  WordMaker const& maker_;
  WordLookup const& lookup_;
  Expander const& expand_;
  std::vector<Word> all_;
  std::vector<Told> told_;
};

} // namespace

std::size_t distance(std::u32string_view a, std::u32string_view b, std::size_t most) {
  auto const longer = std::max(a.size(), b.size());
  if (longer - std::min(a.size(), b.size()) > most) return most + 1;
  if (b.size() >= longest_compared) return a == b ? 0 : most + 1;
  std::array<std::size_t, longest_compared> before{};
  std::array<std::size_t, longest_compared> row{};
  for (std::size_t j = 0; j <= b.size(); ++j) before[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      auto const replaced = before[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      row[j] = std::min({before[j] + 1, row[j - 1] + 1, replaced});
    }
    if (*std::min_element(row.begin(), row.begin() + b.size() + 1) > most) return most + 1;
    std::swap(before, row);
  }
  return std::min(before[b.size()], most + 1);
}

model::Bbox const* QuestionPart::place() const noexcept {
  for (auto const& expansion : expansions) {
    if (expansion.bbox) return &*expansion.bbox;
  }
  return nullptr;
}

Question read_question(std::string_view text, WordMaker const& maker, WordLookup const& lookup,
                       Expander const& expand) {
  return TextReading(maker, lookup, expand).read(text);
}

} // namespace terracat::index

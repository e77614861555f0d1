#include "query/spoken_time.hpp"

#include "query/folding.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <string>
#include <vector>

namespace terracat::query {
namespace {

using model::Instant;

constexpr std::int64_t first_year = 1500;
constexpr std::int64_t last_year = 2300;

// ---- Words

struct Token {
  std::string text; ///< small, without accents
  std::size_t begin;
  std::size_t end;
};

bool is_ascii_letter_or_digit(char c) noexcept {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

bool is_of_word(char c) noexcept {
  return is_ascii_letter_or_digit(c) || static_cast<unsigned char>(c) >= 0x80;
}

/// The hyphens of Unicode that stand between years, as UTF-8 has them.
std::size_t dash_at(std::string_view text) noexcept {
  for (auto const* const dash : {"–", "—", "‑"}) {
    if (text.starts_with(dash)) return 3;
  }
  return 0;
}

/// Words, numbers and signs, each for itself; "1990s" and "20e" are words.
std::vector<Token> tokens_of(std::string_view text) {
  std::vector<Token> out;
  for (std::size_t at = 0; at < text.size();) {
    auto end = at + 1;
    if (auto const dash = dash_at(text.substr(at)); dash > 0) {
      end = at + dash;
      out.push_back({"-", at, end});
    } else if (text.substr(at).starts_with("’")) {
      end = at + 3;
    } else if (is_of_word(text[at])) {
      while (end < text.size() && is_of_word(text[end]) && dash_at(text.substr(end)) == 0 &&
             !text.substr(end).starts_with("’")) {
        ++end;
      }
      out.push_back({folded(text.substr(at, end - at)), at, end});
    } else if (text[at] != ' ' && text[at] != '\'') {
      out.push_back({std::string(1, text[at]), at, end});
    }
    at = end;
  }
  return out;
}

struct Named {
  std::string_view word;
  std::int64_t value;
};

constexpr std::array months{
    Named{"janvier", 1},   Named{"january", 1},   Named{"jan", 1},       Named{"fevrier", 2},
    Named{"february", 2},  Named{"feb", 2},       Named{"mars", 3},      Named{"march", 3},
    Named{"avril", 4},     Named{"april", 4},     Named{"apr", 4},       Named{"mai", 5},
    Named{"may", 5},       Named{"juin", 6},      Named{"june", 6},      Named{"juillet", 7},
    Named{"july", 7},      Named{"aout", 8},      Named{"august", 8},    Named{"aug", 8},
    Named{"septembre", 9}, Named{"september", 9}, Named{"sept", 9},      Named{"octobre", 10},
    Named{"october", 10},  Named{"oct", 10},      Named{"novembre", 11}, Named{"november", 11},
    Named{"nov", 11},      Named{"decembre", 12}, Named{"december", 12}, Named{"dec", 12}};

// The month in which a season begins in the north; winter begins in the year before.
constexpr std::array seasons{Named{"printemps", 3}, Named{"spring", 3},  Named{"ete", 6},
                             Named{"summer", 6},    Named{"automne", 9}, Named{"autumn", 9},
                             Named{"fall", 9},      Named{"hiver", 12},  Named{"winter", 12}};

constexpr std::array numbers{
    Named{"un", 1},     Named{"une", 1},     Named{"one", 1},     Named{"deux", 2},
    Named{"two", 2},    Named{"trois", 3},   Named{"three", 3},   Named{"quatre", 4},
    Named{"four", 4},   Named{"cinq", 5},    Named{"five", 5},    Named{"six", 6},
    Named{"sept", 7},   Named{"seven", 7},   Named{"huit", 8},    Named{"eight", 8},
    Named{"neuf", 9},   Named{"nine", 9},    Named{"dix", 10},    Named{"ten", 10},
    Named{"vingt", 20}, Named{"twenty", 20}, Named{"trente", 30}, Named{"thirty", 30}};

// In months; days are told by less.
constexpr std::array units{Named{"an", 12},        Named{"ans", 12},        Named{"annee", 12},
                           Named{"annees", 12},    Named{"year", 12},       Named{"years", 12},
                           Named{"mois", 1},       Named{"month", 1},       Named{"months", 1},
                           Named{"decennie", 120}, Named{"decennies", 120}, Named{"decade", 120},
                           Named{"decades", 120},  Named{"jour", -1},       Named{"jours", -1},
                           Named{"day", -1},       Named{"days", -1},       Named{"semaine", -7},
                           Named{"semaines", -7},  Named{"week", -7},       Named{"weeks", -7}};

// Spoken decades of the last century.
constexpr std::array decades{Named{"fifties", 1950},   Named{"sixties", 1960},
                             Named{"seventies", 1970}, Named{"eighties", 1980},
                             Named{"nineties", 1990},  Named{"cinquante", 1950},
                             Named{"soixante", 1960},  Named{"quatre-vingt", 1980}};

template<std::size_t Size>
std::optional<std::int64_t> value_of(std::array<Named, Size> const& names,
                                     std::string_view word) noexcept {
  auto const found = std::ranges::find(names, word, &Named::word);
  return found == names.end() ? std::nullopt : std::optional(found->value);
}

template<class... Words>
bool is_one(std::string_view word, Words const&... words) noexcept {
  return ((word == words) || ...);
}

std::optional<std::int64_t> number(std::string_view text) noexcept {
  std::int64_t value = 0;
  auto const [stop, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  bool const is_whole = error == std::errc{} && stop == text.data() + text.size();
  return is_whole && text.size() <= 4 ? std::optional(value) : std::nullopt;
}

// ---- Spans of time

/// From the first moment to before the last.
struct Span {
  std::optional<Instant> first;
  std::optional<Instant> end;
};

Instant month_begin(std::int64_t year, std::int64_t month) {
  auto const all = year * 12 + (month - 1);
  auto const in_year = (all % 12 + 12) % 12; // there are years before our era
  model::Date const date{.year = (all - in_year) / 12, .month = static_cast<unsigned>(in_year) + 1};
  return Instant::at(date).value_or(Instant(0));
}

Span months_from(std::int64_t year, std::int64_t month, std::int64_t count) {
  return {month_begin(year, month), month_begin(year, month + count)};
}

std::optional<Span> day_of(std::int64_t year, std::int64_t month, std::int64_t day) {
  constexpr std::int64_t ms_of_day = 86'400'000;
  if (month < 1 || month > 12 || day < 1 || day > 31) return std::nullopt;
  auto const begin = Instant::at(
      {.year = year, .month = static_cast<unsigned>(month), .day = static_cast<unsigned>(day)});
  if (!begin) return std::nullopt;
  return Span{*begin, Instant(begin->milliseconds() + ms_of_day)};
}

// ---- Sentences

class Reading {
 public:
  Reading(std::vector<Token> tokens, Instant now, Hemisphere hemisphere)
      : tokens_(std::move(tokens)), now_(now), hemisphere_(hemisphere) {}

  std::optional<SpokenTime> find() {
    for (std::size_t begin = 0; begin < tokens_.size(); ++begin) {
      if (is_within_identifier(begin)) continue;
      for (auto const rule :
           {&Reading::between, &Reading::open, &Reading::recent, &Reading::range}) {
        at_ = begin;
        auto const span = (this->*rule)();
        if (!span) continue;
        SpokenTime out{.begin = tokens_[begin].begin, .end = tokens_[at_ - 1].end};
        out.first = span->first;
        if (span->end) out.last = Instant(span->end->milliseconds() - 1);
        return out;
      }
    }
    return std::nullopt;
  }

 private:
  /// "essd-2020", "31/02/2010": what a sign joins to the word before is a part of something else.
  [[nodiscard]] bool is_within_identifier(std::size_t place) const noexcept {
    if (place < 2) return false;
    auto const& sign = tokens_[place - 1];
    bool const is_joined = sign.end == tokens_[place].begin && tokens_[place - 2].end == sign.begin;
    return is_joined && is_one(sign.text, "-", "/", ".", "_", ":");
  }

  [[nodiscard]] std::string_view word(std::size_t ahead = 0) const noexcept {
    return at_ + ahead < tokens_.size() ? std::string_view(tokens_[at_ + ahead].text)
                                        : std::string_view();
  }

  template<class... Words>
  bool take(Words const&... words) noexcept {
    if (!is_one(word(), words...)) return false;
    ++at_;
    return true;
  }

  /// Words between that say nothing of the time.
  void pass_articles() noexcept {
    while (take("le", "la", "les", "l", "the", "en", "in", "annee", "year", "mois", "month", "of",
                "debut", "fin", "d", "du", "de") &&
           at_ < tokens_.size()) {
    }
  }

  /// "entre 1990 et 1995", "from 1990 to 1995", "de mai à juin 2010"
  std::optional<Span> between() {
    if (!take("entre", "between", "from", "de", "du")) return std::nullopt;
    pass_articles();
    auto const first = point();
    if (!first || !take("et", "and", "to", "a", "au", "jusqu", "until", "through", "-")) {
      return std::nullopt;
    }
    take("a", "au");
    pass_articles();
    return joined(first, point());
  }

  static std::optional<Span> joined(std::optional<Span> const& first,
                                    std::optional<Span> const& last) {
    if (!first || !last || *last->end <= *first->first) return std::nullopt;
    return Span{first->first, last->end};
  }

  /// "depuis 2010", "before 1950", "jusqu'en 1999"
  std::optional<Span> open() {
    bool const goes_on = take("depuis", "since", "des", "from");
    bool const comes_after = !goes_on && take("apres", "after");
    bool const comes_before = !goes_on && !comes_after && take("avant", "before");
    bool const goes_until =
        !goes_on && !comes_after && !comes_before && take("jusqu", "jusque", "until", "till");
    bool const begins_at = !goes_on && !comes_after && !comes_before && !goes_until &&
                           word() == "a" && word(1) == "partir";
    if (begins_at) at_ += 2;
    if (!goes_on && !comes_after && !comes_before && !goes_until && !begins_at) return std::nullopt;
    take("a", "au");
    pass_articles();
    auto const span = point();
    if (!span) return std::nullopt;
    if (comes_after) return Span{span->end, std::nullopt};
    if (comes_before) return Span{std::nullopt, span->first};
    if (goes_until) return Span{std::nullopt, span->end};
    return Span{span->first, std::nullopt};
  }

  /// "ces cinq dernières années", "the last 10 years", "l'an dernier", "cette année"
  std::optional<Span> recent() {
    if (take("cette", "this")) return take("annee", "year") ? this_year(0) : std::nullopt;
    bool const is_last_one = (is_one(word(), "an", "annee") &&
                              is_one(word(1), "dernier", "derniere", "passe", "passee")) ||
                             (word() == "last" && word(1) == "year");
    if (is_last_one) {
      at_ += 2;
      return this_year(1);
    }
    take("ces", "les", "the", "these", "over", "des");
    bool is_last = take("last", "past", "dernieres", "derniers");
    auto count = number(word());
    if (!count) count = value_of(numbers, word());
    if (count) ++at_;
    is_last = take("last", "past", "dernieres", "derniers") || is_last;
    auto const unit = value_of(units, word());
    if (!unit || !is_last || count == 0) return std::nullopt;
    ++at_;
    return back(count.value_or(1), *unit);
  }

  [[nodiscard]] std::optional<Span> this_year(std::int64_t ago) const {
    return months_from(now_.date().year - ago, 1, 12);
  }

  /// \param unit  months, or days if it is less than 0
  [[nodiscard]] std::optional<Span> back(std::int64_t count, std::int64_t unit) const {
    constexpr std::int64_t ms_of_day = 86'400'000;
    auto const end = Instant(now_.milliseconds() + 1);
    if (unit < 0) return Span{Instant(now_.milliseconds() + count * unit * ms_of_day), end};
    auto const date = now_.date();
    auto const begin = month_begin(date.year, date.month - count * unit);
    auto const into_month = now_.milliseconds() - month_begin(date.year, date.month).milliseconds();
    return Span{Instant(begin.milliseconds() + into_month), end};
  }

  /// "2003-2005", "2003 à 2005", or a point by itself
  std::optional<Span> range() {
    auto const first = point();
    if (!first) return std::nullopt;
    auto const behind = at_;
    if (take("-", "/", "a", "to", "au")) {
      if (auto const whole = joined(first, point())) return whole;
    }
    at_ = behind;
    return first;
  }

  std::optional<Span> point() {
    auto const before = at_;
    for (auto const rule :
         {&Reading::iso_date, &Reading::slashed_date, &Reading::decade, &Reading::century,
          &Reading::season, &Reading::month, &Reading::day_first, &Reading::plain_year}) {
      at_ = before;
      if (auto const span = (this->*rule)()) return span;
    }
    at_ = before;
    return std::nullopt;
  }

  std::optional<std::int64_t> year() {
    auto const value = number(word());
    if (!value || word().size() != 4 || *value < first_year || *value > last_year) {
      return std::nullopt;
    }
    ++at_;
    return value;
  }

  /// A number with a unit is a height or a distance.
  std::optional<Span> plain_year() {
    auto const value = year();
    bool const is_measure =
        is_one(word(), "m", "km", "metres", "meters", "hpa", "mm", "%", ".", ",");
    if (!value || (is_measure && at_ < tokens_.size() && number(word(1)))) return std::nullopt;
    if (is_measure && !is_one(word(), ".", ",")) return std::nullopt;
    return months_from(*value, 1, 12);
  }

  /// "2010-05-17", "2010-05"
  std::optional<Span> iso_date() {
    auto const value = year();
    if (!value || !take("-") || word().size() != 2) return std::nullopt;
    auto const month = number(word());
    if (!month || *month < 1 || *month > 12) return std::nullopt;
    ++at_;
    auto const day = word() == "-" && word(1).size() == 2 ? number(word(1)) : std::nullopt;
    if (!day) return months_from(*value, *month, 1);
    at_ += 2;
    return day_of(*value, *month, *day);
  }

  /// "17/05/2010"
  std::optional<Span> slashed_date() {
    auto const day = number(word());
    auto const month = number(word(2));
    if (!day || !month || word(1) != "/" || word(3) != "/") return std::nullopt;
    at_ += 4;
    auto const value = year();
    return value ? day_of(*value, *month, *day) : std::nullopt;
  }

  /// "17 mai 2010", "1er mai 2010"
  std::optional<Span> day_first() {
    auto const day = word() == "1er" ? std::optional(std::int64_t{1}) : number(word());
    if (!day) return std::nullopt;
    ++at_;
    auto const month = value_of(months, word());
    if (!month) return std::nullopt;
    ++at_;
    auto const value = year();
    return value ? day_of(*value, *month, *day) : std::nullopt;
  }

  /// "mai 2010", "May 17, 2010"; in a range "de mai à juin 2010" the year stands behind
  std::optional<Span> month() {
    auto const which = value_of(months, word());
    if (!which) return std::nullopt;
    ++at_;
    auto const day = word().size() <= 2 ? number(word()) : std::nullopt;
    if (day) ++at_;
    take(",");
    pass_articles();
    auto const value = year();
    if (!value) return std::nullopt;
    return day ? day_of(*value, *which, *day) : std::optional(months_from(*value, *which, 1));
  }

  /// "été 2003", "winter 2009-2010"
  std::optional<Span> season() {
    auto const begins = value_of(seasons, word());
    if (!begins) return std::nullopt;
    ++at_;
    pass_articles();
    auto value = year();
    if (!value) return std::nullopt;
    auto const month = hemisphere_ == Hemisphere::northern ? *begins : (*begins + 5) % 12 + 1;
    if (month != 12) return months_from(*value, month, 3);
    bool const names_both = is_one(word(), "-", "/") && number(word(1)) == *value + 1;
    if (names_both) at_ += 2;
    return months_from(names_both ? *value : *value - 1, 12, 3);
  }

  /// "années 90", "1990s", "the nineties"
  std::optional<Span> decade() {
    if (is_one(word(), "annees", "decennie")) {
      ++at_;
      auto value = number(word());
      if (value && *value < 100 && *value % 10 == 0) value = *value + (*value < 30 ? 2000 : 1900);
      if (!value) value = value_of(decades, word());
      if (!value || *value % 10 != 0 || *value < first_year || *value > last_year) {
        return std::nullopt;
      }
      ++at_;
      return months_from(*value, 1, 120);
    }
    auto value = value_of(decades, word());
    if (auto const digits = word(); !value && digits.ends_with('s')) {
      value = number(digits.substr(0, digits.size() - 1));
      if (value && *value < 100) value = *value + (*value < 30 ? 2000 : 1900);
      if (value && (*value % 10 != 0 || *value < first_year || *value > last_year)) value.reset();
    }
    if (!value) return std::nullopt;
    ++at_;
    return months_from(*value, 1, 120);
  }

  /// "XXe siècle", "19th century"
  std::optional<Span> century() {
    constexpr std::array roman{Named{"xvi", 16}, Named{"xvii", 17}, Named{"xviii", 18},
                               Named{"xix", 19}, Named{"xx", 20},   Named{"xxi", 21}};
    if (!is_one(word(1), "siecle", "century")) return std::nullopt;
    auto name = word();
    for (std::string_view const ending : {"eme", "th", "st", "nd", "rd", "e"}) {
      if (!name.ends_with(ending)) continue;
      name.remove_suffix(ending.size());
      break;
    }
    auto which = value_of(roman, name);
    if (!which) which = number(name);
    if (!which || *which < 16 || *which > 23) return std::nullopt;
    at_ += 2;
    return months_from((*which - 1) * 100 + 1, 1, 1'200);
  }

  std::vector<Token> tokens_;
  Instant now_;
  Hemisphere hemisphere_;
  std::size_t at_ = 0;
};

} // namespace

std::optional<SpokenTime> find_time(std::string_view text, model::Instant now,
                                    Hemisphere hemisphere) {
  return Reading(tokens_of(text), now, hemisphere).find();
}

} // namespace terracat::query

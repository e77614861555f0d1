#include "formats/words/frequencies.hpp"

#include "formats/words/text.hpp"

#include <algorithm>
#include <array>

namespace terracat::formats {
namespace {

struct Word {
  std::string_view word; ///< folded
  std::string_view code;
};

constexpr std::array words{Word{"annual", "annually"},
                           Word{"annually", "annually"},
                           Word{"yearly", "annually"},
                           Word{"annuelle", "annually"},
                           Word{"annual 2", "biannually"},
                           Word{"biannually", "biannually"},
                           Word{"semestrielle", "biannually"},
                           Word{"biennial", "biennially"},
                           Word{"biennially", "biennially"},
                           Word{"biennale", "biennially"},
                           Word{"biweekly", "fortnightly"},
                           Word{"fortnightly", "fortnightly"},
                           Word{"cont", "continual"},
                           Word{"continual", "continual"},
                           Word{"continuous", "continual"},
                           Word{"update cont", "continual"},
                           Word{"temps reel", "continual"},
                           Word{"continue", "continual"},
                           Word{"daily", "daily"},
                           Word{"quotidienne", "daily"},
                           Word{"irreg", "irregular"},
                           Word{"irregular", "irregular"},
                           Word{"irreguliere", "irregular"},
                           Word{"monthly", "monthly"},
                           Word{"mensuelle", "monthly"},
                           Word{"monthly 2", "semimonthly"},
                           Word{"semimonthly", "semimonthly"},
                           Word{"bimensuelle", "semimonthly"},
                           Word{"never", "notPlanned"},
                           Word{"notplanned", "notPlanned"},
                           Word{"jamais", "notPlanned"},
                           Word{"periodic", "periodic"},
                           Word{"quarterly", "quarterly"},
                           Word{"trimestrielle", "quarterly"},
                           Word{"unknown", "unknown"},
                           Word{"weekly", "weekly"},
                           Word{"hebdomadaire", "weekly"},
                           Word{"as needed", "asNeeded"},
                           Word{"asneeded", "asNeeded"},
                           Word{"ponctuelle", "asNeeded"}};

} // namespace

std::string read_frequency(std::string_view text) {
  while (text.ends_with('/')) text.remove_suffix(1);
  auto const name = text.substr(text.find_last_of("/#") + 1);
  auto const* const known = std::ranges::find(words, folded(name), &Word::word);
  return known == words.end() ? std::string() : std::string(known->code);
}

} // namespace terracat::formats

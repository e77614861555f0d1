#pragma once

#include "pages/sheet.hpp"

#include <terracat/harvest_log.hpp>

#include <array>
#include <string>
#include <string_view>

/// How runs are spoken of on the pages of operators.
namespace terracat::pages {

inline constexpr Message duration_label{"Durée", "Duration"};
inline constexpr Message mode_label{"Mode", "Mode"};
inline constexpr Message outcome_label{"Issue", "Outcome"};

/// An outcome in words, and how it is shown.
struct OutcomeWords {
  Message words;
  std::string_view style;
  Markup sign;
};

[[nodiscard]] OutcomeWords words_of(RunOutcome outcome) noexcept;
[[nodiscard]] Message words_of(DocumentOutcome outcome) noexcept;

void write_outcome(Sheet& sheet, RunOutcome outcome);

struct ShownCount {
  Message words;
  std::int64_t RunCounts::*count;
};

/// What is counted, as `count_table` has it.
inline constexpr std::array shown_counts{
    ShownCount{{"Créés", "Created"}, &RunCounts::created},
    ShownCount{{"Mis à jour", "Updated"}, &RunCounts::updated},
    ShownCount{{"Inchangés", "Unchanged"}, &RunCounts::unchanged},
    ShownCount{{"Passés", "Skipped"}, &RunCounts::skipped},
    ShownCount{{"Refusés", "Refused"}, &RunCounts::failed},
    ShownCount{{"Avec remarques", "With remarks"}, &RunCounts::warned},
    ShownCount{{"Manquants", "Missing"}, &RunCounts::missing},
    ShownCount{{"Retirés", "Removed"}, &RunCounts::deleted},
};
static_assert(shown_counts.size() == count_table.size());

/// How a run went through its source, by the name that commands and answers have for it; another
/// name is told as it is.
[[nodiscard]] std::string_view words_of_mode(std::string_view name, Language language) noexcept;

/// "4 s", "2 min 5 s", "3 h 12 min"; until now if it has not ended.
[[nodiscard]] std::string duration_of(Run const& run, model::Instant now);

[[nodiscard]] std::string text_of(RunNumber number);

/// The page of a run, below the language.
[[nodiscard]] std::string path_of_run(RunNumber number);

} // namespace terracat::pages

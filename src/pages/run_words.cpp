#include "pages/run_words.hpp"

#include "pages/signs.hpp"

#include <algorithm>
#include <array>

namespace terracat::pages {
namespace {

struct ModeRow {
  std::string_view name;
  Message words;
};

constexpr std::array modes{
    ModeRow{"incremental", {"incrémental", "incremental"}},
    ModeRow{"changes", {"changements", "changes"}},
    ModeRow{"full", {"en entier", "full"}},
    ModeRow{"sweep", {"recensement", "sweep"}},
    ModeRow{"replay", {"relecture", "replay"}},
    ModeRow{"import", {"import", "import"}},
    ModeRow{"remove", {"retrait", "remove"}},
};

} // namespace

OutcomeWords words_of(RunOutcome outcome) noexcept {
  switch (outcome) {
  case RunOutcome::running:
    return {{"en cours", "running"}, "state run", sign::running};
  case RunOutcome::complete:
    return {{"complet", "complete"}, "state ok", sign::check};
  case RunOutcome::incomplete:
    return {{"incomplet", "incomplete"}, "state warn", sign::warning};
  case RunOutcome::interrupted:
    return {{"interrompu", "interrupted"}, "state warn", sign::warning};
  case RunOutcome::failed:
    break;
  }
  return {{"en échec", "failed"}, "state bad", sign::failure};
}

Message words_of(DocumentOutcome outcome) noexcept {
  switch (outcome) {
  case DocumentOutcome::created:
    return {"créé", "created"};
  case DocumentOutcome::updated:
    return {"mis à jour", "updated"};
  case DocumentOutcome::skipped:
    return {"passé", "skipped"};
  case DocumentOutcome::failed:
    return {"refusé", "refused"};
  case DocumentOutcome::warned:
    return {"pris, avec une remarque", "taken, with a remark"};
  case DocumentOutcome::missing:
    return {"n’est plus à la source", "no longer at the source"};
  case DocumentOutcome::deleted:
    break;
  }
  return {"retiré", "removed"};
}

void write_outcome(Sheet& sheet, RunOutcome outcome) {
  auto const shown = words_of(outcome);
  sheet.html.element("span", {{"class", shown.style}},
                     [&] { sheet.html.markup(shown.sign).text(sheet.in(shown.words)); });
}

std::string_view words_of_mode(std::string_view name, Language language) noexcept {
  auto const* const found = std::ranges::find(modes, name, &ModeRow::name);
  return found == modes.end() ? name : found->words.in(language);
}

std::string duration_of(Run const& run, model::Instant now) {
  auto const end = run.finished.value_or(now).milliseconds();
  auto const seconds = std::max<std::int64_t>(0, end - run.started.milliseconds()) / 1'000;
  constexpr std::int64_t minute = 60;
  constexpr std::int64_t hour = 60 * minute;
  if (seconds < minute) return std::to_string(seconds) + " s";
  if (seconds < hour) {
    return std::to_string(seconds / minute) + " min " + std::to_string(seconds % minute) + " s";
  }
  return std::to_string(seconds / hour) + " h " + std::to_string(seconds % hour / minute) + " min";
}

std::string text_of(RunNumber number) {
  return std::to_string(static_cast<std::int64_t>(number));
}

std::string path_of_run(RunNumber number) {
  return "/operator/runs/" + text_of(number);
}

} // namespace terracat::pages

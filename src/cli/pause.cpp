#include "catalogue/kept_cursor.hpp"
#include "cli/commands.hpp"
#include "cli/here_or_there.hpp"
#include "cli/run_text.hpp"
#include "cli/terminal.hpp"
#include "pages/harvest_forms.hpp"

#include <algorithm>

/// What operators say to the harvests of a site: leave a source alone, go on with it, stop a run.
namespace terracat::cli {
namespace {

static_assert(run::longest_reason == pages::longest_reason, "forms let that much be typed");

/// A command may say what is no UTF-8, of which no byte begins a letter.
bool is_short_enough(std::string_view reason) {
  constexpr std::size_t longest_letter = 4; // bytes
  auto const begins = [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; };
  auto const letters = static_cast<std::size_t>(std::ranges::count_if(reason, begins));
  return letters <= run::longest_reason && reason.size() <= run::longest_reason * longest_letter;
}

/// \return  whether an interrupted run of the source waits to go on
bool is_under_way(Workplace const& place, std::string const& source) {
  auto const session = place.catalogue.session();
  session->reader().begin();
  return catalogue::is_interrupted(session->reader().source(source));
}

/// \return  the run, if it is the one that the server may be in the middle of
std::optional<Run> last_run_of_source(Workplace const& place, std::size_t number) {
  auto const session = place.catalogue.session();
  auto& reader = session->reader();
  reader.begin();
  auto const run = reader.run(RunNumber{static_cast<std::int64_t>(number)});
  if (!run) return std::nullopt;
  auto const last = reader.runs(run->source, 1);
  bool const is_last = !last.empty() && last.front().number == run->number;
  return is_last && run->outcome == RunOutcome::running ? run : std::nullopt;
}

/// \param command  that shows what there is
int complain(Console& console, Problem const& problem, std::string const& command) {
  auto text = "terracat: " + problem.detail;
  if (problem.kind != ProblemKind::invalid_body) text += "; see `" + command + "`";
  console.complain(text + "\n");
  return failed;
}

} // namespace

Result<bool> pause_source(Workplace const& place, std::string const& name,
                          std::string const& reason) {
  auto const& configured = place.config.sources;
  if (std::ranges::find(configured, name, &Source::name) == configured.end()) {
    return Problem{.kind = ProblemKind::not_found,
                   .detail = "there is no source '" + plain_line(name) + "' in the configuration",
                   .where = {}};
  }
  if (!is_short_enough(reason)) {
    return Problem{.kind = ProblemKind::invalid_body,
                   .detail = "the reason is longer than " + std::to_string(run::longest_reason) +
                             " letters",
                   .where = "/reason"};
  }
  bool const is_new =
      place.pauses.put({.source = name, .since = model::Instant::now(), .reason = reason});
  if (place.schedule != nullptr) place.schedule->stop(name);
  return is_new;
}

Result<bool> resume_source(Workplace const& place, std::string const& name) {
  if (!place.pauses.remove(name)) {
    return Problem{.kind = ProblemKind::conflict,
                   .detail = "the source '" + plain_line(name) + "' is not paused",
                   .where = {}};
  }
  bool const goes_on = is_under_way(place, name);
  if (place.schedule != nullptr) place.schedule->resume(name, goes_on);
  return goes_on;
}

Result<std::string> abort_run(Workplace const& place, std::size_t number) {
  auto const run = last_run_of_source(place, number);
  if (!run || place.schedule == nullptr || !place.schedule->stop(run->source)) {
    return Problem{.kind = ProblemKind::conflict,
                   .detail = "no server is in the middle of run " + std::to_string(number),
                   .where = {}};
  }
  return run->source;
}

int work(Workplace const& place, PauseSource const& options, Console& console) {
  auto const& name = options.source;
  auto const is_new = pause_source(place, name, options.reason);
  if (!is_new) return complain(console, is_new.error(), "terracat sources");
  console.say(plain_line(name) +
              (*is_new ? ": paused; `terracat sources resume " + name + "` ends that\n"
                       : ": was paused already\n"));
  return success;
}

int work(Workplace const& place, ResumeSource const& options, Console& console) {
  auto const goes_on = resume_source(place, options.source);
  if (!goes_on) return complain(console, goes_on.error(), "terracat sources");
  console.say(plain_line(options.source) + ": is harvested again" +
              (*goes_on ? ", from where it was stopped\n" : "\n"));
  return success;
}

int work(Workplace const& place, AbortRun const& options, Console& console) {
  auto const source = abort_run(place, options.number);
  if (!source) return complain(console, source.error(), "terracat runs");
  console.say(plain_line(*source) + ": run " + std::to_string(options.number) +
              " stops at its next page; what it brought is kept, and the next one goes on from "
              "there\n");
  return success;
}

int run(config::Config const& config, PauseSource const& options) {
  return here_or_there(config, options,
                       [&](Workplace const& place, Console& console, std::stop_token const&) {
                         return work(place, options, console);
                       });
}

int run(config::Config const& config, ResumeSource const& options) {
  return here_or_there(config, options,
                       [&](Workplace const& place, Console& console, std::stop_token const&) {
                         return work(place, options, console);
                       });
}

int run(config::Config const& config, AbortRun const& options) {
  return here_or_there(config, options,
                       [&](Workplace const& place, Console& console, std::stop_token const&) {
                         return work(place, options, console);
                       });
}

} // namespace terracat::cli

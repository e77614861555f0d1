#include "cli/commands.hpp"
#include "cli/here_or_there.hpp"
#include "cli/run_text.hpp"
#include "cli/terminal.hpp"

#include <algorithm>

/// What operators say to the harvests of a site: leave a source alone, go on with it, stop a run.
namespace terracat::cli {
namespace {

/// \return  whether an interrupted run of the source waits to go on
bool is_under_way(Workplace const& place, std::string const& source) {
  auto const session = place.catalogue.session();
  session->reader().begin();
  return !session->reader().source(source).checkpoint.empty();
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

} // namespace

int work(Workplace const& place, PauseSource const& options, Console& console) {
  auto const& name = options.source;
  auto const& configured = place.config.sources;
  if (std::ranges::find(configured, name, &Source::name) == configured.end()) {
    console.complain("terracat: there is no source '" + plain_line(name) +
                     "' in the configuration; see `terracat sources`\n");
    return failed;
  }
  if (options.reason.size() > run::longest_reason) {
    console.complain("terracat: the reason is longer than " + std::to_string(run::longest_reason) +
                     " bytes\n");
    return failed;
  }
  bool const is_new =
      place.pauses.put({.source = name, .since = model::Instant::now(), .reason = options.reason});
  if (place.schedule != nullptr) place.schedule->stop(name);
  console.say(plain_line(name) +
              (is_new ? ": paused; `terracat sources resume " + name + "` ends that\n"
                      : ": was paused already\n"));
  return success;
}

int work(Workplace const& place, ResumeSource const& options, Console& console) {
  auto const& name = options.source;
  if (!place.pauses.remove(name)) {
    console.complain("terracat: the source '" + plain_line(name) +
                     "' is not paused; see `terracat sources`\n");
    return failed;
  }
  bool const goes_on = is_under_way(place, name);
  if (place.schedule != nullptr) place.schedule->resume(name, goes_on);
  console.say(plain_line(name) + ": is harvested again" +
              (goes_on ? ", from where it was stopped\n" : "\n"));
  return success;
}

int work(Workplace const& place, AbortRun const& options, Console& console) {
  auto const number = std::to_string(options.number);
  auto const run = last_run_of_source(place, options.number);
  if (!run || place.schedule == nullptr || !place.schedule->stop(run->source)) {
    console.complain("terracat: no server is in the middle of run " + number +
                     "; see `terracat runs`\n");
    return failed;
  }
  console.say(plain_line(run->source) + ": run " + number +
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

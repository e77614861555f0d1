#include "cli/commands.hpp"
#include "cli/here_or_there.hpp"
#include "cli/terminal.hpp"

#include <algorithm>

namespace terracat::cli {
namespace {

/// Those that go with the source.
std::size_t count_corrections(Workplace const& place, std::string const& source) {
  auto const session = place.catalogue.session();
  session->reader().begin();
  auto const all = session->reader().corrections();
  return static_cast<std::size_t>(std::ranges::count(
      all, source, [](store::Correction const& correction) { return correction.key.source; }));
}

} // namespace

int work(Workplace const& place, RemoveSource const& options, Console& console,
         std::stop_token const& stop) {
  auto const& name = options.source;
  auto const& configured = place.config.sources;
  if (std::ranges::find(configured, name, &Source::name) != configured.end()) {
    console.complain("terracat: the source '" + plain_line(name) +
                     "' is in the configuration, and would be harvested again; take it out of "
                     "there, then remove what is kept of it\n");
    return failed;
  }
  auto const known = [&] {
    auto const session = place.catalogue.session();
    session->reader().begin();
    return session->reader().sources();
  }();
  if (std::ranges::find(known, name) == known.end()) {
    console.complain("terracat: nothing is kept of a source '" + plain_line(name) +
                     "'; see `terracat sources`\n");
    return failed;
  }
  Source const gone{.name = name, .title = name, .kind = "push", .address = {}};
  auto const turn = place.turn_for(gone, stop); // a harvest from before may still be going on
  if (stop.stop_requested()) return failed;
  auto const corrections = count_corrections(place, name);
  console.begin(name);
  auto const ends = turn == nullptr ? stop : turn->token(); // as an operator may abort it
  auto const run = place.harvest.remove(name, ends, [&](run::Progress const& progress) {
    auto const all = static_cast<double>(progress.announced.value_or(0));
    console.show(all == 0 ? 1.0 : static_cast<double>(progress.counts.deleted) / all);
  });
  bool const is_over = run.outcome == RunOutcome::complete;
  console.say(
      plain_line(name) + ": " + std::to_string(run.counts.deleted) + " records and items removed" +
      (is_over && corrections > 0 ? ", and " + std::to_string(corrections) + " corrections of them"
                                  : "") +
      (is_over ? "" : "; " + run.message + ": type it again to go on") + "\n");
  return is_over ? success : failed;
}

int run(config::Config const& config, RemoveSource const& options) {
  return here_or_there(config, options,
                       [&](Workplace const& place, Console& console, std::stop_token const& stop) {
                         return work(place, options, console, stop);
                       });
}

} // namespace terracat::cli

#include "cli/run_text.hpp"

#include "cli/terminal.hpp"

#include <sstream>

namespace terracat::cli {

std::string text_of(RunCounts const& counts) {
  std::ostringstream out;
  std::string_view separator;
  for (auto const& row : count_table) {
    auto const count = counts.*row.count;
    if (count == 0 && !row.is_told_if_none) continue;
    out << separator << count << ' ' << row.words;
    separator = ", ";
  }
  return out.str();
}

std::string time_text(std::optional<model::Instant> instant) {
  return instant ? model::to_iso8601(model::Instant(instant->milliseconds() / 1'000 * 1'000))
                 : "never";
}

std::string text_of(run::Pause const& pause) {
  return "paused since " + time_text(pause.since) +
         (pause.reason.empty() ? "" : " (" + plain_line(pause.reason) + ")");
}

std::string line_of(Run const& run) {
  std::ostringstream out;
  out << plain_line(run.source) << ": " << name(run.outcome) << ", run "
      << static_cast<std::int64_t>(run.number) << ": " << text_of(run.counts);
  if (!run.message.empty()) out << "; " << plain_line(run.message);
  out << '\n';
  return out.str();
}

bool is_well(Run const& run) noexcept {
  return run.outcome == RunOutcome::complete || run.outcome == RunOutcome::incomplete;
}

} // namespace terracat::cli

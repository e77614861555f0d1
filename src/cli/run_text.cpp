#include "cli/run_text.hpp"

#include "cli/terminal.hpp"

#include <sstream>

namespace terracat::cli {

std::string line_of(Run const& run) {
  auto const& counts = run.counts;
  std::ostringstream out;
  out << plain_line(run.source) << ": " << name(run.outcome) << ", run "
      << static_cast<std::int64_t>(run.number) << ": " << counts.created << " created, "
      << counts.updated << " updated, " << counts.unchanged << " unchanged, " << counts.skipped
      << " skipped, " << counts.failed << " failed, " << counts.warned << " with warnings";
  if (counts.missing > 0) out << ", " << counts.missing << " missing";
  if (counts.deleted > 0) out << ", " << counts.deleted << " deleted";
  if (!run.message.empty()) out << "; " << plain_line(run.message);
  out << '\n';
  return out.str();
}

bool is_well(Run const& run) noexcept {
  return run.outcome == RunOutcome::complete || run.outcome == RunOutcome::incomplete;
}

} // namespace terracat::cli

#include <terracat/harvest_log.hpp>

namespace terracat {

std::string_view name(RunOutcome outcome) noexcept {
  switch (outcome) {
  case RunOutcome::running:
    return "running";
  case RunOutcome::complete:
    return "complete";
  case RunOutcome::incomplete:
    return "incomplete";
  case RunOutcome::interrupted:
    return "interrupted";
  case RunOutcome::failed:
    return "failed";
  }
  return "";
}

std::string_view name(DocumentOutcome outcome) noexcept {
  switch (outcome) {
  case DocumentOutcome::created:
    return "created";
  case DocumentOutcome::updated:
    return "updated";
  case DocumentOutcome::skipped:
    return "skipped";
  case DocumentOutcome::failed:
    return "failed";
  case DocumentOutcome::warned:
    return "warned";
  case DocumentOutcome::missing:
    return "missing";
  case DocumentOutcome::deleted:
    return "deleted";
  }
  return "";
}

} // namespace terracat

#include <terracat/harvest_log.hpp>

#include "model/finding_code.hpp"

#include <algorithm>

namespace terracat {
namespace {

struct SkipReason {
  std::string_view code;
  std::string_view sentence;
};

/// Codes that say nothing of a document itself.
constexpr std::array skip_reasons{
    SkipReason{"owned-by-source", "another source has this one"},
    SkipReason{"not-in-catalogue", "the collection of the item is not in the catalogue"},
    SkipReason{"not-a-collection", "what the item names as its collection is none"},
    SkipReason{"came-from-here",
               "the record has come through this catalogue before, which has it at first hand"},
    SkipReason{"too-many-hops", "the record has come through more catalogues than are followed"},
    SkipReason{"store-corrupt", "what the catalogue keeps of it is damaged"},
    SkipReason{"cluster-joined", "another source describes the same resource; lists have one"},
    SkipReason{"renamed-at-source",
               "it may be one that is missing, under another identifier; `terracat renamed`"},
    SkipReason{"cluster-left", "no other source describes the same resource any more"},
};

} // namespace

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

std::string_view meaning_of(std::string_view code) noexcept {
  if (auto const finding = finding_code(code)) return sentence(*finding);
  auto const* const found = std::ranges::find(skip_reasons, code, &SkipReason::code);
  return found == skip_reasons.end() ? std::string_view() : found->sentence;
}

} // namespace terracat

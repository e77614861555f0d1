#include "run/sweeper.hpp"

#include "catalogue/renamings.hpp"

#include <algorithm>
#include <set>

namespace terracat::run {
namespace {

constexpr std::size_t marks_at_once =
    1'000; ///< rows of one state: none is held for long (doc/design.md 5)
constexpr std::size_t runs_looked_at = 100;

} // namespace

bool Sweeper::run(std::stop_token const& stop) {
  steps_.flush();
  reader_.begin();
  state_ = reader_.source(source_.name);
  reader_.end();
  if (state_.sweep == RunNumber{}) {
    doubt("the run went on, and what was seen before is not known");
    return true;
  }
  if (!state_.sweep_is_sound) {
    doubt("the documents that are reported");
    return true;
  }
  if (!mark(store::Subject::record, stop)) return false;
  bool const knows_items = terms_.coverage == kinds::Coverage::everything;
  if (knows_items && !mark(store::Subject::item, stop)) return false;
  steps_.flush();
  tell_renamings(stop);

  auto const due = count(source_.deletion, stop);
  auto const missing = count({.grace = std::chrono::days(0), .grace_sweeps = 1}, stop);
  auto const why = terms_.accepts_deletions ? std::string() : brake(missing);
  if (due > 0 && !why.empty()) {
    auto const numbers = why + ", and " + std::to_string(due) + " are due for removal";
    steps_.remark({FindingCode::mass_deletion_held, {}, numbers});
    steps_.conclude(due, numbers + ": nothing was removed; see harvest --accept-deletions");
    return !stop.stop_requested();
  }
  if (!each(source_.deletion, stop,
            [&](store::Missing const& one) { steps_.remove(one.resource); })) {
    return false;
  }
  steps_.conclude(0, {});
  if (terms_.has_fetched) forget_refused();
  return true;
}

/// What was refused since the sweep began was fetched since; the rest is not there any more.
void Sweeper::forget_refused() {
  reader_.begin();
  auto const runs = reader_.runs(source_.name, runs_looked_at);
  reader_.end();
  auto const first = std::ranges::find(runs, state_.sweep, &Run::number);
  if (first != runs.end()) steps_.forget_refused(first->started);
}

void Sweeper::tell_renamings(std::stop_token const& stop) {
  for (auto const& one : catalogue::likely_renamings(reader_, source_.name, stop)) {
    steps_.renamed(one.now.native_id, one.former.id);
  }
}

void Sweeper::doubt(std::string why) {
  steps_.remark({FindingCode::sweep_unproven, {}, std::move(why)});
}

bool Sweeper::mark(store::Subject subject, std::stop_token const& stop) {
  std::int64_t last = 0;
  for (;;) {
    if (stop.stop_requested()) return false;
    reader_.begin();
    auto unseen = reader_.unseen(source_.name, state_.sweep, subject, last, marks_at_once);
    reader_.end();
    for (auto& one : unseen) {
      if (one.sweeps == 0) one.since = terms_.now;
      if (one.counted != state_.sweep) ++one.sweeps;
      one.counted = state_.sweep;
      last = one.resource.number;
      steps_.mark(one);
    }
    if (unseen.size() < marks_at_once) return true;
  }
}

template<class Visit>
bool Sweeper::each(Deletion const& deletion, std::stop_token const& stop, Visit const& visit) {
  store::Grace const grace{.since =
                               model::Instant(terms_.now.milliseconds() -
                                              std::chrono::milliseconds(deletion.grace).count()),
                           .sweeps = deletion.grace_sweeps};
  store::Resource last;
  for (;;) {
    if (stop.stop_requested()) return false;
    reader_.begin();
    auto const marks = reader_.missing(source_.name, grace, last, marks_at_once);
    reader_.end();
    for (auto const& one : marks) {
      last = one.resource;
      if (one.counted == state_.sweep) visit(one); // else this sweep did not look for it
    }
    if (marks.size() < marks_at_once) return true;
  }
}

std::size_t Sweeper::count(Deletion const& deletion, std::stop_token const& stop) {
  std::set<RecordNumber> collections;
  std::size_t count = 0;
  each(deletion, stop, [&](store::Missing const& one) {
    if (one.resource.subject == store::Subject::record) {
      reader_.begin();
      count += 1 + reader_.count_items(one.collection);
      reader_.end();
      collections.insert(one.collection);
    } else if (!collections.contains(one.collection)) {
      ++count;
    }
  });
  return count;
}

std::string Sweeper::brake(std::size_t missing) {
  reader_.begin();
  auto const holdings = reader_.holdings(source_.name);
  reader_.end();
  auto const kept = holdings.records + holdings.items;
  // An empty answer proves little: a folder that is not mounted, a program that printed nothing.
  if (missing >= kept) return "all " + std::to_string(missing) + " are missing";
  auto const share = kept * source_.deletion.brake_share / std::size_t{100};
  auto const most = std::max<std::size_t>(source_.deletion.brake_count, share);
  if (missing <= most) return {};
  return std::to_string(missing) + " are missing, more than " + std::to_string(most);
}

} // namespace terracat::run

#include "run/stepwise.hpp"

#include "failpoint/failpoint.hpp"
#include "run/course.hpp"

#include <utility>

namespace terracat::run {
namespace {

catalogue::Sweep sweep_of(Walk walk) noexcept {
  switch (walk) {
  case Walk::documents:
    return catalogue::Sweep::none;
  case Walk::changes:
    return catalogue::Sweep::beside;
  default:
    return catalogue::Sweep::goes_on;
  }
}

} // namespace

Stepwise::Stepwise(catalogue::Catalogue& catalogue, Source const& source, std::string mode,
                   Walk walk, std::size_t batch_size, OnProgress const& progress, Clock const& now)
    : catalogue_(catalogue),
      source_(source),
      walk_(walk),
      batch_size_(batch_size),
      on_progress_(progress),
      now_(now),
      sweep_(sweep_of(walk)),
      run_{.source = source.name, .mode = std::move(mode), .started = now()},
      began_(run_.started) {
  batch_.source = source.name;
}

void Stepwise::add(DocumentReader::Read&& document) {
  batch_.documents.push_back(std::move(document));
  submit_if_full();
}

void Stepwise::submit_if_full() {
  auto const size = batch_.documents.size() + batch_.missing.size() + batch_.removed.size();
  if (size >= batch_size_) submit(std::nullopt);
}

void Stepwise::add(kinds::Failure&& failure) {
  if (severity(failure.finding.code) == Severity::refused) {
    store::Document nothing{.source = source_.name, .native_id = std::move(failure.native_id)};
    add(catalogue::Refused{.document = std::move(nothing),
                           .finding = std::move(failure.finding),
                           .collection = std::move(failure.collection)});
  } else {
    batch_.remarks.push_back({std::move(failure.native_id), std::move(failure.finding)});
  }
}

bool Stepwise::pull(kinds::Harvester& harvester, ReadingPool& pool, std::stop_token const& stop) {
  std::future<bool> taking; // of the page before, while the next one is fetched
  auto const goes_on = [&] { return !taking.valid() || taking.get(); };
  try {
    while (auto page = harvester.next(stop)) {
      auto reading = pool.read(std::exchange(page->documents, {}), now_());
      if (!goes_on()) return false;
      bool const removes = !page->gone.empty();
      // Without memory for a thread it is taken when it is waited for.
      taking = std::async(
          [this, &stop, reading = std::move(reading), page = std::move(*page)]() mutable {
            take(std::move(page), reading);
            return !stop.stop_requested();
          });
      if (!removes) continue;
      // What comes next is compared with what is left.
      if (!goes_on()) return false;
      wait();
    }
  } catch (...) {
    goes_on(); // what was handed out before stays valid
    throw;
  }
  return goes_on() && !stop.stop_requested();
}

void Stepwise::take(kinds::Page&& page, PageReading& reading) {
  failpoint::pass(failpoint::Point::page_begins);
  if (page.announced) progress_.announced = page.announced;
  while (auto piece = reading.next()) {
    for (auto& document : *piece) add(std::move(document));
  }
  for (auto& failure : page.failures) add(std::move(failure));
  for (auto& [native_id, collection] : page.gone) {
    add(catalogue::Gone{.native_id = std::move(native_id), .collection = std::move(collection)});
  }
  submit(page.checkpoint.empty() ? std::nullopt : std::optional(std::move(page.checkpoint)));
  failpoint::pass(failpoint::Point::page_done);
}

void Stepwise::mark(store::Missing const& missing) {
  batch_.missing.push_back(missing);
  submit_if_full();
}

void Stepwise::remove(store::Resource resource) {
  batch_.removed.push_back(resource);
  submit_if_full();
}

void Stepwise::remark(Finding finding, std::string native_id) {
  batch_.remarks.push_back({std::move(native_id), std::move(finding)});
}

void Stepwise::renamed(std::string native_id, std::string former) {
  batch_.renamed.push_back({std::move(native_id), std::move(former)});
}

void Stepwise::conclude(std::size_t held, std::string message) {
  held_ = static_cast<std::int64_t>(held);
  conclusion_ = std::move(message);
}

void Stepwise::flush() {
  submit(std::nullopt);
  wait();
}

void Stepwise::submit(std::optional<std::string> checkpoint) {
  wait();
  catalogue::Batch next;
  next.source = source_.name;
  std::swap(next, batch_);
  next.makes_collections = makes_collections_;
  next.sweep = sweep_;
  if (sweep_ == catalogue::Sweep::begins) sweep_ = catalogue::Sweep::goes_on;
  if (walk_ != Walk::documents) next.checkpoint = std::move(checkpoint);
  next.run = run_;
  committing_ = catalogue_.submit(std::move(next));
}

void Stepwise::wait() {
  if (!committing_) return;
  auto committing = std::move(*committing_);
  committing_.reset();
  run_ = committing.get();
  progress_.counts = run_.counts;
  on_progress_(progress_);
}

Run const& Stepwise::end(RunOutcome outcome, std::string message) {
  wait();
  run_.finished = now_();
  run_.outcome = outcome;
  run_.message = message.empty() ? std::move(conclusion_) : std::move(message);
  if (outcome == RunOutcome::complete) batch_.held = held_;
  bool const is_over = outcome == RunOutcome::complete || outcome == RunOutcome::incomplete;
  if (outcome == RunOutcome::complete && walk_ == Walk::source) {
    batch_.complete_since = began_;
    batch_.query = query_of(source_);
  }
  if (outcome == RunOutcome::complete && walk_ == Walk::changes) {
    batch_.changes_since = began_;
  }
  // A run that failed or was stopped goes on from its checkpoint.
  if (outcome != RunOutcome::complete && walk_ != Walk::ids) cursor_.clear();
  submit(is_over ? std::optional(std::move(cursor_)) : std::nullopt);
  wait();
  return run_;
}

bool Stepwise::clear_up(store::Reader& reader, std::stop_token const& stop) {
  constexpr std::size_t rows_at_a_time = 5'000;
  while (!stop.stop_requested()) {
    reader.begin();
    bool const is_purged = reader.is_purged();
    reader.end();
    if (is_purged) return true;
    batch_.purged_rows = rows_at_a_time;
    flush();
  }
  return false;
}

Run const& Stepwise::forget_source() {
  batch_.forgets_source = true;
  return end(RunOutcome::complete, {});
}

} // namespace terracat::run

#include "run/stepwise.hpp"

#include "failpoint/failpoint.hpp"

namespace terracat::run {

Stepwise::Stepwise(catalogue::Catalogue& catalogue, Source const& source, std::string mode,
                   Walk walk, std::size_t batch_size, OnProgress const& progress, Clock const& now)
    : catalogue_(catalogue),
      source_(source),
      walk_(walk),
      batch_size_(batch_size),
      on_progress_(progress),
      now_(now),
      sweep_(walk == Walk::documents ? catalogue::Sweep::none : catalogue::Sweep::goes_on),
      run_{.source = source.name, .mode = std::move(mode), .started = now()} {
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
    add(catalogue::Refused{
        .document = std::move(nothing), .finding = std::move(failure.finding), .collection = {}});
  } else {
    batch_.remarks.push_back({std::move(failure.native_id), std::move(failure.finding)});
  }
}

bool Stepwise::pull(kinds::Harvester& harvester, DocumentReader& documents,
                    std::stop_token const& stop) {
  while (auto page = harvester.next(stop)) {
    failpoint::pass(failpoint::Point::page_begins);
    if (page->announced) progress_.announced = page->announced;
    documents.begin();
    for (auto& raw : page->documents) add(documents.read(std::move(raw)));
    documents.end();
    for (auto& failure : page->failures) add(std::move(failure));
    submit(page->checkpoint.empty() ? std::nullopt : std::optional(std::move(page->checkpoint)));
    failpoint::pass(failpoint::Point::page_done);
    if (stop.stop_requested()) return false;
  }
  return !stop.stop_requested();
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
    batch_.complete_since = run_.started;
  }
  // A run that failed or was stopped goes on from its checkpoint.
  submit(is_over ? std::optional(std::string()) : std::nullopt);
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

#include "run/stepwise.hpp"

namespace terracat::run {

Stepwise::Stepwise(catalogue::Catalogue& catalogue, Source const& source, std::string mode,
                   Walk walk, std::size_t batch_size, OnProgress const& progress)
    : catalogue_(catalogue),
      source_(source),
      walk_(walk),
      batch_size_(batch_size),
      on_progress_(progress),
      run_{.source = source.name, .mode = std::move(mode), .started = model::Instant::now()} {
  batch_.source = source.name;
}

void Stepwise::add(DocumentReader::Read&& document) {
  batch_.documents.push_back(std::move(document));
  if (batch_.documents.size() >= batch_size_) submit(std::nullopt);
}

void Stepwise::add(kinds::Failure&& failure) {
  if (severity(failure.finding.code) == Severity::refused) {
    store::Document nothing{.source = source_.name, .native_id = std::move(failure.native_id)};
    add(catalogue::Refused{.document = std::move(nothing), .finding = std::move(failure.finding)});
  } else {
    batch_.remarks.push_back({std::move(failure.native_id), std::move(failure.finding)});
  }
}

void Stepwise::pull(kinds::Harvester& harvester, DocumentReader& documents,
                    std::stop_token const& stop) {
  while (auto page = harvester.next(stop)) {
    if (page->announced) progress_.announced = page->announced;
    documents.begin();
    for (auto& raw : page->documents) add(documents.read(std::move(raw)));
    documents.end();
    for (auto& failure : page->failures) add(std::move(failure));
    submit(std::move(page->checkpoint));
    if (stop.stop_requested()) break;
  }
  if (stop.stop_requested()) {
    end(RunOutcome::interrupted, "stopped by request");
  } else {
    end(harvester.complete() ? RunOutcome::complete : RunOutcome::incomplete, {});
  }
}

void Stepwise::submit(std::optional<std::string> checkpoint) {
  wait();
  catalogue::Batch next;
  next.source = source_.name;
  std::swap(next, batch_);
  next.makes_collections = makes_collections_;
  if (walk_ == Walk::source) next.checkpoint = std::move(checkpoint);
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
  run_.finished = model::Instant::now();
  run_.outcome = outcome;
  run_.message = std::move(message);
  bool const is_over = outcome == RunOutcome::complete || outcome == RunOutcome::incomplete;
  if (outcome == RunOutcome::complete && walk_ == Walk::source) {
    batch_.complete_since = run_.started;
  }
  // A run that failed or was stopped goes on from its checkpoint.
  submit(is_over ? std::optional(std::string()) : std::nullopt);
  wait();
  return run_;
}

} // namespace terracat::run

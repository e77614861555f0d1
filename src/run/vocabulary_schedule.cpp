#include "run/vocabulary_schedule.hpp"

#include "run/cron.hpp"

#include <algorithm>
#include <limits>

namespace terracat::run {
namespace {

using Outcome = FetchedVocabulary::Outcome;

constexpr std::int64_t second_try = 3'600'000; ///< ms after a failure, if it is not due before

model::Instant next_time(PublishedVocabulary const& vocabulary, model::Instant after) {
  auto const next = Cron::parse(vocabulary.schedule).value().after(after);
  return next.value_or(model::Instant(std::numeric_limits<std::int64_t>::max()));
}

/// By what was asked before this process began.
model::Instant first_time(PublishedVocabulary const& vocabulary) {
  auto const known = KnownDocument::of(vocabulary);
  return known ? next_time(vocabulary, known->asked) : model::Instant(0);
}

} // namespace

VocabularySchedule::VocabularySchedule(std::vector<PublishedVocabulary> vocabularies,
                                       fetch::Site site, rdf::Parser& parser, log::Logger& log,
                                       std::function<void()> on_brought)
    : site_(std::move(site)), parser_(parser), log_(log), on_brought_(std::move(on_brought)) {
  for (auto& one : vocabularies) {
    if (one.schedule.empty()) continue;
    auto const due = first_time(one);
    entries_.push_back({std::move(one), due});
  }
  if (entries_.empty()) return;
  thread_ = std::jthread([this](std::stop_token const& stop) { run_until_end(stop); });
}

VocabularySchedule::~VocabularySchedule() {
  if (!thread_.joinable()) return;
  thread_.request_stop();
  thread_.join();
}

void VocabularySchedule::run_until_end(std::stop_token const& stop) {
  std::unique_lock lock(mutex_);
  while (!stop.stop_requested()) {
    auto& next = *std::ranges::min_element(entries_, {}, &Entry::due);
    auto const now = model::Instant::now();
    if (next.due <= now) {
      fetch(next, stop);
      continue;
    }
    // The wall clock decides when; waiting in pieces follows it should it be set.
    auto const left = std::min<std::int64_t>(next.due.milliseconds() - now.milliseconds(), 30'000);
    changed_.wait_for(lock, stop, std::chrono::milliseconds(left), [] { return false; });
  }
}

void VocabularySchedule::fetch(Entry& entry, std::stop_token const& stop) {
  FetchedVocabulary fetched;
  try {
    fetched = fetch_vocabulary(entry.vocabulary, site_, parser_, stop);
  } catch (std::exception const& error) { // of the disc or of memory: the next time may do better
    fetched.cause = error.what();
  }
  if (stop.stop_requested()) return;
  auto const now = model::Instant::now();
  entry.due = next_time(entry.vocabulary, now);
  if (fetched.outcome == Outcome::refused) {
    entry.due = std::min(entry.due, model::Instant(now.milliseconds() + second_try));
  }
  tell(log_, entry.vocabulary, fetched);
  if (fetched.outcome == Outcome::brought) on_brought_();
}

void tell(log::Logger& log, PublishedVocabulary const& vocabulary,
          FetchedVocabulary const& fetched) {
  if (fetched.outcome == Outcome::refused) {
    log.error(log::event::vocabulary_refused,
              "what was fetched of a vocabulary is not taken; the former one stays",
              {{"vocabulary", vocabulary.name}, {"cause", fetched.cause}});
    return;
  }
  log.info(log::event::vocabulary_fetched, "a vocabulary was fetched",
           {{"vocabulary", vocabulary.name},
            {"outcome", fetched.outcome == Outcome::brought ? "brought" : "unchanged"},
            {"concepts", static_cast<std::int64_t>(fetched.concepts)}});
}

} // namespace terracat::run

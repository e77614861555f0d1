#pragma once

#include "log/logger.hpp"
#include "run/vocabulary_fetch.hpp"

#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

namespace terracat::run {

/// Fetches vocabularies when their schedules say so, on a thread of its own, one after the other.
/// One whose file is not there yet is fetched at once, and tried again later if it cannot be.
class VocabularySchedule {
 public:
  /// \param vocabularies  those without a schedule are left out
  /// \param parser, log   outlive the schedule
  /// \param on_brought    called on its thread after something else was brought
  VocabularySchedule(std::vector<PublishedVocabulary> vocabularies, fetch::Site site,
                     rdf::Parser& parser, log::Logger& log, std::function<void()> on_brought);
  VocabularySchedule(VocabularySchedule const&) = delete;
  VocabularySchedule& operator=(VocabularySchedule const&) = delete;
  VocabularySchedule(VocabularySchedule&&) = delete;
  VocabularySchedule& operator=(VocabularySchedule&&) = delete;

  /// Gives up what is being fetched.
  ~VocabularySchedule();

 private:
  struct Entry {
    PublishedVocabulary vocabulary;
    model::Instant due{0};
  };

  void run_until_end(std::stop_token const& stop);
  void fetch(Entry& entry, std::stop_token const& stop);

  std::vector<Entry> entries_;
  fetch::Site site_;
  rdf::Parser& parser_;
  log::Logger& log_;
  std::function<void()> on_brought_;
  std::mutex mutex_;
  std::condition_variable_any changed_;
  std::jthread thread_;
};

/// One line in the log of what came of it.
void tell(log::Logger& log, PublishedVocabulary const& vocabulary,
          FetchedVocabulary const& fetched);

} // namespace terracat::run

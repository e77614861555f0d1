#include "catalogue/catalogue.hpp"

#include "index/record_words.hpp"
#include "process/cores.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

namespace terracat::catalogue {
namespace {

void count_commit(Catalogue::WriterFigures& figures, std::chrono::steady_clock::time_point began) {
  std::chrono::duration<double> const took = std::chrono::steady_clock::now() - began;
  ++figures.commits;
  figures.last_seconds = took.count();
  figures.all_seconds += took.count();
}

std::shared_ptr<DirectoryVersion const> version_of(Directory directory, Rules const& rules) {
  return std::make_shared<DirectoryVersion const>(std::move(directory), rules.sortables,
                                                  rules.languages);
}

std::size_t index_readers() {
  constexpr std::size_t most = 4;
  return std::min(process::usable_cores(), most);
}

} // namespace

Catalogue::Catalogue(std::unique_ptr<store::Store> store, Rules rules, OnFatal on_fatal)
    : store_(std::move(store)), on_fatal_(std::move(on_fatal)) {
  shared_.rules = std::make_shared<Rules const>(std::move(rules));
  index_.when_arranged([this] { wake_writer(); });
  auto const reader = store_->reader();
  auto const revision = reader->begin();
  versions_.publish(
      revision.sequence,
      version_of(load_directory(*reader, *shared_.rules, revision.sequence, shared_.untold_damage),
                 *shared_.rules));
  has_old_words_ = !reader->records_of_other_words(index::word_rules, {}, 1).empty();
  reader->end();
  writer_thread_ = std::thread([this] { write_until_end(); });
}

Catalogue::~Catalogue() {
  {
    std::scoped_lock const lock(mutex_);
    shared_.is_ending = true;
  }
  changed_.notify_all();
  writer_thread_.join();
  preparer_.reset();
  index_.drop(); // who builds it tells the writer's thread
}

void Catalogue::wake_writer() {
  { std::scoped_lock const lock(mutex_); } // it waits, or has not looked yet
  changed_.notify_all();
}

std::unique_ptr<Session> Catalogue::session() {
  return std::make_unique<Session>(store_->reader(), versions_, index_, known_, uses_);
}

void Catalogue::index_items(index::Layout layout, std::function<void(index::Built const&)> told) {
  layout.properties =
      std::make_shared<index::Properties const>(index::Properties::usual(rules()->sortables));
  build_index_ = [this, layout = std::move(layout), told = std::move(told)] {
    index::Readers readers;
    while (readers.size() < index_readers()) readers.push_back(store_->reader());
    index_.build(std::move(readers), layout, [this, told](index::Built const& built) {
      told(built);
      wake_writer();
    });
  };
  build_index_();
}

void Catalogue::prepare_records() {
  try {
    preparer_ = std::make_unique<Preparer>(session());
  } catch (std::system_error const&) { // NOLINT: without a thread, who asks first does it
  }
}

std::shared_ptr<ConceptIndex>
Catalogue::concept_index(std::shared_ptr<vocabulary::Thesaurus const> thesaurus,
                         std::vector<std::string> languages, std::shared_ptr<ConceptIndex> former,
                         std::shared_ptr<ConceptRules const> rules) {
  return std::make_shared<ConceptIndex>(
      std::move(thesaurus), std::move(languages), [this] { return store_->reader(); },
      std::move(former), std::move(rules));
}

std::future<Run> Catalogue::submit(Batch batch) {
  CommitJob job{.batch = std::move(batch), .done = {}};
  auto done = job.done.get_future();
  add(std::move(job));
  return done;
}

std::future<Revision> Catalogue::submit(Edit edit) {
  EditJob job{.edit = std::move(edit), .done = {}};
  auto done = job.done.get_future();
  add(std::move(job));
  return done;
}

std::future<Revision> Catalogue::submit(KeywordEdit edit) {
  EditJob job{.edit = std::move(edit), .done = {}};
  auto done = job.done.get_future();
  add(std::move(job));
  return done;
}

std::future<Revision> Catalogue::submit(RenamingEdit edit) {
  EditJob job{.edit = std::move(edit), .done = {}};
  auto done = job.done.get_future();
  add(std::move(job));
  return done;
}

std::optional<std::future<Revision>> Catalogue::try_submit(Transaction transaction) {
  TransactionJob job{.transaction = std::move(transaction), .done = {}};
  auto done = job.done.get_future();
  {
    std::scoped_lock const lock(mutex_);
    if (shared_.transactions >= most_transactions) return std::nullopt;
    shared_.queue.emplace_back(std::move(job));
    ++shared_.transactions;
    shared_.figures.waiting = shared_.queue.size();
  }
  changed_.notify_all();
  return done;
}

std::future<std::vector<std::string>> Catalogue::mend(OnProgress progress) {
  MendJob job{.progress = std::move(progress), .done = {}};
  auto done = job.done.get_future();
  add(std::move(job));
  return done;
}

void Catalogue::add(Job job) {
  {
    std::unique_lock lock(mutex_);
    changed_.wait(lock,
                  [this] { return shared_.queue.size() - shared_.transactions < longest_queue; });
    shared_.queue.push_back(std::move(job));
    shared_.figures.waiting = shared_.queue.size();
  }
  changed_.notify_all();
}

void Catalogue::on_commit(std::function<void(Revision)> listener) {
  std::scoped_lock const lock(mutex_);
  shared_.listeners.push_back(std::move(listener));
}

void Catalogue::on_checkpoint(std::function<void(double)> listener) {
  std::scoped_lock const lock(mutex_);
  shared_.checkpoint_listener = std::move(listener);
}

void Catalogue::on_damage(std::function<void(std::size_t)> listener) {
  auto const untold = [&] {
    std::scoped_lock const lock(mutex_);
    shared_.damage_listener = listener;
    return std::exchange(shared_.untold_damage, std::size_t{0});
  }();
  if (untold > 0) listener(untold);
}

void Catalogue::guess_places(std::shared_ptr<Guesser const> guesser) {
  known_.guesses.set(std::move(guesser));
  if (preparer_) preparer_->note_change();
}

void Catalogue::on_unreadable(std::function<void(RecordNumber, std::string const& why)> listener) {
  known_.unreadable = std::move(listener);
}

Catalogue::WriterFigures Catalogue::writer_figures() const {
  std::scoped_lock const lock(mutex_);
  return shared_.figures;
}

void Catalogue::set_rules(Rules rules) {
  std::scoped_lock const lock(mutex_);
  shared_.rules = std::make_shared<Rules const>(std::move(rules));
}

std::shared_ptr<Rules const> Catalogue::rules() const {
  std::scoped_lock const lock(mutex_);
  return shared_.rules;
}

void Catalogue::note_turn() {
  std::scoped_lock const lock(mutex_);
  shared_.figures.working_since = std::chrono::steady_clock::now();
}

std::optional<Catalogue::Task> Catalogue::next_task(std::chrono::milliseconds rest) {
  std::unique_lock lock(mutex_);
  shared_.figures.working_since.reset();
  auto const is_called = [this] { return !shared_.queue.empty() || shared_.is_ending; };
  changed_.wait(lock, [&] { return is_called() || has_old_words_ || index_.wants_keeping(); });
  if (!is_called()) changed_.wait_for(lock, rest, is_called);
  Task task;
  if (!shared_.queue.empty()) {
    task = std::move(shared_.queue.front());
    shared_.queue.pop_front();
    if (std::holds_alternative<TransactionJob>(*task)) --shared_.transactions;
    shared_.figures.waiting = shared_.queue.size();
  } else if (shared_.is_ending) {
    return std::nullopt;
  }
  shared_.figures.working_since = std::chrono::steady_clock::now();
  return std::optional<Task>(std::in_place, std::move(task));
}

void Catalogue::write_until_end() {
  using namespace std::chrono_literals;
  // The index is kept when nothing is to be committed, be it only between two pages of a harvest,
  // and so that whoever reads gets on as well.
  constexpr auto between_jobs = 1000ms;
  constexpr auto between_pieces = 50ms;
  std::unique_ptr<store::Writer> writer;
  auto rest = between_jobs;
  while (auto task = next_task(rest)) {
    rest = *task ? between_jobs : between_pieces;
    if (!*task) {
      if (has_old_words_) {
        has_old_words_ = renew_words(writer);
      } else {
        keep_index(writer);
      }
      continue;
    }
    changed_.notify_all();
    auto const is_done = std::visit(
        [&](auto& one) {
          try {
            if (!writer) writer = store_->writer();
            one.done.set_value(perform(*writer, one));
            return true;
          } catch (store::StoreError const& error) {
            one.done.set_exception(std::current_exception());
            end_if_fatal(error);
            if (error.reason() == store::StoreError::Reason::corrupt) tell_damage(1);
          } catch (...) {
            one.done.set_exception(std::current_exception());
          }
          return false;
        },
        **task);
    if (is_done) carry_over([&] { tidy(*writer); });
  }
  if (index_.has_unkept()) {
    carry_over([&] {
      if (!writer) writer = store_->writer();
      index_.keep_rest(*writer);
    });
  }
  if (writer) carry_over([&] { writer->settle(); });
}

void Catalogue::keep_index(std::unique_ptr<store::Writer>& writer) {
  carry_over([&] {
    try {
      if (!writer) writer = store_->writer();
      index_.keep(*writer);
    } catch (...) {
      index_.put_off_keeping();
      throw;
    }
    tidy(*writer);
  });
}

bool Catalogue::renew_words(std::unique_ptr<store::Writer>& writer) {
  constexpr std::size_t at_a_time = 200;
  bool has_more = false;
  carry_over([&] {
    auto const reader = store_->reader();
    reader->begin();
    auto const records = reader->records_of_other_words(index::word_rules, renewed_, at_a_time);
    if (records.empty()) return;
    if (!writer) writer = store_->writer();
    commit(*writer, [&](Committer& committer) { committer.renew(records); });
    tidy(*writer);
    renewed_ = records.back();
    has_more = true;
  });
  return has_more;
}

void Catalogue::tidy(store::Writer& writer) {
  auto const began = std::chrono::steady_clock::now();
  if (!writer.tidy()) return;
  std::chrono::duration<double> const taken = std::chrono::steady_clock::now() - began;
  auto const listener = [this] {
    std::scoped_lock const lock(mutex_);
    return shared_.checkpoint_listener;
  }();
  if (listener) listener(taken.count());
}

void Catalogue::carry_over(std::function<void()> const& work) const {
  try {
    work();
  } catch (store::StoreError const& error) {
    end_if_fatal(error); // else what was committed is safe in the log, and carried over later
  } catch (std::bad_alloc const&) { // NOLINT: likewise
  } catch (std::exception const& error) {
    on_fatal_(error.what());
  }
}

void Catalogue::end_if_fatal(store::StoreError const& error) const {
  if (error.reason() == store::StoreError::Reason::io) on_fatal_(error.what());
}

void Catalogue::tell_damage(std::size_t count) {
  auto const listener = [&] {
    std::scoped_lock const lock(mutex_);
    if (!shared_.damage_listener) shared_.untold_damage += count;
    return shared_.damage_listener;
  }();
  if (listener) listener(count);
}

Run Catalogue::perform(store::Writer& writer, CommitJob& job) {
  Run run;
  commit(writer, [&](Committer& committer) { run = committer.apply(std::move(job.batch)); });
  return run;
}

Revision Catalogue::perform(store::Writer& writer, EditJob& job) {
  return commit(writer, [&](Committer& committer) {
    std::visit([&](auto const& edit) { committer.apply(edit); }, job.edit);
  });
}

Revision Catalogue::perform(store::Writer& writer, TransactionJob& job) {
  return commit(writer, [&](Committer& committer) { committer.apply(std::move(job.transaction)); });
}

std::vector<std::string> Catalogue::perform(store::Writer& writer, MendJob& job) {
  auto const began = std::chrono::steady_clock::now();
  writer.begin();
  std::vector<std::string> out;
  Revision after;
  std::size_t damage = 0;
  try {
    auto const goes_on = [&](double done) {
      note_turn();
      job.progress(done);
    };
    out = writer.mend([&] { goes_on(0); });
    auto const rules = this->rules();
    auto const said = put_right(writer, *rules, goes_on);
    out.insert(out.end(), said.begin(), said.end());
    writer.begin_epoch();
    after = writer.pending();
    versions_.publish(
        after.sequence,
        version_of(load_directory(writer.reader(), *rules, after.sequence, damage), *rules));
    writer.commit();
  } catch (...) {
    writer.rollback();
    if (after.sequence != 0) versions_.withdraw(after.sequence);
    throw;
  }
  if (build_index_) build_index_(); // whatever was mended: no version is of the new state
  {
    std::scoped_lock const lock(mutex_);
    count_commit(shared_.figures, began);
  }
  if (damage > 0) tell_damage(damage);
  notify(after);
  return out;
}

Revision Catalogue::commit(store::Writer& writer, std::function<void(Committer&)> const& apply) {
  auto const began = std::chrono::steady_clock::now();
  writer.begin();
  Revision before = writer.pending();
  Revision after = before;
  std::size_t damage = 0;
  try {
    auto const rules = this->rules();
    Committer committer(writer, versions_.at(before.sequence)->directory(), *rules);
    apply(committer);
    damage = committer.damage();
    after = writer.pending();
    // Published before the commit, so that a view that sees the commit finds its directory.
    if (after.sequence != before.sequence) {
      versions_.publish(after.sequence, version_of(committer.take_directory(), *rules));
      index_.prepare(after.sequence, committer.take_changes(), writer.reader());
    }
    writer.commit();
  } catch (...) {
    writer.rollback();
    if (after.sequence != before.sequence) {
      versions_.withdraw(after.sequence);
      index_.withdraw(after.sequence);
    }
    throw;
  }
  {
    std::scoped_lock const lock(mutex_);
    count_commit(shared_.figures, began);
  }
  if (damage > 0) tell_damage(damage);
  if (after.sequence != before.sequence) notify(after);
  return after;
}

/// What is committed is committed, whether or not there is memory to tell of it: who waits for news
/// looks by itself in the end.
void Catalogue::notify(Revision revision) noexcept {
  try {
    std::vector<std::function<void(Revision)>> listeners;
    {
      std::scoped_lock const lock(mutex_);
      listeners = shared_.listeners;
    }
    for (auto const& listener : listeners) listener(revision);
    if (preparer_) preparer_->note_change();
  } catch (std::bad_alloc const&) { // NOLINT: see above
  }
}

} // namespace terracat::catalogue

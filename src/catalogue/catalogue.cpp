#include "catalogue/catalogue.hpp"

#include <chrono>

namespace terracat::catalogue {
namespace {

void count_commit(Catalogue::WriterFigures& figures, std::chrono::steady_clock::time_point began) {
  std::chrono::duration<double> const took = std::chrono::steady_clock::now() - began;
  ++figures.commits;
  figures.last_seconds = took.count();
  figures.all_seconds += took.count();
}

} // namespace

Catalogue::Catalogue(std::unique_ptr<store::Store> store, Rules rules, OnFatal on_fatal)
    : store_(std::move(store)), on_fatal_(std::move(on_fatal)) {
  shared_.rules = std::make_shared<Rules const>(std::move(rules));
  auto const reader = store_->reader();
  auto const revision = reader->begin();
  versions_.publish(revision.sequence, std::make_shared<DirectoryVersion const>(
                                           Directory::load(*reader), shared_.rules->sortables));
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
}

std::unique_ptr<Session> Catalogue::session() {
  return std::make_unique<Session>(store_->reader(), versions_, index_);
}

void Catalogue::index_items(index::Layout layout, std::function<void(index::Built const&)> told) {
  layout.properties =
      std::make_shared<index::Properties const>(index::Properties::usual(rules()->sortables));
  build_index_ = [this, layout = std::move(layout), told = std::move(told)] {
    index_.build(store_->reader(), layout, told);
  };
  build_index_();
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

std::future<std::vector<std::string>> Catalogue::mend(OnProgress progress) {
  MendJob job{.progress = std::move(progress), .done = {}};
  auto done = job.done.get_future();
  add(std::move(job));
  return done;
}

void Catalogue::add(Job job) {
  {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return shared_.queue.size() < longest_queue; });
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

void Catalogue::write_until_end() {
  std::unique_ptr<store::Writer> writer;
  for (;;) {
    Job job;
    {
      std::unique_lock lock(mutex_);
      shared_.figures.working_since.reset();
      changed_.wait(lock, [this] { return !shared_.queue.empty() || shared_.is_ending; });
      if (shared_.queue.empty()) break;
      job = std::move(shared_.queue.front());
      shared_.figures.working_since = std::chrono::steady_clock::now();
      shared_.queue.pop_front();
      shared_.figures.waiting = shared_.queue.size();
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
          } catch (...) {
            one.done.set_exception(std::current_exception());
          }
          return false;
        },
        job);
    if (is_done) carry_over([&] { tidy(*writer); });
  }
  if (writer) carry_over([&] { writer->settle(); });
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

Run Catalogue::perform(store::Writer& writer, CommitJob& job) {
  Run run;
  commit(writer, [&](Committer& committer) { run = committer.apply(std::move(job.batch)); });
  return run;
}

Revision Catalogue::perform(store::Writer& writer, EditJob& job) {
  return commit(writer, [&](Committer& committer) { committer.apply(job.edit); });
}

std::vector<std::string> Catalogue::perform(store::Writer& writer, MendJob& job) {
  auto const began = std::chrono::steady_clock::now();
  writer.begin();
  std::vector<std::string> out;
  Revision after;
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
    versions_.publish(after.sequence, std::make_shared<DirectoryVersion const>(
                                          Directory::load(writer.reader()), rules->sortables));
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
  notify(after);
  return out;
}

Revision Catalogue::commit(store::Writer& writer, std::function<void(Committer&)> const& apply) {
  auto const began = std::chrono::steady_clock::now();
  writer.begin();
  Revision before = writer.pending();
  Revision after = before;
  try {
    auto const rules = this->rules();
    Committer committer(writer, versions_.at(before.sequence)->directory(), *rules);
    apply(committer);
    after = writer.pending();
    // Published before the commit, so that a view that sees the commit finds its directory.
    if (after.sequence != before.sequence) {
      versions_.publish(after.sequence, std::make_shared<DirectoryVersion const>(
                                            committer.take_directory(), rules->sortables));
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
  } catch (std::bad_alloc const&) { // NOLINT: see above
  }
}

} // namespace terracat::catalogue

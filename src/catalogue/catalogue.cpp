#include "catalogue/catalogue.hpp"

#include <chrono>

namespace terracat::catalogue {

Catalogue::Catalogue(std::unique_ptr<store::Store> store, Rules rules, OnFatal on_fatal)
    : store_(std::move(store)), rules_(std::move(rules)), on_fatal_(std::move(on_fatal)) {
  auto const reader = store_->reader();
  auto const revision = reader->begin();
  versions_.publish(revision.sequence, std::make_shared<DirectoryVersion const>(
                                           Directory::load(*reader), rules_.sortables));
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
  return std::make_unique<Session>(store_->reader(), versions_);
}

std::future<Run> Catalogue::submit(Batch batch) {
  Job job{.batch = std::move(batch), .done = {}};
  auto done = job.done.get_future();
  {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return shared_.queue.size() < longest_queue; });
    shared_.queue.push_back(std::move(job));
    shared_.figures.waiting = shared_.queue.size();
  }
  changed_.notify_all();
  return done;
}

void Catalogue::on_commit(std::function<void(Revision)> listener) {
  std::scoped_lock const lock(mutex_);
  shared_.listeners.push_back(std::move(listener));
}

Catalogue::WriterFigures Catalogue::writer_figures() const {
  std::scoped_lock const lock(mutex_);
  return shared_.figures;
}

void Catalogue::write_until_end() {
  std::unique_ptr<store::Writer> writer;
  for (;;) {
    Job job;
    {
      std::unique_lock lock(mutex_);
      changed_.wait(lock, [this] { return !shared_.queue.empty() || shared_.is_ending; });
      if (shared_.queue.empty()) break;
      job = std::move(shared_.queue.front());
      shared_.queue.pop_front();
      shared_.figures.waiting = shared_.queue.size();
    }
    changed_.notify_all();
    try {
      if (!writer) writer = store_->writer();
      job.done.set_value(commit(*writer, std::move(job.batch)));
    } catch (store::StoreError const& error) {
      job.done.set_exception(std::current_exception());
      end_if_fatal(error);
      continue;
    } catch (...) {
      job.done.set_exception(std::current_exception());
      continue;
    }
    try {
      writer->tidy();
    } catch (store::StoreError const& error) {
      end_if_fatal(error); // else what was committed is safe in the log, and tidied another time
    }
  }
  try {
    if (writer) writer->settle();
  } catch (store::StoreError const& error) {
    end_if_fatal(error);
  }
}

void Catalogue::end_if_fatal(store::StoreError const& error) const {
  if (error.reason() == store::StoreError::Reason::io) on_fatal_(error.what());
}

Run Catalogue::commit(store::Writer& writer, Batch batch) {
  auto const began = std::chrono::steady_clock::now();
  writer.begin();
  Revision before = writer.pending();
  Revision after = before;
  Run run;
  try {
    Committer committer(writer, versions_.at(before.sequence)->directory(), rules_);
    run = committer.apply(std::move(batch));
    after = writer.pending();
    // Published before the commit, so that a view that sees the commit finds its directory.
    if (after.sequence != before.sequence) {
      versions_.publish(after.sequence, std::make_shared<DirectoryVersion const>(
                                            committer.take_directory(), rules_.sortables));
    }
    writer.commit();
  } catch (...) {
    writer.rollback();
    if (after.sequence != before.sequence) versions_.withdraw(after.sequence);
    throw;
  }
  std::chrono::duration<double> const took = std::chrono::steady_clock::now() - began;
  {
    std::scoped_lock const lock(mutex_);
    ++shared_.figures.commits;
    shared_.figures.last_seconds = took.count();
    shared_.figures.all_seconds += took.count();
  }
  if (after.sequence != before.sequence) notify(after);
  return run;
}

void Catalogue::notify(Revision revision) {
  std::vector<std::function<void(Revision)>> listeners;
  {
    std::scoped_lock const lock(mutex_);
    listeners = shared_.listeners;
  }
  for (auto const& listener : listeners) listener(revision);
}

} // namespace terracat::catalogue

#include "run/reading_pool.hpp"

#include "process/cores.hpp"

#include <algorithm>
#include <system_error>
#include <utility>

namespace terracat::run {
namespace {

// What one thread reads at a time: little enough for all to have something, enough for a state of
// the store to be worth taking.
constexpr std::size_t most_documents = 32;
constexpr std::size_t most_bytes = std::size_t{512} << 10;

constexpr std::size_t most_threads = 8; ///< the one that writes does not keep pace with more

std::size_t count_threads() {
  return std::min(process::usable_cores(), most_threads);
}

} // namespace

std::optional<PageReading::Piece> PageReading::next() {
  if (next_ == pieces_.size()) return std::nullopt;
  return pieces_[next_++].get();
}

ReadingPool::Seat::Seat(catalogue::Catalogue& catalogue, Source const& source, Against against,
                        rdf::Parser* rdf)
    : session(catalogue.session()),
      preparer(catalogue.preparer()),
      documents(source, against, session->reader(), rdf,
                Ahead{.preparer = preparer.get(), .languages = catalogue.rules()->languages}) {}

ReadingPool::ReadingPool(catalogue::Catalogue& catalogue, Source const& source, Against against,
                         rdf::Parser* rdf) {
  auto const count = count_threads();
  while (seats_.size() < count) {
    seats_.push_back(std::make_unique<Seat>(catalogue, source, against, rdf));
  }
  threads_.reserve(count);
  for (auto const& seat : seats_) {
    try {
      threads_.emplace_back(
          [this, &reader = seat->documents](std::stop_token const& stop) { work(stop, reader); });
    } catch (std::system_error const&) { // no memory for it: the others do its work
      if (threads_.empty()) throw;
    }
  }
}

PageReading ReadingPool::read(std::vector<kinds::RawDocument>&& documents, model::Instant fetched) {
  std::vector<std::future<PageReading::Piece>> pieces;
  Task task{.documents = {}, .fetched = fetched, .read = {}};
  std::size_t bytes = 0;
  for (auto& document : documents) {
    bytes += document.bytes.size();
    task.documents.push_back(std::move(document));
    if (task.documents.size() < most_documents && bytes < most_bytes) continue;
    pieces.push_back(add(std::exchange(task, {.documents = {}, .fetched = fetched, .read = {}})));
    bytes = 0;
  }
  if (!task.documents.empty()) pieces.push_back(add(std::move(task)));
  return PageReading(std::move(pieces));
}

std::future<PageReading::Piece> ReadingPool::add(Task&& task) {
  auto read = task.read.get_future();
  {
    std::scoped_lock const lock(mutex_);
    tasks_.push_back(std::move(task));
  }
  changed_.notify_one();
  return read;
}

void ReadingPool::work(std::stop_token const& stop, DocumentReader& reader) {
  for (;;) {
    std::optional<Task> task;
    {
      std::unique_lock lock(mutex_);
      changed_.wait(lock, stop, [this] { return !tasks_.empty(); });
      if (stop.stop_requested()) return;
      task.emplace(std::move(tasks_.front()));
      tasks_.pop_front();
    }
    try {
      task->read.set_value(read_all(reader, *task));
    } catch (...) {
      task->read.set_exception(std::current_exception());
    }
    reader.end();
  }
}

PageReading::Piece ReadingPool::read_all(DocumentReader& reader, Task& task) {
  PageReading::Piece out;
  reader.begin(task.fetched);
  for (auto& raw : task.documents) {
    reader.read_each(std::move(raw),
                     [&](DocumentReader::Read&& read) { out.push_back(std::move(read)); });
  }
  return out;
}

} // namespace terracat::run

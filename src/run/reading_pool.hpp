#pragma once

#include "catalogue/catalogue.hpp"
#include "run/reading.hpp"

#include <condition_variable>
#include <deque>
#include <future>
#include <mutex>
#include <thread>

namespace terracat::run {

/// What the documents of one page become, in their order.
class PageReading {
 public:
  using Piece = std::vector<DocumentReader::Read>;

  explicit PageReading(std::vector<std::future<Piece>> pieces) : pieces_(std::move(pieces)) {}

  /// Waits for the next documents.
  /// \return  nothing after the last ones
  /// \throws  what was thrown where they were read
  [[nodiscard]] std::optional<Piece> next();

 private:
  std::vector<std::future<Piece>> pieces_;
  std::size_t next_ = 0; ///< of these
};

/// Reads the documents of one source on threads of its own, each with a session of its own, and
/// makes the bodies of items ready for the writer. One thread asks it; readings may be waited for
/// by another.
class ReadingPool {
 public:
  /// \param rdf  may be null
  /// All outlive this.
  ReadingPool(catalogue::Catalogue& catalogue, Source const& source, Against against,
              rdf::Parser* rdf);
  ReadingPool(ReadingPool const&) = delete;
  ReadingPool& operator=(ReadingPool const&) = delete;
  ReadingPool(ReadingPool&&) = delete;
  ReadingPool& operator=(ReadingPool&&) = delete;

  /// Gives up what has not begun. No reading may be waited for.
  ~ReadingPool() = default;

  /// Begins to read. What is on its way is bounded by who does not begin the next page before one
  /// of those before it is taken.
  [[nodiscard]] PageReading read(std::vector<kinds::RawDocument>&& documents,
                                 model::Instant fetched);

 private:
  /// What a thread works with.
  struct Seat {
    Seat(catalogue::Catalogue& catalogue, Source const& source, Against against, rdf::Parser* rdf);

    std::unique_ptr<catalogue::Session> session;
    std::unique_ptr<store::Preparer> preparer;
    DocumentReader documents;
  };

  struct Task {
    std::vector<kinds::RawDocument> documents;
    model::Instant fetched{0};
    std::promise<PageReading::Piece> read;
  };

  void work(std::stop_token const& stop, DocumentReader& reader);
  [[nodiscard]] static PageReading::Piece read_all(DocumentReader& reader, Task& task);
  [[nodiscard]] std::future<PageReading::Piece> add(Task&& task);

  std::vector<std::unique_ptr<Seat>> seats_;

  std::mutex mutex_; ///< guards tasks_
  std::deque<Task> tasks_;
  std::condition_variable_any changed_;

  std::vector<std::jthread> threads_; ///< the last member: they use all the others
};

} // namespace terracat::run

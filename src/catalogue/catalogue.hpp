#pragma once

#include "catalogue/batch.hpp"
#include "catalogue/committer.hpp"
#include "catalogue/directory.hpp"
#include "catalogue/preparer.hpp"
#include "catalogue/proof.hpp"
#include "catalogue/session.hpp"
#include "catalogue/transaction.hpp"

#include <terracat/store.hpp>

#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <future>
#include <memory>
#include <mutex>
#include <thread>

namespace terracat::catalogue {

/// Store and index as one: what the rooms below use.
///
/// Reading: each thread has a Session of its own. Writing: any thread submits batches; one thread
/// of the catalogue's own commits them one after the other, for a store has one writer
/// (doc/design.md 7).
class Catalogue {
 public:
  /// Called when the store can no longer be trusted to keep what it is given (an I/O error on
  /// write, or what nobody expects of it): the process must end, for trying again would hide the
  /// loss (design.md 17.1).
  using OnFatal = std::function<void(std::string const& reason)>;

  Catalogue(std::unique_ptr<store::Store> store, Rules rules, OnFatal on_fatal);
  Catalogue(Catalogue const&) = delete;
  Catalogue& operator=(Catalogue const&) = delete;
  Catalogue(Catalogue&&) = delete;
  Catalogue& operator=(Catalogue&&) = delete;

  /// Commits what was submitted, then ends the writer's thread.
  ~Catalogue();

  /// For one thread; must not outlive the catalogue.
  [[nodiscard]] std::unique_ptr<Session> session();

  /// For one thread, which makes what it reads ready for batches; must not outlive the catalogue.
  /// \return  null if there is nothing to be made ready
  [[nodiscard]] std::unique_ptr<store::Preparer> preparer() { return store_->preparer(); }

  /// Commits the batch in one transaction. Waits while the queue is full, so that a source is not
  /// read faster than it can be kept.
  /// \return  the run with the counts after the batch, once it is safe on the disc; a StoreError if
  ///          nothing of it was kept
  [[nodiscard]] std::future<Run> submit(Batch batch);

  /// Commits corrections in one transaction.
  /// \return  the state after it
  [[nodiscard]] std::future<Revision> submit(Edit edit);

  /// Likewise, what was decided of keywords.
  [[nodiscard]] std::future<Revision> submit(KeywordEdit edit);

  /// Likewise, of a record with another name. \return  a ProblemError if it may not be
  [[nodiscard]] std::future<Revision> submit(RenamingEdit edit);

  /// Commits what somebody writes by HTTP. Never waits: who asks has a thread that others need.
  /// \return  the state after it, once that is safe on the disc; a ProblemError if it may not be,
  ///          a StoreError if it could not be. Nothing if as many as may wait already
  [[nodiscard]] std::optional<std::future<Revision>> try_submit(Transaction transaction);

  /// Makes anew what is derived (Writer::mend, put_right) and begins another epoch, in one
  /// transaction. Batches wait meanwhile.
  /// \param progress  called on the writer's thread; what it throws undoes all
  /// \return  what was done, a line each
  [[nodiscard]] std::future<std::vector<std::string>> mend(OnProgress progress);

  /// From now on an index answers the searches that it can answer, as soon as it is built; until
  /// then, and for the others, the store does.
  /// \param told  called on a thread of the index each time that it was built
  /// \pre nothing has been submitted
  void index_items(index::Layout layout, std::function<void(index::Built const&)> told);

  /// From now on searches among records find what they ask of all of them ready in memory.
  /// \pre nothing has been submitted
  void prepare_records();

  /// The concepts that records are about; must not outlive the catalogue.
  /// \param languages  of texts of records, the preferred one first
  /// \param former     of other vocabularies or rules, whose reading it takes over; may be null
  /// \param rules      may be null
  [[nodiscard]] std::shared_ptr<ConceptIndex>
  concept_index(std::shared_ptr<vocabulary::Thesaurus const> thesaurus,
                std::vector<std::string> languages, std::shared_ptr<ConceptIndex> former = nullptr,
                std::shared_ptr<ConceptRules const> rules = nullptr);

  /// Calls `listener` on the writer's thread after each commit that changed something.
  void on_commit(std::function<void(Revision)> listener);

  /// Calls `listener` on the writer's thread after each checkpoint between commits.
  /// \param listener  is told how many seconds it took
  void on_checkpoint(std::function<void(double)> listener);

  /// Calls `listener` on the writer's thread for each job that met damaged values, and at once, on
  /// the caller's, for what was met before.
  /// \param listener  is told how many; a job that had to end met one
  void on_damage(std::function<void(std::size_t)> listener);

  /// From now on this says where records may be that state no place. May be null.
  void guess_places(std::shared_ptr<Guesser const> guesser);

  /// Calls `listener`, on any thread, for each record that searches do without since what is kept
  /// of it is damaged: once for each time that it would have been read. \pre nobody searches yet
  void on_unreadable(std::function<void(RecordNumber, std::string const& why)> listener);

  /// What searches looked for in bodies.
  [[nodiscard]] SearchUses const& search_uses() const noexcept { return uses_; }

  [[nodiscard]] store::Figures figures() const { return store_->figures(); }

  /// Proves what the store keeps, beside all else (store::Store::check).
  [[nodiscard]] std::vector<store::Fault> check(store::Depth depth,
                                                std::function<void(double)> const& progress) {
    return store_->check(depth, progress);
  }

  /// Seconds that commits took, of the last one and in all; for metrics.
  struct WriterFigures {
    std::uint64_t commits = 0;
    double last_seconds = 0;
    double all_seconds = 0;
    std::size_t waiting = 0; ///< batches in the queue

    /// When the writer's thread last showed that it gets on with its work; nothing: it has none.
    std::optional<std::chrono::steady_clock::time_point> working_since;
  };

  [[nodiscard]] WriterFigures writer_figures() const;

  /// Other rules for the batches that are committed from now on.
  void set_rules(Rules rules);

  /// Those that the next batch goes by.
  [[nodiscard]] std::shared_ptr<Rules const> rules() const;

 private:
  struct CommitJob {
    Batch batch;
    std::promise<Run> done;
  };

  struct EditJob {
    std::variant<Edit, KeywordEdit, RenamingEdit> edit;
    std::promise<Revision> done;
  };

  struct TransactionJob {
    Transaction transaction;
    std::promise<Revision> done;
  };

  struct MendJob {
    OnProgress progress;
    std::promise<std::vector<std::string>> done;
  };

  using Job = std::variant<CommitJob, EditJob, TransactionJob, MendJob>;

  /// What the submitting threads and the writer's thread share.
  struct Shared {
    std::deque<Job> queue;
    std::size_t transactions = 0; ///< in the queue
    bool is_ending = false;
    std::vector<std::function<void(Revision)>> listeners;
    std::function<void(double)> checkpoint_listener;
    std::function<void(std::size_t)> damage_listener;
    std::size_t untold_damage = 0; ///< what was met before there was one
    WriterFigures figures;
    std::shared_ptr<Rules const> rules; ///< shared with a commit in progress
  };

  static constexpr std::size_t longest_queue = 4; ///< transactions apart
  static constexpr std::size_t most_transactions = 256;

  /// What the writer's thread does next: a job, or nothing, which is to keep a piece of the index.
  using Task = std::optional<Job>;

  void write_until_end();
  /// \param rest  that has to pass without a job before the index is kept
  /// \return  nothing at the end
  std::optional<Task> next_task(std::chrono::milliseconds rest);
  void keep_index(std::unique_ptr<store::Writer>& writer);
  void add(Job job);
  void note_turn();
  [[nodiscard]] Run perform(store::Writer& writer, CommitJob& job);
  [[nodiscard]] Revision perform(store::Writer& writer, EditJob& job);
  [[nodiscard]] Revision perform(store::Writer& writer, TransactionJob& job);
  [[nodiscard]] std::vector<std::string> perform(store::Writer& writer, MendJob& job);
  Revision commit(store::Writer& writer, std::function<void(Committer&)> const& apply);
  void notify(Revision revision) noexcept;
  void end_if_fatal(store::StoreError const& error) const;
  void tell_damage(std::size_t count);

  /// There is something to be kept of the index.
  void wake_writer();

  void tidy(store::Writer& writer);

  /// Makes words and keys of some more of those records whose words other rules made; they are
  /// found by their old ones until then. \return  whether there may be more of them
  [[nodiscard]] bool renew_words(std::unique_ptr<store::Writer>& writer);

  /// Lets the writer do something about its log.
  void carry_over(std::function<void()> const& work) const;

  std::unique_ptr<store::Store> store_;
  OnFatal on_fatal_;
  DirectoryVersions versions_;
  index::ItemIndex index_;
  KnownFacts known_;
  SearchUses uses_;
  std::function<void()> build_index_;  ///< empty: nobody wants one
  std::unique_ptr<Preparer> preparer_; ///< null: nobody wants it
  bool has_old_words_ = false;         ///< of the writer's thread, once that runs
  RecordNumber renewed_{};             ///< likewise: the last one whose words are new

  mutable std::mutex mutex_; ///< guards shared_
  std::condition_variable changed_;
  Shared shared_;

  std::thread writer_thread_; ///< the last member: it uses all the others
};

} // namespace terracat::catalogue

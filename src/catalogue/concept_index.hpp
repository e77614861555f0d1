#pragma once

#include "catalogue/concept_uses.hpp"
#include "catalogue/keyword_queue.hpp"

#include <terracat/json.hpp>
#include <terracat/store_reader.hpp>

#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

namespace terracat::catalogue {

/// The concepts that records are about, by the vocabularies of a site. It is derived of the records
/// and kept in memory: what changed since is read when somebody asks, as long as that is little; a
/// thread of its own reads what is more, and until then the former version answers. Other
/// vocabularies take over what records say, and read none of them again. Thread-safe.
class ConceptIndex {
 public:
  using Readers = std::function<std::unique_ptr<store::Reader>()>;

  /// \param languages  of texts of records, the preferred one first
  /// \param readers    for the thread; what they read from has to outlive the index
  /// \param former     of other vocabularies or rules; may be null
  /// \param rules      likewise
  ConceptIndex(std::shared_ptr<vocabulary::Thesaurus const> thesaurus,
               std::vector<std::string> languages, Readers readers,
               std::shared_ptr<ConceptIndex> former = nullptr,
               std::shared_ptr<ConceptRules const> rules = nullptr);
  ConceptIndex(ConceptIndex const&) = delete;
  ConceptIndex& operator=(ConceptIndex const&) = delete;
  ConceptIndex(ConceptIndex&&) = delete;
  ConceptIndex& operator=(ConceptIndex&&) = delete;

  /// Gives up reading.
  ~ConceptIndex();

  /// Lets the thread read what there is.
  void begin();

  /// \param reader    in the state `revision`
  /// \param changed   the last change of a record in it
  /// \return  the newest version; null if there is none of this epoch yet
  [[nodiscard]] std::shared_ptr<ConceptUses const> at(store::Reader& reader, Revision revision,
                                                      Sequence changed);

  /// What waits for an operator in the newest version that was asked for. \throws geometry::Late
  [[nodiscard]] std::shared_ptr<KeywordQueue const>
  queue(std::shared_ptr<ConceptUses const> const& version);

 private:
  /// What has to be read for the next version.
  struct Work {
    std::shared_ptr<ConceptUses> next; ///< as far as it is known without reading
    std::vector<RecordNumber> records;
  };

  [[nodiscard]] std::shared_ptr<ConceptUses const> newest() const;

  /// \param most  changes that may be looked at; of the thread as many as there are
  /// \return      nothing if there are more
  [[nodiscard]] std::optional<Work> work_at(store::Reader& reader, Revision revision,
                                            std::size_t most);

  /// What the next version begins with. \param needs_pool  a new one, with what is said now alone
  [[nodiscard]] std::shared_ptr<ConceptUses>
  next_of(ConceptUses const& known, std::shared_ptr<KeywordDecisions const> const& decisions,
          bool needs_pool) const;
  void read(store::Reader& reader, RecordNumber record, ConceptUses& into);
  void publish(std::shared_ptr<ConceptUses const> version);
  void run();
  /// \return  false if the catalogue became another one meanwhile
  [[nodiscard]] bool read_all(store::Reader& reader);
  [[nodiscard]] bool is_ending() const;

  std::shared_ptr<vocabulary::Thesaurus const> thesaurus_;
  std::vector<std::string> languages_;
  std::shared_ptr<ConceptRules const> rules_;
  Readers readers_;

  std::mutex turn_; ///< held by whoever makes the next version; guards what follows
  std::shared_ptr<ConceptIndex> former_; ///< until its version was taken over
  json::Parser parser_;

  std::mutex queue_mutex_; ///< guards what follows
  std::shared_ptr<ConceptUses const> queued_;
  std::shared_ptr<KeywordQueue const> queue_; ///< of queued_

  mutable std::mutex mutex_; ///< guards what follows
  std::condition_variable changed_;
  std::shared_ptr<ConceptUses const> version_;
  bool is_wanted_ = false;
  bool is_ending_ = false;
  std::thread thread_;
};

} // namespace terracat::catalogue

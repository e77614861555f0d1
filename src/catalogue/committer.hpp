#pragma once

#include "catalogue/batch.hpp"
#include "catalogue/clusters.hpp"
#include "catalogue/directory.hpp"
#include "catalogue/transaction.hpp"
#include "index/version.hpp"

#include <terracat/store.hpp>

#include <chrono>
#include <map>
#include <set>
#include <span>
#include <unordered_map>

namespace terracat::catalogue {

/// What the catalogue has to know of its sources: whose word counts when ids clash.
struct SourceIdentity {
  std::string name;
  std::string id_prefix;
  std::uint32_t order = 0; ///< in the configuration; the earlier wins
};

/// What the configuration says. A batch goes by one of them; Catalogue::set_rules brings the next.
struct Rules {
  std::vector<SourceIdentity> sources;
  std::vector<std::string> languages{"en", "fr"}; ///< of collections, the preferred one first
  std::vector<std::string> sortables;             ///< beyond those of the definitions
  std::chrono::days keep_removals{400};           ///< how long is known what is gone
  std::string address = {}; ///< public, of this catalogue; empty: none is known by it

  /// Items that the end of a run reads again, so that collections say what they are like; no
  /// setting. A transaction stays short.
  std::int64_t most_read_again = 100'000;
};

/// Applies one batch within the writer's transaction: settles who owns what and what it is called,
/// keeps what is derived up to date, and says what became of each document.
class Committer {
 public:
  /// \pre the writer is in a transaction, in which nothing has changed
  Committer(store::Writer& writer, Directory directory, Rules const& rules)
      : writer_(writer),
        first_(writer.pending().sequence),
        directory_(std::move(directory)),
        rules_(rules) {}

  /// \return  the run with the counts after the batch
  /// \pre the writer is in a transaction
  Run apply(Batch batch);

  /// Writes and drops corrections of one record, and answers it accordingly from now on. Without
  /// the record they are kept for when it comes (back).
  /// \pre the writer is in a transaction
  void apply(Edit const& edit);

  /// Keeps what was decided of keywords: what records are about is told accordingly from now on.
  /// \pre the writer is in a transaction
  void apply(KeywordEdit const& edit);

  /// Lets the new record take the place of the former, with all that leads there; or keeps that it
  /// is another one.
  /// \throws ProblemError  if they are not two of one source, the former missing there
  /// \pre the writer is in a transaction
  void apply(RenamingEdit const& edit);

  /// \throws ProblemError  if it may not be: nothing of what was applied is to be kept
  /// \pre the writer is in a transaction
  void apply(Transaction transaction);

  /// Lets records be found by the words, and known by the keys, that today's rules make of them.
  /// \pre the writer is in a transaction
  void renew(std::vector<RecordNumber> const& records);

  /// The directory after what was applied.
  [[nodiscard]] Directory take_directory() { return std::move(directory_); }

  /// What became of items.
  [[nodiscard]] index::Changes take_changes() { return std::move(changes_); }

  /// How many stored values were met that are damaged.
  [[nodiscard]] std::size_t damage() const noexcept { return damage_; }

 private:
  /// What one document came to.
  struct Outcome {
    DocumentOutcome outcome = DocumentOutcome::created;
    bool is_unchanged = false;
    bool is_listed = true; ///< in the run's report; items that went well are only counted
    std::string code;      ///< of a skip or a failure
    std::optional<store::Resource> resource; ///< what the document is in the catalogue
  };

  void take(Batch const& batch, RecordPut& put, Run& run);
  void take(Batch const& batch, ItemPut& put, Run& run);
  void take(Batch const& batch, Refused& refused, Run& run);
  void take(Batch const& batch, Untouched& untouched, Run& run);
  void take(Batch const& batch, Listed& listed, Run& run);
  void take(Batch const& batch, Gone& gone, Run& run);

  /// What the source calls so. \param collection  of an item; empty: a record
  [[nodiscard]] std::optional<store::Resource>
  resource_of(Batch const& batch, std::string const& native_id, std::string const& collection);

  /// An item of such a collection is not for the source to write.
  [[nodiscard]] bool is_of_others(Batch const& batch, std::string const& collection);

  // What leaves: removal.cpp
  void note_seen(Batch const& batch, std::optional<store::Resource> resource);
  void mark(Batch const& batch, store::Missing const& missing, Run const& run);
  void remove(Batch const& batch, store::Resource resource, Run& run);
  void remove_record(RecordNumber number);
  [[nodiscard]] bool is_missing(store::RecordRow const& row);
  void take_place(store::RecordRow const& former, store::RecordRow const& now);
  void remove_item(ItemNumber number, store::ItemRow const& row);
  void sweep(Batch const& batch, Run& run);
  /// Records, or rows that nobody sees any more.
  [[nodiscard]] bool is_left_of(std::string const& source);
  void end_run(Batch const& batch, Run& run);
  /// As far as items may be read again: what is left waits for the next run.
  void make_all_exact(Batch const& batch, Run const& run);
  void keep_state(Batch const& batch);

  // What is written by HTTP: transaction.cpp
  void carry_out(Transaction const& transaction, NewItems& change);
  void carry_out(Transaction const& transaction, OtherItem& change);
  void carry_out(Transaction const& transaction, NoItem& change);
  void carry_out(Transaction const& transaction, NewCollections& change);
  void carry_out(Transaction const& transaction, OtherCollection& change);
  void carry_out(Transaction const& transaction, NoCollection& change);
  void carry_out(Transaction const& transaction, KeywordEdit& change);
  void carry_out(Transaction const& transaction, RenamingEdit& change);
  void keep_said(std::string const& source, RecordPut& put);
  [[nodiscard]] store::RecordRow writable_collection(Transaction const& transaction,
                                                     RecordNumber number, Expected const& expected);
  static void check_owner(Transaction const& transaction, std::string const& source);

  Outcome put_record(std::string const& source, RecordPut& put);
  /// Why the record is not taken, because of the catalogues that it came through: a code; empty: it
  /// is.
  [[nodiscard]] std::string unwanted(model::Record const& record) const;
  /// Keeps the item, which is gone afterwards unless it was refused or is unchanged.
  Outcome put_item(Batch const& batch, ItemPut& put);
  /// \param existing  the one in whose place it comes
  ItemNumber keep_item(std::string const& source, RecordNumber collection,
                       std::optional<store::ItemRow> const& existing, ItemPut& put);
  void report(Run& run, std::string const& native_id, Outcome const& outcome,
              std::vector<Finding> const& findings);

  void put_finding(Run const& run, std::string const& native_id, DocumentOutcome outcome,
                   Finding const& finding);

  /// The public id for a new record of the source; moves another record aside if need be.
  /// \param findings  where a clash is reported
  std::string mint(std::string const& source, std::string const& native_id,
                   std::vector<Finding>& findings);
  void rename(store::RecordRow const& row, std::string const& id);
  /// Whoever is in the record's cluster is answered with other links.
  void note_links(RecordNumber number);

  // What its source said is answered otherwise: editing.cpp
  /// What is kept of the record, called so, with the corrections that there are now.
  store::RecordWrite write_of(store::RecordRow const& row, std::string const& id);
  void note_change(store::RecordWrite const& write);

  /// \return  nothing if they are damaged: they are as good as different
  std::optional<store::RecordTexts> texts_of(RecordNumber number);

  /// \return  nothing if one is damaged: what the record is to say nobody knows
  std::optional<std::vector<store::Correction>> corrections_of(std::string const& source,
                                                               std::string const& native_id);

  /// True if the item that is kept says what this one says.
  /// \return  false if it is damaged
  [[nodiscard]] bool read_body(ItemNumber number, std::string& body);
  bool is_same(store::ItemRow const& kept, model::Item const& item);

  /// The public id for a new item.
  std::string mint_item(RecordNumber collection, std::string const& native_id);

  std::optional<RecordNumber> collection_of(Batch const& batch, model::Item const& item);
  std::optional<RecordNumber> make_collection(Batch const& batch, std::string const& native_id);

  void put_identifiers(RecordNumber number, std::string const& id, model::Record const& record);

  // Which records are the same resource: joining.cpp
  /// \param is_known  it has been there before
  void put_keys(RecordNumber number, model::Record const& record, bool is_known);
  /// The record, and those that share one of the keys with it.
  void note_kin(RecordNumber number, std::span<std::string const> keys);
  /// Once all else is written. \param run  whose report tells of it; null: there is none
  void settle_clusters(Run const* run);
  void report_cluster(Run const& run, ClusterChange const& change);

  [[nodiscard]] SourceIdentity const& identity(std::string const& source) const;
  Derived& derived_of(RecordNumber collection);
  void keep_derived();
  /// Reads the collection's items again unless they are more than may be read.
  /// \param left  items that may be read yet; those that are read are taken from it
  void make_exact(RecordNumber collection, Derived& derived, std::int64_t& left);

  store::Writer& writer_;
  Sequence first_; ///< as long as it is pending, nothing has changed
  Directory directory_;
  index::Changes changes_;
  Rules const& rules_;
  std::size_t damage_ = 0;
  SourceState state_; ///< of the batch's source
  /// Those that items of the batch's source named, as long as no record changed.
  std::unordered_map<std::string, RecordNumber> collections_;
  std::unordered_map<std::int64_t, Derived> derived_; ///< of the collections that were touched
  std::unordered_map<std::int64_t, Sequence> item_changes_; ///< the last one of each of these
  std::set<RecordNumber> kin_;                              ///< whose clusters may be others
  std::set<RecordNumber> linked_otherwise_;                 ///< by others of their clusters
  std::map<RecordNumber, DocumentOutcome> written_;         ///< of these, what the run tells of
  query::BodyProperties properties_;
};

/// The order of sources in the configuration, as clusters ask for it; it refers to the rules.
[[nodiscard]] OrderOf order_of_sources(Rules const& rules);

/// `Directory::load`, with clusters.
[[nodiscard]] Directory load_directory(store::Reader& reader, Rules const& rules, Sequence sequence,
                                       std::size_t& damage);

} // namespace terracat::catalogue

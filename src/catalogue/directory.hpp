#pragma once

#include "catalogue/cluster.hpp"
#include "catalogue/derived.hpp"
#include "catalogue/entry_map.hpp"
#include "query/collation.hpp"
#include "query/queryables.hpp"

#include <terracat/store.hpp>

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

namespace terracat::catalogue {

/// What is known of a record without asking the store. What concerns items is of collections.
struct Entry {
  RecordNumber number{};
  std::string id;
  std::string source;
  std::string title;
  std::string title_key; ///< what it sorts by (query::Collation), made by the directory
  Sequence record_change = 0;
  Sequence item_change = 0;
  Derived derived;
  std::shared_ptr<Cluster const> cluster; ///< null: it is in none. Kept by the directory
  Sequence cluster_change = 0;            ///< likewise: when it came to be in another one

  /// Another member of its cluster stands for it where all is shown.
  [[nodiscard]] bool is_alternate() const noexcept {
    return cluster != nullptr && cluster->members.front().number != number;
  }

  /// The last change of the record and of what it shows of its items.
  [[nodiscard]] Sequence own_change() const noexcept {
    return std::max(record_change, derived.shown_change);
  }

  /// The last change of the record as it is answered, with links to others of its cluster, apart
  /// from its items.
  [[nodiscard]] Sequence last_change() const noexcept {
    return std::max(own_change(), cluster_change);
  }
};

/// The index of records at one sequence; never changed once it is published. Versions share what
/// is the same in them, so that a version costs what has changed.
class Directory {
 public:
  /// Reads everything that a store holds. Nothing tells any more when something went, so lists
  /// count as changed in that very state. \pre the reader has a state
  /// \param sequence  of the state
  /// \param damage    counts what could not be read: such a collection says where and when its
  ///                  items are, no more, until a run reads them again
  [[nodiscard]] static Directory load(store::Reader& reader, Sequence sequence,
                                      std::size_t& damage);

  /// Of a collection: the same directory with another entry for its number.
  void put(Entry entry);

  /// Likewise of a record that is none.
  void put_other(Entry entry);
  void remove(RecordNumber number);

  /// Puts a record into a cluster, which is of all of its members, or into none.
  /// \pre it is there
  void set_cluster(RecordNumber number, std::shared_ptr<Cluster const> cluster, Sequence sequence);

  /// By which order of sources the members of clusters stand; 0: by none yet.
  [[nodiscard]] std::uint64_t order_of_clusters() const noexcept { return order_of_clusters_; }

  void note_order_of_clusters(std::uint64_t order) noexcept { order_of_clusters_ = order; }

  /// Lists of records have another tag.
  void note_record_change(Sequence sequence) noexcept { last_record_change_ = sequence; }

  /// \return  null if there is no such collection
  [[nodiscard]] Entry const* find(RecordNumber number) const;
  [[nodiscard]] Entry const* find(std::string_view id) const;

  /// Of whatever record. \return  null if there is none
  [[nodiscard]] Entry const* any(RecordNumber number) const;

  /// All collections.
  [[nodiscard]] EntryMap const& entries() const noexcept { return entries_; }

  /// All records that are none.
  [[nodiscard]] EntryMap const& others() const noexcept { return others_; }

  /// The last change of any record, or of what is derived of one.
  [[nodiscard]] Sequence last_record_change() const noexcept { return last_record_change_; }

  /// The last change of any item.
  [[nodiscard]] Sequence last_item_change() const noexcept { return last_item_change_; }

 private:
  void put(EntryMap& into, Entry entry) const;
  /// What the directory itself keeps of a record that was there.
  void keep_cluster(Entry& entry) const;

  EntryMap entries_;
  EntryMap others_;
  IdMap by_id_; ///< of entries_
  /// Shared by versions: to make one costs more than a hundred keys.
  std::shared_ptr<query::Collation const> collation_ = std::make_shared<query::Collation const>();
  Sequence last_record_change_ = 0;
  Sequence last_item_change_ = 0;
  std::uint64_t order_of_clusters_ = 0;
};

class ConceptUses;
class CountedConcepts;

/// A directory as views see it: fixed, with what is worked out from it at the first need.
/// Thread-safe.
class DirectoryVersion {
 public:
  DirectoryVersion(Directory directory, std::vector<std::string> sortables,
                   std::vector<std::string> languages)
      : directory_(std::move(directory)),
        sortables_(std::move(sortables)),
        languages_(std::move(languages)) {}

  [[nodiscard]] Directory const& directory() const noexcept { return directory_; }

  /// Of all collections together.
  [[nodiscard]] query::Queryables const& all_queryables() const;

  /// Of these together. Never null.
  [[nodiscard]] std::shared_ptr<query::Queryables const>
  queryables(std::vector<Entry const*> const& entries) const;

  /// All records of which another stands for their cluster.
  [[nodiscard]] std::vector<std::shared_ptr<Entry const>> const& alternates() const;

  /// How many of its records are about concepts. Kept for the uses that were asked for last.
  [[nodiscard]] std::shared_ptr<CountedConcepts const>
  counted(std::shared_ptr<ConceptUses const> const& uses) const;

  /// Of the texts of records, the preferred one first.
  [[nodiscard]] std::vector<std::string> const& languages() const noexcept { return languages_; }

 private:
  Directory directory_;
  std::vector<std::string> sortables_; ///< beyond those of the definitions
  std::vector<std::string> languages_;
  mutable std::once_flag queryables_once_;
  mutable query::Queryables queryables_; ///< guarded by queryables_once_
  mutable std::once_flag alternates_once_;
  mutable std::vector<std::shared_ptr<Entry const>> alternates_; ///< guarded by alternates_once_

  using Numbers = std::vector<RecordNumber>;
  static constexpr std::size_t most_sets = 64;

  mutable std::mutex mutex_; ///< guards those below
  mutable std::shared_ptr<CountedConcepts const> counted_;
  /// Shared, for views may be using what is let go of.
  mutable std::map<Numbers, std::shared_ptr<query::Queryables const>> sets_;
};

/// The versions of the directory that views may still need. Thread-safe.
class DirectoryVersions {
 public:
  void publish(Sequence sequence, std::shared_ptr<DirectoryVersion const> directory);

  /// The commit failed: the version was never true.
  void withdraw(Sequence sequence);

  /// The version that belongs to the store's state of that sequence; null if it has been let go,
  /// which happens only to states that are much older than the newest.
  [[nodiscard]] std::shared_ptr<DirectoryVersion const> at(Sequence sequence) const;

 private:
  static constexpr std::size_t most_versions = 16;

  mutable std::mutex mutex_; ///< guards versions_
  std::map<Sequence, std::shared_ptr<DirectoryVersion const>> versions_;
};

} // namespace terracat::catalogue

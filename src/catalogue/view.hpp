#pragma once

#include "catalogue/directory.hpp"
#include "catalogue/scope.hpp"
#include "index/item_index.hpp"
#include "query/criteria.hpp"

#include <terracat/store.hpp>

#include <chrono>
#include <limits>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

namespace terracat::catalogue {

/// A collection as one scope shows it. Valid while its view is.
struct ShownCollection {
  std::string id; ///< as shown
  Entry const* entry = nullptr;
  query::Expression const* where = nullptr; ///< which of its items are shown; null: all
};

/// What is asked of items.
struct ItemRequest {
  query::Criteria criteria;
  std::vector<query::SortKey> sort; ///< empty: latest first; the sort of a token wins
  std::size_t limit = 10;
  std::optional<std::string> token;
  bool count = true;

  /// Bodies that may be looked into for properties that have no column.
  std::size_t most_scanned = std::numeric_limits<std::size_t>::max();

  /// No more than about half a millisecond: else the search is given up with TooHeavy.
  bool must_be_light = false;
};

/// A request would have taken more than light work. Nothing was read that matters.
class TooHeavy : public std::runtime_error {
 public:
  TooHeavy() : std::runtime_error("the request takes more than light work") {}
};

/// A search would have to look into more bodies than its request allows. Nothing was read.
class ScanNeeded : public std::runtime_error {
 public:
  ScanNeeded() : std::runtime_error("the search has to look into too many items") {}
};

/// The deadline passed while bodies were looked into.
class ScanTooSlow : public store::DeadlinePassed {
 public:
  explicit ScanTooSlow(std::vector<std::string> properties) : properties_(std::move(properties)) {}

  /// What was looked for there: an index on them would help.
  [[nodiscard]] std::vector<std::string> const& properties() const noexcept { return properties_; }

 private:
  std::vector<std::string> properties_;
};

struct ItemAnswer {
  std::vector<store::ItemRow> rows;
  std::vector<std::string> collections; ///< the shown id of each row's collection
  std::optional<std::size_t> matched;
  std::optional<std::string> next; ///< token of the page that follows
};

/// One request's consistent look at the catalogue: one state of the store, the directory and the
/// index that belong to it, one visibility, one scope. It lives no longer than the answer.
class View {
 public:
  [[nodiscard]] Revision revision() const noexcept { return revision_; }

  [[nodiscard]] Scope const& scope() const noexcept { return scope_; }

  /// There is an index of exactly this state.
  [[nodiscard]] bool has_index() const noexcept { return index_ != nullptr; }

  /// The last change of what the scope shows of records, for entity tags of lists.
  [[nodiscard]] Sequence last_record_change() const;

  /// The last change of what the scope shows of items. \param collections  only of these; empty:
  /// all
  [[nodiscard]] Sequence last_item_change(std::vector<ShownCollection> const& collections) const;

  /// All collections of the scope, by title.
  [[nodiscard]] std::vector<ShownCollection> collections();

  /// The collection with this id. \return  nothing if the scope does not show it
  [[nodiscard]] std::optional<ShownCollection> collection(std::string_view id);

  /// The collection that was once called so, or is called so elsewhere (native id, DOI): where a
  /// client should be sent. \return  nothing unless there is exactly one
  [[nodiscard]] std::optional<ShownCollection> collection_by_identifier(std::string_view id);

  /// The removal of the collection that had this id last, if the scope showed it. Of it nothing
  /// else is left. \return  nothing if there is one now, there never was, or it is long ago
  [[nodiscard]] std::optional<store::Change> removed_collection(std::string_view id);

  /// Likewise, of an item.
  [[nodiscard]] std::optional<store::Change> removed_item(ShownCollection const& collection,
                                                          std::string_view id);

  /// Appends the answered collection. \param links  JSON objects separated by commas
  void append(ShownCollection const& collection, std::string_view links, std::string& out);

  /// Ids of collections of the scope, as candidates for a mistyped one; none if there are so many
  /// that comparing them would take long.
  [[nodiscard]] std::vector<std::string> some_ids() const;

  /// What may stand in conditions on the items of these collections; of all of the scope if empty.
  /// Never null.
  [[nodiscard]] std::shared_ptr<query::Queryables const>
  queryables(std::vector<std::string> const& collections);

  /// \return  problems of the token: token_mismatch, token_expired, invalid_parameter
  /// \throws ScanNeeded, ScanTooSlow, TooHeavy
  [[nodiscard]] Result<ItemAnswer> items(ItemRequest const& request);

  [[nodiscard]] std::optional<store::ItemRow> item(ShownCollection const& collection,
                                                   std::string_view id);

  /// Appends the body of an item (model::ItemParts::body).
  void append_body(ItemNumber number, std::string& out) { reader_.body(number, out); }

  [[nodiscard]] std::vector<Run> runs(std::string_view source, std::size_t limit) {
    return reader_.runs(source, limit);
  }

  [[nodiscard]] store::Reader& reader() noexcept { return reader_; }

 private:
  friend class Session;

  View(store::Reader& reader, Revision revision, std::shared_ptr<DirectoryVersion const> version,
       std::shared_ptr<index::Version const> index, Scope const& scope)
      : reader_(reader),
        revision_(revision),
        version_(std::move(version)),
        index_(std::move(index)),
        scope_(scope) {}

  [[nodiscard]] Directory const& directory() const noexcept { return version_->directory(); }

  /// The collection as the scope shows it, whatever it is asked by.
  [[nodiscard]] std::optional<ShownCollection> shown(Entry const& entry) const;
  [[nodiscard]] std::vector<ShownCollection> members() const;
  [[nodiscard]] bool is_in_sources(std::string const& source) const;

  /// The condition that limits a search to the collections asked for and to the scope; nothing if
  /// no collection is left.
  [[nodiscard]] std::optional<query::Expression>
  limited(query::Expression condition, std::vector<std::string> const& collections);

  /// How many items these collections have, those of the scope if empty.
  [[nodiscard]] std::size_t items_in(std::vector<std::string> const& collections);

  [[nodiscard]] store::ItemPage search(query::ItemSearch const& search, ItemRequest const& request);
  [[nodiscard]] store::ItemPage search_store(query::ItemSearch const& search,
                                             ItemRequest const& request);

  store::Reader& reader_;
  Revision revision_;
  std::shared_ptr<DirectoryVersion const> version_;
  std::shared_ptr<index::Version const> index_; ///< null: there is none of this state
  Scope const& scope_;
};

/// One thread's way to read: a reader that keeps its state from one request to the next as long as
/// nothing was committed.
class Session {
 public:
  Session(std::unique_ptr<store::Reader> reader, DirectoryVersions const& versions,
          index::ItemIndex const& index)
      : reader_(std::move(reader)), versions_(versions), index_(index) {}

  /// \param scope     must outlive the view
  /// \param deadline  reads after it throw store::DeadlinePassed
  [[nodiscard]] View view(Visibility visibility, Scope const& scope,
                          std::chrono::steady_clock::time_point deadline);

  /// The reader behind the views, for those who follow the catalogue while they write to it.
  [[nodiscard]] store::Reader& reader() noexcept { return *reader_; }

  /// Lets go of the state: it hinders checkpoints. No view may be in use.
  void idle() noexcept { reader_->end(); }

 private:
  std::unique_ptr<store::Reader> reader_;
  DirectoryVersions const& versions_;
  index::ItemIndex const& index_;
};

} // namespace terracat::catalogue

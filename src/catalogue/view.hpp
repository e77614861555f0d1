#pragma once

#include "catalogue/candidate.hpp"
#include "catalogue/concept_index.hpp"
#include "catalogue/counted_concepts.hpp"
#include "catalogue/directory.hpp"
#include "catalogue/facets.hpp"
#include "catalogue/item_request.hpp"
#include "catalogue/item_searcher.hpp"
#include "catalogue/known_facts.hpp"
#include "catalogue/questioner.hpp"
#include "catalogue/record_request.hpp"
#include "catalogue/scope.hpp"
#include "catalogue/standing.hpp"
#include "index/item_index.hpp"
#include "query/token.hpp"

#include <terracat/store.hpp>

#include <chrono>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace terracat::catalogue {

/// One request's consistent look at the catalogue: one state of the store, the directory and the
/// index that belong to it, one visibility, one scope. It lives no longer than the answer.
class View {
 public:
  [[nodiscard]] Revision revision() const noexcept { return revision_; }

  [[nodiscard]] Scope const& scope() const noexcept { return scope_; }

  /// Of exactly this state; for tests.
  [[nodiscard]] bool has_index() const noexcept { return searcher_.has_index(); }

  /// The last change of what the scope shows of records, for entity tags of lists.
  [[nodiscard]] Sequence last_record_change() const;
  /// Likewise of items. \param collections  only of these; empty: all
  [[nodiscard]] Sequence last_item_change(std::vector<ShownCollection> const& collections) const;

  /// The collections of the scope, of each cluster the one that stands for it, in no order.
  [[nodiscard]] std::vector<ShownCollection> collections() const;
  [[nodiscard]] std::vector<ShownCollection> every_collection() const; ///< all of them

  /// Which members stand for their clusters. Valid while the view is.
  [[nodiscard]] Standing standing() const noexcept { return {directory(), scope_}; }

  /// The record's cluster as the scope shows it, itself among it, the one that stands for it first;
  /// empty if it is in none, or alone.
  [[nodiscard]] std::vector<ShownRecord> cluster_of(RecordNumber number);

  /// Those collections of the scope that match. \return  problems of the token, as `items`
  [[nodiscard]] Result<CollectionAnswer> search_collections(RecordRequest const& request);

  /// Those records of the scope that match, collections among them.
  /// \return  problems of the token, as `items`
  [[nodiscard]] Result<RecordAnswer> search_records(RecordRequest const& request);

  /// Reads what searches ask of all records, and their words. \throws geometry::Late
  void prepare();

  /// All records of this state, whatever the scope. Valid while the view is. \throws geometry::Late
  [[nodiscard]] Roll const& roll();
  [[nodiscard]] Roll const* made_roll(); ///< null unless somebody made it already

  /// Where a silent record may be; null: nobody can guess. Valid, and throws, as `roll`.
  [[nodiscard]] GuessedBox const* guess_of(std::uint32_t row);
  [[nodiscard]] GuessedBox const* guess_of(RecordNumber number);

  /// The id by which the scope shows one of them. \return  nothing if it does not
  [[nodiscard]] std::optional<std::string_view> shown_as(Roll::Row const& row) const;

  /// From now on each search among items is explained there, which must outlive the view.
  void explain(std::vector<Explanation>* out) noexcept { searcher_.explain(out); }

  /// From now on records are about the concepts of this index, which must outlive the view.
  void tell_concepts(ConceptIndex* index) noexcept { concept_index_ = index; }

  /// Null if nobody told of an index, or it has read nothing yet.
  [[nodiscard]] std::shared_ptr<ConceptUses const> const& concepts();

  /// How many records are about them; null likewise.
  [[nodiscard]] std::shared_ptr<CountedConcepts const> counted_concepts();

  /// Some records of the scope that are about the concept. \throws geometry::Late
  [[nodiscard]] std::vector<ShownRecord> records_about(vocabulary::ConceptNumber number,
                                                       std::size_t limit);

  /// The value of the property `concepts`: addresses of all that the record is about, of what lies
  /// above, and of what is exactly the same. \throws ProblemError  if nobody has read them yet
  [[nodiscard]] std::vector<query::Scalar> concept_addresses(RecordNumber record);

  /// Of those records of the scope that match, in the order asked for. \throws geometry::Late
  [[nodiscard]] std::vector<Facet> facets(FacetRequest const& request);

  /// Of all records of the scope. \throws geometry::Late
  [[nodiscard]] RecordExtent record_extent();

  /// Those records of the scope that match and have a place, in no order. \throws geometry::Late
  [[nodiscard]] std::vector<PlacedRecord> placed(RecordRequest const& request);

  /// Why each of the records answers the question of the request.
  [[nodiscard]] std::vector<std::vector<index::Reason>>
  reasons(RecordRequest const& request, std::vector<RecordNumber> const& records);

  /// Records of the scope that somebody may mean who has typed so much: by identifier, by words of
  /// titles that begin so, then by what fits otherwise, mistyped words included.
  [[nodiscard]] std::vector<ShownRecord> suggestions(std::string_view beginning, std::size_t limit);

  /// The record with this id. \return  nothing if the scope does not show it
  [[nodiscard]] std::optional<ShownRecord> record(std::string_view id);
  /// As `collection_by_identifier`, of records.
  [[nodiscard]] std::optional<ShownRecord> record_by_identifier(std::string_view id);

  /// The record as it is answered: with corrections, and with the place and time of its items where
  /// it is silent on them. \param entry  null: it is no collection
  [[nodiscard]] model::Record answered(RecordNumber number, Entry const* entry);

  /// Appends the answered record (OGC API Records). \param links  JSON objects separated by commas
  /// \param languages  of its texts, the wanted one first; empty: as the site prefers them
  void append(ShownRecord const& record, std::string_view links, std::string& out,
              std::span<std::string const> languages = {});

  /// The title in all its languages, corrections included.
  [[nodiscard]] model::LocalText title_of(ShownRecord const& record);
  [[nodiscard]] model::LocalText title_of(ShownCollection const& collection);

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

  /// Appends the answered collection. \param links, languages  as of a record
  void append(ShownCollection const& collection, std::string_view links, std::string& out,
              std::span<std::string const> languages = {});

  /// The id by which the scope shows a collection; empty if it does not.
  [[nodiscard]] std::string shown_id(RecordNumber number) const;

  /// Ids of the scope's collections, as candidates for a mistyped one; none if there are too many.
  [[nodiscard]] std::vector<std::string> some_ids() const;

  /// What conditions on items of these collections (empty: of the scope) may name; never null.
  [[nodiscard]] std::shared_ptr<query::Queryables const>
  queryables(std::vector<std::string> const& collections);

  /// \return  problems of the token: token_mismatch, token_expired, invalid_parameter
  /// \throws ScanNeeded, ScanTooSlow, TooHeavy
  [[nodiscard]] Result<ItemAnswer> items(ItemRequest const& request);

  /// In the order of the questions. \throws query::TooManyBuckets, ScanNeeded, ScanTooSlow
  [[nodiscard]] std::vector<query::Summary> aggregate(AggregateRequest const& request);
  [[nodiscard]] std::optional<store::ItemRow> item(ShownCollection const& collection,
                                                   std::string_view id);

  /// Of an item that was found.
  void read_item(ItemNumber number, store::ShownItem& out) { reader_.shown(number, out); }

  [[nodiscard]] std::string item_id(ItemNumber number);

  [[nodiscard]] store::Reader& reader() noexcept { return reader_; }

 private:
  friend class Session;

  View(store::Reader& reader, Revision revision, std::shared_ptr<DirectoryVersion const> version,
       ItemSearcher searcher, Scope const& scope, KnownFacts& known)
      : reader_(reader),
        revision_(revision),
        version_(std::move(version)),
        searcher_(std::move(searcher)),
        scope_(scope),
        known_(known),
        questioner_(reader, known.words, version_->directory(), revision.epoch) {}

  [[nodiscard]] Directory const& directory() const noexcept { return version_->directory(); }

  /// The collections with these ids, with all others of their clusters; all of the scope if empty.
  [[nodiscard]] std::vector<ShownCollection> searched(std::vector<std::string> const& collections);

  /// The collection as the scope shows it, whatever it is asked by.
  [[nodiscard]] std::optional<ShownCollection> shown(Entry const& entry) const;
  [[nodiscard]] std::vector<ShownCollection> members() const;
  [[nodiscard]] bool is_in_sources(std::string const& source) const;

  [[nodiscard]] std::vector<Fit> fits(Asked const& asked,
                                      std::vector<Hit> const& hits); ///< of a page

  /// Asks each hit how many of its items match; those without any go, unless that is asked for.
  void count_items(std::vector<Hit>& hits, RecordRequest const& request);

  class AskedRecord; // asked_record.hpp
  class RollFilter;  // roll_filter.hpp
  class Picked;      // facets.cpp
  class Ordering;    // record_order.cpp

  [[nodiscard]] RollEdition roll_edition() const;
  [[nodiscard]] std::shared_ptr<RecordTexts const> texts_of(Roll::Row const& row);
  [[nodiscard]] std::size_t items_of(Roll::Row const& row, Hit const& hit) const;

  /// What a search finds, in the order of the roll or of the ranking. \throws geometry::Late
  [[nodiscard]] std::vector<Hit> hits(RecordRequest const& request, bool are_collections);
  /// Likewise, valid until the next search; known of the last one.
  std::vector<std::uint32_t> const& rows(RecordRequest const& request, bool are_collections);
  [[nodiscard]] std::vector<Hit> answering(Asked const& asked); ///< each cluster once
  [[nodiscard]] Result<HitPage> page_of(std::vector<Hit> hits, RecordRequest const& request);
  [[nodiscard]] index::Locator locator(); ///< where records are; valid as long as the view
  [[nodiscard]] index::Dater dater();     ///< of what time they are; likewise
  [[nodiscard]] std::optional<ShownRecord> shown(store::RecordRow row) const;
  [[nodiscard]] model::LocalText title_of(RecordNumber number, Entry const* entry);

  /// Where a page begins, if the token fits the catalogue and the criteria.
  [[nodiscard]] Result<query::PageToken> token_of(std::string_view text,
                                                  query::Queryables const& queryables,
                                                  std::uint64_t criteria) const;

  /// Limited to the collections asked for and to the scope; nothing if no collection is left.
  [[nodiscard]] std::optional<query::Expression>
  limited(query::Expression condition, std::vector<std::string> const& collections);
  store::Reader& reader_;
  Revision revision_;
  std::shared_ptr<DirectoryVersion const> version_;
  ItemSearcher searcher_;
  Scope const& scope_;
  KnownFacts& known_;
  std::optional<json::Parser> record_parser_; ///< made at the first need
  Questioner questioner_;
  std::shared_ptr<Roll const> roll_;           ///< asked for at the first need
  std::shared_ptr<RollGuesses const> guesses_; ///< likewise
  std::optional<FoundRows> found_;             ///< by the last search
  bool uses_guesses_ = false;                  ///< what is asked now does (RecordRequest::guesses)
  ConceptIndex* concept_index_ = nullptr;
  std::optional<std::shared_ptr<ConceptUses const>> concepts_; ///< asked for at the first need
};

} // namespace terracat::catalogue

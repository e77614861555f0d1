#include "catalogue/damage.hpp"
#include "catalogue/session.hpp"

#include "formats/stac_text.hpp"
#include "index/aggregate.hpp"
#include "index/search.hpp"
#include "query/by_collection.hpp"
#include "query/scan.hpp"
#include "store/aggregate.hpp"

#include <terracat/record.hpp>

#include <algorithm>
#include <tuple>

namespace terracat::catalogue {
namespace {

/// More collections than their ids may be gone through beside other light work.
constexpr std::size_t few_collections = 100;

/// The condition with collections in the place of what it says of their ids.
/// \param shown  that are searched
query::Expression without_ids(std::span<ShownCollection const> shown, query::Expression condition) {
  if (!query::names_collections(condition)) return condition;
  std::vector<query::NamedCollection> names;
  for (auto const& one : shown) names.push_back({one.entry->number, one.id});
  return query::by_collection(std::move(condition), names);
}

std::size_t all_items_of(std::vector<ShownCollection> const& collections) {
  std::size_t count = 0;
  for (auto const& one : collections) count += static_cast<std::size_t>(one.entry->derived.items);
  return count;
}

Problem token_problem(ProblemKind kind, std::string detail) {
  return {.kind = kind, .detail = std::move(detail), .where = "token"};
}

} // namespace

// ---- Session

View Session::view(Visibility, Scope const& scope, std::chrono::steady_clock::time_point deadline) {
  reader_->set_deadline(deadline);
  for (;;) {
    auto const revision = reader_->begin();
    if (auto version = versions_.at(revision.sequence)) {
      ItemSearcher searcher(*reader_, revision, index_.at(revision.sequence), known_.said, uses_);
      return {*reader_, revision, std::move(version), std::move(searcher), scope, known_};
    }
    reader_->end(); // so old a state that its directory is gone: take the newest
  }
}

// ---- Collections

bool View::is_in_sources(std::string const& source) const {
  auto const* const sources = scope_.sources();
  return sources == nullptr || std::ranges::find(*sources, source) != sources->end();
}

std::optional<ShownCollection> View::shown(Entry const& entry) const {
  if (!scope_.shows_empty_collections() && entry.derived.items == 0) return std::nullopt;
  if (auto const* const members = scope_.members()) {
    auto const member = std::ranges::find(*members, entry.id, &Scope::Member::collection);
    if (member == members->end()) return std::nullopt;
    return ShownCollection{.id = member->shown_as, .entry = &entry, .where = &member->where};
  }
  if (!is_in_sources(entry.source)) return std::nullopt;
  return ShownCollection{.id = entry.id, .entry = &entry, .where = nullptr};
}

std::vector<ShownCollection> View::members() const {
  std::vector<ShownCollection> out;
  for (auto const& member : *scope_.members()) {
    auto const* const entry = directory().find(member.collection);
    if (entry == nullptr) continue;
    if (!scope_.shows_empty_collections() && entry->derived.items == 0) continue;
    out.push_back({.id = member.shown_as, .entry = entry, .where = &member.where});
  }
  return out;
}

void sort_by_title(std::vector<ShownCollection>& collections) {
  std::ranges::sort(collections, [](ShownCollection const& a, ShownCollection const& b) {
    return std::tie(a.entry->title_key, b.entry->number) <
           std::tie(b.entry->title_key, a.entry->number); // the newest first
  });
}

std::vector<ShownCollection> View::collections() const {
  auto out = every_collection();
  std::erase_if(out, [all = standing()](auto const& one) { return !all.stands(*one.entry); });
  return out;
}

std::vector<ShownCollection> View::searched(std::vector<std::string> const& collections) {
  if (collections.empty()) return every_collection();
  std::vector<ShownCollection> out;
  auto const add = [&](ShownCollection one) {
    if (std::ranges::find(out, one.entry, &ShownCollection::entry) == out.end()) {
      out.push_back(std::move(one));
    }
  };
  for (auto const& id : collections) {
    auto one = collection(id);
    if (!one) continue;
    auto const others = standing().members(one->entry->number);
    add(std::move(*one));
    for (auto const* const other : others) {
      bool const is_collection = directory().find(other->number) != nullptr;
      if (auto also = is_collection ? shown(*other) : std::nullopt) add(std::move(*also));
    }
  }
  return out;
}

std::vector<ShownCollection> View::every_collection() const {
  if (scope_.members() != nullptr) return members();
  std::vector<ShownCollection> out;
  for (auto const& [number, entry] : directory().entries()) {
    if (auto collection = shown(*entry)) out.push_back(std::move(*collection));
  }
  return out;
}

std::optional<ShownCollection> View::collection(std::string_view id) {
  if (scope_.members() != nullptr) {
    for (auto& member : members()) {
      if (member.id == id) return std::move(member);
    }
    return std::nullopt;
  }
  auto const* const entry = directory().find(id);
  return entry == nullptr ? std::nullopt : shown(*entry);
}

std::optional<ShownCollection> View::collection_by_identifier(std::string_view id) {
  std::optional<ShownCollection> found;
  for (auto const number : reader_.records_by_identifier(id)) {
    auto const* const entry = directory().find(standing().standing_for(number));
    auto collection = entry == nullptr ? std::nullopt : shown(*entry);
    if (!collection || (found && found->entry == collection->entry)) continue;
    if (found) return std::nullopt; // several: the client has to say which one it means
    found = std::move(collection);
  }
  return found;
}

std::optional<store::Change> View::removed_collection(std::string_view id) {
  std::string own(id);
  if (auto const* const members = scope_.members()) {
    auto const member = std::ranges::find(*members, id, &Scope::Member::shown_as);
    if (member == members->end()) return std::nullopt;
    own = member->collection;
  }
  auto gone = reader_.removed_record(own);
  return gone && is_in_sources(gone->source) ? gone : std::nullopt;
}

std::optional<store::Change> View::removed_item(ShownCollection const& collection,
                                                std::string_view id) {
  // Whether a query would have shown what is gone, nobody can tell any more.
  if (collection.where != nullptr) return std::nullopt;
  return reader_.removed_item(collection.entry->number, id);
}

std::string View::shown_id(RecordNumber number) const {
  auto const* const entry = directory().find(number);
  auto collection = entry == nullptr ? std::nullopt : shown(*entry);
  return collection ? std::move(collection->id) : std::string();
}

std::vector<std::string> View::some_ids() const {
  constexpr std::size_t most = 2'000;
  std::vector<std::string> out;
  if (directory().entries().size() > most) return out;
  for (auto const& [number, entry] : directory().entries()) {
    if (auto const collection = shown(*entry)) out.push_back(collection->id);
  }
  return out;
}

void View::append(ShownCollection const& collection, std::string_view links, std::string& out,
                  std::span<std::string const> languages) {
  auto const& derived = collection.entry->derived;
  auto const append = [&](std::string_view body) {
    formats::append_collection(
        out, body, collection.id,
        {.extent = derived.extent, .summaries = derived.summaries, .has_items = derived.items > 0},
        links);
  };
  if (!languages.empty() && !std::ranges::equal(languages, version_->languages())) {
    auto const record = answered(collection.entry->number, nullptr);
    return append(formats::collection_text(record, languages).body);
  }
  std::size_t damage = 0;
  auto const body =
      unless_damaged(damage, [&] {
        return reader_.record_text(collection.entry->number, &store::RecordTexts::body);
      }).value_or(std::nullopt);
  if (body) return append(*body);
  // It is made of the record, which may be sound.
  auto const record = answered(collection.entry->number, nullptr);
  append(formats::collection_text(record, version_->languages()).body);
}

Sequence View::last_record_change() const {
  // Of all records, whatever the scope: what left the scope changed its list as well, and nothing
  // tells any more whose it was.
  return directory().last_record_change();
}

std::shared_ptr<ConceptUses const> const& View::concepts() {
  if (!concepts_) {
    concepts_ = concept_index_ == nullptr
                    ? nullptr
                    : concept_index_->at(reader_, revision_, last_record_change());
  }
  return *concepts_;
}

std::shared_ptr<CountedConcepts const> View::counted_concepts() {
  auto const& uses = concepts();
  return uses ? version_->counted(uses) : nullptr;
}

std::vector<ShownRecord> View::records_about(vocabulary::ConceptNumber number, std::size_t limit) {
  std::vector<ShownRecord> out;
  auto const& uses = concepts();
  if (!uses) return out;
  for (auto const record : uses->records_about(number, limit)) {
    auto row = reader_.record(record);
    auto one = row ? shown(std::move(*row)) : std::nullopt;
    if (one && standing().stands(*one->any_entry)) out.push_back(std::move(*one));
  }
  return out;
}

std::vector<query::Scalar> View::concept_addresses(RecordNumber record) {
  auto const& uses = concepts();
  if (!uses) {
    throw ProblemError({.kind = ProblemKind::overloaded,
                        .detail = "what records are about is still being read; try again",
                        .where = std::string(concepts_name)});
  }
  auto const& thesaurus = uses->thesaurus();
  std::vector<query::Scalar> out;
  for (auto const head : uses->counted_of(record)) {
    out.emplace_back(std::string(thesaurus.at(head).uri()));
    for (auto const same : thesaurus.equivalents(head)) {
      out.emplace_back(std::string(thesaurus.at(same).uri()));
    }
  }
  return out;
}

Sequence View::last_item_change(std::vector<ShownCollection> const& collections) const {
  // An item is answered with the id of its collection, so the record counts, too.
  if (collections.empty()) {
    return std::max(directory().last_item_change(), directory().last_record_change());
  }
  Sequence last = 0;
  auto const note = [&last](Entry const& entry) {
    last = std::max({last, entry.item_change, entry.record_change, entry.cluster_change});
  };
  for (auto const& [id, entry, where] : collections) {
    note(*entry);
    if (!entry->cluster) continue;
    for (auto const& member : entry->cluster->members) note(*directory().any(member.number));
  }
  return last;
}

// ---- Items

std::shared_ptr<query::Queryables const>
View::queryables(std::vector<std::string> const& collections) {
  bool const is_unlimited = scope_.sources() == nullptr && scope_.members() == nullptr;
  if (collections.empty() && is_unlimited) return {version_, &version_->all_queryables()};
  std::vector<Entry const*> entries;
  for (auto const& one : searched(collections)) entries.push_back(one.entry);
  return version_->queryables(entries);
}

std::optional<query::Expression> View::limited(query::Expression condition,
                                               std::vector<std::string> const& collections) {
  bool const is_unlimited = scope_.sources() == nullptr && scope_.members() == nullptr;
  if (collections.empty() && is_unlimited && !query::names_collections(condition)) return condition;
  auto const asked = searched(collections);
  if (asked.empty()) return std::nullopt;
  condition = without_ids(asked, std::move(condition));
  if (collections.empty() && is_unlimited) return condition;
  // Collections shown whole are one condition; those with a query of their own are one each.
  query::InCollections whole;
  query::Or any;
  for (auto const& one : asked) {
    if (one.where == nullptr || std::holds_alternative<query::Always>(one.where->node)) {
      whole.collections.push_back(one.entry->number);
    } else {
      any.of.push_back({query::And{{{query::InCollections{{one.entry->number}}},
                                    without_ids(std::span(&one, 1), *one.where)}}});
    }
  }
  if (!whole.collections.empty()) any.of.push_back({std::move(whole)});
  auto where = any.of.size() == 1 ? std::move(any.of.front()) : query::Expression{std::move(any)};
  if (std::holds_alternative<query::Always>(condition.node)) return where;
  return query::Expression{query::And{{std::move(where), std::move(condition)}}};
}

Result<query::PageToken> View::token_of(std::string_view text, query::Queryables const& queryables,
                                        std::uint64_t criteria) const {
  auto token = query::decode(text, queryables);
  if (!token) return token;
  if (token->epoch != revision_.epoch) {
    return token_problem(ProblemKind::token_expired,
                         "the catalogue was restored since; start the search again");
  }
  if (token->criteria != criteria) {
    return token_problem(ProblemKind::token_mismatch,
                         "the token belongs to another search; send its criteria again as they "
                         "were, or follow the links 'next' and 'prev'");
  }
  return token;
}

Result<ItemAnswer> View::items(ItemRequest const& request) {
  auto const criteria = query::digest(request.criteria, scope_.digest());
  query::ItemSearch search{.where = {}, .limit = request.limit, .count = request.count};
  if (!request.sort.empty()) search.sort = request.sort;
  if (request.token) {
    auto token = token_of(*request.token, *queryables(request.criteria.collections), criteria);
    if (!token) return token.error();
    search.sort = std::move(token->sort);
    (token->is_backwards ? search.before : search.after) = std::move(token->anchor);
  }
  auto condition = query::condition(request.criteria);
  if (request.must_be_light && query::names_collections(condition) &&
      directory().entries().size() > few_collections) {
    throw TooHeavy();
  }
  auto where = limited(std::move(condition), request.criteria.collections);
  ItemAnswer answer;
  if (!where) {
    if (request.count) answer.matched = 0;
    return answer;
  }
  search.where = std::move(*where);
  auto page = searcher_.page(search, {.must_be_light = request.must_be_light,
                                      .most_scanned = request.most_scanned,
                                      .items_in_collections = [&] {
                                        return all_items_of(searched(request.criteria.collections));
                                      }});
  answer.matched = page.matched;
  for (auto const& row : page.rows) {
    answer.collections.push_back(shown_id(row.collection));
  }
  answer.rows = std::move(page.rows);
  query::PageToken token{
      .epoch = revision_.epoch, .criteria = criteria, .sort = search.sort, .anchor = {}};
  if (page.next) {
    token.anchor = std::move(*page.next);
    answer.next = query::encode(token);
  }
  if (page.previous) {
    token.anchor = std::move(*page.previous);
    token.is_backwards = true;
    answer.previous = query::encode(token);
  }
  return answer;
}

std::vector<query::Summary> View::aggregate(AggregateRequest const& request) {
  auto const& asked = request.aggregations;
  auto where = limited(query::condition(request.criteria), request.criteria.collections);
  if (!where || asked.empty()) return {asked.begin(), asked.end()};
  query::ItemSearch const search{.where = std::move(*where)};
  return searcher_.aggregate(search, asked,
                             {.most_scanned = request.most_scanned, .items_in_collections = [&] {
                                return all_items_of(searched(request.criteria.collections));
                              }});
}

std::string View::item_id(ItemNumber number) {
  auto row = reader_.item(number);
  if (row) return std::move(row->id);
  throw store::StoreError(store::StoreError::Reason::corrupt,
                          "item " + std::to_string(static_cast<std::int64_t>(number)) +
                              ", which was found, is missing"); // an index outlives what rots
}

std::optional<store::ItemRow> View::item(ShownCollection const& collection, std::string_view id) {
  auto row = reader_.item(collection.entry->number, id);
  if (!row || collection.where == nullptr) return row;
  query::Expression where{query::And{{{query::InCollections{{row->collection}}},
                                      {query::HasId{{row->id}}},
                                      without_ids(std::span(&collection, 1), *collection.where)}}};
  auto const page = reader_.items({.where = std::move(where), .limit = 1, .count = false});
  return page.rows.empty() ? std::nullopt : row;
}

} // namespace terracat::catalogue

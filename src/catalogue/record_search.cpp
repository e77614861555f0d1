#include "catalogue/asked_record.hpp"
#include "catalogue/roll_filter.hpp"
#include "catalogue/series.hpp"
#include "formats/ogc_text.hpp"
#include "geometry/deadline.hpp"
#include "query/collation.hpp"
#include "query/digest.hpp"
#include "query/evaluate.hpp"
#include "query/order.hpp"
#include "query/scan.hpp"

#include <algorithm>
#include <functional>
#include <set>
#include <unordered_map>

/// Searches among records: all of them are in memory (Roll), so each is asked.
namespace terracat::catalogue {
namespace {

std::vector<query::SortKey> by_title() {
  return {{.property = {.name = "title", .type = query::Type::text}}};
}

std::vector<query::SortKey> best_first() {
  return {{.property = {.name = std::string(relevance_name), .type = query::Type::number},
           .descending = true}};
}

/// What a token of records may name.
query::Queryables sortables() {
  auto out = query::Queryables::of_collections();
  for (auto const name : {relevance_name, guessed_name}) {
    out.add(name, query::Type::number);
    out.make_sortable(name);
  }
  return out;
}

/// It asks where records are, and what is only guessed answers as well.
bool may_find_guesses(RecordRequest const& request) {
  auto const& criteria = request.criteria;
  return request.guesses && (criteria.bbox || criteria.intersects ||
                             std::ranges::any_of(criteria.filters, query::asks_of_places));
}

/// In which nobody asked for another one.
std::vector<query::SortKey> own_order(RecordRequest const& request) {
  auto out = request.question.empty() ? by_title() : best_first();
  if (may_find_guesses(request)) {
    out.insert(out.begin(),
               {.property = {.name = std::string(guessed_name), .type = query::Type::number}});
  }
  return out;
}

/// A token of records is none of items that are searched by the same criteria.
std::uint64_t digest_of(RecordRequest const& request, Scope const& scope) {
  query::Digest records;
  records.add(std::string_view("records")).add(scope.digest());
  if (!request.question.empty()) {
    records.add(std::string_view(request.question)).add(static_cast<std::uint64_t>(request.places));
  }
  if (request.guesses) records.add(std::string_view("guesses"));
  if (request.items) records.add(query::digest(request.items->criteria, scope.digest()));
  return query::digest(request.criteria, records.value());
}

/// A condition says how many items of a collection have to match, so that it may be none.
bool asks_how_many(RecordRequest const& request) {
  return std::ranges::any_of(request.criteria.filters, [](query::Expression const& filter) {
    auto const names = query::properties_in_bodies(filter);
    return std::ranges::find(names, query::matching_items().name) != names.end();
  });
}

/// Those on a page, in order.
struct FoundPage {
  std::vector<Found> page;
  bool has_earlier = false;
  bool has_later = false;
};

/// \param edge  how many of those that are found lie before the place of the token
std::pair<std::size_t, std::size_t> ends_of_page(std::size_t found, std::size_t edge,
                                                 query::PageToken const& token,
                                                 RecordRequest const& request) {
  if (request.token && token.is_backwards) return {edge - std::min(edge, request.limit), edge};
  auto const begin = std::min(found, edge + request.offset);
  return {begin, begin + std::min(found - begin, request.limit)};
}

bool lies_before_page(query::Anchor const& one, query::PageToken const& token) {
  return token.is_backwards ? query::precedes(one, token.anchor, token.sort)
                            : !query::precedes(token.anchor, one, token.sort);
}

using AnchorOf = std::function<query::Anchor(Hit const&)>;

/// Of hits that are in order: only those are given an anchor that are looked at.
FoundPage page_of_ordered(std::vector<Hit> const& hits, query::PageToken const& token,
                          RecordRequest const& request, AnchorOf const& anchor) {
  auto const lies_before = [&](query::Anchor const& one) { return lies_before_page(one, token); };
  auto const edge =
      request.token ? std::ranges::partition_point(hits, lies_before, anchor) - hits.begin() : 0;
  auto const [begin, end] =
      ends_of_page(hits.size(), static_cast<std::size_t>(edge), token, request);
  FoundPage out{.page = {}, .has_earlier = begin > 0, .has_later = end < hits.size()};
  for (auto place = begin; place < end; ++place) {
    out.page.push_back({anchor(hits[place]), hits[place]});
  }
  return out;
}

/// Of any: only the page is put in order.
FoundPage page_of_any(std::vector<Hit> const& hits, query::PageToken const& token,
                      RecordRequest const& request, AnchorOf const& anchor) {
  std::vector<Found> found;
  found.reserve(hits.size());
  std::size_t edge = 0;
  for (auto const& hit : hits) {
    if (geometry::is_late()) throw geometry::Late();
    found.push_back({anchor(hit), hit});
    if (request.token && lies_before_page(found.back().anchor, token)) ++edge;
  }
  auto const [begin, end] = ends_of_page(found.size(), edge, token, request);
  auto const in_order = [&](Found const& a, Found const& b) {
    return query::precedes(a.anchor, b.anchor, token.sort);
  };
  auto const at = [&](std::size_t place) {
    return found.begin() + static_cast<std::ptrdiff_t>(place);
  };
  if (begin < end) std::ranges::nth_element(found, at(begin), in_order);
  std::ranges::partial_sort(at(begin), at(end), found.end(), in_order);
  FoundPage out{.page = {}, .has_earlier = begin > 0, .has_later = end < found.size()};
  out.page.assign(std::make_move_iterator(at(begin)), std::make_move_iterator(at(end)));
  return out;
}

/// How many items of each collection match; of those that are not there, none.
std::unordered_map<RecordNumber, std::size_t> matching_items(View& view, AggregateRequest request) {
  request.aggregations = {query::ByCollection{}};
  std::unordered_map<RecordNumber, std::size_t> out;
  auto const summaries = view.aggregate(request);
  for (auto const& [bucket, items] : summaries.front().buckets()) {
    out.emplace(RecordNumber{std::get<std::int64_t>(bucket)}, items);
  }
  return out;
}

} // namespace

std::size_t View::items_of(Roll::Row const& row, Hit const& hit) const {
  if (hit.items) return *hit.items;
  auto const* const entry = directory().find(row.entry->number);
  return entry == nullptr ? 0 : static_cast<std::size_t>(entry->derived.items);
}

std::vector<Hit> View::answering(Asked const& asked) {
  auto const& all = roll();
  std::vector<Hit> out;
  out.reserve(asked.ranking.records.size());
  std::set<RecordNumber> standing_for_others;
  bool is_in_order = true;
  for (auto const& [number, score, is_there] : asked.ranking.records) {
    auto place = all.find(number);
    if (place && all.traits()[*place].is_clustered) {
      auto const one = standing().standing_for(number);
      if (!standing_for_others.insert(one).second) continue;
      is_in_order = is_in_order && one == number;
      place = all.find(one);
    }
    if (place) out.push_back({.row = *place, .score = score, .items = {}});
  }
  if (is_in_order) return out;
  auto const number_of = [&](Hit const& hit) { return all.numbers()[hit.row]; };
  std::ranges::sort(out, [&](Hit const& a, Hit const& b) { // as the ranking was
    return a.score != b.score ? a.score > b.score : number_of(a) > number_of(b);
  });
  return out;
}

std::vector<ShownRecord> View::cluster_of(RecordNumber number) {
  std::vector<ShownRecord> out;
  for (auto const* const member : standing().members(number)) {
    auto row = reader_.record(member->number);
    auto record = row ? shown(std::move(*row)) : std::nullopt;
    if (record) out.push_back(std::move(*record));
  }
  if (out.size() == 1) out.clear();
  return out;
}

std::vector<Hit> View::hits(RecordRequest const& request, bool are_collections,
                            Asked const* asked) {
  auto const& all = roll();
  bool const shows_all = scope_.members() == nullptr && scope_.sources() == nullptr &&
                         scope_.shows_empty_collections();
  std::vector<Hit> out;
  auto const add = [&](std::uint32_t place, double score) {
    auto const traits = all.traits()[place];
    if (are_collections && !traits.is_collection) return;
    auto const& row = all.rows()[place];
    if (traits.is_clustered && !standing().stands(*row.entry)) return;
    if (request.sources && !is_of_any(*row.entry, *request.sources)) return;
    if (shows_all || shown_as(row)) out.push_back({.row = place, .score = score, .items = {}});
  };
  if (asked != nullptr) {
    for (auto const& hit : answering(*asked)) add(hit.row, hit.score);
  } else {
    out.reserve(all.rows().size());
    for (std::uint32_t place = 0; place < all.rows().size(); ++place) add(place, 0);
  }
  return out;
}

void View::keep_matching(std::vector<Hit>& hits, query::Expression const& where) {
  RollFilter matches(*this, roll(), where);
  std::size_t looked_at = 0;
  std::erase_if(hits, [&](Hit const& hit) {
    constexpr std::size_t between_looks = 64;
    if (looked_at++ % between_looks == 0 && geometry::is_late()) throw geometry::Late();
    return !matches(hit);
  });
}

query::Anchor View::anchor_of(Hit const& hit, std::vector<query::SortKey> const& sort,
                              query::Collation const& collation) {
  auto const& entry = *roll().rows()[hit.row].entry;
  AskedRecord const record(*this, roll(), hit);
  query::Anchor out{.values = {}, .number = ItemNumber{static_cast<std::int64_t>(entry.number)}};
  for (auto const& [property, descending] : sort) {
    bool const is_title = property.place == query::Property::Place::own && property.name == "title";
    out.values.push_back(is_title ? query::SortValue(entry.title_key)
                                  : query::sort_value(property, record, collation));
  }
  return out;
}

Result<HitPage> View::page_of(std::vector<Hit> hits, RecordRequest const& request) {
  query::PageToken token{.epoch = revision_.epoch,
                         .criteria = digest_of(request, scope_),
                         .sort = request.sort,
                         .anchor = {}};
  if (token.sort.empty()) token.sort = own_order(request);
  if (request.token) {
    auto given = token_of(*request.token, sortables(), token.criteria);
    if (!given) return given.error();
    token = std::move(*given);
  }
  uses_guesses_ = request.guesses;
  keep_matching(hits, query::condition(request.criteria, request.silence));
  if (!request.question.empty()) damp_series(hits, roll());
  HitPage page{.hits = {}, .matched = hits.size(), .next = {}, .previous = {}};
  query::Collation const collation;
  AnchorOf const anchor = [&](Hit const& hit) { return anchor_of(hit, token.sort, collation); };
  // By the roll, or by the ranking.
  bool const are_ordered = !may_find_guesses(request) && token.sort == own_order(request);
  auto const found = are_ordered ? page_of_ordered(hits, token, request, anchor)
                                 : page_of_any(hits, token, request, anchor);
  for (auto const& one : found.page) page.hits.push_back(one.hit);
  if (found.page.empty()) return page;
  if (found.has_later) {
    token.anchor = found.page.back().anchor;
    token.is_backwards = false;
    page.next = query::encode(token);
  }
  if (found.has_earlier) {
    token.anchor = found.page.front().anchor;
    token.is_backwards = true;
    page.previous = query::encode(token);
  }
  return page;
}

std::vector<std::vector<index::Reason>> View::reasons(RecordRequest const& request,
                                                      std::vector<RecordNumber> const& records) {
  std::vector<std::vector<index::Reason>> out;
  out.reserve(records.size());
  if (request.question.empty()) return std::vector<std::vector<index::Reason>>(records.size());
  auto const& question = questioner_.read(request);
  for (auto const record : records) out.push_back(questioner_.reasons(question, record, locator()));
  return out;
}

std::vector<Fit> View::fits(Asked const& asked, std::vector<Hit> const& hits) {
  std::vector<Fit> out;
  for (auto const& hit : hits) {
    auto const number = roll().rows()[hit.row].entry->number;
    out.push_back({.score = hit.score,
                   .reasons = questioner_.reasons(asked.question, number, locator()),
                   .damping = hit.damping,
                   .alike_before = hit.alike_before});
  }
  return out;
}

void View::count_items(std::vector<Hit>& hits, RecordRequest const& request) {
  auto const items = matching_items(*this, *request.items);
  bool const may_be_none = asks_how_many(request);
  auto const matching = [&](RecordNumber number) {
    auto const found = items.find(number);
    return found == items.end() ? std::size_t{0} : found->second;
  };
  std::erase_if(hits, [&](Hit& hit) {
    auto const& entry = *roll().rows()[hit.row].entry;
    hit.items = 0;
    if (!entry.cluster) {
      hit.items = matching(entry.number);
    } else {
      for (auto const& member : entry.cluster->members) *hit.items += matching(member.number);
    }
    return hit.items == 0 && !may_be_none;
  });
}

Result<CollectionAnswer> View::search_collections(RecordRequest const& request) {
  auto const asked = questioner_.ask(request, locator(), dater());
  auto all = hits(request, true, asked ? &*asked : nullptr);
  if (request.items) count_items(all, request);
  auto page = page_of(std::move(all), request);
  if (!page) return page.error();
  CollectionAnswer answer{.collections = {},
                          .items = {},
                          .fits = {},
                          .counted = page->matched,
                          .matched = page->matched,
                          .next = std::move(page->next),
                          .previous = std::move(page->previous)};
  if (asked && request.explains) answer.fits = fits(*asked, page->hits);
  if (asked && asked->ranking.is_cut) answer.matched.reset();
  for (auto const& hit : page->hits) {
    auto const& row = roll().rows()[hit.row];
    auto const* const entry = directory().find(row.entry->number);
    answer.items.push_back(items_of(row, hit));
    answer.collections.push_back(shown(*entry).value());
  }
  return answer;
}

std::optional<ShownRecord> View::shown(store::RecordRow row) const {
  auto const* const entry = directory().find(row.number);
  if (entry != nullptr) {
    auto collection = shown(*entry);
    if (!collection) return std::nullopt;
    return ShownRecord{
        .id = std::move(collection->id), .row = std::move(row), .entry = entry, .any_entry = entry};
  }
  if (scope_.members() != nullptr || !is_in_sources(row.source)) return std::nullopt;
  auto id = row.id;
  auto const* const any = directory().any(row.number);
  return ShownRecord{
      .id = std::move(id), .row = std::move(row), .entry = nullptr, .any_entry = any};
}

RecordExtent View::record_extent() {
  RecordExtent out;
  auto const& all = roll();
  for (auto const& hit : hits({}, false, nullptr)) {
    if (auto const& box = all.boxes()[hit.row]) out.bbox = out.bbox ? out.bbox->joined(*box) : *box;
    auto const& period = all.periods()[hit.row];
    if (!period) continue;
    auto const first = period->first();
    auto const last = period->last();
    if (!out.period) {
      out.period = {first, last};
    } else { // an end that is open stays so
      out.period->first =
          first && out.period->first ? std::min(first, out.period->first) : std::nullopt;
      out.period->last = last && out.period->last ? std::max(last, out.period->last) : std::nullopt;
    }
  }
  return out;
}

Result<RecordAnswer> View::search_records(RecordRequest const& request) {
  auto const asked = questioner_.ask(request, locator(), dater());
  auto page = page_of(hits(request, false, asked ? &*asked : nullptr), request);
  if (!page) return page.error();
  RecordAnswer answer{.records = {},
                      .fits = {},
                      .may_be_guessed = may_find_guesses(request),
                      .counted = page->matched,
                      .matched = page->matched,
                      .next = std::move(page->next),
                      .previous = std::move(page->previous)};
  if (asked && request.explains) answer.fits = fits(*asked, page->hits);
  if (asked && asked->ranking.is_cut) answer.matched.reset();
  for (auto const& hit : page->hits) {
    auto row = reader_.record(roll().rows()[hit.row].entry->number).value();
    answer.records.push_back(shown(std::move(row)).value());
  }
  return answer;
}

std::optional<ShownRecord> View::record(std::string_view id) {
  if (scope_.members() != nullptr) {
    auto const member = collection(id);
    auto row = member ? reader_.record(member->entry->number) : std::nullopt;
    return row ? shown(std::move(*row)) : std::nullopt;
  }
  auto const number = reader_.record_by_id(id);
  auto row = number ? reader_.record(*number) : std::nullopt;
  return row ? shown(std::move(*row)) : std::nullopt;
}

std::optional<ShownRecord> View::record_by_identifier(std::string_view id) {
  std::optional<ShownRecord> found;
  for (auto const number : reader_.records_by_identifier(id)) {
    auto row = reader_.record(standing().standing_for(number));
    auto record = row ? shown(std::move(*row)) : std::nullopt;
    if (!record || (found && found->row.number == record->row.number)) continue;
    if (found) return std::nullopt; // several: the client has to say which one it means
    found = std::move(record);
  }
  return found;
}

void View::append(ShownRecord const& record, std::string_view links, std::string& out,
                  std::span<std::string const> languages) {
  out += formats::ogc_record_text(answered(record.row.number, record.entry), record.id,
                                  languages.empty() ? version_->languages() : languages, links);
}

} // namespace terracat::catalogue

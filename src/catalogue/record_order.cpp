#include "catalogue/record_order.hpp"

#include "catalogue/asked_record.hpp"
#include "catalogue/series.hpp"
#include "geometry/deadline.hpp"
#include "query/collation.hpp"
#include "query/digest.hpp"
#include "query/order.hpp"
#include "query/scan.hpp"

#include <algorithm>
#include <functional>

/// Hits in the order that is asked for, cut into pages.
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

/// By a property of which the roll keeps ranks.
struct RankedKey {
  std::shared_ptr<Roll::Ranks const> ranks;
  bool descending = false;
};

/// As query::precedes, without an anchor of either.
class RankOrder {
 public:
  RankOrder(Roll const& roll, std::vector<RankedKey> keys)
      : numbers_(roll.numbers()), keys_(std::move(keys)) {}

  bool operator()(Hit const& a, Hit const& b) const noexcept {
    for (auto const& [ranks, descending] : keys_) {
      auto const left = ranks->of_rows[a.row];
      auto const right = ranks->of_rows[b.row];
      if (left == right) continue;
      if (left == Roll::Ranks::none || right == Roll::Ranks::none)
        return right == Roll::Ranks::none;
      return descending ? right < left : left < right;
    }
    return numbers_[a.row] > numbers_[b.row];
  }

 private:
  std::span<RecordNumber const> numbers_;
  std::vector<RankedKey> keys_;
};

/// The page, or with a token all: where it begins is found out among them.
template<class Order>
void put_in_order(std::vector<Hit>& hits, RecordRequest const& request, Order const& order) {
  if (request.token) {
    std::ranges::sort(hits, order);
    return;
  }
  auto const [begin, end] = ends_of_page(hits.size(), 0, {}, request);
  auto const first = hits.begin() + static_cast<std::ptrdiff_t>(begin);
  if (begin > 0 && begin < end) std::ranges::nth_element(hits, first, order);
  std::ranges::partial_sort(first, first + static_cast<std::ptrdiff_t>(end - begin), hits.end(),
                            order);
}

/// What a record says of the property is the same for all who ask.
bool has_ranks(query::Property const& property) {
  using enum query::Property::Place;
  if (!property.only_in.empty()) return false;
  if (property.place == time || property.place == start || property.place == end) return true;
  return property.place == own && property.name != relevance_name &&
         property.name != guessed_name && property.name != query::matching_items().name;
}

/// By which ranks are kept: what is on its own place may have no name.
std::string name_of_ranks(query::Property const& property) {
  return std::to_string(static_cast<int>(property.place)) + " " + property.name;
}

} // namespace

bool may_find_guesses(RecordRequest const& request) {
  auto const& criteria = request.criteria;
  return request.guesses && (criteria.bbox || criteria.intersects ||
                             std::ranges::any_of(criteria.filters, query::asks_of_places));
}

std::vector<query::SortKey> own_order(RecordRequest const& request) {
  auto out = request.question.empty() ? by_title() : best_first();
  if (may_find_guesses(request)) {
    out.insert(out.begin(),
               {.property = {.name = std::string(guessed_name), .type = query::Type::number}});
  }
  return out;
}

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

/// Of one state of the catalogue, for one page.
class View::Ordering {
 public:
  explicit Ordering(View& view) : view_(view), all_(view.roll()) {}

  [[nodiscard]] query::Anchor anchor_of(Hit const& hit, std::vector<query::SortKey> const& sort) {
    auto const number = static_cast<std::int64_t>(all_.numbers()[hit.row]);
    query::Anchor out{.values = {}, .number = ItemNumber{number}};
    for (auto const& key : sort) out.values.push_back(value_of(hit, key.property));
    return out;
  }

  /// \return  false: only anchors tell the order, and nothing was done
  [[nodiscard]] bool order(std::vector<Hit>& hits, RecordRequest const& request,
                           std::vector<query::SortKey> const& sort) {
    if (sort == own_order(request)) { // by the roll, or by the ranking
      auto const states_place = [&](Hit const& hit) { return all_.boxes()[hit.row].has_value(); };
      if (may_find_guesses(request)) std::stable_partition(hits.begin(), hits.end(), states_place);
      return true;
    }
    std::vector<RankedKey> keys;
    for (auto const& key : sort) {
      auto const& property = key.property;
      if (!has_ranks(property)) return false;
      auto const value = [&](std::uint32_t row) {
        return value_of({.row = row, .items = {}}, property);
      };
      keys.push_back({all_.ranks(name_of_ranks(property), value), key.descending});
    }
    put_in_order(hits, request, RankOrder(all_, std::move(keys)));
    return true;
  }

 private:
  query::SortValue value_of(Hit const& hit, query::Property const& property) {
    bool const is_title = property.place == query::Property::Place::own && property.name == "title";
    if (is_title) return all_.rows()[hit.row].entry->title_key;
    return query::sort_value(property, AskedRecord(view_, all_, hit), collation_);
  }

  View& view_;
  Roll const& all_;
  query::Collation collation_;
};

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
  if (!request.question.empty()) damp_series(hits, roll());
  HitPage page{.hits = {}, .matched = hits.size(), .next = {}, .previous = {}};
  Ordering ordering(*this);
  AnchorOf const anchor = [&](Hit const& hit) { return ordering.anchor_of(hit, token.sort); };
  auto const found = ordering.order(hits, request, token.sort)
                         ? page_of_ordered(hits, token, request, anchor)
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

} // namespace terracat::catalogue

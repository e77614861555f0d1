#include "catalogue/asked_record.hpp"
#include "catalogue/record_order.hpp"
#include "catalogue/roll_filter.hpp"
#include "catalogue/series.hpp"
#include "formats/ogc_text.hpp"
#include "geometry/deadline.hpp"
#include "query/digest.hpp"
#include "query/scan.hpp"

#include <algorithm>
#include <set>
#include <unordered_map>

/// Searches among records: all of them are in memory (Roll), so each is asked.
namespace terracat::catalogue {
namespace {

/// A condition says how many items of a collection have to match, so that it may be none.
bool asks_how_many(RecordRequest const& request) {
  return std::ranges::any_of(request.criteria.filters, [](query::Expression const& filter) {
    auto const names = query::properties_in_bodies(filter);
    return std::ranges::find(names, query::matching_items().name) != names.end();
  });
}

/// Of whatever a search finds, whichever order and page.
std::uint64_t digest_of(RecordRequest const& request, Scope const& scope, bool are_collections) {
  query::Digest out;
  out.add(digest_of(request, scope)).add(std::uint64_t{are_collections});
  out.add(static_cast<std::uint64_t>(request.silence));
  out.add(std::uint64_t{request.sources.has_value()});
  if (request.sources) {
    for (auto const& source : *request.sources) out.add(std::string_view(source));
  }
  return out.value();
}

std::vector<std::uint32_t> rows_of(std::vector<Hit> const& hits) {
  std::vector<std::uint32_t> out;
  out.reserve(hits.size());
  for (auto const& hit : hits) out.push_back(hit.row);
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

std::vector<Hit> View::hits(RecordRequest const& request, bool are_collections) {
  auto const& all = roll();
  bool const shows_all = scope_.members() == nullptr && scope_.sources() == nullptr &&
                         scope_.shows_empty_collections();
  uses_guesses_ = request.guesses;
  auto const where = query::condition(request.criteria, request.silence);
  RollFilter matches(*this, all, where);
  std::vector<Hit> out;
  std::size_t looked_at = 0;
  auto const add = [&](Hit const& hit) {
    constexpr std::size_t between_looks = 64;
    if (looked_at++ % between_looks == 0 && geometry::is_late()) throw geometry::Late();
    auto const traits = all.traits()[hit.row];
    if (are_collections && !traits.is_collection) return;
    bool const has_to_be_asked = traits.is_clustered || request.sources || !shows_all;
    if (has_to_be_asked) {
      auto const& row = all.rows()[hit.row];
      if (traits.is_clustered && !standing().stands(*row.entry)) return;
      if (request.sources && !is_of_any(*row.entry, *request.sources)) return;
      if (!shows_all && !shown_as(row)) return;
    }
    if (request.items || matches(hit)) out.push_back(hit);
  };
  if (auto const asked = questioner_.ask(request, locator(), dater())) {
    std::ranges::for_each(answering(*asked), add);
  } else {
    for (std::uint32_t row = 0; row < all.rows().size(); ++row) add({.row = row, .items = {}});
  }
  if (request.items) { // conditions may ask how many these are
    count_items(out, request);
    std::erase_if(out, [&](Hit const& hit) { return !matches(hit); });
  }
  found_ = {.search = digest_of(request, scope_, are_collections), .rows = rows_of(out)};
  return out;
}

std::vector<std::uint32_t> const& View::rows(RecordRequest const& request, bool are_collections) {
  bool const is_known = found_ && found_->search == digest_of(request, scope_, are_collections);
  if (!is_known) static_cast<void>(hits(request, are_collections));
  return found_->rows;
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
  auto page = page_of(hits(request, true), request);
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
  for (auto const& hit : hits({}, false)) {
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
  auto page = page_of(hits(request, false), request);
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

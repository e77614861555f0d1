#include "catalogue/asked_record.hpp"
#include "catalogue/corrections.hpp"
#include "formats/ogc_text.hpp"
#include "formats/record_json.hpp"
#include "geometry/deadline.hpp"
#include "query/collation.hpp"
#include "query/digest.hpp"
#include "query/evaluate.hpp"
#include "query/order.hpp"
#include "query/scan.hpp"

#include <algorithm>
#include <unordered_map>

/// Searches among records. They are some thousands at most, so each is asked; what they say is kept
/// from one search to the next (KnownFacts).
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
  out.add(relevance_name, query::Type::number);
  out.make_sortable(relevance_name);
  return out;
}

/// A token of records is none of items that are searched by the same criteria.
std::uint64_t digest_of(RecordRequest const& request, Scope const& scope) {
  query::Digest records;
  records.add(std::string_view("records")).add(scope.digest());
  if (!request.question.empty()) records.add(std::string_view(request.question));
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

} // namespace

model::Record View::answered(RecordNumber number, Entry const* entry) {
  auto const row = reader_.record(number);
  auto const text = reader_.record_text(number, &store::RecordTexts::record);
  if (!record_parser_) record_parser_.emplace();
  auto const said = row && text ? formats::from_record_json(*text, *record_parser_)
                                : Result<model::Record>(Problem{ProblemKind::store_corrupt});
  if (!said) {
    throw store::StoreError(store::StoreError::Reason::corrupt,
                            "record_text of record " +
                                std::to_string(static_cast<std::int64_t>(number)) +
                                " cannot be read");
  }
  auto record =
      corrected(*said, reader_.corrections(row->source, row->native_id), version_->languages());
  return entry == nullptr ? std::move(record) : with_items(record, entry->derived);
}

std::shared_ptr<RecordFacts const> View::facts_of(Candidate const& candidate) {
  RecordEdition const edition{revision_.epoch, candidate.sequence};
  if (auto known = known_.facts.find(candidate.number, edition)) return known;
  auto facts = std::make_shared<RecordFacts const>(
      answered(candidate.number, candidate.entry),
      candidate.entry == nullptr ? nullptr : &candidate.entry->derived, version_->languages());
  known_.facts.keep(candidate.number, edition, facts);
  return facts;
}

std::shared_ptr<RecordTexts const> View::texts_of(Candidate const& candidate) {
  RecordEdition const edition{revision_.epoch, candidate.sequence};
  if (auto known = known_.texts.find(candidate.number, edition)) return known;
  auto texts = std::make_shared<RecordTexts const>(answered(candidate.number, candidate.entry),
                                                   version_->languages());
  known_.texts.keep(candidate.number, edition, texts);
  return texts;
}

std::vector<Found> View::matching(std::vector<Candidate> const& candidates,
                                  query::Expression const& where,
                                  std::vector<query::SortKey> const& sort) {
  query::Evaluator const evaluate(where);
  query::Collation const collation;
  std::vector<Found> found;
  for (std::size_t place = 0; place < candidates.size(); ++place) {
    if (geometry::is_late()) throw geometry::Late();
    AskedRecord const record(*this, candidates[place]);
    if (evaluate(record) != query::Truth::yes) continue;
    auto const number = static_cast<std::int64_t>(candidates[place].number);
    Found one{.anchor = {.values = {}, .number = ItemNumber{number}}, .place = place};
    for (auto const& key : sort) {
      auto const* const entry = candidates[place].entry;
      bool const is_known = entry != nullptr && key.property.name == "title";
      one.anchor.values.push_back(is_known ? query::SortValue(entry->title_key)
                                           : query::sort_value(key.property, record, collation));
    }
    found.push_back(std::move(one));
  }
  std::ranges::sort(found, [&](Found const& a, Found const& b) {
    return query::precedes(a.anchor, b.anchor, sort);
  });
  return found;
}

Result<CandidatePage> View::page_of(std::vector<Candidate> const& candidates,
                                    RecordRequest const& request) {
  query::PageToken token{.epoch = revision_.epoch,
                         .criteria = digest_of(request, scope_),
                         .sort = request.sort,
                         .anchor = {}};
  if (token.sort.empty()) token.sort = request.question.empty() ? by_title() : best_first();
  if (request.token) {
    auto given = token_of(*request.token, sortables(), token.criteria);
    if (!given) return given.error();
    token = std::move(*given);
  }
  auto const where = query::condition(request.criteria, request.silence);
  auto const found = matching(candidates, where, token.sort);
  auto const span = page_in(found, token, request);
  CandidatePage page{.places = {}, .matched = found.size(), .next = {}, .previous = {}};
  for (auto const& one : span) page.places.push_back(one.place);
  if (span.empty()) return page;
  if (&span.back() != &found.back()) {
    token.anchor = span.back().anchor;
    token.is_backwards = false;
    page.next = query::encode(token);
  }
  if (&span.front() != &found.front()) {
    token.anchor = span.front().anchor;
    token.is_backwards = true;
    page.previous = query::encode(token);
  }
  return page;
}

std::span<Found const> View::page_in(std::vector<Found> const& found, query::PageToken const& token,
                                     RecordRequest const& request) {
  std::span<Found const> const all(found);
  auto const page_of_rest = [&](std::span<Found const> rest) {
    rest = rest.subspan(std::min(rest.size(), request.offset));
    return rest.first(std::min(rest.size(), request.limit));
  };
  if (!request.token) return page_of_rest(all);
  auto const lies_before = [&](Found const& one) {
    return token.is_backwards ? query::precedes(one.anchor, token.anchor, token.sort)
                              : !query::precedes(token.anchor, one.anchor, token.sort);
  };
  auto const edge = std::ranges::partition_point(found, lies_before) - found.begin();
  auto const passed = static_cast<std::size_t>(edge);
  if (token.is_backwards) return all.first(passed).last(std::min(passed, request.limit));
  return page_of_rest(all.subspan(passed));
}

std::vector<std::vector<index::Reason>> View::reasons(RecordRequest const& request,
                                                      std::vector<RecordNumber> const& records) {
  std::vector<std::vector<index::Reason>> out;
  out.reserve(records.size());
  if (request.question.empty()) return std::vector<std::vector<index::Reason>>(records.size());
  auto const& question = questioner_.read(request);
  for (auto const record : records) out.push_back(questioner_.reasons(question, record));
  return out;
}

std::vector<Fit> View::fits(Asked const& asked, std::vector<Candidate> const& candidates,
                            std::vector<std::size_t> const& places) {
  std::vector<Fit> out;
  for (auto const place : places) {
    auto const& candidate = candidates[place];
    out.push_back({.score = candidate.score,
                   .reasons = questioner_.reasons(asked.question, candidate.number)});
  }
  return out;
}

std::unordered_map<RecordNumber, std::size_t> View::matching_items(AggregateRequest request) {
  request.aggregations = {query::ByCollection{}};
  std::unordered_map<RecordNumber, std::size_t> out;
  auto const summaries = aggregate(request);
  for (auto const& [bucket, items] : summaries.front().buckets()) {
    out.emplace(RecordNumber{std::get<std::int64_t>(bucket)}, items);
  }
  return out;
}

Result<CollectionAnswer> View::search_collections(RecordRequest const& request) {
  auto shown = collections();
  std::unordered_map<RecordNumber, std::size_t> items;
  if (request.items) {
    items = matching_items(*request.items);
    if (!asks_how_many(request)) {
      std::erase_if(shown, [&](auto const& one) { return !items.contains(one.entry->number); });
    }
  }
  auto const asked = questioner_.ask(request);
  std::unordered_map<RecordNumber, double> scores;
  if (asked) {
    for (auto const& [record, score] : asked->ranking.records) scores.emplace(record, score);
    std::erase_if(shown, [&](auto const& one) { return !scores.contains(one.entry->number); });
  }
  std::vector<Candidate> candidates;
  candidates.reserve(shown.size());
  for (auto const& collection : shown) {
    candidates.push_back(candidate_of(collection));
    if (asked) candidates.back().score = scores.at(collection.entry->number);
    if (!request.items) continue;
    auto const matching = items.find(collection.entry->number);
    candidates.back().items = matching == items.end() ? 0 : matching->second;
  }
  auto page = page_of(candidates, request);
  if (!page) return page.error();
  CollectionAnswer answer{.collections = {},
                          .items = {},
                          .fits = {},
                          .matched = page->matched,
                          .next = std::move(page->next),
                          .previous = std::move(page->previous)};
  if (asked && request.explains) answer.fits = fits(*asked, candidates, page->places);
  if (asked && asked->ranking.is_cut) answer.matched.reset();
  for (auto const place : page->places) {
    answer.items.push_back(candidates[place].items);
    answer.collections.push_back(std::move(shown[place]));
  }
  return answer;
}

std::optional<ShownRecord> View::shown(store::RecordRow row) const {
  auto const* const entry = directory().find(row.number);
  if (entry != nullptr) {
    auto collection = shown(*entry);
    if (!collection) return std::nullopt;
    return ShownRecord{.id = std::move(collection->id), .row = std::move(row), .entry = entry};
  }
  if (scope_.members() != nullptr || !is_in_sources(row.source)) return std::nullopt;
  auto id = row.id;
  return ShownRecord{.id = std::move(id), .row = std::move(row), .entry = nullptr};
}

std::vector<ShownRecord> View::all_records() {
  constexpr std::size_t page_size = 10'000;
  std::vector<ShownRecord> out;
  store::RecordSearch search{.limit = page_size};
  if (auto const* const sources = scope_.sources()) {
    if (sources->empty()) return out;
    search.sources = *sources;
  }
  for (;;) {
    auto page = reader_.records(search);
    if (!page.rows.empty()) search.after = page.rows.back().number;
    for (auto& row : page.rows) {
      if (auto record = shown(std::move(row))) out.push_back(std::move(*record));
    }
    if (!page.has_more) return out;
  }
}

/// Of collections the directory knows all that is asked first, so nothing is read.
Sought View::sought(RecordRequest const& request, bool are_collections) {
  Sought out;
  auto const asked = questioner_.ask(request);
  if (asked) {
    for (auto const& [number, score] : asked->ranking.records) {
      auto const* const entry = directory().find(number);
      if (auto known = entry == nullptr ? std::nullopt : shown(*entry)) {
        out.collections.push_back(std::move(*known));
      } else if (entry == nullptr && !are_collections) {
        auto row = reader_.record(number);
        if (auto record = row ? shown(std::move(*row)) : std::nullopt) {
          out.records.push_back(std::move(*record));
        }
      }
    }
  } else if (are_collections) {
    out.collections = collections();
  } else {
    out.records = all_records();
  }
  out.all.reserve(out.collections.size() + out.records.size());
  for (auto const& one : out.collections) {
    out.all.push_back({.candidate = candidate_of(one), .source = one.entry->source});
  }
  for (auto const& one : out.records) {
    out.all.push_back({.candidate = candidate_of(one), .source = one.row.source});
  }
  return out;
}

Candidate View::candidate_of(ShownRecord const& record) noexcept {
  return {.number = record.row.number,
          .id = record.id,
          .title = record.row.title,
          .sequence = record.last_change(),
          .entry = record.entry};
}

Candidate View::candidate_of(ShownCollection const& collection) noexcept {
  auto const& entry = *collection.entry;
  return {.number = entry.number,
          .id = collection.id,
          .title = entry.title,
          .sequence = entry.last_change(),
          .entry = &entry,
          .items = static_cast<std::size_t>(entry.derived.items)};
}

model::LocalText View::title_of(ShownRecord const& record) {
  return facts_of(candidate_of(record))->title();
}

model::LocalText View::title_of(ShownCollection const& collection) {
  return facts_of(candidate_of(collection))->title();
}

RecordExtent View::record_extent() {
  RecordExtent out;
  for (auto const& record : all_records()) {
    if (geometry::is_late()) throw geometry::Late();
    auto const facts = facts_of(candidate_of(record));
    if (auto const& footprint = facts->footprint()) {
      out.bbox = out.bbox ? out.bbox->joined(footprint->bbox()) : footprint->bbox();
    }
    if (auto const& period = facts->period()) {
      auto const first = period->first();
      auto const last = period->last();
      if (!out.period) {
        out.period = {first, last};
      } else { // an end that is open stays so
        out.period->first =
            first && out.period->first ? std::min(first, out.period->first) : std::nullopt;
        out.period->last =
            last && out.period->last ? std::max(last, out.period->last) : std::nullopt;
      }
    }
  }
  return out;
}

std::vector<ShownRecord> View::ranked_records(index::Ranking const& ranking,
                                              std::vector<double>& scores) {
  std::vector<ShownRecord> out;
  for (auto const& [number, score] : ranking.records) {
    auto row = reader_.record(number);
    auto record = row ? shown(std::move(*row)) : std::nullopt;
    if (!record) continue;
    out.push_back(std::move(*record));
    scores.push_back(score);
  }
  return out;
}

Result<RecordAnswer> View::search_records(RecordRequest const& request) {
  auto const asked = questioner_.ask(request);
  std::vector<double> scores;
  auto records = asked ? ranked_records(asked->ranking, scores) : all_records();
  std::vector<Candidate> candidates;
  candidates.reserve(records.size());
  for (auto const& record : records) candidates.push_back(candidate_of(record));
  for (std::size_t place = 0; place < scores.size(); ++place) {
    candidates[place].score = scores[place];
  }
  auto page = page_of(candidates, request);
  if (!page) return page.error();
  RecordAnswer answer{.records = {},
                      .fits = {},
                      .matched = page->matched,
                      .next = std::move(page->next),
                      .previous = std::move(page->previous)};
  if (asked && request.explains) answer.fits = fits(*asked, candidates, page->places);
  if (asked && asked->ranking.is_cut) answer.matched.reset();
  for (auto const place : page->places) answer.records.push_back(std::move(records[place]));
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
    auto row = reader_.record(number);
    auto record = row ? shown(std::move(*row)) : std::nullopt;
    if (!record) continue;
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

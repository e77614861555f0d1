#include "catalogue/committer.hpp"

#include "catalogue/damage.hpp"
#include "catalogue/identity.hpp"
#include "catalogue/record_write.hpp"

#include <algorithm>
#include <stdexcept>

namespace terracat::catalogue {
namespace {

std::size_t warnings(std::vector<Finding> const& findings) {
  return static_cast<std::size_t>(std::ranges::count_if(findings, [](Finding const& finding) {
    return severity(finding.code) == Severity::warning;
  }));
}

} // namespace

Run Committer::apply(Batch batch) {
  auto run = std::move(batch.run);
  if (run.number == RunNumber{}) run.number = writer_.put_run(run);
  state_ = writer_.reader().source(batch.source);
  if (batch.sweep == Sweep::begins) {
    state_.sweep = run.number;
    state_.sweep_is_sound = true;
    state_.checkpoint.clear(); // it leads into the sweep before
  }
  for (auto& document : batch.documents) {
    std::visit([&](auto& one) { take(batch, one, run); }, document);
  }
  for (auto const& [native_id, finding] : batch.remarks) {
    if (!native_id.empty()) ++run.counts.warned; // else it is of the run
    put_finding(run, native_id, DocumentOutcome::warned, finding);
  }
  sweep(batch, run);
  if (run.finished) end_run(batch, run);
  keep_derived();
  settle_clusters(&run);
  if (batch.forgets_source && !is_left_of(batch.source)) {
    writer_.remove_source(batch.source);
    return run;
  }
  if (batch.forgets_source) {
    run.outcome = RunOutcome::interrupted;
    run.message = "something has come into it meanwhile";
  }
  keep_state(batch);
  run.number = writer_.put_run(run);
  return run;
}

// ---- What became of each document

void Committer::take(Batch const& batch, RecordPut& put, Run& run) {
  auto const outcome = put_record(batch.source, put);
  note_seen(batch, outcome.resource);
  report(run, put.record->native_id, outcome, put.findings);
}

void Committer::take(Batch const& batch, ItemPut& put, Run& run) {
  auto const native_id = put.item->native_id;
  auto const outcome = put_item(batch, put);
  note_seen(batch, outcome.resource);
  report(run, native_id, outcome, put.findings);
}

void Committer::take(Batch const& batch, Refused& refused, Run& run) {
  ++run.counts.failed;
  if (refused.document.native_id.empty()) {
    bool const is_of_sweep = batch.sweep == Sweep::begins || batch.sweep == Sweep::goes_on;
    if (is_of_sweep) state_.sweep_is_sound = false;
  } else {
    note_seen(batch, resource_of(batch, refused.document.native_id, refused.collection));
  }
  if (!refused.document.native_id.empty() && !refused.document.bytes.empty()) {
    writer_.put_document(refused.document);
  }
  put_finding(run, refused.document.native_id, DocumentOutcome::failed, refused.finding);
}

void Committer::put_finding(Run const& run, std::string const& native_id, DocumentOutcome outcome,
                            Finding const& finding) {
  if (finding.code == FindingCode::stored_damaged) ++damage_;
  writer_.put_run_document({.run = run.number,
                            .native_id = native_id,
                            .outcome = outcome,
                            .code = std::string(name(finding.code)),
                            .where = finding.where,
                            .excerpt = finding.excerpt});
}

void Committer::take(Batch const& batch, Untouched& untouched, Run& run) {
  ++run.counts.unchanged;
  note_seen(batch, untouched.resource);
}

void Committer::take(Batch const& batch, Listed& listed, Run& run) {
  auto const resource = resource_of(batch, listed.native_id, listed.collection);
  note_seen(batch, resource);
  if (resource || writer_.reader().document_hash(batch.source, listed.native_id)) {
    ++run.counts.unchanged;
    return;
  }
  Outcome outcome{.outcome = DocumentOutcome::skipped, .code = "owned-by-source"};
  if (!is_of_others(batch, listed.collection)) {
    outcome.code = "not-in-catalogue";
    state_.sweep_is_sound = false; // it may be new, or what is known under another id
  }
  report(run, listed.native_id, outcome, {});
}

bool Committer::is_of_others(Batch const& batch, std::string const& collection) {
  if (collection.empty()) return false;
  auto& reader = writer_.reader();
  auto const number = reader.record_by_id(collection);
  return number && reader.record(*number).value().source != batch.source;
}

std::optional<store::Resource> Committer::resource_of(Batch const& batch,
                                                      std::string const& native_id,
                                                      std::string const& collection) {
  auto& reader = writer_.reader();
  if (collection.empty()) return reader.record_by_native(batch.source, native_id);
  auto const owner = reader.record_by_native(batch.source, collection);
  auto const item = owner ? reader.item_by_native(*owner, native_id) : std::nullopt;
  return item ? std::optional<store::Resource>(item->number) : std::nullopt;
}

void Committer::report(Run& run, std::string const& native_id, Outcome const& outcome,
                       std::vector<Finding> const& findings) {
  if (outcome.is_unchanged) {
    ++run.counts.unchanged;
    return;
  }
  switch (outcome.outcome) {
  case DocumentOutcome::created:
    ++run.counts.created;
    break;
  case DocumentOutcome::updated:
    ++run.counts.updated;
    break;
  case DocumentOutcome::failed:
    ++run.counts.failed;
    break;
  default:
    ++run.counts.skipped;
  }
  if (warnings(findings) > 0) ++run.counts.warned;
  if (outcome.is_listed) {
    writer_.put_run_document({.run = run.number,
                              .native_id = native_id,
                              .outcome = outcome.outcome,
                              .code = outcome.code,
                              .where = {},
                              .excerpt = {}});
  }
  for (auto const& finding : findings) {
    put_finding(run, native_id, DocumentOutcome::warned, finding);
  }
}

// ---- Records

std::optional<store::RecordTexts> Committer::texts_of(RecordNumber number) {
  return unless_damaged(damage_, [&] { return writer_.reader().record_texts(number); })
      .value_or(std::nullopt);
}

std::optional<std::vector<store::Correction>>
Committer::corrections_of(std::string const& source, std::string const& native_id) {
  return unless_damaged(damage_, [&] { return writer_.reader().corrections(source, native_id); });
}

Committer::Outcome Committer::put_record(std::string const& source, RecordPut& put) {
  auto const& record = put.record;
  if (auto code = unwanted(record); !code.empty()) {
    return {.outcome = DocumentOutcome::skipped, .code = std::move(code)};
  }
  collections_.clear(); // names may come to mean others
  auto& reader = writer_.reader();
  auto const existing = reader.record_by_native(source, record->native_id);
  auto const corrections = corrections_of(source, record->native_id);
  if (!corrections) {
    auto const resource = existing ? std::optional<store::Resource>(*existing) : std::nullopt;
    return {.outcome = DocumentOutcome::failed, .code = "store-corrupt", .resource = resource};
  }
  bool const is_prepared =
      put.prepared && corrections->empty() && put.prepared->languages == rules_.languages;
  auto write = is_prepared ? std::move(put.prepared->write)
                           : record_write(source, record, *corrections, rules_.languages);
  write.number = existing;
  if (!put.document.bytes.empty()) writer_.put_document(put.document);
  if (write.number) {
    auto const row = reader.record(*write.number).value();
    write.id = row.id;
    if (row.type != write.type) { // a collection comes before others
      kin_.insert(row.number);
      linked_otherwise_.insert(row.number);
    }
    bool const is_called_so = row.type == write.type && row.title == write.title;
    if (is_called_so && texts_of(*write.number) == write.texts) {
      return {.is_unchanged = true, .resource = *write.number};
    }
  } else {
    write.id = mint(source, record->native_id, put.findings);
  }
  auto const number = writer_.put(write);
  put_identifiers(number, write.id, record);
  auto const sequence = writer_.pending().sequence;
  directory_.note_record_change(sequence);
  if (record.is_collection()) {
    derived_of(number); // its extent and summaries are rendered with the new statements
    auto const* const known = directory_.find(number);
    auto entry = known == nullptr ? Entry{.number = number} : *known;
    entry.id = write.id;
    entry.source = source;
    entry.title = write.title;
    entry.record_change = sequence;
    directory_.put(std::move(entry));
  } else {
    directory_.put_other({.number = number,
                          .id = write.id,
                          .source = source,
                          .title = write.title,
                          .record_change = sequence});
    derived_.erase(static_cast<std::int64_t>(number));
  }
  put_keys(number, record, write.number.has_value());
  return {.outcome = write.number ? DocumentOutcome::updated : DocumentOutcome::created,
          .resource = number};
}

void Committer::put_identifiers(RecordNumber number, std::string const& id,
                                model::Record const& record) {
  writer_.put_identifier(id, "id", number);
  writer_.put_identifier(record->native_id, "native", number);
  for (auto const& identifier : record->identifiers) {
    writer_.put_identifier(identifier.value, identifier.scheme, number);
  }
}

SourceIdentity const& Committer::identity(std::string const& source) const {
  static SourceIdentity const unknown{.order = UINT32_MAX}; // gone from the configuration: last
  auto const found = std::ranges::find(rules_.sources, source, &SourceIdentity::name);
  return found == rules_.sources.end() ? unknown : *found;
}

std::string Committer::mint(std::string const& source, std::string const& native_id,
                            std::vector<Finding>& findings) {
  auto& reader = writer_.reader();
  auto wanted = record_id(identity(source).id_prefix, native_id);
  auto const holder = reader.record_by_id(wanted);
  if (!holder) return wanted;
  auto const row = reader.record(*holder).value();
  auto const yielded = [&](std::string const& loser) {
    std::size_t taken = 0;
    auto id = yielded_id(wanted, loser, taken);
    while (reader.record_by_id(id)) id = yielded_id(wanted, loser, ++taken);
    findings.push_back({.code = FindingCode::id_taken,
                        .where = {},
                        .excerpt = excerpt(wanted + " of source " + loser + " is " + id)});
    return id;
  };
  if (row.source == source || identity(row.source).order <= identity(source).order) {
    return yielded(source);
  }
  rename(row, yielded(row.source));
  return wanted;
}

void Committer::rename(store::RecordRow const& row, std::string const& id) {
  auto const write = write_of(row, id);
  writer_.put(write);
  writer_.put_identifier(id, "id", row.number);
  note_change(write);
  note_links(row.number);
}

// ---- Items

Committer::Outcome Committer::put_item(Batch const& batch, ItemPut& put) {
  auto const& item = put.item;
  auto const collection = collection_of(batch, item);
  if (!collection) {
    bool const is_named = !item->collection.empty();
    return {.outcome = DocumentOutcome::failed,
            .code = std::string(
                name(is_named ? FindingCode::collection_unknown : FindingCode::no_collection))};
  }
  auto const* const entry = directory_.find(*collection);
  if (entry == nullptr || entry->source != batch.source) {
    return {.outcome = DocumentOutcome::skipped,
            .code = entry == nullptr ? "not-a-collection" : "owned-by-source"};
  }
  auto const existing = writer_.reader().item_by_native(*collection, item->native_id);
  if (existing && existing->hash == put.hash && is_same(*existing, item)) {
    return {.is_unchanged = true, .resource = existing->number};
  }
  auto const number = keep_item(batch.source, *collection, existing, put);
  return {.outcome = existing ? DocumentOutcome::updated : DocumentOutcome::created,
          .is_listed = false,
          .resource = number};
}

ItemNumber Committer::keep_item(std::string const& source, RecordNumber collection,
                                std::optional<store::ItemRow> const& existing, ItemPut& put) {
  auto const& item = put.item;
  properties_.parse(item->body);
  auto& derived = derived_of(collection);
  auto const bbox = item->footprint ? std::optional(item->footprint->bbox()) : std::nullopt;
  auto findings = add_item(derived, bbox, item.period(), properties_);
  put.findings.insert(put.findings.end(), findings.begin(), findings.end());
  if (existing) {
    derived.is_exact = false; // what the item was before may have been an extreme
  } else if (++derived.items == 1) {
    derived.shown_change = 0;
  }
  auto const number = writer_.put(
      store::ItemWrite{.number = existing ? std::optional(existing->number) : std::nullopt,
                       .collection = collection,
                       .id = existing ? existing->id : mint_item(collection, item->native_id),
                       .source = source,
                       .hash = put.hash,
                       .item = std::move(put.item),
                       .prepared = std::move(put.prepared)});
  changes_.items.insert(number);
  item_changes_[static_cast<std::int64_t>(collection)] = writer_.pending().sequence;
  return number;
}

bool Committer::read_body(ItemNumber number, std::string& body) {
  auto const is_read = unless_damaged(damage_, [&] {
    writer_.reader().body(number, body);
    return true;
  });
  return is_read.has_value();
}

bool Committer::is_same(store::ItemRow const& kept, model::Item const& item) {
  auto& reader = writer_.reader();
  std::string body;
  // A damaged body is to be replaced, whatever it was.
  if (!read_body(kept.number, body) || body != item->body) return false;
  auto const before = ItemNumber{static_cast<std::int64_t>(kept.number) - 1};
  auto const extents = reader.item_extents(kept.collection, before, 1);
  auto const bbox = item->footprint ? std::optional(item->footprint->bbox()) : std::nullopt;
  return extents.front().bbox == bbox && extents.front().period == item.period();
}

std::string Committer::mint_item(RecordNumber collection, std::string const& native_id) {
  auto const wanted = item_id(native_id);
  auto candidate = wanted;
  // Only a slug can be another item's native id, or the other way round: both come from one source.
  for (int i = 2; true; ++i) {
    auto const holder = writer_.reader().item(collection, candidate);
    if (!holder || holder->id != candidate) return candidate;
    candidate = wanted + "." + std::to_string(i);
  }
}

std::optional<RecordNumber> Committer::collection_of(Batch const& batch, model::Item const& item) {
  if (item->collection.empty()) return std::nullopt;
  auto const known = collections_.find(item->collection);
  if (known != collections_.end()) return known->second;
  auto& reader = writer_.reader();
  auto found = reader.record_by_native(batch.source, item->collection);
  if (!found) found = reader.record_by_id(item->collection);
  if (!found && batch.makes_collections) found = make_collection(batch, item->collection);
  if (found) collections_.emplace(item->collection, *found);
  return found;
}

std::optional<RecordNumber> Committer::make_collection(Batch const& batch,
                                                       std::string const& native_id) {
  RecordPut put{.record = record_from_items(native_id), .document = {}, .findings = {}};
  put_record(batch.source, put);
  return writer_.reader().record_by_native(batch.source, native_id);
}

// ---- What is derived

Derived& Committer::derived_of(RecordNumber collection) {
  auto const [found, is_new] = derived_.try_emplace(static_cast<std::int64_t>(collection));
  if (is_new) {
    if (auto const* const entry = directory_.find(collection)) found->second = entry->derived;
  }
  return found->second;
}

void Committer::make_exact(RecordNumber collection, Derived& derived, std::int64_t& left) {
  if (derived.is_exact || derived.items > left) return;
  left -= derived.items;
  Derived anew{.shown_change = derived.shown_change};
  anew.extent = derived.extent;
  anew.summaries = derived.summaries;
  constexpr std::size_t piece = 1'000;
  auto& reader = writer_.reader();
  ItemNumber last{0};
  std::string body;
  for (;;) {
    auto const extents = reader.item_extents(collection, last, piece);
    for (auto const& extent : extents) {
      body.clear();
      // Without it, what is said stays too wide until the item is there again.
      if (!read_body(extent.number, body)) return;
      properties_.parse(body);
      add_item(anew, extent.bbox, extent.period, properties_);
      ++anew.items;
      last = extent.number;
    }
    if (extents.size() < piece) break;
  }
  derived = std::move(anew);
}

void Committer::keep_derived() {
  for (auto& [number, derived] : derived_) {
    auto const collection = RecordNumber{number};
    auto const* const known = directory_.find(collection);
    if (known == nullptr) continue;
    auto const texts = texts_of(collection).value_or(store::RecordTexts{});
    auto const extent = derived.extent;
    auto const summaries = derived.summaries;
    render(derived, texts.extent, texts.summaries);
    bool const is_shown =
        extent != derived.extent || summaries != derived.summaries || derived.shown_change == 0;
    bool const is_other = is_shown || derived != known->derived;
    if (is_other && writer_.pending().sequence == first_) writer_.advance(); // else nobody sees it
    if (is_shown) derived.shown_change = writer_.pending().sequence;
    writer_.put_derived(collection, to_text(derived));
    auto entry = *known;
    entry.derived = derived;
    bool const has_items_otherwise = (known->derived.items > 0) != (derived.items > 0);
    if (known->cluster && has_items_otherwise) {
      kin_.insert(collection);
      linked_otherwise_.insert(collection);
    }
    auto const item_change = item_changes_.find(number);
    if (item_change != item_changes_.end()) entry.item_change = item_change->second;
    directory_.put(std::move(entry));
  }
  derived_.clear();
  item_changes_.clear();
}

} // namespace terracat::catalogue

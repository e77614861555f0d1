#include "catalogue/committer.hpp"

#include "catalogue/kept_cursor.hpp"
#include "formats/terracat.hpp"

#include <algorithm>

/// What a committer does about what sources have no more.
namespace terracat::catalogue {
namespace {

/// Removals that one run forgets at most: a transaction stays short.
constexpr std::size_t most_forgotten = 10'000;
constexpr std::chrono::days reports_are_kept{365}; ///< of what became of each document

std::string title_of(query::BodyProperties const& properties) {
  auto const title = properties.value("title", query::Type::text);
  auto const* const scalar = title ? std::get_if<query::Scalar>(&*title) : nullptr;
  auto const* const text = scalar == nullptr ? nullptr : std::get_if<std::string>(scalar);
  return text == nullptr ? std::string() : *text;
}

} // namespace

void Committer::note_seen(Batch const& batch, std::optional<store::Resource> resource) {
  if (batch.sweep == Sweep::none || !resource) return;
  auto const sweep = batch.sweep == Sweep::beside ? RunNumber{} : state_.sweep;
  writer_.note_seen(batch.source, sweep, *resource);
}

std::string Committer::unwanted(model::Record const& record) const {
  auto const chain = formats::chain_of(*record);
  bool const is_ours = std::ranges::any_of(chain, [&](formats::Station const& station) {
    return formats::is_same_catalogue(station.catalogue, rules_.address);
  });
  if (is_ours) return "came-from-here";
  return chain.size() > formats::most_stations ? "too-many-hops" : std::string();
}

void Committer::take(Batch const& batch, Gone& gone, Run& run) {
  if (auto const resource = resource_of(batch, gone.native_id, gone.collection)) {
    remove(batch, *resource, run);
  }
}

void Committer::sweep(Batch const& batch, Run& run) {
  for (auto const& missing : batch.missing) mark(batch, missing, run);
  for (auto const& one : batch.renamed) {
    writer_.put_run_document({.run = run.number,
                              .native_id = one.native_id,
                              .outcome = DocumentOutcome::warned,
                              .code = "renamed-at-source",
                              .where = {},
                              .excerpt = excerpt(one.former)});
  }
  for (auto const& resource : batch.removed) remove(batch, resource, run);
  if (batch.purged_rows > 0) writer_.purge(batch.purged_rows);
  if (batch.refused_before) writer_.remove_refused(batch.source, *batch.refused_before);
}

void Committer::mark(Batch const& batch, store::Missing const& missing, Run const& run) {
  writer_.put_missing(batch.source, missing);
  bool const is_listed = missing.sweeps == 1 && missing.resource.subject == store::Subject::record;
  if (!is_listed) return;
  auto const row = writer_.reader().record(RecordNumber{missing.resource.number});
  if (!row) return;
  writer_.put_run_document({.run = run.number,
                            .native_id = row->native_id,
                            .outcome = DocumentOutcome::missing,
                            .code = {},
                            .where = {},
                            .excerpt = excerpt(row->title)});
}

void Committer::remove(Batch const& batch, store::Resource resource, Run& run) {
  auto& reader = writer_.reader();
  if (resource.subject == store::Subject::record) {
    auto const number = RecordNumber{resource.number};
    auto const row = reader.record(number);
    if (!row || row->source != batch.source) return;
    run.counts.deleted += 1 + static_cast<std::int64_t>(reader.count_items(number));
    remove_record(number);
    writer_.put_run_document({.run = run.number,
                              .native_id = row->native_id,
                              .outcome = DocumentOutcome::deleted,
                              .code = {},
                              .where = {},
                              .excerpt = excerpt(row->title)});
  } else {
    auto const number = ItemNumber{resource.number};
    auto const row = reader.item(number);
    if (!row || row->source != batch.source) return;
    remove_item(number, *row);
    ++run.counts.deleted;
  }
}

void Committer::remove_record(RecordNumber number) {
  note_kin(number, writer_.reader().keys(number));
  writer_.remove(number);
  collections_.clear();
  changes_.removed_collections.insert(number);
  directory_.remove(number);
  directory_.note_record_change(writer_.pending().sequence);
  derived_.erase(static_cast<std::int64_t>(number));
}

void Committer::remove_item(ItemNumber number, store::ItemRow const& row) {
  std::string body;
  bool const is_sound = read_body(number, body); // else nobody knows what it was called
  if (is_sound) properties_.parse(body);
  writer_.remove(number, is_sound ? title_of(properties_) : std::string());
  changes_.items.insert(number);
  auto& derived = derived_of(row.collection);
  derived.is_exact = false;
  if (--derived.items == 0) derived.shown_change = 0;
  item_changes_[static_cast<std::int64_t>(row.collection)] = writer_.pending().sequence;
}

bool Committer::is_left_of(std::string const& source) {
  auto& reader = writer_.reader();
  return reader.holdings(source).records > 0 || !reader.is_purged();
}

void Committer::make_all_exact(Batch const& batch, Run const& run) {
  for (auto const& [number, entry] : directory_.entries()) {
    if (entry->source == batch.source && !entry->derived.is_exact) derived_of(number);
  }
  std::vector<RecordNumber> wide;
  for (auto const& [number, derived] : derived_) {
    if (!derived.is_exact) wide.push_back(RecordNumber{number});
  }
  if (wide.empty()) return;
  std::ranges::sort(wide);
  // Each run begins with another one, so that none is always too late.
  auto const turn = static_cast<std::size_t>(run.number) % wide.size();
  std::rotate(wide.begin(), wide.begin() + static_cast<std::ptrdiff_t>(turn), wide.end());
  auto left = rules_.most_read_again;
  for (auto const number : wide) make_exact(number, derived_of(number), left);
}

void Committer::end_run(Batch const& batch, Run& run) {
  if (batch.purged_rows > 0) return; // it has ended before
  make_all_exact(batch, run);
  if (batch.held) {
    auto const missing = writer_.reader().holdings(batch.source).missing;
    run.counts.missing = static_cast<std::int64_t>(missing);
  }
  auto const kept = std::chrono::milliseconds(rules_.keep_removals).count();
  writer_.prune(model::Instant(run.finished->milliseconds() - kept), most_forgotten);
  auto const reported = std::chrono::milliseconds(reports_are_kept).count();
  writer_.prune_reports(model::Instant(run.finished->milliseconds() - reported), most_forgotten);
}

void Committer::keep_state(Batch const& batch) {
  if (batch.checkpoint) {
    state_.checkpoint = *batch.checkpoint;
    if (!is_interrupted(state_)) state_.sweep = {};
  }
  if (batch.complete_since) {
    state_.last_complete = batch.complete_since;
    state_.last_changes.reset();
    state_.query = batch.query;
  }
  if (batch.changes_since) state_.last_changes = batch.changes_since;
  if (batch.held) state_.held = *batch.held;
  writer_.put_source(state_);
}

} // namespace terracat::catalogue

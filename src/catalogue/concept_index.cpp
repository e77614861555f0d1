#include "catalogue/concept_index.hpp"

#include "catalogue/corrections.hpp"
#include "formats/record_json.hpp"
#include "store/record_numbers.hpp"

#include <algorithm>
#include <set>
#include <system_error>

namespace terracat::catalogue {
namespace {

/// So many changes may be looked at by who asks: a few milliseconds if each is of a record.
constexpr std::size_t few = 200;
constexpr std::size_t piece = 1'000;

/// Of so many records who asks may look up whether they say a keyword that was decided: some
/// milliseconds as well.
constexpr std::size_t most_looked_up = 20'000;

/// \param most  changes that may be looked at
/// \return      nothing if there are more, or nobody knows them any more
std::optional<std::vector<RecordNumber>> changed_records(store::Reader& reader, Sequence since,
                                                         std::size_t most, bool& is_too_much) {
  std::set<RecordNumber> out;
  auto const limit = std::min(most, piece - 1) + 1;
  for (;;) {
    auto const changes = reader.changes(since, limit);
    if (!changes) return std::nullopt;
    is_too_much = changes->size() > most;
    if (is_too_much) return std::nullopt;
    for (auto const& change : *changes) {
      since = change.sequence;
      if (change.subject == store::Subject::record) out.insert(change.collection);
    }
    if (changes->size() < limit) return std::vector<RecordNumber>(out.begin(), out.end());
  }
}

} // namespace

ConceptIndex::ConceptIndex(std::shared_ptr<vocabulary::Thesaurus const> thesaurus,
                           std::vector<std::string> languages, Readers readers,
                           std::shared_ptr<ConceptIndex> former,
                           std::shared_ptr<ConceptRules const> rules)
    : thesaurus_(std::move(thesaurus)),
      languages_(std::move(languages)),
      rules_(std::move(rules)),
      readers_(std::move(readers)),
      former_(std::move(former)) {}

ConceptIndex::~ConceptIndex() {
  {
    std::scoped_lock const lock(mutex_);
    is_ending_ = true;
  }
  changed_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void ConceptIndex::begin() {
  {
    std::scoped_lock const lock(mutex_);
    is_wanted_ = true;
    if (!thread_.joinable()) thread_ = std::thread([this] { run(); });
  }
  changed_.notify_all();
}

std::shared_ptr<ConceptUses const> ConceptIndex::newest() const {
  std::scoped_lock const lock(mutex_);
  return version_;
}

bool ConceptIndex::is_ending() const {
  std::scoped_lock const lock(mutex_);
  return is_ending_;
}

void ConceptIndex::publish(std::shared_ptr<ConceptUses const> version) {
  std::scoped_lock const lock(mutex_);
  version_ = std::move(version);
}

std::shared_ptr<ConceptUses const> ConceptIndex::at(store::Reader& reader, Revision revision,
                                                    Sequence changed) {
  auto known = newest();
  if (known && known->revision().epoch != revision.epoch) known.reset();
  if (known && known->revision().sequence >= changed) return known;
  {
    std::unique_lock const turn(turn_, std::try_to_lock);
    if (!turn) return known; // somebody reads already
    if (auto work = work_at(reader, revision, few)) {
      for (auto const record : work->records) read(reader, record, *work->next);
      work->next->reach(revision.sequence);
      publish(work->next);
      known = work->next;
      if (!known->is_wasteful()) return known;
    }
  }
  try {
    begin();
  } catch (std::system_error const&) { // NOLINT: no thread now; whoever asks next tries again
  }
  return known;
}

std::optional<ConceptIndex::Work> ConceptIndex::work_at(store::Reader& reader, Revision revision,
                                                        std::size_t most) {
  bool const is_thread = most == SIZE_MAX;
  auto const decisions = std::make_shared<KeywordDecisions const>(reader.keyword_decisions());
  auto const own = newest();
  auto const taken = !own && is_thread && former_ ? former_->newest() : nullptr;
  auto const& known = own ? own : taken;
  if (known && !is_thread && known->room() > most_looked_up &&
      !known->decisions().differences(*decisions).empty()) {
    return std::nullopt;
  }
  if (known && known->revision().epoch == revision.epoch) {
    bool is_too_much = false;
    auto changed = changed_records(reader, known->revision().sequence, most, is_too_much);
    bool const needs_pool = own == nullptr || (is_thread && own->is_wasteful());
    if (changed) {
      return Work{.next = next_of(*known, decisions, needs_pool), .records = std::move(*changed)};
    }
    if (is_too_much) return std::nullopt;
  }
  // Nothing is known, or nobody knows what has changed since.
  if (!is_thread && (former_ || reader.records({.limit = 1}).matched > most)) return std::nullopt;
  return Work{.next = std::make_shared<ConceptUses>(
                  std::make_shared<TermPool>(thesaurus_, decisions, rules_), revision),
              .records = store::record_numbers(reader)};
}

std::shared_ptr<ConceptUses>
ConceptIndex::next_of(ConceptUses const& known,
                      std::shared_ptr<KeywordDecisions const> const& decisions,
                      bool needs_pool) const {
  if (needs_pool) {
    return std::make_shared<ConceptUses>(
        known.told_by(std::make_shared<TermPool>(thesaurus_, decisions, rules_)));
  }
  auto out = std::make_shared<ConceptUses>(known);
  out->decide(decisions);
  return out;
}

std::shared_ptr<KeywordQueue const>
ConceptIndex::queue(std::shared_ptr<ConceptUses const> const& version) {
  std::scoped_lock const lock(queue_mutex_);
  if (queued_ != version) {
    auto made = std::make_shared<KeywordQueue const>(keyword_queue(*version));
    queue_ = std::move(made);
    queued_ = version;
  }
  return queue_;
}

void ConceptIndex::read(store::Reader& reader, RecordNumber record, ConceptUses& into) {
  auto const row = reader.record(record);
  if (!row) return into.remove(record);
  try {
    auto const text = reader.record_text(record, &store::RecordTexts::record);
    auto const said = text ? formats::from_record_json(*text, parser_)
                           : Result<model::Record>(Problem{ProblemKind::store_corrupt});
    if (!said) return into.remove(record); // `check` tells of it
    auto const corrections = reader.corrections(row->source, row->native_id);
    auto const answered = corrected(*said, corrections, languages_);
    into.put(record, into.terms_of(answered), answered.is_collection(), row->source);
  } catch (store::StoreError const& error) {
    if (error.reason() != store::StoreError::Reason::corrupt) throw;
    into.remove(record);
  }
}

bool ConceptIndex::read_all(store::Reader& reader) {
  std::scoped_lock const turn(turn_);
  auto const revision = reader.begin();
  auto work = work_at(reader, revision, SIZE_MAX).value();
  for (std::size_t place = 0; place < work.records.size(); ++place) {
    if (place % piece == 0) {
      // A state that is held for long hinders checkpoints. What changes meanwhile is read later.
      reader.end();
      if (is_ending()) return true;
      if (reader.begin().epoch != revision.epoch) return false;
    }
    read(reader, work.records[place], *work.next);
  }
  work.next->reach(revision.sequence);
  publish(std::move(work.next));
  former_.reset();
  return true;
}

void ConceptIndex::run() {
  std::unique_ptr<store::Reader> reader;
  for (;;) {
    {
      std::unique_lock lock(mutex_);
      changed_.wait(lock, [this] { return is_wanted_ || is_ending_; });
      if (is_ending_) return;
      is_wanted_ = false;
    }
    try {
      if (!reader) reader = readers_();
      while (!read_all(*reader)) {
      }
    } catch (store::StoreError const&) { // NOLINT: whoever asks next lets it begin anew
    } catch (std::bad_alloc const&) {    // NOLINT: likewise
    }
    if (reader) reader->end();
  }
}

} // namespace terracat::catalogue

#include "catalogue/cluster_keys.hpp"
#include "catalogue/committer.hpp"
#include "catalogue/damage.hpp"
#include "formats/record_json.hpp"
#include "query/digest.hpp"

#include <algorithm>
#include <utility>

/// What a committer does about records that are the same resource as those of other sources. All of
/// it is in the transaction that writes the record.
namespace terracat::catalogue {
namespace {

/// Never 0.
std::uint64_t digest_of(std::vector<SourceIdentity> const& sources) {
  query::Digest out;
  for (auto const& source : sources)
    out.add(std::string_view(source.name)).add(std::uint64_t{source.order});
  return std::max(out.value(), std::uint64_t{1});
}

/// The first of the others, in the order in which they count.
std::string named(Cluster const& cluster, RecordNumber number, Directory const& directory) {
  auto const other = std::ranges::find_if(
      cluster.members, [number](auto const& member) { return member.number != number; });
  auto const* const entry = directory.any(other->number);
  return (entry == nullptr ? std::string() : entry->id) + " of source " + other->source;
}

} // namespace

Directory load_directory(store::Reader& reader, Rules const& rules, Sequence sequence,
                         std::size_t& damage) {
  auto out = Directory::load(reader, sequence, damage);
  find_clusters(reader, order_of_sources(rules), sequence, out);
  out.note_order_of_clusters(digest_of(rules.sources));
  return out;
}

OrderOf order_of_sources(Rules const& rules) {
  return [&rules](std::string const& source) {
    auto const found = std::ranges::find(rules.sources, source, &SourceIdentity::name);
    return found == rules.sources.end() ? UINT32_MAX : found->order; // gone: last
  };
}

void Committer::put_keys(RecordNumber number, model::Record const& record, bool is_known) {
  auto const keys = cluster_keys(record);
  if (is_known) {
    auto const before = writer_.reader().keys(number);
    if (std::ranges::is_permutation(before, keys)) return;
    note_kin(number, before);
  }
  if (!keys.empty() || is_known) writer_.put_keys(number, keys);
  note_kin(number, keys);
  if (!kin_.contains(number)) return;
  written_[number] = is_known ? DocumentOutcome::updated : DocumentOutcome::created;
}

void Committer::note_kin(RecordNumber number, std::span<std::string const> keys) {
  for (auto const& key : keys) {
    auto with = writer_.reader().records_with_key(key, most_of_key + 2);
    auto without = with;
    std::erase(without, number);
    if (!tells(with, directory_) && !tells(without, directory_)) continue;
    kin_.insert(number);
    kin_.insert(with.begin(), with.end());
  }
  auto const* const entry = directory_.any(number);
  if (entry == nullptr || !entry->cluster) return;
  for (auto const& member : entry->cluster->members) kin_.insert(member.number);
}

void Committer::settle_clusters(Run const* run) {
  auto const order = digest_of(rules_.sources);
  if (directory_.order_of_clusters() != order) {
    for (auto const* const entries : {&directory_.entries(), &directory_.others()}) {
      for (auto const& [number, entry] : *entries) {
        if (entry->cluster) kin_.insert(number);
      }
    }
    directory_.note_order_of_clusters(order);
  }
  if (kin_.empty()) return;
  auto const changes =
      cluster_changes(writer_.reader(), order_of_sources(rules_), kin_, directory_);
  kin_.clear();
  if (!changes.empty() && writer_.pending().sequence == first_) writer_.advance();
  auto const sequence = writer_.pending().sequence;
  for (auto const& change : changes) directory_.set_cluster(change.record, change.now, sequence);
  for (auto const number : std::exchange(linked_otherwise_, {})) note_links(number);
  for (auto const& change : changes) {
    if (run != nullptr && written_.contains(change.record)) report_cluster(*run, change);
  }
  written_.clear();
}

void Committer::note_links(RecordNumber number) {
  auto const* const entry = directory_.any(number);
  auto const cluster = entry == nullptr ? nullptr : entry->cluster;
  if (!cluster) return;
  for (auto const& member : cluster->members) {
    directory_.set_cluster(member.number, cluster, writer_.pending().sequence);
  }
}

void Committer::report_cluster(Run const& run, ClusterChange const& change) {
  auto const row = writer_.reader().record(change.record);
  if (!row) return;
  RunDocument document{.run = run.number,
                       .native_id = row->native_id,
                       .outcome = written_.at(change.record),
                       .code = "cluster-left",
                       .where = {},
                       .excerpt = {}};
  if (change.now) {
    bool const is_canonical = change.now->members.front().number == change.record;
    document.code = "cluster-joined";
    document.excerpt = excerpt((is_canonical ? "stands before " : "joined to the cluster of ") +
                               named(*change.now, change.record, directory_));
  }
  writer_.put_run_document(document);
}

void Committer::renew(std::vector<RecordNumber> const& records) {
  json::Parser parser;
  auto& reader = writer_.reader();
  auto const renew_one = [&](RecordNumber number) {
    auto const row = reader.record(number);
    auto const texts = row ? reader.record_texts(number) : std::nullopt;
    if (!texts) return false;
    auto const said = formats::from_record_json(texts->record, parser);
    if (!said) return false; // `check` tells of it
    auto const corrections = reader.corrections(row->source, row->native_id);
    writer_.put_words(number,
                      record_write(row->source, *said, corrections, rules_.languages).words);
    put_keys(number, *said, true);
    return true;
  };
  for (auto const number : records) {
    static_cast<void>(unless_damaged(damage_, [&] { return renew_one(number); }));
  }
  settle_clusters(nullptr);
}

} // namespace terracat::catalogue

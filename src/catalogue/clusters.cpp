#include "catalogue/clusters.hpp"

#include "catalogue/cluster_keys.hpp"
#include "catalogue/damage.hpp"
#include "formats/record_json.hpp"
#include "formats/terracat.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <tuple>
#include <unordered_map>

namespace terracat::catalogue {
namespace {

/// Records that hang together by ever other keys, more than a resource is ever described: none of
/// them is joined. It bounds the work of a commit.
constexpr std::size_t most_together = 256;

using Records = std::vector<RecordNumber>;
using Keys = std::vector<store::SharedKey>;

/// Sets that are joined.
class Joining {
 public:
  std::size_t root_of(RecordNumber number) {
    auto const [found, is_new] = places_.try_emplace(number, above_.size());
    if (is_new) {
      above_.push_back(above_.size());
      members_.push_back({number});
    }
    auto place = found->second;
    while (above_[place] != place) place = above_[place] = above_[above_[place]];
    return place;
  }

  [[nodiscard]] Records const& members(std::size_t root) const { return members_[root]; }

  void join(std::size_t one, std::size_t other) {
    if (one == other) return;
    if (members_[one].size() < members_[other].size()) std::swap(one, other);
    above_[other] = one;
    auto& into = members_[one];
    into.insert(into.end(), members_[other].begin(), members_[other].end());
    members_[other].clear();
  }

  [[nodiscard]] std::vector<Records> const& sets() const noexcept { return members_; }

 private:
  std::unordered_map<RecordNumber, std::size_t> places_;
  std::vector<std::size_t> above_;
  std::vector<Records> members_; ///< by root; of the others none
};

/// Whether no source would have two records among both.
bool fit(Records const& one, Records const& other, Directory const& directory) {
  std::set<std::string_view> sources;
  for (auto const number : one) sources.insert(directory.any(number)->source);
  return std::ranges::none_of(
      other, [&](RecordNumber number) { return sources.contains(directory.any(number)->source); });
}

/// \param keys  that tell something
std::vector<Records> joined(Keys keys, Directory const& directory) {
  std::ranges::sort(keys, comes_before, &store::SharedKey::key);
  Joining joining;
  for (auto& [key, records] : keys) {
    // Each is of another source, so that it does not matter which came first.
    std::ranges::sort(records, std::less(), [&](auto one) { return directory.any(one)->source; });
    for (auto const number : records) {
      auto const one = joining.root_of(records.front());
      auto const other = joining.root_of(number);
      bool const may_join =
          one != other && fit(joining.members(one), joining.members(other), directory);
      if (may_join) joining.join(one, other);
    }
  }
  std::vector<Records> out;
  for (auto const& set : joining.sets()) {
    if (set.size() > 1) out.push_back(set);
  }
  return out;
}

/// Through how many other catalogues the record came.
std::size_t hops_of(RecordNumber number, store::Reader& reader) {
  std::size_t damage = 0;
  auto const text = unless_damaged(
      damage, [&] { return reader.record_text(number, &store::RecordTexts::record); });
  bool const may_have = text && *text && (*text)->find(formats::via_member) != std::string::npos;
  if (!may_have) return 0;
  json::Parser parser;
  auto const record = formats::from_record_json(**text, parser);
  return record ? formats::chain_of(**record).size() : 0;
}

std::shared_ptr<Cluster const> cluster_of(Records records, OrderOf const& order,
                                          store::Reader& reader, Directory const& directory) {
  auto const rank = [&](RecordNumber number) {
    auto const& entry = *directory.any(number);
    bool const is_collection = directory.find(number) != nullptr;
    return std::tuple(entry.derived.items == 0, !is_collection, order(entry.source));
  };
  // To know how a record came it has to be read, which only those need that are equal else.
  std::ranges::sort(records, std::less(), rank);
  std::map<RecordNumber, std::size_t> hops;
  for (std::size_t at = 1; at < records.size(); ++at) {
    if (rank(records[at - 1]) != rank(records[at])) continue;
    for (auto const number : {records[at - 1], records[at]}) hops[number] = hops_of(number, reader);
  }
  std::ranges::sort(records, std::less(), [&](RecordNumber number) {
    auto const found = hops.find(number);
    return std::tuple_cat(rank(number),
                          std::tuple(found == hops.end() ? 0 : found->second, number));
  });
  auto out = std::make_shared<Cluster>();
  for (auto const number : records) {
    out->members.push_back({number, directory.any(number)->source});
  }
  return out;
}

/// All records that hang together with some, and the keys by which they do.
class Kin {
 public:
  Kin(store::Reader& reader, Directory const& directory) : reader_(reader), directory_(directory) {}

  void add(RecordNumber first) {
    if (directory_.any(first) == nullptr || !records_.insert(first).second) return;
    std::map<std::string, Records> found;
    Records open{first};
    bool are_too_many = false;
    for (std::size_t at = 0; at < open.size() && open.size() <= most_together; ++at) {
      for (auto& key : reader_.keys(open[at])) {
        if (found.contains(key)) continue;
        auto records = reader_.records_with_key(key, most_of_key + 1);
        if (!tells(records, directory_)) records.clear();
        for (auto const number : records) {
          if (records_.insert(number).second) open.push_back(number);
          are_too_many = are_too_many || tangled_.contains(number);
        }
        found.emplace(std::move(key), std::move(records));
      }
    }
    if (are_too_many || open.size() > most_together) return leave(open);
    for (auto& [key, records] : found) {
      if (!records.empty()) keys_.push_back({key, std::move(records)});
    }
  }

  [[nodiscard]] std::set<RecordNumber> const& records() const noexcept { return records_; }

  [[nodiscard]] Keys take_keys() { return std::move(keys_); }

 private:
  /// They are joined to nothing, and who was with one of them is not any more.
  void leave(Records const& tangled) {
    tangled_.insert(tangled.begin(), tangled.end());
    for (auto const number : tangled) {
      auto const* const entry = directory_.any(number);
      if (entry == nullptr || !entry->cluster) continue;
      for (auto const& member : entry->cluster->members) {
        if (directory_.any(member.number) == nullptr) continue;
        records_.insert(member.number);
        tangled_.insert(member.number);
      }
    }
  }

  store::Reader& reader_;
  Directory const& directory_;
  std::set<RecordNumber> records_;
  std::set<RecordNumber> tangled_; ///< too many together
  Keys keys_;
};

/// Those without what hangs together by too many.
Keys bounded(Keys keys) {
  Joining joining;
  for (auto const& [key, records] : keys) {
    for (auto const number : records) {
      joining.join(joining.root_of(records.front()), joining.root_of(number));
    }
  }
  std::erase_if(keys, [&](store::SharedKey const& key) {
    return joining.members(joining.root_of(key.records.front())).size() > most_together;
  });
  return keys;
}

} // namespace

bool tells(std::vector<RecordNumber> const& records, Directory const& directory) {
  if (records.size() < 2 || records.size() > most_of_key) return false;
  std::set<std::string_view> sources;
  return std::ranges::all_of(records, [&](RecordNumber number) {
    auto const* const entry = directory.any(number);
    return entry != nullptr && sources.insert(entry->source).second;
  });
}

void find_clusters(store::Reader& reader, OrderOf const& order, Sequence sequence,
                   Directory& directory) {
  auto keys = reader.shared_keys(most_of_key);
  std::erase_if(keys, [&](auto const& key) { return !tells(key.records, directory); });
  for (auto& records : joined(bounded(std::move(keys)), directory)) {
    auto const cluster = cluster_of(std::move(records), order, reader, directory);
    for (auto const& member : cluster->members) {
      directory.set_cluster(member.number, cluster, sequence);
    }
  }
}

std::vector<ClusterChange> cluster_changes(store::Reader& reader, OrderOf const& order,
                                           std::set<RecordNumber> const& records,
                                           Directory const& directory) {
  Kin kin(reader, directory);
  for (auto const number : records) {
    kin.add(number);
    // Who was with it until now may be without it.
    auto const* const entry = directory.any(number);
    if (entry == nullptr || !entry->cluster) continue;
    for (auto const& member : entry->cluster->members) kin.add(member.number);
  }
  std::map<RecordNumber, std::shared_ptr<Cluster const>> wanted;
  for (auto& found : joined(kin.take_keys(), directory)) {
    auto const cluster = cluster_of(std::move(found), order, reader, directory);
    for (auto const& member : cluster->members) wanted[member.number] = cluster;
  }
  std::vector<ClusterChange> out;
  for (auto const number : kin.records()) {
    auto const& before = directory.any(number)->cluster;
    auto const found = wanted.find(number);
    auto const now = found == wanted.end() ? nullptr : found->second;
    bool const is_same = before && now ? *before == *now : before == now;
    if (!is_same) out.push_back({.record = number, .before = before, .now = now});
  }
  return out;
}

} // namespace terracat::catalogue

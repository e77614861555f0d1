#pragma once

#include "catalogue/cluster.hpp"
#include "catalogue/directory.hpp"

#include <terracat/store.hpp>

#include <cstdint>
#include <functional>
#include <memory>
#include <set>
#include <string>
#include <vector>

/// Which records are the same resource: those of different sources that share a key
/// (cluster_keys.hpp), directly or through others. It is a function of the keys, whatever the order
/// in which records came: DOIs are gone through first, then the other keys, each in the order of
/// its text, and a key joins what it can join. A source tells its own records apart: a key that two
/// of them have joins nothing, and no cluster has two of one source.
namespace terracat::catalogue {

/// The place of a source in the configuration: of members that have as much, the earlier comes
/// first.
using OrderOf = std::function<std::uint32_t(std::string const& source)>;

/// Finds all clusters, for a directory that has none. \param sequence  of the state
void find_clusters(store::Reader& reader, OrderOf const& order, Sequence sequence,
                   Directory& directory);

/// A record whose cluster has become another one.
struct ClusterChange {
  RecordNumber record{};
  std::shared_ptr<Cluster const> before; ///< null: it was alone
  std::shared_ptr<Cluster const> now;    ///< likewise
};

/// Finds the clusters of these records anew, and of all that they may share a key with; of records
/// that are gone, nothing. The directory stays as it is.
[[nodiscard]] std::vector<ClusterChange> cluster_changes(store::Reader& reader,
                                                         OrderOf const& order,
                                                         std::set<RecordNumber> const& records,
                                                         Directory const& directory);

/// More records than there are sources have no key that tells what they are.
constexpr std::size_t most_of_key = 64;

/// Whether a key that these records have joins any: at least two have it, and no two of one source.
[[nodiscard]] bool tells(std::vector<RecordNumber> const& records, Directory const& directory);

} // namespace terracat::catalogue

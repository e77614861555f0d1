#include "cli/assembly.hpp"
#include "cli/commands.hpp"
#include "cli/terminal.hpp"

#include "catalogue/committer.hpp"
#include "catalogue/duplicates.hpp"
#include "store/stores.hpp"

#include <iostream>
#include <set>

namespace terracat::cli {
namespace {

using catalogue::Directory;
using catalogue::LikelyDuplicate;

/// The clusters of a directory, each once, by their canonical members.
std::vector<catalogue::Cluster const*> clusters_of(Directory const& directory) {
  std::set<catalogue::Cluster const*> seen;
  std::vector<catalogue::Cluster const*> out;
  for (auto const* const entries : {&directory.entries(), &directory.others()}) {
    for (auto const& [number, entry] : *entries) {
      bool const is_new = entry->cluster && seen.insert(entry->cluster.get()).second;
      if (is_new) out.push_back(entry->cluster.get());
    }
  }
  return out;
}

void print(Directory const& directory, RecordNumber number, std::string_view remark = {}) {
  auto const& entry = *directory.any(number);
  std::cout << "    " << plain_line(entry.id) << "  " << plain_line(entry.source) << remark << '\n';
}

void print(Directory const& directory, std::vector<catalogue::Cluster const*> const& clusters,
           std::vector<LikelyDuplicate> const& likely) {
  std::cout << clusters.size() << " described by several sources\n";
  for (auto const* const cluster : clusters) {
    auto const first = cluster->members.front().number;
    std::cout << "  \"" << plain_line(directory.any(first)->title) << "\"\n";
    for (auto const& member : cluster->members) {
      print(directory, member.number, member.number == first ? "  (in lists)" : "");
    }
  }
  std::cout << likely.size() << " that may be: same title, place and time, and no common name\n";
  for (auto const& [title, records] : likely) {
    std::cout << "  \"" << plain_line(title) << "\"\n";
    for (auto const number : records) print(directory, number);
  }
}

void write(json::Writer& out, Directory const& directory, RecordNumber number) {
  auto const& entry = *directory.any(number);
  out.begin_object().member("id", entry.id).member("source", entry.source).end_object();
}

void write_json(Directory const& directory, std::vector<catalogue::Cluster const*> const& clusters,
                std::vector<LikelyDuplicate> const& likely) {
  json::Writer out;
  out.begin_object().name("clusters").begin_array();
  for (auto const* const cluster : clusters) {
    auto const first = cluster->members.front().number;
    out.begin_object().member("title", directory.any(first)->title).name("records").begin_array();
    for (auto const& member : cluster->members) write(out, directory, member.number);
    out.end_array().end_object();
  }
  out.end_array().name("likely").begin_array();
  for (auto const& [title, records] : likely) {
    out.begin_object().member("title", title).name("records").begin_array();
    for (auto const number : records) write(out, directory, number);
    out.end_array().end_object();
  }
  std::cout << out.end_array().end_object().take() << '\n';
}

} // namespace

int run(config::Config const& config, ShowDuplicates const& options) {
  auto const store = store::open_store(config.store.path, store::Access::read);
  auto const reader = store->reader();
  auto const revision = reader->begin();
  std::size_t damage = 0; // `check` tells of it
  auto const directory =
      catalogue::load_directory(*reader, rules_of(config), revision.sequence, damage);
  auto const clusters = clusters_of(directory);
  auto const likely = catalogue::likely_duplicates(*reader, directory);
  reader->end();
  options.json ? write_json(directory, clusters, likely) : print(directory, clusters, likely);
  std::cout.flush();
  return std::cout ? success : io_error;
}

} // namespace terracat::cli

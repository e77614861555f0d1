#include "catalogue/standing.hpp"

#include <algorithm>

namespace terracat::catalogue {
namespace {

bool lists(std::vector<std::string> const& sources, std::string_view source) {
  return std::ranges::find(sources, source) != sources.end();
}

} // namespace

bool Standing::shows(Cluster::Member const& member) const {
  auto const* const sources = scope_.sources();
  if (sources != nullptr && !lists(*sources, member.source)) return false;
  if (scope_.shows_empty_collections()) return true;
  auto const* const collection = directory_.find(member.number);
  return collection == nullptr || collection->derived.items > 0;
}

bool Standing::stands(Entry const& entry) const {
  if (!entry.cluster || scope_.members() != nullptr) return true;
  auto const& members = entry.cluster->members;
  auto const first = std::ranges::find_if(members, [this](auto const& one) { return shows(one); });
  return first == members.end() || first->number == entry.number;
}

RecordNumber Standing::standing_for(RecordNumber number) const {
  auto const* const entry = directory_.any(number);
  if (entry == nullptr || !entry->cluster || scope_.members() != nullptr) return number;
  auto const& members = entry->cluster->members;
  auto const first = std::ranges::find_if(members, [this](auto const& one) { return shows(one); });
  return first == members.end() ? number : first->number;
}

std::vector<Entry const*> Standing::members(RecordNumber number) const {
  std::vector<Entry const*> out;
  auto const* const entry = directory_.any(number);
  if (entry == nullptr || !entry->cluster || scope_.members() != nullptr) return out;
  for (auto const& member : entry->cluster->members) {
    if (shows(member)) out.push_back(directory_.any(member.number));
  }
  return out;
}

bool is_of_any(Entry const& entry, std::vector<std::string> const& sources) {
  if (!entry.cluster) return lists(sources, entry.source);
  return std::ranges::any_of(entry.cluster->members,
                             [&](auto const& member) { return lists(sources, member.source); });
}

} // namespace terracat::catalogue

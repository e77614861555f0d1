#include "catalogue/duplicates.hpp"

#include "catalogue/damage.hpp"
#include "catalogue/likeness.hpp"
#include "formats/record_json.hpp"
#include "query/folding.hpp"

#include <algorithm>
#include <cstdlib>
#include <map>
#include <set>

namespace terracat::catalogue {
namespace {

constexpr std::size_t most_of_title = 100;

/// Where and when a record is.
struct Place {
  RecordNumber number{};
  std::string source;
  std::shared_ptr<Cluster const> cluster;
  model::Bbox bbox = model::Bbox::world();
  std::optional<model::Interval> period;
};

bool is_alike(std::optional<model::Instant> a, std::optional<model::Instant> b) noexcept {
  constexpr std::int64_t day = 86'400'000; // "2001" ends with its last day or its last second
  if (!a || !b) return a == b;
  return std::abs(a->milliseconds() - b->milliseconds()) <= day;
}

bool is_alike(Place const& a, Place const& b) noexcept {
  bool const are_kin = a.source == b.source || (a.cluster && a.cluster == b.cluster);
  if (are_kin || !is_same_place(a.bbox, b.bbox)) return false;
  if (!a.period || !b.period) return !a.period && !b.period;
  return is_alike(a.period->first(), b.period->first()) &&
         is_alike(a.period->last(), b.period->last());
}

class Reading {
 public:
  Reading(store::Reader& reader, Directory const& directory)
      : reader_(reader), directory_(directory) {}

  /// Those of a title that are alike with the first that is alike with any.
  void add(std::vector<RecordNumber> const& records, std::vector<LikelyDuplicate>& out) {
    std::vector<Place> places;
    for (auto const number : records) {
      if (auto place = place_of(number)) places.push_back(std::move(*place));
    }
    std::set<RecordNumber> told;
    for (auto const& one : places) {
      if (told.contains(one.number)) continue;
      LikelyDuplicate found{.title = directory_.any(one.number)->title, .records = {one.number}};
      for (auto const& other : places) {
        bool const is_new = other.number > one.number && !told.contains(other.number);
        if (is_new && is_alike(one, other)) found.records.push_back(other.number);
      }
      if (found.records.size() < 2) continue;
      told.insert(found.records.begin(), found.records.end());
      out.push_back(std::move(found));
    }
  }

 private:
  /// \return  nothing if it does not say where it is
  std::optional<Place> place_of(RecordNumber number) {
    std::size_t damage = 0; // `check` tells of it
    auto const text = unless_damaged(damage, [&] {
                        return reader_.record_text(number, &store::RecordTexts::record);
                      }).value_or(std::nullopt);
    auto const record = text ? formats::from_record_json(*text, parser_)
                             : Result<model::Record>(Problem{ProblemKind::store_corrupt});
    auto const bbox = record ? record->bbox() : std::nullopt;
    if (!bbox) return std::nullopt;
    auto const& entry = *directory_.any(number);
    return Place{.number = number,
                 .source = entry.source,
                 .cluster = entry.cluster,
                 .bbox = *bbox,
                 .period = record->period()};
  }

  store::Reader& reader_;
  Directory const& directory_;
  json::Parser parser_;
};

} // namespace

std::vector<LikelyDuplicate> likely_duplicates(store::Reader& reader, Directory const& directory) {
  std::map<std::string, std::vector<RecordNumber>> of_title;
  for (auto const* const entries : {&directory.entries(), &directory.others()}) {
    for (auto const& [number, entry] : *entries) {
      // An alternate is joined already; who it is alike with, the canonical one tells.
      if (!entry->is_alternate()) of_title[query::folded(entry->title)].push_back(number);
    }
  }
  std::vector<LikelyDuplicate> out;
  Reading reading(reader, directory);
  for (auto& [title, records] : of_title) {
    if (records.size() < 2 || records.size() > most_of_title) continue;
    std::ranges::sort(records);
    reading.add(records, out);
  }
  return out;
}

} // namespace terracat::catalogue

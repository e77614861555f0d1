#include "store/memory/memory_reader.hpp"

#include <algorithm>
#include <functional>
#include <iterator>
#include <map>
#include <utility>

/// What is kept of sources, of their runs, and of what they did not say any more.
namespace terracat::store {

SourceState MemoryReader::source(std::string_view name) {
  auto const found = state().sources.find(name);
  return found == state().sources.end() ? SourceState{.name = std::string(name)} : found->second;
}

std::vector<Correction> MemoryReader::corrections(std::string_view source,
                                                  std::string_view native_id) {
  auto const& all = state().corrections;
  std::vector<Correction> out;
  auto at = all.lower_bound({std::string(source), std::string(native_id), {}, {}});
  for (; at != all.end() && at->first.source == source && at->first.native_id == native_id; ++at) {
    out.push_back(at->second);
  }
  return out;
}

std::vector<Correction> MemoryReader::corrections() {
  std::vector<Correction> out;
  for (auto const& [key, correction] : state().corrections) out.push_back(correction);
  return out;
}

std::vector<KeywordDecision> MemoryReader::keyword_decisions() {
  std::vector<KeywordDecision> out;
  for (auto const& [key, decision] : state().keyword_decisions) out.push_back(decision);
  return out;
}

std::vector<std::string> MemoryReader::sources() {
  std::vector<std::string> names;
  for (auto const& [name, source] : state().sources) names.push_back(name);
  return names;
}

Holdings MemoryReader::holdings(std::string_view source) {
  Holdings out;
  for (auto const& [number, record] : state().records) {
    if (record->row.source != source) continue;
    ++out.records;
    out.items += count_items(number);
  }
  for (auto const& [key, mark] : state().missing) out.missing += key.first == source ? 1U : 0U;
  return out;
}

std::vector<Missing> MemoryReader::owned(std::string_view source, Subject subject) const {
  std::vector<Missing> out;
  if (subject == Subject::record) {
    for (auto const& [number, record] : state().records) {
      if (record->row.source == source) out.push_back({.resource = number, .collection = number});
    }
  } else {
    for (auto const& [number, item] : state().items) {
      if (item->row.source != source) continue;
      out.push_back({.resource = number, .collection = item->row.collection});
    }
  }
  return out;
}

std::vector<Missing> MemoryReader::unseen(std::string_view source, RunNumber sweep, Subject subject,
                                          std::int64_t after, std::size_t limit) {
  auto const seen = find_in(state().seen, sweep).value_or(std::set<Resource>());
  std::vector<Missing> out;
  for (auto const& one : owned(source, subject)) {
    if (out.size() == limit) break;
    if (one.resource.number <= after || seen.contains(one.resource)) continue;
    auto const mark = find_in(state().missing, std::pair(std::string(source), one.resource));
    out.push_back(mark.value_or(one));
  }
  return out;
}

std::vector<Missing> MemoryReader::missing(std::string_view source, Grace const& grace,
                                           Resource after, std::size_t limit) {
  std::vector<Missing> out;
  for (auto const& [key, mark] : state().missing) {
    if (out.size() == limit) break;
    bool const is_wanted = key.first == source && key.second > after;
    if (is_wanted && mark.since <= grace.since && mark.sweeps >= grace.sweeps) out.push_back(mark);
  }
  return out;
}

bool MemoryReader::is_purged() {
  return std::ranges::all_of(state().seen, [&](auto const& sweep) {
    return std::ranges::any_of(
        state().sources, [&](auto const& source) { return source.second.sweep == sweep.first; });
  });
}

std::vector<Run> MemoryReader::runs(std::string_view source, std::size_t limit) {
  std::vector<Run> out;
  for (auto at = state().runs.rbegin(); at != state().runs.rend() && out.size() < limit; ++at) {
    if (source.empty() || at->second.source == source) out.push_back(at->second);
  }
  return out;
}

std::optional<Run> MemoryReader::run(RunNumber number) {
  return find_in(state().runs, number);
}

std::vector<RunDocument> MemoryReader::run_documents(RunDocumentSearch const& search) {
  std::vector<RunDocument> out;
  for (auto const& document : state().run_documents) {
    if (std::cmp_greater_equal(out.size(), search.limit)) break;
    bool const is_sought = document.run == search.run && document.number > search.after &&
                           (!search.outcome || document.outcome == *search.outcome) &&
                           (!search.code || document.code == *search.code);
    if (is_sought) out.push_back(document);
  }
  return out;
}

std::vector<RunFinding> MemoryReader::run_findings(RunNumber number) {
  std::map<std::pair<DocumentOutcome, std::string>, std::int64_t> counts;
  for (auto const& document : state().run_documents) {
    if (document.run == number) ++counts[{document.outcome, document.code}];
  }
  std::vector<RunFinding> out;
  out.reserve(counts.size());
  for (auto const& [what, count] : counts) {
    out.push_back({.outcome = what.first, .code = what.second, .documents = count});
  }
  std::ranges::stable_sort(out, std::greater(), &RunFinding::documents);
  return out;
}

} // namespace terracat::store

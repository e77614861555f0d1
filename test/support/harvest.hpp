#pragma once

#include <terracat/kind.hpp>

#include <algorithm>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace terracat::test {

/// All that a harvester brought, from its start to its end.
struct Harvest {
  std::vector<kinds::RawDocument> documents;
  std::vector<kinds::Failure> failures;
  std::vector<std::string> checkpoints; ///< one for each page
  std::vector<std::size_t> page_sizes;  ///< in documents
  std::optional<std::size_t> announced; ///< by the last page
  bool complete = false;

  [[nodiscard]] std::vector<std::string> ids() const {
    std::vector<std::string> out;
    for (auto const& document : documents) out.push_back(document.native_id);
    return out;
  }

  [[nodiscard]] std::vector<std::string> bodies() const {
    std::vector<std::string> out;
    for (auto const& document : documents) out.push_back(document.bytes);
    return out;
  }

  /// The stable names of what was noticed.
  [[nodiscard]] std::vector<std::string> codes() const {
    std::vector<std::string> out;
    for (auto const& failure : failures) out.emplace_back(name(failure.finding.code));
    return out;
  }
};

/// \param pages  stop after so many, as a process that is killed does
inline Harvest harvest(kinds::Harvester& harvester, std::size_t pages = 100'000) {
  Harvest out;
  while (out.checkpoints.size() < pages) {
    auto page = harvester.next({});
    if (!page) break;
    out.page_sizes.push_back(page->documents.size());
    std::ranges::move(page->documents, std::back_inserter(out.documents));
    std::ranges::move(page->failures, std::back_inserter(out.failures));
    out.checkpoints.push_back(page->checkpoint);
    out.announced = page->announced;
  }
  out.complete = harvester.complete();
  return out;
}

/// Makes a harvester that goes on from a checkpoint.
using Starter = std::function<std::unique_ptr<kinds::Harvester>(std::string_view checkpoint)>;

/// A run that is killed after its k-th page and started again from the checkpoint.
inline Harvest killed_and_resumed(Starter const& start, std::size_t k) {
  auto out = harvest(*start({}), k);
  auto rest = harvest(*start(out.checkpoints.empty() ? std::string() : out.checkpoints.back()));
  std::ranges::move(rest.documents, std::back_inserter(out.documents));
  std::ranges::move(rest.failures, std::back_inserter(out.failures));
  out.complete = rest.complete;
  return out;
}

} // namespace terracat::test

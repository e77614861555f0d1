#pragma once

#include "fake_oai.hpp"
#include "kinds/oai_pmh/oai_pmh.hpp"
#include "support/harvest.hpp"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

/// Runs of the kind over a repository that is played.
namespace terracat::test {

using Strings = std::vector<std::string>;

inline Source source_with(std::string options) {
  Source source;
  source.address = "https://repository.example/oai";
  source.options = std::move(options);
  return source;
}

inline Harvest run_over(FakeOai& oai, std::string options = "{}",
                        kinds::What what = kinds::What::documents) {
  auto fetcher = oai.fetcher();
  return harvest(*kinds::oai_pmh::start(source_with(std::move(options)), fetcher, {}, what));
}

/// r1, r2 … r{count}
inline Strings ids_to(std::size_t count) {
  Strings ids;
  for (auto const& record : FakeOai(count).records) ids.push_back(record.id);
  return ids;
}

inline Strings sorted(Strings ids) {
  std::ranges::sort(ids);
  return ids;
}

/// A record for each of the first days of May 2024.
inline FakeOai dated(std::size_t count) {
  FakeOai oai(count);
  for (std::size_t i = 0; i < count; ++i) {
    oai.records[i].date = "2024-05-0" + std::to_string(i + 1) + "T10:00:00Z";
  }
  return oai;
}

} // namespace terracat::test

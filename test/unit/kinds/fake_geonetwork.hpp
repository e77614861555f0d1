#pragma once

#include "support/canned_fetcher.hpp"

#include <terracat/json.hpp>

#include <algorithm>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace terracat::test {

/// The API of a GeoNetwork over some records, whose traps are members.
struct FakeGeonetwork {
  explicit FakeGeonetwork(std::size_t count) {
    for (std::size_t i = 1; i <= count; ++i) ids.push_back("r" + std::to_string(i));
  }

  std::vector<std::string> ids; ///< in the order of the index
  std::size_t size = 2;         ///< of a page, whatever is asked for
  std::string total;            ///< instead of the right one
  std::string also;             ///< more members of each answer of the index
  std::function<std::optional<std::string>(std::string const& after)> answer; ///< instead of one
  std::map<std::string, std::string> bodies; ///< of records, instead of those that they have
  std::map<std::string, int> refused;        ///< records that are answered with a status
  std::size_t searches = 0;

  [[nodiscard]] std::string page(std::string const& after) const {
    auto const begin = std::ranges::find_if(ids, [&after](auto const& id) { return id > after; });
    std::string hits;
    for (auto id = begin; id != ids.end() && id < begin + static_cast<std::ptrdiff_t>(size); ++id) {
      hits += (hits.empty() ? "" : ",") + std::string(R"({"_id":"x","_source":{"uuid":)") +
              json::quoted(*id) + R"(},"sort":[)" + json::quoted(*id) + "]}";
    }
    auto const right = R"({"value":)" + std::to_string(ids.size()) + R"(,"relation":"eq"})";
    return R"({"timed_out":false,"_shards":{"total":1,"failed":0},)" + also +
           R"("hits":{"total":)" + (total.empty() ? right : total) + R"(,"hits":[)" + hits + "]}}";
  }

  [[nodiscard]] std::string found(fetch::Request const& request) {
    ++searches;
    auto const asked = json::Document::parse(request.body).value();
    auto const behind = asked.root().member("search_after");
    auto const after =
        behind ? std::string(*(*behind->elements().begin()).string()) : std::string();
    auto instead = answer ? answer(after) : std::nullopt;
    return instead ? *instead : page(after);
  }

  [[nodiscard]] std::string record(std::string const& url) const {
    constexpr std::string_view records = "/records/";
    auto const begin = url.find(records) + records.size();
    auto const id = url.substr(begin, url.find('/', begin) - begin);
    if (auto const status = refused.find(id); status != refused.end()) {
      throw CannedFetcher::status(status->second);
    }
    auto const body = bodies.find(id);
    return body == bodies.end() ? "<record>" + id + "</record>" : body->second;
  }

  [[nodiscard]] CannedFetcher fetcher() {
    return CannedFetcher([this](fetch::Request const& request) {
      bool const is_search = request.url.ends_with("/search/records/_search");
      return fetch::Response{.status = 200,
                             .body = is_search ? found(request) : record(request.url),
                             .url = request.url};
    });
  }
};

} // namespace terracat::test

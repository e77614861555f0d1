#pragma once

#include "support/canned_fetcher.hpp"

#include <algorithm>
#include <cstdio>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace terracat::test {

/// An OGC API Records in memory at https://records.example/api, whose traps are members.
struct FakeRecords {
  /// Catalogues in the order of the list, with the ids of their records.
  std::vector<std::pair<std::string, std::vector<std::string>>> catalogues;

  std::size_t most_on_page = 3;
  bool says_matched = true;
  std::size_t matched_more = 0;   ///< announced but not there
  std::set<std::string> failing;  ///< catalogues whose lists are answered with status 500
  std::set<std::string> features; ///< collections that hold no records
  bool says_types = true;         ///< what collections hold
  bool filters = false;           ///< by CQL2, and each record says that it was updated in 2024
  std::string silent;             ///< the id of a record that does not say when it was updated

  /// The href of the next page, also behind the last one; the argument is the right one.
  std::function<std::string(std::string)> next_href;

  static constexpr auto root = "https://records.example/api";

  [[nodiscard]] std::string record(std::string const& id) const {
    auto const updated = filters && id != silent ? R"(,"updated":"2024-05-01T00:00:00Z")" : "";
    return R"({"id":")" + id +
           R"(","type":"Feature","geometry":null,"properties":{"type":"dataset",)" +
           R"("title":"Title of )" + id + '"' + updated + R"(},"links":[]})";
  }

  [[nodiscard]] std::string collection(std::string const& id) const {
    auto const type = features.contains(id) ? "feature" : "record";
    return R"({"id":")" + id + '"' +
           (says_types ? R"(,"itemType":")" + std::string(type) + '"' : std::string()) +
           R"(,"links":[{"rel":"items","type":"text/html","href":"/html"},)" +
           R"({"rel":"items","type":"application/geo+json","href":")" + root + "/collections/" +
           id + R"(/items?f=json"}]})";
  }

  [[nodiscard]] static std::size_t number(std::string const& url, std::string const& name,
                                          std::size_t otherwise) {
    auto const at = url.find(name + '=');
    return at == std::string::npos ? otherwise : std::stoul(url.substr(at + name.size() + 1));
  }

  [[nodiscard]] std::vector<std::string> chosen(std::vector<std::string> ids,
                                                std::string const& url) const {
    if (url.find("filter=") == std::string::npos) return ids;
    if (!filters) throw CannedFetcher::status(400);
    bool const wants_silent = url.find("IS%20NULL") != std::string::npos;
    bool const is_later = url.find("TIMESTAMP%28%272025") != std::string::npos;
    std::erase_if(ids, [&](std::string const& id) {
      return wants_silent ? id != silent : is_later || id == silent;
    });
    return ids;
  }

  [[nodiscard]] std::string items(std::string const& id, std::string const& url) const {
    auto const found = std::ranges::find_if(
        catalogues, [&](auto const& catalogue) { return catalogue.first == id; });
    if (found == catalogues.end()) throw CannedFetcher::status(404);
    if (failing.contains(id)) throw CannedFetcher::status(500);
    auto const ids = chosen(found->second, url);
    auto const from = std::min(number(url, "offset", 0), ids.size());
    auto const limit = std::min(number(url, "limit", most_on_page), most_on_page);
    auto const behind = std::min(from + limit, ids.size());
    std::string out = R"({"type":"FeatureCollection","features":[)";
    for (auto i = from; i < behind; ++i) out += (i == from ? "" : ",") + record(ids[i]);
    out += ']';
    if (says_matched) out += R"(,"numberMatched":)" + std::to_string(ids.size() + matched_more);
    out += R"(,"links":[)";
    if (behind < ids.size() || next_href) {
      auto href = url.substr(0, url.find("&offset")) + "&offset=" + std::to_string(behind);
      if (next_href) href = next_href(href);
      out += R"({"rel":"next","type":"application/geo+json","href":")" + href + "\"}";
    }
    return out + "]}";
  }

  [[nodiscard]] std::string answer(std::string const& url) const {
    auto const rest = url.substr(std::string(root).size());
    auto const path = rest.substr(0, rest.find('?'));
    if (path.empty() || path == "/") {
      return std::string(R"({"title":"x","conformsTo":[)") +
             (filters ? R"("http://www.opengis.net/spec/ogcapi-features-3/1.0/conf/filter",)"
                        R"("http://www.opengis.net/spec/cql2/1.0/conf/cql2-text")"
                      : "") +
             R"(],"links":[{"rel":"data","href":"api/collections"}]})";
    }
    if (path == "/collections") {
      std::string out;
      for (auto const& [id, ids] : catalogues) out += (out.empty() ? "" : ",") + collection(id);
      return R"({"collections":[)" + out + R"(],"links":[]})";
    }
    constexpr std::size_t behind_collections = 13; // of "/collections/"
    auto const id = path.substr(behind_collections, path.find('/', behind_collections) - 13);
    return path.ends_with("/items") ? items(id, url) : collection(id);
  }

  /// The API must outlive its fetchers.
  [[nodiscard]] CannedFetcher fetcher() const {
    return CannedFetcher([this](fetch::Request const& request) {
      return fetch::Response{.status = 200, .body = answer(request.url), .url = request.url};
    });
  }
};

} // namespace terracat::test

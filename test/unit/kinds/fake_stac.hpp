#pragma once

#include "support/canned_fetcher.hpp"

#include <terracat/json.hpp>

#include <algorithm>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace terracat::test {

/// A STAC API in memory at https://stac.example, whose traps are members.
struct FakeStac {
  /// Collections in the order of the list, each with the number of its items; -1: it has no items
  /// and no link to them.
  std::vector<std::pair<std::string, int>> collections;

  std::size_t collections_on_page = 100;
  std::size_t items_on_page = 100; ///< at most, whatever is asked for
  bool posts_next = false;         ///< the next page of a search is posted with a merged body
  bool says_matched = false;
  std::size_t matched_more = 0;  ///< announced but not there
  std::set<std::string> failing; ///< collections whose items are answered with status 500

  std::vector<std::string> conformance; ///< as the landing page says
  bool has_updated = false; ///< its items: the first one on the first of May 2024, and so on

  /// The href of the next page of items, also behind the last one; the argument is the right one.
  std::function<std::string(std::string)> next_href;

  static constexpr auto root = "https://stac.example";

  [[nodiscard]] static std::size_t number(std::string const& text, std::string const& name,
                                          std::size_t otherwise) {
    auto const at = text.find(name);
    return at == std::string::npos ? otherwise : std::stoul(text.substr(at + name.size()));
  }

  /// ,"links":[…]} and what else ends a page
  [[nodiscard]] std::string tail(std::string const& path, std::size_t behind, std::size_t total,
                                 bool by_post, std::size_t first = 0) const {
    std::string out;
    if (says_matched) out += R"(,"numberMatched":)" + std::to_string(total - first + matched_more);
    out += R"(,"links":[)";
    bool const is_bent = next_href && path != "/collections";
    if (behind < total || is_bent) {
      auto const offset = std::to_string(behind);
      auto href = root + path + (by_post ? "" : "?offset=" + offset);
      if (is_bent) href = next_href(href);
      out += R"({"rel":"next","href":")" + href + '"';
      if (by_post) out += R"(,"method":"POST","merge":true,"body":{"offset":)" + offset + '}';
      out += '}';
    }
    return out + "]}";
  }

  [[nodiscard]] static std::string collection(std::string const& id, bool has_items) {
    auto out = R"({"type":"Collection","id":")" + id + R"(","links":[)";
    if (has_items) {
      out +=
          R"({"rel":"items","href":")" + std::string(root) + "/collections/" + id + R"(/items"})";
    }
    return out + "]}";
  }

  [[nodiscard]] std::string item(std::string const& collection, std::size_t n) const {
    auto const properties =
        has_updated ? R"("updated":"2024-05-0)" + std::to_string(n + 1) + R"(T12:00:00Z")" : "";
    return R"({"type":"Feature","id":")" + collection + '-' + std::to_string(n) +
           R"(","geometry":null,"properties":{)" + properties + R"(},"collection":")" + collection +
           R"("})";
  }

  [[nodiscard]] std::string list(std::string const& url) const {
    auto const from = number(url, "offset=", 0);
    auto const behind = std::min(from + collections_on_page, collections.size());
    std::string out;
    for (auto i = from; i < behind; ++i) {
      if (!out.empty()) out += ',';
      out += collection(collections[i].first, collections[i].second >= 0);
    }
    return R"({"collections":[)" + out + ']' +
           tail("/collections", behind, collections.size(), false);
  }

  [[nodiscard]] std::string items(std::string const& id, std::string const& path,
                                  std::string const& parameters, bool by_post) const {
    if (failing.contains(id)) throw CannedFetcher::status(500);
    auto const found = std::ranges::find(collections, id, &std::pair<std::string, int>::first);
    if (found == collections.end() || found->second < 0) throw CannedFetcher::status(404);
    auto const total = static_cast<std::size_t>(found->second);
    // Of a search that is limited to changes, the first item is the one of that day.
    auto const first = number(parameters, "2024-05-0", 1) - 1;
    auto const from = std::max(first, number(parameters, by_post ? R"("offset":)" : "offset=", 0));
    auto const limit = number(parameters, by_post ? R"("limit":)" : "limit=", items_on_page);
    auto const behind = std::min(from + std::min(limit, items_on_page), total);
    std::string out;
    for (auto i = from; i < behind; ++i) out += (i == from ? "" : ",") + item(id, i);
    return R"({"type":"FeatureCollection","features":[)" + out + ']' +
           tail(path, behind, total, by_post && posts_next, std::min(first, total));
  }

  [[nodiscard]] std::string answer(fetch::Request const& request) const {
    auto const rest = request.url.substr(std::string(root).size());
    auto const path = rest.substr(0, rest.find('?'));
    if (path == "/" || path.empty()) {
      std::string classes;
      for (auto const& name : conformance) {
        classes += (classes.empty() ? "\"" : ",\"") + name + '"';
      }
      return R"({"type":"Catalog","id":"x","conformsTo":[)" + classes +
             R"(],"links":[{"rel":"data","href":"./collections"},)"
             R"({"rel":"search","method":"POST","href":"/search"}]})";
    }
    if (path == "/collections") return list(rest);
    if (path == "/search") {
      auto const body = json::Document::parse(request.body);
      if (!body) throw CannedFetcher::status(400);
      auto const ids = body->root().member("collections");
      if (!ids || ids->size() != 1) throw CannedFetcher::status(400);
      return items(std::string(*(*ids->elements().begin()).string()), path, request.body, true);
    }
    auto const id = path.substr(13, path.find('/', 13) - 13);
    if (path.ends_with("/items")) return items(id, path, rest, false);
    throw CannedFetcher::status(404);
  }

  /// The API must outlive its fetchers.
  [[nodiscard]] CannedFetcher fetcher() const {
    return CannedFetcher([this](fetch::Request const& request) {
      return fetch::Response{.status = 200, .body = answer(request), .url = request.url};
    });
  }
};

} // namespace terracat::test

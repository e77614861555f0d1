#include "formats/theia/pivot.hpp"

#include "formats/words/identifiers.hpp"
#include "formats/words/text.hpp"

#include <algorithm>
#include <optional>

namespace terracat::formats::theia {
namespace {

/// Languages of one document: the portal has two.

std::optional<std::string> doi_of(json::Value const& dataset) {
  auto const metadata = dataset.member("metadata");
  auto const online = metadata ? metadata->member("onlineResource") : std::nullopt;
  auto const text = online ? online->string("doi") : std::nullopt;
  return text ? read_doi(one_line(*text)) : std::nullopt;
}

Finding not_one(JsonNode const& datasets, std::size_t count) {
  return refusal(FindingCode::unexpected_root, datasets, std::to_string(count) + " data sets");
}

void append_file(json::Writer& out, DatasetVersion const& version) {
  out.begin_object();
  for (auto const* const name : {"version", "producer"}) {
    if (auto const value = version.file.member(name)) out.name(name).value(*value);
  }
  out.name("datasets").begin_array().value(version.dataset).end_array().end_object();
}

} // namespace

Told::operator bool() const noexcept {
  return std::ranges::any_of(versions_, [](Version const& version) { return bool(version.node); });
}

Told Told::member(std::string_view name) const {
  std::vector<Version> out;
  out.reserve(versions_.size());
  for (auto const& version : versions_) {
    out.push_back({version.language, version.node.member(name)});
  }
  return Told(std::move(out));
}

std::vector<Told> Told::each() const {
  std::vector<std::vector<JsonNode>> lists;
  lists.reserve(versions_.size());
  for (auto const& version : versions_) lists.push_back(version.node.each());
  std::vector<Told> out;
  for (std::size_t which = 0; which < lists.size(); ++which) {
    auto const is_told = [&](auto const& before) { return before.size() == lists[which].size(); };
    auto const before = lists.begin() + static_cast<std::ptrdiff_t>(which);
    if (std::any_of(lists.begin(), before, is_told)) continue;
    for (std::size_t place = 0; place < lists[which].size(); ++place) {
      std::vector<Version> same;
      for (std::size_t other = which; other < lists.size(); ++other) {
        if (lists[other].size() != lists[which].size()) continue;
        same.push_back({versions_[other].language, lists[other][place]});
      }
      out.emplace_back(std::move(same));
    }
  }
  return out;
}

std::vector<Told> Told::each_by(std::string_view member) const {
  std::vector<std::vector<Version>> found;
  std::map<std::string, std::size_t, std::less<>> places;
  for (auto const& version : versions_) {
    for (auto& node : version.node.each()) {
      auto key = node.member(member).line();
      auto const place = key.empty() ? places.end() : places.find(key);
      if (place != places.end()) {
        found[place->second].push_back({version.language, std::move(node)});
        continue;
      }
      if (!key.empty()) places.emplace(std::move(key), found.size());
      found.push_back({{version.language, std::move(node)}});
    }
  }
  std::vector<Told> out;
  out.reserve(found.size());
  for (auto& versions : found) out.emplace_back(std::move(versions));
  return out;
}

JsonNode Told::first() const {
  for (auto const& version : versions_) {
    if (version.node) return version.node;
  }
  return versions_.empty() ? JsonNode(std::nullopt) : versions_.front().node;
}

model::LocalText Told::text(Draft& draft, model::LocalText (*read)(JsonNode const&, Draft&)) const {
  model::LocalText out;
  for (auto const& version : versions_) {
    draft.language = version.language;
    auto const text = read(version.node, draft);
    for (auto const& entry : text.entries()) out.add(entry.language, entry.text);
  }
  return out;
}

boost::system::result<Pivot, Finding> read_pivot(json::Value const& root,
                                                 std::string const& language) {
  JsonNode const whole(root);
  auto const pivots = whole.member("pivots");
  std::vector<Told::Version> files;
  if (pivots) {
    for (auto const& [name, value] : pivots.value()->members()) {
      if (files.size() == most_languages) break;
      files.push_back({std::string(name), pivots.member(name)});
    }
  } else {
    files.push_back({language, whole});
  }
  std::vector<Told::Version> producers;
  std::vector<Told::Version> datasets;
  for (auto const& file : files) {
    auto const list = file.node.member("datasets");
    bool const is_list = list && list.value()->is_array();
    auto const found = is_list ? list.each() : std::vector<JsonNode>();
    if (found.size() != 1) return not_one(list, found.size());
    producers.push_back({file.language, file.node.member("producer")});
    datasets.push_back({file.language, found.front()});
  }
  if (datasets.empty()) return not_one(pivots, 0);
  Pivot out{Told(std::move(producers)), Told(std::move(datasets)), {}, 0};
  if (pivots) out.languages_left_out = pivots.value()->size() - files.size();
  for (auto const& doi : whole.member("sharedDois").each()) out.shared_dois.push_back(doi.line());
  return out;
}

void DoiCounts::add(json::Value const& dataset) {
  if (auto doi = doi_of(dataset)) ++counts_[std::move(*doi)];
}

std::string DoiCounts::shared(json::Value const& dataset) const {
  auto doi = doi_of(dataset);
  auto const count = doi ? counts_.find(*doi) : counts_.end();
  return count != counts_.end() && count->second > 1 ? std::move(*doi) : std::string();
}

std::string document_of(std::span<DatasetVersion const> versions, DoiCounts const& dois) {
  json::Writer out;
  out.begin_object();
  if (versions.front().language.empty()) {
    auto const& only = versions.front();
    for (auto const* const name : {"version", "producer"}) {
      if (auto const value = only.file.member(name)) out.name(name).value(*value);
    }
    out.name("datasets").begin_array().value(only.dataset).end_array();
  } else {
    out.name("pivots").begin_object();
    for (auto const& version : versions) {
      out.name(version.language);
      append_file(out, version);
    }
    out.end_object();
  }
  auto const doi = dois.shared(versions.front().dataset);
  if (!doi.empty()) out.name("sharedDois").begin_array().string(doi).end_array();
  return out.end_object().take();
}

} // namespace terracat::formats::theia

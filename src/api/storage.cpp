#include "api/storage.hpp"

#include "api/alternates.hpp"

#include <terracat/text.hpp>

#include <algorithm>
#include <array>
#include <functional>
#include <optional>
#include <utility>

namespace terracat::api {
namespace {

constexpr std::string_view place_of_path = "{path}";

/// What follows a prefix becomes a part of another address, and must not lead out of it: not as it
/// stands, nor once its escapes are read.
bool stays_below(std::string_view path) {
  bool const has_odd = std::ranges::any_of(path, [](char c) {
    auto const byte = static_cast<unsigned char>(c);
    return byte < ' ' || byte == 0x7f || c == '"' || c == '<' || c == '>' || c == '\\';
  });
  if (has_odd) return false;
  auto read = "/" + lowered(path) + "/";
  constexpr std::array<std::pair<std::string_view, std::string_view>, 3> escapes{
      {{"%2e", "."}, {"%2f", "/"}, {"%5c", "/"}}};
  for (auto const& [escape, meant] : escapes) {
    for (auto at = read.find(escape); at != std::string::npos; at = read.find(escape)) {
      read.replace(at, 3, meant);
    }
  }
  return read.find("/../") == std::string::npos && read.find("/./") == std::string::npos;
}

/// With escapes in the place of what would mean more than a name where the path is to stand.
/// Escapes that are there stay.
std::string escaped(std::string_view path, bool is_in_query) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string_view const special = is_in_query ? " #?&+" : " #?";
  std::string out;
  for (auto const c : path) {
    if (special.find(c) == std::string_view::npos) {
      out += c;
      continue;
    }
    auto const byte = static_cast<unsigned char>(c);
    out += {'%', digits[byte / 16], digits[byte % 16]};
  }
  return out;
}

std::string filled(std::string const& href, std::string_view path) {
  auto const at = std::min(href.find(place_of_path), href.size());
  auto const before = href.substr(0, at);
  auto const behind = at == href.size() ? std::string() : href.substr(at + place_of_path.size());
  bool const is_in_query = before.find_first_of("?#") != std::string::npos;
  return before + escaped(path, is_in_query) + behind;
}

/// A question or a place within a file: no file below the prefix.
bool is_no_file(std::string_view href) {
  bool const is_web = href.starts_with("http://") || href.starts_with("https://");
  return is_web && href.find_first_of("?#") != std::string_view::npos;
}

void write_ways(json::Writer& out, std::vector<Storage::Way> const& ways,
                json::Value const& asset) {
  auto const told = asset.member("alternate");
  out.name("alternate").begin_object();
  if (told) {
    for (auto const& [name, value] : told->members()) out.name(name).value(value);
  }
  for (auto const& way : ways) {
    if (told && told->member(way.name)) continue;
    out.name(way.name).begin_object().name("href").string(way.href);
    out.member("title", way.title).end_object();
  }
  out.end_object();
}

/// \return  nothing if no rule is about any of them
std::optional<std::string> with_alternates(json::Value const& assets, Storage const& storage) {
  json::Writer out;
  bool has_any = false;
  out.begin_object();
  for (auto const& [key, asset] : assets.members()) {
    auto const ways = storage.ways_to(asset.string("href").value_or(""));
    out.name(key);
    if (ways.empty()) {
      out.value(asset);
      continue;
    }
    has_any = true;
    out.begin_object();
    for (auto const& [name, value] : asset.members()) {
      if (name != "alternate") out.name(name).value(value);
    }
    write_ways(out, ways, asset);
    out.end_object();
  }
  auto text = out.end_object().take();
  return has_any ? std::optional(std::move(text)) : std::nullopt;
}

std::string with_extension(std::optional<json::Value> const& extensions) {
  json::Writer out;
  out.begin_array();
  bool is_there = false;
  if (extensions) {
    for (auto const element : extensions->elements()) {
      is_there |= element.string() == alternates_extension;
      out.value(element);
    }
  }
  if (!is_there) out.string(alternates_extension);
  return out.end_array().take();
}

} // namespace

Storage::Storage(std::vector<StorageRule> rules) : rules_(std::move(rules)) {
  std::ranges::stable_sort(rules_, std::greater{},
                           [](StorageRule const& rule) { return rule.prefix.size(); });
}

std::vector<Storage::Way> Storage::ways_to(std::string_view href) const {
  std::vector<Way> out;
  for (auto const& rule : rules_) {
    if (!href.starts_with(rule.prefix)) continue;
    auto const path = href.substr(rule.prefix.size());
    bool const is_told = std::ranges::find(out, rule.name, &Way::name) != out.end();
    if (is_told || is_no_file(href) || !stays_below(path)) continue;
    out.push_back({.name = rule.name, .href = filled(rule.href, path), .title = rule.title});
  }
  return out;
}

bool Storage::may_concern(std::string_view text) const noexcept {
  return std::ranges::any_of(rules_, [&](StorageRule const& rule) {
    return text.find(rule.prefix) != std::string_view::npos;
  });
}

void Storage::append_stac(json::Value const& resource, std::string& out) const {
  auto const assets = resource.member("assets");
  auto const others = assets ? with_alternates(*assets, *this) : std::nullopt;
  if (!others) return resource.append_to(out);
  json::Writer text;
  text.begin_object();
  for (auto const& [name, value] : resource.members()) {
    if (name == "stac_extensions") continue;
    text.name(name);
    if (name == "assets") {
      text.raw(*others);
    } else {
      text.value(value);
    }
  }
  text.name("stac_extensions").raw(with_extension(resource.member("stac_extensions")));
  out += text.end_object().take();
}

void Storage::append_record(json::Value const& record, std::string& out) const {
  json::Writer text;
  text.begin_object();
  for (auto const& [name, value] : record.members()) {
    text.name(name);
    if (name != "links") {
      text.value(value);
      continue;
    }
    text.begin_array();
    for (auto const link : value.elements()) {
      text.value(link);
      for (auto const& way : ways_to(link.string("href").value_or(""))) {
        text.begin_object().name("href").string(way.href);
        text.member("rel", link.string("rel").value_or(""));
        text.member("type", link.string("type").value_or(""));
        text.member("title", way.title.empty() ? way.name : way.title).end_object();
      }
    }
    text.end_array();
  }
  out += text.end_object().take();
}

void Storage::add_to(model::Record& record) const {
  if (rules_.empty()) return;
  std::vector<model::OnlineResource> more;
  auto const add = [&](std::string const& href, std::string const& media_type) {
    for (auto const& way : ways_to(href)) {
      more.push_back({.href = way.href,
                      .name = model::LocalText(way.title.empty() ? way.name : way.title),
                      .description = {},
                      .protocol = {},
                      .function = "download",
                      .media_type = media_type});
    }
  };
  for (auto const& asset : record->assets) add(asset.href, asset.type);
  for (auto const& resource : record->online) add(resource.href, resource.media_type);
  if (more.empty()) return;
  auto parts = *record;
  parts.online.insert(parts.online.end(), more.begin(), more.end());
  record = model::Record::make(std::move(parts)).value(); // it was one before
}

} // namespace terracat::api

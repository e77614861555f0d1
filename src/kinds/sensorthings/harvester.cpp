#include "kinds/linked_pages.hpp"
#include "kinds/options.hpp"
#include "kinds/sensorthings/options.hpp"
#include "kinds/sensorthings/sensorthings.hpp"
#include "kinds/url.hpp"

#include <terracat/json.hpp>
#include <terracat/text.hpp>

#include <array>
#include <unordered_set>
#include <utility>

namespace terracat::kinds::sensorthings {
namespace {

constexpr std::string_view count_member = "@iot.count";
constexpr std::string_view next_member = "@iot.nextLink";

/// What is told in pages within an entity, too.
constexpr std::array<std::string_view, 2> inner_lists{"Datastreams", "Locations"};

/// Pages of one list within one Thing, and the bytes of all of them.
constexpr std::size_t most_inner_pages = 100;
constexpr std::size_t most_inner_bytes = std::size_t{16} << 20;

constexpr std::string_view expanded_things =
    "Locations,Datastreams($expand=ObservedProperty,Sensor)";
constexpr std::string_view expanded_streams = "ObservedProperty,Sensor,Thing($expand=Locations)";

/// `12` or `'a'`, as it stands in an address.
std::string key_of(json::Value const& entity) {
  auto const id = entity.member("@iot.id");
  if (!id) return {};
  if (auto const number = id->integer()) return std::to_string(*number);
  auto const text = trimmed(id->string().value_or(""));
  return text.empty() ? std::string() : "'" + std::string(text) + "'";
}

std::string next_in(json::Value const& of, std::string const& name) {
  return std::string(of.string(name).value_or(""));
}

class SensorThingsHarvester : public LinkedPages {
 public:
  SensorThingsHarvester(Source const& source, fetch::Fetcher& fetcher, std::string_view checkpoint,
                        What what)
      : LinkedPages(fetcher, what) {
    auto const options = read_options(options_schema, source.options);
    auto const root = options.root();
    bool const is_of_things = root.string("records") == "things";
    entities_ = is_of_things ? "Things" : "Datastreams";
    list_url_ = below(source.address, entities_);
    Parameters parameters{
        {"$count", "true"},
        {"$top", std::to_string(whole_number(*root.member("page_size")))},
        {"$expand", std::string(is_of_things ? expanded_things : expanded_streams)}};
    std::string const filter(*root.string("filter"));
    if (!filter.empty()) parameters.emplace_back("$filter", filter);
    begin({.first_url = with_parameters(list_url_, parameters),
           .expected = "list of SensorThings",
           .most = whole_number(*root.member("max_records")),
           .narrower = "options.filter would narrow it, or options.max_records is to be raised",
           .trusts_last_page = false},
          checkpoint);
  }

  [[nodiscard]] Coverage coverage() const noexcept override { return Coverage::records; }

 protected:
  [[nodiscard]] std::optional<json::Value> entries_of(json::Value const& root) const override {
    return root.member("value");
  }

  [[nodiscard]] std::optional<std::size_t> total_of(json::Value const& root) const override {
    return count_of(root.member(count_member));
  }

  [[nodiscard]] std::string next_of(json::Value const& root) const override {
    return next_in(root, std::string(next_member));
  }

  void take(json::Value const& entry, CountedList& list, Page& page,
            std::stop_token const& stop) override {
    auto const key = key_of(entry);
    if (key.empty()) return list.lose_unnamed("/@iot.id", entry, page);
    auto const id = entities_ + '(' + key + ')';
    if (!list.take(id, page)) return;
    RawDocument document{.native_id = id,
                         .format = "sensorthings",
                         .bytes = {},
                         .address = without_credentials(list_url_ + '(' + encoded_key(key) + ')'),
                         .collection = {}};
    if (what() == What::documents) {
      document.bytes = entry.text();
      for (auto const name : inner_lists) {
        auto const link = std::string(name) + std::string(next_member);
        bool const is_whole =
            next_in(entry, link).empty() || complete_list(document.bytes, std::string(name), stop);
        if (is_whole && has_all(entry, document.bytes, std::string(name))) continue;
        auto where = '/' + link;
        list.lose({.native_id = id, .finding = {FindingCode::list_cut_short, std::move(where), {}}},
                  page);
        return;
      }
    }
    list.give(std::move(document), page);
  }

 private:
  static std::string encoded_key(std::string_view key) {
    if (!key.starts_with('\'')) return std::string(key);
    return "'" + encoded(key.substr(1, key.size() - 2)) + "'";
  }

  /// False if the entity says how many entries its list has, and there are others.
  static bool has_all(json::Value const& entity, std::string const& bytes,
                      std::string const& name) {
    auto const count = count_of(entity.member(name + std::string(count_member)));
    if (!count) return true;
    auto const parsed = json::Document::parse(bytes);
    auto const list = parsed ? parsed->root().member(name) : std::nullopt;
    return list && list->is_array() && list->size() == *count;
  }

  /// Puts the pages of a list within an entity together.
  /// \return  false if some of it cannot be had
  [[nodiscard]] bool complete_list(std::string& bytes, std::string const& name,
                                   std::stop_token const& stop) const {
    auto const parsed = json::Document::parse(bytes);
    auto const first = parsed ? parsed->root().member(name) : std::nullopt;
    if (!first || !first->is_array()) return false;
    std::string all;
    append(all, *first);
    auto next = next_in(parsed->root(), name + std::string(next_member));
    std::string at = list_url_;
    std::unordered_set<std::string> asked;
    while (!next.empty()) {
      auto const url = link_target(at, next);
      if (url.empty() || !is_same_host(url, list_url_) || !asked.insert(url).second) return false;
      if (asked.size() > most_inner_pages || all.size() > most_inner_bytes) return false;
      auto const body = inner_page(url, stop);
      auto const document = body ? json::Document::parse(*body) : json::Document::parse("");
      auto const values = document ? document->root().member("value") : std::nullopt;
      if (!values || !values->is_array()) return false;
      append(all, *values);
      next = next_in(document->root(), std::string(next_member));
      at = url;
    }
    bytes = with_list(parsed->root(), name, all);
    return true;
  }

  /// What is wrong with a part of one Thing is no reason to end the run.
  [[nodiscard]] std::optional<std::string> inner_page(std::string const& url,
                                                      std::stop_token const& stop) const {
    fetch::Request request;
    request.url = with_credentials_of(list_url_, url);
    request.accept = "application/json";
    try {
      return fetcher().fetch(request, stop).body;
    } catch (fetch::FetchError const& error) {
      bool const is_its_own = error.reason() == fetch::FetchError::Reason::status &&
                              error.status() >= 400 && error.status() < 500 &&
                              error.status() != 429;
      if (!is_its_own) throw;
      return std::nullopt;
    }
  }

  static void append(std::string& out, json::Value const& values) {
    for (auto const value : values.elements()) {
      if (!out.empty()) out += ',';
      value.append_to(out);
    }
  }

  static std::string with_list(json::Value const& entity, std::string const& list,
                               std::string const& all) {
    json::Writer out;
    out.begin_object();
    for (auto const& [name, value] : entity.members()) {
      if (name.starts_with(list)) continue;
      out.name(name).value(value);
    }
    return out.name(list).raw("[" + all + "]").end_object().take();
  }

  std::string entities_; ///< "Things" or "Datastreams"
  std::string list_url_;
};

} // namespace

std::unique_ptr<Harvester> start(Source const& source, Means means, std::string_view checkpoint,
                                 What what) {
  return std::make_unique<SensorThingsHarvester>(source, means.fetcher, checkpoint, what);
}

} // namespace terracat::kinds::sensorthings

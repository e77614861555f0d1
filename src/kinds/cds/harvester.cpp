#include "kinds/cds/cds.hpp"
#include "kinds/cds/options.hpp"
#include "kinds/linked_pages.hpp"
#include "kinds/one_by_one.hpp"
#include "kinds/options.hpp"
#include "kinds/url.hpp"

#include <terracat/json.hpp>
#include <terracat/text.hpp>

#include <algorithm>
#include <utility>

namespace terracat::kinds::cds {
namespace {

constexpr std::size_t most_collections = 100'000;

/// Each collection is a request, and a run is kept page by page. A store that has more on its pages
/// than it was asked for is read in parts of so many.
constexpr std::size_t most_with_details = 50;

/// A store looks every day whether its data can still be had: no change of the collection.
constexpr std::string_view moving = "cads:sanity_check";

/// Without what moves; what is no object stays as it is, for the format to refuse.
std::string lasting(std::string bytes) {
  auto const document = json::Document::parse(bytes);
  if (!document || !document->root().is_object()) return bytes;
  json::Writer out;
  out.begin_object();
  for (auto const& [name, value] : document->root().members()) {
    if (name != moving) out.name(name).value(value);
  }
  return out.end_object().take();
}

std::string list_at(std::string_view address) {
  auto const path = address.substr(0, address.find_first_of("?#"));
  return path.ends_with("/collections") ? std::string(path) : below(path, "collections");
}

class CdsHarvester : public LinkedPages {
 public:
  CdsHarvester(Source const& source, fetch::Fetcher& fetcher, std::string_view checkpoint,
               What what)
      : LinkedPages(fetcher, what), collections_(fetcher), list_url_(list_at(source.address)) {
    auto const options = read_options(options_schema, source.options);
    auto const root = options.root();
    details_ = *root.member("details")->boolean();
    std::string query = details_ ? "details" : "list";
    for (auto const id : root.member("exclude")->elements()) {
      exclude_.emplace_back(id.string().value_or(""));
      query += json::quoted(exclude_.back());
    }
    auto limit = whole_number(*root.member("page_size"));
    if (details_ && what == What::documents) limit = std::min(limit, most_with_details);
    begin({.first_url = with_parameters(list_url_, {{"limit", std::to_string(limit)}}),
           .query = std::move(query),
           .expected = "catalogue of a data store",
           .most = most_collections,
           .narrower = "no store is so large",
           .most_at_once = details_ && what == What::documents ? most_with_details : 0},
          checkpoint);
  }

  [[nodiscard]] Coverage coverage() const noexcept override { return Coverage::records; }

 protected:
  [[nodiscard]] std::optional<json::Value> entries_of(json::Value const& root) const override {
    return root.member("collections");
  }

  [[nodiscard]] std::optional<std::size_t> total_of(json::Value const& root) const override {
    auto const context = root.member("context");
    auto const total = count_of(root.member("numberMatched"));
    return total || !context ? total : count_of(context->member("matched"));
  }

  [[nodiscard]] std::string next_of(json::Value const& root) const override {
    auto const links = root.member("links");
    if (!links) return {};
    for (auto const link : links->elements()) {
      if (link.string("rel") == "next") return std::string(link.string("href").value_or(""));
    }
    return {};
  }

  void take(json::Value const& entry, CountedList& list, Page& page,
            std::stop_token const& stop) override {
    std::string const id(trimmed(entry.string("id").value_or("")));
    if (id.empty()) return list.lose_unnamed("/id", entry, page);
    if (!list.take(id, page) || std::ranges::find(exclude_, id) != exclude_.end()) return;
    auto const url = below(list_url_, encoded(id));
    RawDocument document{.native_id = id,
                         .format = "cds",
                         .bytes = {},
                         .address = without_credentials(url),
                         .collection = {}};
    if (what() == What::documents && details_) {
      fetch::Request request;
      request.url = url;
      request.accept = "application/json";
      auto fetched = collections_.ask(request, list.has_given(), stop);
      if (auto* const finding = std::get_if<Finding>(&fetched)) {
        list.lose({.native_id = id, .finding = std::move(*finding)}, page);
        return;
      }
      document.bytes = lasting(std::move(std::get<std::string>(fetched)));
    } else if (what() == What::documents) {
      document.bytes = lasting(entry.text());
    }
    list.give(std::move(document), page);
  }

 private:
  OneByOne collections_;
  std::string list_url_;
  bool details_ = true;
  std::vector<std::string> exclude_;
};

} // namespace

std::unique_ptr<Harvester> start(Source const& source, Means means, std::string_view checkpoint,
                                 What what) {
  return std::make_unique<CdsHarvester>(source, means.fetcher, checkpoint, what);
}

} // namespace terracat::kinds::cds

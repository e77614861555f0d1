#include "kinds/ogc_records/catalogues.hpp"

#include "kinds/counted_list.hpp"
#include "kinds/stac_api/paging.hpp"
#include "kinds/url.hpp"

#include <terracat/kind.hpp>

#include <optional>
#include <set>

namespace terracat::kinds::ogc_records {
namespace {

/// Pages of the list of collections: more are a list that never ends.
constexpr std::size_t most_pages = 1'000;

bool says_record(json::Value const& type) {
  if (type.string() == "record") return true;
  for (auto const one : type.elements()) {
    if (one.string() == "record") return true;
  }
  return false;
}

/// What a collection is says `itemType`, or the classes of Records that it conforms to.
bool holds_records(json::Value const& collection) {
  auto const type = collection.member("itemType");
  if (type && says_record(*type)) return true;
  auto const classes = collection.member("conformsTo");
  if (!classes) return false;
  for (auto const one : classes->elements()) {
    auto const name = one.string().value_or("");
    if (name.find("/ogcapi-records-1/") != std::string_view::npos) return true;
  }
  return false;
}

/// \param below  where the list is if no link says so
std::string list_of(json::Value const& collection, std::string_view url, std::string below) {
  auto link = stac_api::link_url(collection, "items", url);
  return link.empty() ? std::move(below) : link;
}

bool filters_by_cql2(json::Value const& page) {
  bool filters = false;
  bool in_text = false;
  auto const classes = page.member("conformsTo");
  if (!classes) return false;
  for (auto const one : classes->elements()) {
    auto const name = one.string().value_or("");
    filters = filters || name.ends_with("/conf/filter") || name.ends_with("/conf/cql-filter");
    in_text = in_text || name.ends_with("/conf/cql2-text");
  }
  return filters && in_text;
}

class Finder {
 public:
  Finder(fetch::Fetcher& fetcher, stac_api::Choice const& choice, std::stop_token const& stop)
      : fetcher_(fetcher), choice_(choice), stop_(stop) {}

  Catalogues find(std::string const& address) {
    auto first = fetched(fetcher_, address, stop_);
    auto const root = first.root();
    if (root.member("features")) {
      out_.lists.emplace("", address);
    } else if (root.member("collections")) {
      read_all(std::move(first));
    } else if (root.member("itemType") || !stac_api::link_url(root, "items", first.url).empty()) {
      out_.lists.emplace(std::string(root.string("id").value_or("")),
                         list_of(root, first.url, below(first.url, "items")));
    } else {
      read_landing_page(first);
    }
    // Where nobody says what collections hold, as of a server for records alone.
    if (out_.lists.empty()) out_.lists = std::move(silent_);
    if (out_.lists.empty()) throw ProtocolError("the server has no catalogue of records");
    return std::move(out_);
  }

 private:
  void read_landing_page(Fetched const& page) {
    auto list = stac_api::link_url(page.root(), "data", page.url);
    if (list.empty()) list = below(page.url, "collections");
    read_all(fetched(fetcher_, list, stop_));
    out_.filters = filters_by_cql2(page.root());
    auto const classes = stac_api::link_url(page.root(), "conformance", page.url);
    if (page.root().member("conformsTo") || classes.empty()) return;
    try {
      out_.filters = filters_by_cql2(fetched(fetcher_, classes, stop_).root());
    } catch (fetch::FetchError const& error) { // then it is asked for everything
      if (error.reason() == fetch::FetchError::Reason::stopped) throw;
    } catch (ProtocolError const&) {
      out_.filters = false;
    }
  }

  void read_all(Fetched page) {
    std::set<std::string> asked{page.url};
    for (std::size_t pages = 1;; ++pages) {
      auto const members = page.root().member("collections");
      if (!members || !members->is_array()) {
        throw ProtocolError("the answer has no list of collections");
      }
      for (auto const member : members->elements()) read(member, page.url);
      auto const next = stac_api::link_url(page.root(), "next", page.url);
      if (next.empty()) return;
      if (pages == most_pages || !asked.insert(next).second) {
        throw ProtocolError("the list of collections has no end");
      }
      page = fetched(fetcher_, next, stop_);
    }
  }

  void read(json::Value const& collection, std::string const& url) {
    std::string id(collection.string("id").value_or(""));
    if (id.empty() || !choice_.wants(id)) return;
    auto list = list_of(collection, url, below(url, encoded(id) + "/items"));
    bool const is_named = !choice_.collections.empty(); // then its own word does not matter
    if (is_named || holds_records(collection)) {
      out_.lists.emplace(std::move(id), std::move(list));
    } else if (!collection.member("itemType")) {
      silent_.emplace(std::move(id), std::move(list));
    }
  }

  fetch::Fetcher& fetcher_;
  stac_api::Choice const& choice_;
  std::stop_token const& stop_;
  Catalogues out_;
  decltype(Catalogues::lists) silent_; ///< of collections that do not say what they hold
};

} // namespace

Fetched fetched(fetch::Fetcher& fetcher, std::string const& url, std::stop_token const& stop) {
  auto response = fetcher.fetch(stac_api::get(url), stop);
  auto document = json::Document::parse(response.body);
  if (!document || !document->root().is_object()) {
    refuse_page(response.body, "answer of OGC API Records");
  }
  return {.url = std::move(response.url), .document = std::move(*document)};
}

Catalogues find_catalogues(fetch::Fetcher& fetcher, std::string const& address,
                           stac_api::Choice const& choice, std::stop_token const& stop) {
  return Finder(fetcher, choice, stop).find(address);
}

} // namespace terracat::kinds::ogc_records

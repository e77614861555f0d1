#include "kinds/counted_list.hpp"
#include "kinds/geonetwork/geonetwork.hpp"
#include "kinds/geonetwork/index_page.hpp"
#include "kinds/geonetwork/options.hpp"
#include "kinds/one_by_one.hpp"
#include "kinds/options.hpp"
#include "kinds/url.hpp"

#include <terracat/json.hpp>

#include <algorithm>
#include <utility>

namespace terracat::kinds::geonetwork {
namespace {

using Reason = fetch::FetchError::Reason;

class GeonetworkHarvester : public Harvester {
 public:
  /// \param since  nothing: everything is wanted
  GeonetworkHarvester(Source const& source, fetch::Fetcher& fetcher, std::string_view checkpoint,
                      What what, std::optional<model::Instant> since = std::nullopt)
      : fetcher_(fetcher),
        records_(fetcher),
        what_(what),
        since_(since),
        address_(source.address),
        format_(source.format) {
    auto const options = read_options(options_schema, source.options);
    query_ = *options.root().string("query");
    modified_ = *options.root().string("modified");
    page_size_ = whole_number(*options.root().member("page_size"));
    if (!checkpoint.empty()) list_ = CountedList(checkpoint, list_query());
  }

  [[nodiscard]] std::optional<Page> next(std::stop_token stop) override {
    if (list_.is_done()) return std::nullopt;
    Page page;
    auto const found = search(stop);
    list_.begin_page(found.matched, page);
    auto const looked_at = list_.go_through(found.ids, page_size_, page,
                                            [&](std::string const& id) { take(id, page, stop); });
    if (found.matched == 0U && !since_) {
      list_.doubt(FindingCode::list_cut_short, "an empty index, as while it is built", page);
    }
    // The index is read in the order of identifiers, so the next page lies behind the last one.
    list_.end_page(looked_at == 0 ? std::string() : found.ids[looked_at - 1], looked_at == 0, page);
    page.checkpoint = list_.to_checkpoint(list_query());
    return page;
  }

  [[nodiscard]] bool complete() const noexcept override { return list_.is_complete(); }

  [[nodiscard]] Coverage coverage() const noexcept override { return Coverage::records; }

 private:
  /// Of records, not of templates. Drafts are left out by GeoNetwork, as long as nobody asks for
  /// them; it adds its own conditions to `must`.
  [[nodiscard]] json::Writer begin_search() const {
    json::Writer out;
    out.begin_object().name("query").begin_object().name("bool").begin_object().name("must");
    out.begin_array().begin_object().name("terms").begin_object();
    out.name("isTemplate").begin_array().string("n").end_array().end_object().end_object();
    if (!query_.empty()) {
      out.begin_object().name("query_string").begin_object();
      out.name("query").string(query_).end_object().end_object();
    }
    if (since_) {
      out.begin_object().name("range").begin_object().name(modified_).begin_object();
      out.name("gte").string(model::to_iso8601(*since_));
      out.end_object().end_object().end_object();
    }
    out.end_array().end_object().end_object();
    out.name("sort").begin_array().begin_object().name("uuid").string("asc").end_object();
    out.end_array().name("_source").begin_array().string("uuid").end_array();
    out.name("track_total_hits").boolean(true);
    return out;
  }

  /// What a checkpoint refers to.
  [[nodiscard]] std::string list_query() const {
    return address_ + '\n' + begin_search().end_object().take() +
           (what_ == What::ids ? "\nids" : "");
  }

  [[nodiscard]] IndexPage search(std::stop_token const& stop) const {
    fetch::Request request;
    request.url = below(address_, "search/records/_search");
    request.method = "POST";
    request.content_type = "application/json";
    request.accept = "application/json";
    auto out = begin_search();
    out.name("size").integer(static_cast<std::int64_t>(page_size_));
    if (!list_.place().empty()) {
      out.name("search_after").begin_array().string(list_.place()).end_array();
    }
    request.body = out.end_object().take();
    try {
      return read_index_page(fetcher_.fetch(request, stop).body);
    } catch (fetch::FetchError const& error) {
      bool const is_refused = error.reason() == Reason::status && error.status() == 400;
      if (since_ && is_refused && !list_.has_begun()) throw ChangesUnknown(error.what());
      throw;
    }
  }

  void take(std::string const& id, Page& page, std::stop_token const& stop) {
    if (id.empty()) {
      list_.lose({.native_id = {}, .finding = {FindingCode::no_identifier, "/_source/uuid", {}}},
                 page);
      return;
    }
    if (!list_.take(id, page)) return;
    auto const url = below(address_, "records/" + encoded(id) + "/formatters/xml");
    RawDocument document{.native_id = id,
                         .format = format_,
                         .bytes = {},
                         .address = without_credentials(url),
                         .collection = {}};
    if (what_ == What::ids) {
      page.documents.push_back(std::move(document));
      return;
    }
    fetch::Request request;
    request.url = url + "?increasePopularity=false";
    request.accept = "application/xml";
    records_.bring(request, std::move(document), list_, page, stop);
  }

  fetch::Fetcher& fetcher_;
  OneByOne records_;
  What what_;
  std::optional<model::Instant> since_;
  std::string address_;
  std::string format_;
  std::string query_;
  std::string modified_; ///< the date that changes are asked for by
  std::size_t page_size_ = 0;
  CountedList list_; ///< its places are identifiers
};

} // namespace

std::unique_ptr<Harvester> start(Source const& source, Means means, std::string_view checkpoint,
                                 What what) {
  return std::make_unique<GeonetworkHarvester>(source, means.fetcher, checkpoint, what);
}

std::unique_ptr<Harvester> start_changes(Source const& source, Means means,
                                         std::string_view checkpoint, model::Instant since) {
  return std::make_unique<GeonetworkHarvester>(source, means.fetcher, checkpoint, What::documents,
                                               since);
}

} // namespace terracat::kinds::geonetwork

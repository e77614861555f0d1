#include "formats/products/description.hpp"
#include "kinds/counted_list.hpp"
#include "kinds/options.hpp"
#include "kinds/resto/options.hpp"
#include "kinds/resto/resto.hpp"
#include "kinds/resto/results.hpp"
#include "kinds/xml_answer.hpp"

#include <terracat/text.hpp>

#include <utility>

namespace terracat::kinds::resto {
namespace {

namespace xml = formats::xml;

Wanted wanted_of(std::string_view word) {
  if (word == "geojson") return Wanted::geojson;
  return word == "atom" ? Wanted::atom : Wanted::any;
}

class RestoHarvester : public Harvester {
 public:
  RestoHarvester(Source const& source, fetch::Fetcher& fetcher, std::string_view checkpoint,
                 What what)
      : fetcher_(fetcher), what_(what), address_(source.address) {
    auto const options = read_options(options_schema, source.options);
    auto const root = options.root();
    collection_ = *root.string("collection");
    wanted_ = wanted_of(*root.string("response"));
    most_ = whole_number(*root.member("max_items"));
    page_size_ = whole_number(*root.member("page_size"));
    query_ = address_ + '\n' + collection_ + '\n' + std::string(*root.string("response")) +
             (what == What::ids ? "\nids" : "");
    for (auto const parameter : root.member("parameters")->elements()) {
      auto const text = parameter.string().value_or("");
      auto const equals = text.find('=');
      given_.emplace_back(text.substr(0, equals), text.substr(equals + 1));
      query_ += '\n' + std::string(text);
    }
    if (!checkpoint.empty()) list_ = CountedList(checkpoint, query_);
  }

  [[nodiscard]] std::optional<Page> next(std::stop_token stop) override {
    if (list_.is_done()) return std::nullopt;
    if (search_.url.empty()) {
      auto page = describe(stop);
      if (!list_.has_begun()) return page;
    }
    Page page;
    read(page, stop);
    page.checkpoint = list_.to_checkpoint(query_);
    return page;
  }

  [[nodiscard]] bool complete() const noexcept override { return list_.is_complete(); }

 private:
  // ---- The collection

  [[nodiscard]] Page describe(std::stop_token const& stop) {
    fetch::Request request;
    request.url = address_;
    request.accept = "application/opensearchdescription+xml, application/xml;q=0.9, */*;q=0.1";
    auto response = fetcher_.fetch(request, stop);
    if (starts_like_html(response.body)) {
      throw ProtocolError("the address leads to no OpenSearch description but to an HTML page");
    }
    auto const document = xml::Document::parse(response.body);
    if (!document || !formats::products::is_description(document->root())) {
      throw ProtocolError("the address leads to no OpenSearch description");
    }
    auto const root = document->root();
    if (collection_.empty()) collection_ = formats::products::collection_of(root, address_);
    if (collection_.empty()) {
      throw ProtocolError("the description has no name, and options.collection is empty");
    }
    search_ = search_of(root, response.url, wanted_, given_);
    Page page;
    page.documents.push_back({.native_id = collection_,
                              .format = "opensearch",
                              .bytes = std::move(response.body),
                              .address = without_credentials(address_),
                              .collection = {}});
    return page;
  }

  // ---- Products

  /// Places are addresses of next pages, or what the parameter of paging was before the template's
  /// offset is added: numbers.
  [[nodiscard]] std::string page_url() const {
    auto const& place = list_.place();
    if (place.starts_with("http")) return place;
    Parameters parameters;
    if (!search_.count.empty()) {
      parameters.emplace_back(search_.count, std::to_string(page_size_));
    }
    if (!search_.start_index.empty()) {
      parameters.emplace_back(search_.start_index,
                              std::to_string(search_.index_offset + list_.offset()));
    } else if (!search_.start_page.empty()) {
      parameters.emplace_back(search_.start_page,
                              std::to_string(search_.page_offset + list_.offset()));
    }
    return parameters.empty() ? search_.url : with_parameters(search_.url, parameters);
  }

  void read(Page& page, std::stop_token const& stop) {
    fetch::Request request;
    request.url = with_credentials_of(address_, page_url());
    request.accept = search_.form == Form::atom ? "application/atom+xml"
                                                : "application/geo+json, application/json;q=0.9";
    auto const response = fetcher_.fetch(request, stop);
    bool const is_first = !list_.has_begun();
    Results said;
    read_results(
        response.body, search_.form, collection_,
        [&](Results const& results) {
          said = results;
          refuse_too_many(said.total);
          list_.begin_page(said.total, page);
        },
        [&](Result result) { take(std::move(result), page); });
    if (is_first && said.count == 0) {
      list_.doubt(FindingCode::list_cut_short, "nothing is found", page);
    }
    taken_ += said.count;
    bool const is_too_long = taken_ > most_;
    if (is_too_long) {
      list_.doubt(FindingCode::list_cut_short, "more products than max_items", page);
    }
    list_.end_page(is_too_long ? std::string() : place_after(said, response.url, page),
                   said.count == 0, page);
  }

  void refuse_too_many(std::optional<std::size_t> total) const {
    if (!total || *total <= most_) return;
    throw ProtocolError("the search finds " + std::to_string(*total) +
                        " products, more than max_items: options.parameters would narrow it");
  }

  void take(Result result, Page& page) {
    if (result.id.empty()) {
      list_.lose({.native_id = {},
                  .finding = {FindingCode::no_identifier, "/id", excerpt(result.document)}},
                 page);
      return;
    }
    if (!list_.take(result.id, page)) return;
    list_.give({.native_id = std::move(result.id),
                .format = search_.form == Form::atom ? "atom" : "resto",
                .bytes = what_ == What::ids ? std::string() : std::move(result.document),
                .address = without_credentials(search_.url),
                .collection = collection_},
               page);
  }

  /// Lists without links are read until a page is empty: their count alone would have to be
  /// believed.
  [[nodiscard]] std::string place_after(Results const& said, std::string_view url, Page& page) {
    if (!said.next.empty()) {
      auto target = link_target(url, said.next);
      if (!target.empty() && is_same_host(target, url)) return target;
      list_.doubt(FindingCode::list_cut_short,
                  "the next page is at another host: " + without_credentials(said.next), page);
      return {};
    }
    if (list_.place().starts_with("http") || said.count == 0) return {};
    if (!search_.start_index.empty()) return std::to_string(list_.offset() + said.count);
    return search_.start_page.empty() ? std::string() : std::to_string(list_.offset() + 1);
  }

  fetch::Fetcher& fetcher_;
  What what_;
  std::string address_;
  std::string collection_; ///< empty until the description was read, if nobody configured it
  Wanted wanted_ = Wanted::any;
  Parameters given_;
  std::size_t most_ = 0;
  std::size_t page_size_ = 0;
  std::string query_; ///< what a checkpoint refers to
  Search search_;     ///< without address until the description was read
  CountedList list_;
  std::size_t taken_ = 0; ///< products of this run
};

} // namespace

std::unique_ptr<Harvester> start(Source const& source, Means means, std::string_view checkpoint,
                                 What what) {
  return std::make_unique<RestoHarvester>(source, means.fetcher, checkpoint, what);
}

} // namespace terracat::kinds::resto

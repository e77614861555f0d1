#include "kinds/counted_list.hpp"
#include "kinds/esgf/esgf.hpp"
#include "kinds/esgf/options.hpp"
#include "kinds/options.hpp"
#include "kinds/url.hpp"

#include <terracat/json.hpp>
#include <terracat/text.hpp>

#include <algorithm>
#include <utility>

namespace terracat::kinds::esgf {
namespace {

using Reason = fetch::FetchError::Reason;

constexpr std::string_view solr_json = "application/solr+json";

/// Without what Solr writes anew whenever it touches or answers a document.
std::string lasting(json::Value const& document) {
  json::Writer out;
  out.begin_object();
  for (auto const& [name, value] : document.members()) {
    if (name != "score" && name != "_version_") out.name(name).value(value);
  }
  return out.end_object().take();
}

/// People know the address of the service as well as that of its search.
std::string search_at(std::string_view address) {
  auto const path = address.substr(0, address.find_first_of("?#"));
  return path.ends_with("/search") ? std::string(address) : below(address, "search");
}

class EsgfHarvester : public Harvester {
 public:
  /// \param since  nothing: everything is wanted
  EsgfHarvester(Source const& source, fetch::Fetcher& fetcher, std::string_view checkpoint,
                What what, std::optional<model::Instant> since = std::nullopt)
      : fetcher_(fetcher),
        what_(what),
        since_(since ? model::to_iso8601(*since) : std::string()),
        search_(search_at(source.address)) {
    auto const options = read_options(options_schema, source.options);
    auto const root = options.root();
    is_federated_ = *root.member("federated")->boolean();
    most_ = whole_number(*root.member("max_records"));
    page_size_ = whole_number(*root.member("page_size"));
    list_url_ = list_of(root);
    if (!checkpoint.empty()) list_ = CountedList(checkpoint, query());
  }

  [[nodiscard]] std::optional<Page> next(std::stop_token stop) override {
    if (list_.is_done()) return std::nullopt;
    Page page;
    auto const response = fetched(stop);
    auto const document = json::Document::parse(response.body);
    auto const found = document ? document->root().member("response") : std::nullopt;
    auto const docs = found ? found->member("docs") : std::nullopt;
    if (!docs || !docs->is_array()) refuse_page(response.body, "answer of a search of ESGF");
    auto const total = count_of(found->member("numFound"));
    refuse_too_many(total);
    list_.begin_page(total, page);
    auto const looked_at = list_.go_through(docs->elements(), page_size_, page,
                                            [&](json::Value const& entry) { take(entry, page); });
    doubt_what_is_odd(document->root(), total, page);
    // The list is read until a page is empty: its count alone would have to be believed.
    list_.end_page(std::to_string(list_.offset() + looked_at), looked_at == 0, page);
    page.checkpoint = list_.to_checkpoint(query());
    return page;
  }

  [[nodiscard]] bool complete() const noexcept override {
    return list_.is_complete() && !is_federated_;
  }

  [[nodiscard]] Coverage coverage() const noexcept override { return Coverage::records; }

 private:
  /// The search without the place in its list. Facets come first, so that none of them takes the
  /// place of a word of the search.
  [[nodiscard]] std::string list_of(json::Value const& options) const {
    Parameters facets;
    for (auto const facet : options.member("facets")->elements()) {
      auto const text = facet.string().value_or("");
      auto const equals = text.find('=');
      facets.emplace_back(text.substr(0, equals), text.substr(equals + 1));
    }
    Parameters words{{"type", "Dataset"},
                     {"format", std::string(solr_json)},
                     {"distrib", is_federated_ ? "true" : "false"}};
    if (options.string("versions") == "latest") words.emplace_back("latest", "true");
    if (!*options.member("replicas")->boolean()) words.emplace_back("replica", "false");
    if (what_ == What::ids) words.emplace_back("fields", "id");
    if (!since_.empty()) words.emplace_back("from", since_);
    return with_parameters(with_parameters(search_, facets), words);
  }

  /// What a checkpoint refers to.
  [[nodiscard]] std::string const& query() const { return list_url_; }

  [[nodiscard]] fetch::Response fetched(std::stop_token const& stop) const {
    fetch::Request request;
    request.url = with_parameters(list_url_, {{"limit", std::to_string(page_size_)},
                                              {"offset", std::to_string(list_.offset())}});
    request.accept = std::string(solr_json) + ", application/json";
    try {
      return fetcher_.fetch(request, stop);
    } catch (fetch::FetchError const& error) {
      bool const is_refused = error.reason() == Reason::status && error.status() == 400;
      if (!since_.empty() && is_refused && !list_.has_begun()) throw ChangesUnknown(error.what());
      throw;
    }
  }

  /// The federation has millions of data sets: nobody wants them by mistake.
  void refuse_too_many(std::optional<std::size_t> total) const {
    if (!total || *total <= most_) return;
    throw ProtocolError("the search finds " + std::to_string(*total) +
                        " data sets, more than max_records: facets would narrow it");
  }

  void doubt_what_is_odd(json::Value const& root, std::optional<std::size_t> total, Page& page) {
    auto const header = root.member("responseHeader");
    auto const partial = header ? header->member("partialResults") : std::nullopt;
    if (partial && partial->boolean().value_or(false)) {
      list_.doubt(FindingCode::list_cut_short, "the index answers in part", page);
    }
    if (total == 0U && since_.empty()) {
      list_.doubt(FindingCode::list_cut_short, "nothing is found", page);
    }
  }

  void take(json::Value const& entry, Page& page) {
    std::string const id(entry.string("id").value_or(""));
    if (id.empty()) {
      list_.lose_unnamed("/id", entry, page);
      return;
    }
    if (!list_.take(id, page)) return;
    page.documents.push_back({.native_id = id,
                              .format = "esgf",
                              .bytes = what_ == What::ids ? std::string() : lasting(entry),
                              .address = address_of(id),
                              .collection = {}});
  }

  [[nodiscard]] std::string address_of(std::string const& id) const {
    auto const search = search_.substr(0, search_.find_first_of("?#"));
    return without_credentials(with_parameters(
        search, {{"type", "Dataset"}, {"format", std::string(solr_json)}, {"id", id}}));
  }

  fetch::Fetcher& fetcher_;
  What what_;
  std::string since_; ///< empty: everything is wanted
  std::string search_;
  bool is_federated_ = false;
  std::size_t most_ = 0;
  std::size_t page_size_ = 0;
  std::string list_url_;
  CountedList list_; ///< its places are offsets
};

} // namespace

std::unique_ptr<Harvester> start(Source const& source, Means means, std::string_view checkpoint,
                                 What what) {
  return std::make_unique<EsgfHarvester>(source, means.fetcher, checkpoint, what);
}

std::unique_ptr<Harvester> start_changes(Source const& source, Means means,
                                         std::string_view checkpoint, model::Instant since) {
  return std::make_unique<EsgfHarvester>(source, means.fetcher, checkpoint, What::documents, since);
}

} // namespace terracat::kinds::esgf

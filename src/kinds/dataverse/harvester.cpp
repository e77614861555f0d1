#include "kinds/counted_list.hpp"
#include "kinds/dataverse/dataverse.hpp"
#include "kinds/dataverse/options.hpp"
#include "kinds/one_by_one.hpp"
#include "kinds/options.hpp"
#include "kinds/url.hpp"

#include <terracat/json.hpp>

#include <utility>

namespace terracat::kinds::dataverse {
namespace {

class DataverseHarvester : public Harvester {
 public:
  DataverseHarvester(Source const& source, fetch::Fetcher& fetcher, std::string_view checkpoint,
                     What what)
      : fetcher_(fetcher), datasets_(fetcher), what_(what), address_(source.address) {
    auto const options = read_options(options_schema, source.options);
    query_ = *options.root().string("query");
    collection_ = *options.root().string("collection");
    page_size_ = whole_number(*options.root().member("page_size"));
    if (!checkpoint.empty()) list_ = CountedList(checkpoint, list_query());
  }

  [[nodiscard]] std::optional<Page> next(std::stop_token stop) override {
    if (list_.is_done()) return std::nullopt;
    Page page;
    auto const body = found(stop);
    auto const document = json::Document::parse(body);
    auto const data = document ? document->root().member("data") : std::nullopt;
    auto const items = data ? data->member("items") : std::nullopt;
    if (!items || !items->is_array()) refuse_page(body, "list of a Dataverse");
    auto const total = count_of(data->member("total_count"));
    list_.begin_page(total, page);
    auto const looked_at =
        list_.go_through(items->elements(), page_size_, page,
                         [&](json::Value const& item) { take(item, page, stop); });
    if (total == 0U) list_.doubt(FindingCode::list_cut_short, "an empty list", page);
    list_.end_page(std::to_string(list_.offset() + looked_at), looked_at == 0, page);
    page.checkpoint = list_.to_checkpoint(list_query());
    return page;
  }

  [[nodiscard]] bool complete() const noexcept override { return list_.is_complete(); }

  [[nodiscard]] Coverage coverage() const noexcept override { return Coverage::records; }

 private:
  /// What a checkpoint refers to.
  [[nodiscard]] std::string list_query() const {
    return address_ + '\n' + query_ + '\n' + collection_ + (what_ == What::ids ? "\nids" : "");
  }

  /// In the order of dates, the oldest first: what is published meanwhile comes behind. A new
  /// version of a data set, and one that goes, pull forward what lies behind; doc/design.md says
  /// what that means for the proof.
  [[nodiscard]] std::string found(std::stop_token const& stop) const {
    Parameters parameters{{"q", query_},
                          {"type", "dataset"},
                          {"sort", "date"},
                          {"order", "asc"},
                          {"per_page", std::to_string(page_size_)},
                          {"start", std::to_string(list_.offset())}};
    if (!collection_.empty()) parameters.emplace_back("subtree", collection_);
    fetch::Request request;
    request.url = with_parameters(below(address_, "search"), parameters);
    request.accept = "application/json";
    return fetcher_.fetch(request, stop).body;
  }

  void take(json::Value const& item, Page& page, std::stop_token const& stop) {
    std::string const id(item.string("global_id").value_or(""));
    if (id.empty()) {
      list_.lose_unnamed("/global_id", item, page);
      return;
    }
    if (!list_.take(id, page)) return;
    auto const url = with_parameters(below(address_, "datasets/export"),
                                     {{"exporter", "dataverse_json"}, {"persistentId", id}});
    RawDocument document{.native_id = id,
                         .format = "dataverse",
                         .bytes = {},
                         .address = without_credentials(url),
                         .collection = {}};
    if (what_ == What::ids) {
      page.documents.push_back(std::move(document));
      return;
    }
    fetch::Request request;
    request.url = url;
    request.accept = "application/json";
    datasets_.bring(request, std::move(document), list_, page, stop);
  }

  fetch::Fetcher& fetcher_;
  OneByOne datasets_;
  What what_;
  std::string address_;
  std::string query_;
  std::string collection_; ///< alias; empty: all
  std::size_t page_size_ = 0;
  CountedList list_; ///< its places are offsets
};

} // namespace

std::unique_ptr<Harvester> start(Source const& source, Means means, std::string_view checkpoint,
                                 What what) {
  return std::make_unique<DataverseHarvester>(source, means.fetcher, checkpoint, what);
}

} // namespace terracat::kinds::dataverse

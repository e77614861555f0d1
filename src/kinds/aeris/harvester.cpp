#include "kinds/aeris/aeris.hpp"
#include "kinds/aeris/options.hpp"
#include "kinds/checkpoint.hpp"
#include "kinds/one_by_one.hpp"
#include "kinds/options.hpp"
#include "kinds/url.hpp"

#include <terracat/json.hpp>
#include <terracat/text.hpp>

#include <algorithm>
#include <utility>

namespace terracat::kinds::aeris {
namespace {

constexpr std::int64_t version = 1;
constexpr std::size_t most_requests_for_page = 50;
constexpr std::size_t most_ids_on_page = 1'000;
constexpr std::size_t most_bytes_on_page = std::size_t{16} << 20;
constexpr std::size_t most_collections = 200'000;

/// What an entry of the list is called.
std::string id_of(json::Value const& entry) {
  for (auto const* const name : {"id", "identifier", "uuid"}) {
    auto const text = trimmed(entry.string(name).value_or(""));
    if (!text.empty()) return std::string(text);
  }
  return {};
}

class AerisHarvester : public Harvester {
 public:
  AerisHarvester(Source const& source, fetch::Fetcher& fetcher, std::string_view checkpoint,
                 What what)
      : fetcher_(fetcher), collections_(fetcher), what_(what), address_(source.address) {
    auto const options = read_options(options_schema, source.options);
    project_ = *options.root().string("project");
    query_ = address_ + '\n' + project_ + (what == What::ids ? "\nids" : "");
    if (checkpoint.empty()) return;
    Checkpoint const read(checkpoint, version, query_);
    after_ = read.root().string("after").value_or("");
    failed_ = read.needed_count("failed");
    given_ = read.flag("given");
    done_ = read.flag("done");
  }

  [[nodiscard]] std::optional<Page> next(std::stop_token stop) override {
    if (done_) return std::nullopt;
    Page page;
    if (!std::exchange(is_listed_, true)) list(page, stop);
    std::size_t bytes = 0;
    auto const most = what_ == What::ids ? most_ids_on_page : most_requests_for_page;
    for (std::size_t count = 0; next_ < ids_.size() && count < most; ++count) {
      if (bytes >= most_bytes_on_page) break;
      bytes += take(ids_[next_++], page, stop);
    }
    done_ = next_ == ids_.size();
    page.announced = ids_.size();
    page.checkpoint = to_checkpoint();
    return page;
  }

  [[nodiscard]] bool complete() const noexcept override { return done_ && given_ && failed_ == 0; }

  [[nodiscard]] Coverage coverage() const noexcept override { return Coverage::records; }

 private:
  [[nodiscard]] std::string to_checkpoint() const {
    auto out = begin_checkpoint(version, query_);
    out.name("after").string(after_).name("failed").integer(static_cast<std::int64_t>(failed_));
    return out.name("given").boolean(given_).name("done").boolean(done_).end_object().take();
  }

  /// The whole list, in order; of a run that goes on, what comes after the last one it had.
  void list(Page& page, std::stop_token const& stop) {
    fetch::Request request;
    request.url = below(address_, "metadata/summaries");
    if (!project_.empty()) request.url = with_parameters(request.url, {{"project", project_}});
    request.accept = "application/json";
    auto const body = fetcher_.fetch(request, stop).body;
    auto const document = json::Document::parse(body);
    auto const results = document ? document->root().member("results") : std::nullopt;
    if (!results || !results->is_array()) refuse_page(body, "list of AERIS");
    bool const is_first = after_.empty();
    for (auto const entry : results->elements()) {
      auto id = id_of(entry);
      if (!id.empty() && ids_.size() < most_collections) {
        ids_.push_back(std::move(id));
      } else if (is_first) { // else it was told before
        lose({}, {FindingCode::no_identifier, "/results", excerpt(entry.text())}, page);
      }
    }
    sort_out(is_first, page);
    if (ids_.empty()) lose({}, {FindingCode::list_cut_short, {}, "an empty list"}, page);
    auto const rest = std::ranges::upper_bound(ids_, after_);
    next_ = is_first ? 0 : static_cast<std::size_t>(rest - ids_.begin());
  }

  void sort_out(bool is_first, Page& page) {
    std::ranges::sort(ids_);
    for (std::size_t i = 1; is_first && i < ids_.size(); ++i) {
      if (ids_[i] != ids_[i - 1]) continue;
      page.failures.push_back(
          {.native_id = ids_[i],
           .finding = {FindingCode::record_repeated, "/results", excerpt(ids_[i])}});
    }
    ids_.erase(std::unique(ids_.begin(), ids_.end()), ids_.end());
  }

  /// \return  how many bytes it brought
  std::size_t take(std::string const& id, Page& page, std::stop_token const& stop) {
    after_ = id;
    auto const url = below(address_, "metadata/" + encoded(id));
    RawDocument document{.native_id = id,
                         .format = "aeris",
                         .bytes = {},
                         .address = without_credentials(url),
                         .collection = {}};
    if (what_ == What::documents) {
      fetch::Request request;
      request.url = url;
      request.accept = "application/json";
      auto fetched = collections_.ask(request, given_, stop);
      if (auto* const finding = std::get_if<Finding>(&fetched)) {
        lose(id, std::move(*finding), page);
        return 0;
      }
      document.bytes = std::move(std::get<std::string>(fetched));
    }
    given_ = true;
    auto const bytes = document.bytes.size();
    page.documents.push_back(std::move(document));
    return bytes;
  }

  void lose(std::string const& id, Finding finding, Page& page) {
    ++failed_;
    page.failures.push_back({.native_id = id, .finding = std::move(finding)});
  }

  fetch::Fetcher& fetcher_;
  OneByOne collections_;
  What what_;
  std::string address_;
  std::string project_; ///< short name; empty: all
  std::string query_;   ///< what a checkpoint refers to

  bool is_listed_ = false;
  std::vector<std::string> ids_; ///< of all collections, sorted, each once
  std::size_t next_ = 0;         ///< of these

  std::string after_; ///< the collection that was fetched last; empty: none was
  std::size_t failed_ = 0;
  bool given_ = false;
  bool done_ = false;
};

} // namespace

std::unique_ptr<Harvester> start(Source const& source, Means means, std::string_view checkpoint,
                                 What what) {
  return std::make_unique<AerisHarvester>(source, means.fetcher, checkpoint, what);
}

} // namespace terracat::kinds::aeris

#include "kinds/counted_list.hpp"
#include "kinds/opendatasoft/opendatasoft.hpp"
#include "kinds/opendatasoft/options.hpp"
#include "kinds/options.hpp"
#include "kinds/url.hpp"

#include <terracat/json.hpp>
#include <terracat/text.hpp>

#include <algorithm>
#include <array>
#include <utility>

namespace terracat::kinds::opendatasoft {
namespace {

using Reason = fetch::FetchError::Reason;

/// The API refuses what lies behind.
constexpr std::size_t longest_list = 10'000;

/// What moves while nothing is written: when the portal last looked at its data, and how many there
/// are.
constexpr std::array<std::string_view, 4> moving{"data_processed", "metadata_processed",
                                                 "records_count", "records_size"};

void append_texts(json::Writer& out, json::Value const& texts) {
  out.begin_object();
  for (auto const& [name, value] : texts.members()) {
    if (std::ranges::find(moving, name) == moving.end()) out.name(name).value(value);
  }
  out.end_object();
}

/// The entry without what moves; how often it was looked at stands in `explore`.
std::string lasting(json::Value const& entry) {
  json::Writer out;
  out.begin_object();
  for (auto const& [name, value] : entry.members()) {
    out.name(name);
    if (name != "metas" || !value.is_object()) {
      out.value(value);
      continue;
    }
    out.begin_object();
    for (auto const& [group, texts] : value.members()) {
      if (group == "explore") continue;
      out.name(group);
      if (group == "default" && texts.is_object()) {
        append_texts(out, texts);
      } else {
        out.value(texts);
      }
    }
    out.end_object();
  }
  return out.end_object().take();
}

class OpendatasoftHarvester : public Harvester {
 public:
  /// \param since  nothing: everything is wanted
  OpendatasoftHarvester(Source const& source, fetch::Fetcher& fetcher, std::string_view checkpoint,
                        What what, std::optional<model::Instant> since = std::nullopt)
      : fetcher_(fetcher),
        what_(what),
        asks_for_changes_(since.has_value()),
        address_(source.address) {
    auto const options = read_options(options_schema, source.options);
    where_ = *options.root().string("where");
    page_size_ = whole_number(*options.root().member("page_size"));
    if (since) limit_to_changes(*options.root().string("modified"), *since);
    if (!checkpoint.empty()) list_ = CountedList(checkpoint, query());
  }

  [[nodiscard]] std::optional<Page> next(std::stop_token stop) override {
    if (list_.is_done()) return std::nullopt;
    Page page;
    auto const response = fetched(stop);
    auto const document = json::Document::parse(response.body);
    auto const results = document ? document->root().member("results") : std::nullopt;
    if (!results || !results->is_array()) refuse_page(response.body, "catalogue of Opendatasoft");
    auto const total = count_of(document->root().member("total_count"));
    list_.begin_page(total, page);
    auto const looked_at = list_.go_through(results->elements(), limit(), page,
                                            [&](json::Value const& entry) { take(entry, page); });
    if (total == 0U && !asks_for_changes_) {
      list_.doubt(FindingCode::list_cut_short, "an empty catalogue", page);
    }
    list_.end_page(place_after(looked_at), looked_at == 0, page);
    page.checkpoint = list_.to_checkpoint(query());
    return page;
  }

  [[nodiscard]] bool complete() const noexcept override { return list_.is_complete(); }

  [[nodiscard]] Coverage coverage() const noexcept override { return Coverage::records; }

 private:
  void limit_to_changes(std::string_view date, model::Instant since) {
    auto const changed = std::string(date) + " >= date'" + model::to_iso8601(since) + "'";
    where_ = where_.empty() ? changed : "(" + where_ + ") and " + changed;
  }

  /// What a checkpoint refers to.
  [[nodiscard]] std::string query() const {
    return address_ + '\n' + where_ + (what_ == What::ids ? "\nids" : "");
  }

  [[nodiscard]] std::size_t limit() const {
    return std::min(page_size_, longest_list - std::min(list_.offset(), longest_list - 1));
  }

  /// The list is read until a page is empty: its count alone would have to be believed.
  /// \return  empty where nothing more can be asked for
  [[nodiscard]] std::string place_after(std::size_t count) const {
    auto const next = list_.offset() + count;
    return next >= longest_list ? std::string() : std::to_string(next);
  }

  [[nodiscard]] fetch::Response fetched(std::stop_token const& stop) const {
    Parameters parameters{{"limit", std::to_string(limit())},
                          {"offset", std::to_string(list_.offset())},
                          {"order_by", "dataset_id"}};
    if (!where_.empty()) parameters.emplace_back("where", where_);
    fetch::Request request;
    request.url = with_parameters(address_, parameters);
    request.accept = "application/json";
    try {
      return fetcher_.fetch(request, stop);
    } catch (fetch::FetchError const& error) {
      bool const is_refused = error.reason() == Reason::status && error.status() == 400;
      if (asks_for_changes_ && is_refused && !list_.has_begun()) throw ChangesUnknown(error.what());
      throw;
    }
  }

  void take(json::Value const& entry, Page& page) {
    std::string const id(entry.string("dataset_id").value_or(""));
    if (id.empty()) {
      list_.lose_unnamed("/dataset_id", entry, page);
      return;
    }
    if (!list_.take(id, page)) return;
    page.documents.push_back({.native_id = id,
                              .format = "opendatasoft",
                              .bytes = what_ == What::ids ? std::string() : lasting(entry),
                              .address = without_credentials(below(address_, encoded(id))),
                              .collection = {}});
  }

  fetch::Fetcher& fetcher_;
  What what_;
  bool asks_for_changes_;
  std::string address_;
  std::string where_;
  std::size_t page_size_ = 0;
  CountedList list_; ///< its places are offsets
};

} // namespace

std::unique_ptr<Harvester> start(Source const& source, Means means, std::string_view checkpoint,
                                 What what) {
  return std::make_unique<OpendatasoftHarvester>(source, means.fetcher, checkpoint, what);
}

std::unique_ptr<Harvester> start_changes(Source const& source, Means means,
                                         std::string_view checkpoint, model::Instant since) {
  return std::make_unique<OpendatasoftHarvester>(source, means.fetcher, checkpoint, What::documents,
                                                 since);
}

} // namespace terracat::kinds::opendatasoft

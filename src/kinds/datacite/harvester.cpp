#include "kinds/counted_list.hpp"
#include "kinds/datacite/datacite.hpp"
#include "kinds/datacite/options.hpp"
#include "kinds/url.hpp"

#include <terracat/json.hpp>
#include <terracat/text.hpp>

#include <utility>

namespace terracat::kinds::datacite {
namespace {

using Reason = fetch::FetchError::Reason;

constexpr std::string_view accepted = "application/vnd.api+json, application/json;q=0.9";

/// A cursor that is not known any more, or that its server fails at.
bool concerns_the_cursor(fetch::FetchError const& error) {
  if (error.reason() != Reason::status) return false;
  auto const status = error.status();
  return status == 400 || status == 404 || status == 410 || status == 422 || status == 500;
}

/// The entry without what moves while nothing is written: how often it was seen and cited.
std::string lasting(json::Value const& entry, std::string_view id) {
  auto const moves = [](std::string_view name) {
    return name.ends_with("Count") || name.ends_with("OverTime");
  };
  json::Writer out;
  out.begin_object().member("id", id).name("attributes").begin_object();
  if (auto const attributes = entry.member("attributes")) {
    for (auto const& [name, value] : attributes->members()) {
      if (!moves(name)) out.name(name).value(value);
    }
  }
  return out.end_object().end_object().take();
}

class DataciteHarvester : public Harvester {
 public:
  /// \param since  nothing: everything is wanted
  DataciteHarvester(Source const& source, fetch::Fetcher& fetcher, std::string_view checkpoint,
                    What what, std::optional<model::Instant> since = std::nullopt)
      : fetcher_(fetcher),
        what_(what),
        asks_for_changes_(since.has_value()),
        address_(source.address),
        options_(parse_options(source.options)) {
    if (since) limit_to_changes(*since);
    if (!checkpoint.empty()) list_ = CountedList(checkpoint, query());
  }

  [[nodiscard]] std::optional<Page> next(std::stop_token stop) override {
    if (list_.is_done()) return std::nullopt;
    Page page;
    auto const response = fetched(stop);
    auto const document = json::Document::parse(response.body);
    auto const data = document ? document->root().member("data") : std::nullopt;
    if (!data || !data->is_array()) refuse_page(response.body, "list of DataCite");
    auto const meta = document->root().member("meta");
    list_.begin_page(meta ? count_of(meta->member("total")) : std::nullopt, page);
    for (auto const entry : data->elements()) take(entry, page);
    auto const links = document->root().member("links");
    auto const href = links ? links->string("next") : std::nullopt;
    list_.end_page(href ? link_target(response.url, *href) : std::string(), data->size() == 0,
                   page);
    page.checkpoint = list_.to_checkpoint(query());
    return page;
  }

  [[nodiscard]] bool complete() const noexcept override { return list_.is_complete(); }

  [[nodiscard]] Coverage coverage() const noexcept override { return Coverage::records; }

 private:
  void limit_to_changes(model::Instant since) {
    auto const changed = "updated:[" + model::to_iso8601(since) + " TO *]";
    auto const& given = options_.query;
    options_.query = given.empty() ? changed : "(" + given + ") AND " + changed;
  }

  /// The first page of the list. Its parameters come back in the links to the others.
  [[nodiscard]] std::string first_url() const {
    Parameters parameters{{"page%5Bcursor%5D", "1"},
                          {"page%5Bsize%5D", std::to_string(options_.page_size)},
                          {"affiliation", "true"},
                          {"publisher", "true"}};
    auto const choose = [&parameters](std::string_view name, std::string const& value) {
      if (!value.empty()) parameters.emplace_back(name, value);
    };
    choose("client-id", options_.client);
    choose("provider-id", options_.provider);
    choose("prefix", options_.prefix);
    choose("query", options_.query);
    choose("resource-type-id", types());
    return with_parameters(address_, parameters);
  }

  [[nodiscard]] std::string types() const {
    std::string out;
    for (auto const& type : options_.resource_types) out += (out.empty() ? "" : ",") + type;
    return out;
  }

  /// What a checkpoint refers to.
  [[nodiscard]] std::string query() const {
    return first_url() + (what_ == What::ids ? "\nids" : "");
  }

  [[nodiscard]] std::string asked_url() const {
    return list_.place().empty() ? first_url() : list_.place();
  }

  [[nodiscard]] fetch::Response fetched(std::stop_token const& stop) {
    fetch::Request request;
    request.url = asked_url();
    request.accept = accepted;
    try {
      return fetcher_.fetch(request, stop);
    } catch (fetch::FetchError const& error) {
      if (!list_.has_begun() && asks_for_changes_ && concerns_the_cursor(error)) {
        throw ChangesUnknown(error.what());
      }
      if (!concerns_the_cursor(error) || !list_.begin_again()) throw;
      request.url = asked_url();
      return fetcher_.fetch(request, stop);
    }
  }

  void take(json::Value const& entry, Page& page) {
    auto const id = lowered(entry.string("id").value_or(""));
    if (id.empty()) {
      list_.lose_unnamed("/id", entry, page);
      return;
    }
    if (!list_.take(id, page)) return;
    page.documents.push_back({.native_id = id,
                              .format = "datacite-json",
                              .bytes = what_ == What::ids ? std::string() : lasting(entry, id),
                              .address = without_credentials(below(address_, encoded(id)))});
  }

  fetch::Fetcher& fetcher_;
  What what_;
  bool asks_for_changes_;
  std::string address_;
  Options options_;
  CountedList list_;
};

} // namespace

std::unique_ptr<Harvester> start(Source const& source, Means means, std::string_view checkpoint,
                                 What what) {
  return std::make_unique<DataciteHarvester>(source, means.fetcher, checkpoint, what);
}

std::unique_ptr<Harvester> start_changes(Source const& source, Means means,
                                         std::string_view checkpoint, model::Instant since) {
  return std::make_unique<DataciteHarvester>(source, means.fetcher, checkpoint, What::documents,
                                             since);
}

} // namespace terracat::kinds::datacite

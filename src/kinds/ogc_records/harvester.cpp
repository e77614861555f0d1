#include "kinds/counted_list.hpp"
#include "kinds/ogc_records/catalogues.hpp"
#include "kinds/ogc_records/ogc_records.hpp"
#include "kinds/ogc_records/options.hpp"
#include "kinds/ogc_records/state.hpp"
#include "kinds/options.hpp"
#include "kinds/stac_api/paging.hpp"
#include "kinds/url.hpp"

#include <terracat/json.hpp>
#include <terracat/text.hpp>

#include <utility>

namespace terracat::kinds::ogc_records {
namespace {

using Reason = fetch::FetchError::Reason;

/// So many catalogues in a row that cannot be had are no bad catalogues but a bad server.
constexpr std::size_t most_failures_in_a_row = 3;

/// Errors that say nothing about the list that was asked for.
bool concerns_the_server(fetch::FetchError const& error) {
  if (error.reason() != Reason::status) {
    return error.reason() == Reason::stopped || error.reason() == Reason::unreachable;
  }
  return error.status() == 401 || error.status() == 403 || error.status() == 429 ||
         error.status() == 503;
}

/// Errors by which a server says that it does not know a page any more.
bool concerns_the_page(fetch::FetchError const& error) {
  return error.reason() == Reason::status &&
         (error.status() == 400 || error.status() == 404 || error.status() == 410);
}

std::string id_of(json::Value const& record) {
  auto const id = record.member("id");
  if (!id) return {};
  if (auto const number = id->integer()) return std::to_string(*number);
  return std::string(id->string().value_or(""));
}

class RecordsHarvester : public Harvester {
 public:
  /// \param since  nothing: everything is wanted
  RecordsHarvester(Source const& source, fetch::Fetcher& fetcher, std::string_view checkpoint,
                   What what, std::optional<model::Instant> since = std::nullopt)
      : fetcher_(fetcher),
        what_(what),
        since_(since ? model::to_iso8601(*since) : std::string()),
        address_(source.address) {
    auto const options = read_options(options_schema, source.options);
    choice_ = stac_api::choice_of(options.root());
    sort_by_ = *options.root().string("sort_by");
    page_size_ = whole_number(*options.root().member("page_size"));
    if (!checkpoint.empty()) state_ = State::from_checkpoint(checkpoint, query());
  }

  [[nodiscard]] std::optional<Page> next(std::stop_token stop) override {
    if (state_.done) return std::nullopt;
    Page page;
    if (catalogues_.lists.empty()) find(page, stop);
    if (!state_.catalogue) begin(catalogues_.lists.begin());
    if (catalogues_.lists.contains(*state_.catalogue)) {
      read(page, stop);
    } else {
      give_up("the catalogue is gone", page);
    }
    if (state_.list.is_done()) end_catalogue(page);
    page.checkpoint = state_.to_checkpoint(query());
    return page;
  }

  [[nodiscard]] bool complete() const noexcept override {
    return state_.done && state_.unproven == 0;
  }

  [[nodiscard]] Coverage coverage() const noexcept override { return Coverage::records; }

 private:
  using Lists = decltype(Catalogues::lists);

  /// What a checkpoint refers to.
  [[nodiscard]] std::string query() const {
    return address_ + '\n' + sort_by_ + (what_ == What::ids ? "\nids" : "") + choice_.to_text() +
           (since_.empty() ? "" : "\nsince " + since_);
  }

  // ---- Catalogues

  void find(Page& page, std::stop_token const& stop) {
    catalogues_ = find_catalogues(fetcher_, address_, choice_, stop);
    if (!since_.empty() && !catalogues_.filters) {
      throw ChangesUnknown("the server does not say that lists can be limited to changes");
    }
    if (state_.catalogue) return; // it was told before
    for (auto const& wanted : choice_.collections) {
      if (catalogues_.lists.contains(wanted)) continue;
      ++state_.unproven;
      page.failures.push_back(
          {.native_id = wanted, .finding = {FindingCode::not_at_source, "collections", wanted}});
    }
  }

  void begin(Lists::const_iterator catalogue) {
    state_.list = {};
    brought_before_ = 0;
    state_.done = catalogue == catalogues_.lists.end();
    if (!state_.done) state_.catalogue = catalogue->first;
  }

  void end_catalogue(Page& page) {
    if (!state_.list.is_complete()) ++state_.unproven;
    if (brought_before_ > 0) {
      page.remarks.push_back(excerpt(std::to_string(brought_before_) + " records of " +
                                     *state_.catalogue + " were brought by other catalogues"));
    }
    begin(catalogues_.lists.upper_bound(*state_.catalogue));
  }

  [[nodiscard]] bool is_alone() const { return catalogues_.lists.size() == 1; }

  [[nodiscard]] std::string const& list_url() const {
    return catalogues_.lists.find(*state_.catalogue)->second;
  }

  // ---- Lists

  [[nodiscard]] std::string url_with(std::string_view filter, std::size_t limit) const {
    Parameters parameters{{"limit", std::to_string(limit)}};
    if (!sort_by_.empty()) parameters.emplace_back("sortby", sort_by_);
    if (!filter.empty()) {
      parameters.emplace_back("filter-lang", "cql2-text");
      parameters.emplace_back("filter", filter);
    }
    return with_parameters(list_url(), parameters);
  }

  /// The first page of a list. Its parameters come back in the links to the others.
  [[nodiscard]] std::string first_url(std::stop_token const& stop) const {
    if (since_.empty() || !tells_changes(stop)) return url_with({}, page_size_);
    return url_with("updated >= TIMESTAMP('" + since_ + "')", page_size_);
  }

  /// True if no record is silent about when it was updated, of which a filter would know nothing.
  [[nodiscard]] bool tells_changes(std::stop_token const& stop) const {
    std::string why = "not every record says when it was updated";
    try {
      auto const silent = fetched(fetcher_, url_with("updated IS NULL", 1), stop);
      auto const features = silent.root().member("features");
      auto const count = count_of(silent.root().member("numberMatched")).value_or(0);
      if (features && features->is_array() && features->size() == 0 && count == 0) return true;
    } catch (fetch::FetchError const& error) {
      if (concerns_the_server(error)) throw;
      why = error.what();
    } catch (ProtocolError const& error) {
      why = error.what();
    }
    bool const is_first = *state_.catalogue == catalogues_.lists.begin()->first;
    if (is_first && !state_.list.has_begun()) throw ChangesUnknown(why);
    return false;
  }

  void read(Page& page, std::stop_token const& stop) {
    try {
      read_page(fetched_page(stop), page);
      failures_in_a_row_ = 0;
    } catch (fetch::FetchError const& error) {
      if (concerns_the_server(error)) throw;
      if (is_alone() || ++failures_in_a_row_ == most_failures_in_a_row) throw;
      give_up(error.what(), page);
    } catch (ChangesUnknown const&) {
      throw;
    } catch (ProtocolError const& error) {
      if (is_alone() || ++failures_in_a_row_ == most_failures_in_a_row) throw;
      give_up(error.what(), page);
    }
  }

  void give_up(std::string_view why, Page& page) {
    page.failures.push_back({.native_id = *state_.catalogue,
                             .finding = {FindingCode::not_delivered, {}, excerpt(why)}});
    end_catalogue(page);
  }

  [[nodiscard]] Fetched fetched_page(std::stop_token const& stop) {
    auto const& place = state_.list.place();
    try {
      return fetched(fetcher_, place.empty() ? first_url(stop) : place, stop);
    } catch (fetch::FetchError const& error) {
      if (!concerns_the_page(error) || !state_.list.begin_again()) throw;
      return fetched(fetcher_, first_url(stop), stop);
    }
  }

  void read_page(Fetched const& list, Page& page) {
    auto const features = list.root().member("features");
    if (!features || !features->is_array())
      throw ProtocolError("the answer has no list of records");
    bool const is_first = !state_.list.has_begun();
    state_.list.begin_page(count_of(list.root().member("numberMatched")), page);
    for (auto const record : features->elements()) take(record, page);
    bool const is_empty = features->size() == 0;
    auto next = next_place(list, page);
    if (is_first && is_empty && since_.empty()) {
      state_.list.doubt(FindingCode::list_cut_short, "an empty catalogue", page);
    }
    if (next.empty()) state_.list.trust_end();
    state_.list.end_page(std::move(next), is_empty, page);
    if (!is_alone()) page.announced.reset(); // it is of one catalogue
  }

  [[nodiscard]] std::string next_place(Fetched const& list, Page& page) {
    auto const next = stac_api::next_by_link(list.root(), stac_api::get(list.url), list.url);
    if (!next) return {};
    if (next->method == "GET") return next->url;
    state_.list.doubt(FindingCode::list_cut_short, "the next page is not asked for by GET", page);
    return {};
  }

  void take(json::Value const& record, Page& page) {
    auto const id = id_of(record);
    if (id.empty()) return state_.list.lose_unnamed("/id", record, page);
    if (!state_.list.take(id, page)) return;
    if (!is_alone() && !state_.seen.insert(id)) {
      ++brought_before_;
      return;
    }
    auto const self = stac_api::link_url(record, "self", list_url());
    auto const built = below(list_url(), encoded(id));
    page.documents.push_back({.native_id = id,
                              .format = "ogc-record",
                              .bytes = what_ == What::ids ? std::string() : record.text(),
                              .address = without_credentials(self.empty() ? built : self),
                              .collection = {}});
  }

  fetch::Fetcher& fetcher_;
  What what_;
  std::string since_; ///< empty: everything is wanted
  std::string address_;
  stac_api::Choice choice_;
  std::string sort_by_;
  std::size_t page_size_ = 0;
  State state_;
  Catalogues catalogues_;          ///< empty until found
  std::size_t brought_before_ = 0; ///< records of this catalogue, by others
  std::size_t failures_in_a_row_ = 0;
};

} // namespace

std::unique_ptr<Harvester> start(Source const& source, Means means, std::string_view checkpoint,
                                 What what) {
  return std::make_unique<RecordsHarvester>(source, means.fetcher, checkpoint, what);
}

std::unique_ptr<Harvester> start_changes(Source const& source, Means means,
                                         std::string_view checkpoint, model::Instant since) {
  return std::make_unique<RecordsHarvester>(source, means.fetcher, checkpoint, What::documents,
                                            since);
}

} // namespace terracat::kinds::ogc_records

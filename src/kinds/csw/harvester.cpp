#include "kinds/csw/csw.hpp"
#include "kinds/csw/options.hpp"
#include "kinds/csw/requests.hpp"
#include "kinds/csw/state.hpp"
#include "kinds/url.hpp"
#include "kinds/xml_answer.hpp"

#include <terracat/text.hpp>

#include <algorithm>

namespace terracat::kinds::csw {
namespace {

using Reason = fetch::FetchError::Reason;

/// So many records in a row that cannot be had are no bad records but a bad server.
constexpr std::size_t most_failures_in_a_row = 10;

/// So many pages in a row without a new record are a circle.
constexpr std::size_t most_idle_pages = 3;

/// Why a page could not be had, although a part of it perhaps can.
struct Trouble {
  Finding finding;
  std::string sentence; ///< for the operator
};

Trouble trouble_of(Exception const& exception) {
  auto sentence = exception.sentence();
  return {.finding = {FindingCode::exception_report, {}, excerpt(sentence)},
          .sentence = std::move(sentence)};
}

/// An error report may come with an error status.
Trouble trouble_of(fetch::FetchError const& error) {
  auto const answer = read_answer(error.answer());
  if (auto const* const exception = std::get_if<Exception>(&answer)) return trouble_of(*exception);
  auto const code =
      error.reason() == Reason::too_large ? FindingCode::too_large : FindingCode::not_delivered;
  return {.finding = {code, {}, excerpt(error.what())}, .sentence = error.what()};
}

/// Errors that one bad record on a page can bring about.
bool may_lie_in_a_record(fetch::FetchError const& error) {
  return error.reason() == Reason::too_large ||
         (error.reason() == Reason::status && (error.status() == 400 || error.status() == 500));
}

class CswHarvester : public Harvester {
 public:
  /// \param since  nothing: everything is wanted
  CswHarvester(Source const& source, fetch::Fetcher& fetcher, std::string_view checkpoint,
               What what, std::optional<model::Instant> since = std::nullopt)
      : fetcher_(fetcher),
        what_(what),
        asks_for_changes_(since.has_value()),
        address_(source.address),
        format_(source.format),
        options_(parse_options(source.options)) {
    if (since) limit_to_changes(options_, *since);
    if (checkpoint.empty()) {
      state_.window = options_.page_size;
      state_.sorted = !options_.sort_by.empty();
    } else {
      state_ = State::from_checkpoint(checkpoint, query());
    }
  }

  [[nodiscard]] std::optional<Page> next(std::stop_token stop) override {
    while (!state_.done) {
      auto const window = next_window();
      auto const request = get_records(address_, options_, window, state_.sorted,
                                       what_ == What::ids ? "brief" : "full");
      auto answer = ask(request, stop);
      if (auto* const results = std::get_if<Results>(&answer)) {
        return page_of(std::move(*results), window, request.url);
      }
      face(std::get<Trouble>(answer), window);
      if (is_behind_the_end()) {
        state_.done = true;
        return finished({});
      }
    }
    return std::nullopt;
  }

  [[nodiscard]] bool complete() const noexcept override {
    return state_.done && state_.seen_all && !state_.count_changed && state_.passed_over == 0 &&
           state_.matched == state_.seen.size();
  }

  [[nodiscard]] Coverage coverage() const noexcept override { return Coverage::records; }

 private:
  /// What positions in the list refer to.
  [[nodiscard]] std::string query() const {
    return address_ + '\n' + options_.output_schema + '\n' + options_.type_names + '\n' +
           options_.constraint + '\n' + options_.sort_by + (what_ == What::ids ? "\nids" : "");
  }

  [[nodiscard]] Window next_window() const {
    auto count = state_.window;
    if (options_.max_records) {
      auto const left = *options_.max_records - std::min(*options_.max_records, state_.seen.size());
      count = std::clamp<std::size_t>(left, 1, count);
    }
    return {.start = state_.position, .count = count};
  }

  [[nodiscard]] bool is_behind_the_end() const {
    return state_.matched && state_.position > *state_.matched;
  }

  [[nodiscard]] std::variant<Results, Trouble> ask(fetch::Request const& request,
                                                   std::stop_token const& stop) const {
    std::string body;
    try {
      body = fetcher_.fetch(request, stop).body;
    } catch (fetch::FetchError const& error) {
      if (!may_lie_in_a_record(error)) throw;
      return trouble_of(error);
    }
    auto answer = read_answer(body);
    if (auto* const results = std::get_if<Results>(&answer)) return std::move(*results);
    if (auto const* const exception = std::get_if<Exception>(&answer))
      return trouble_of(*exception);
    auto const& finding = std::get<Finding>(answer);
    if (finding.code == FindingCode::unexpected_root) {
      throw ProtocolError("the answer is no GetRecordsResponse but " + finding.excerpt);
    }
    return Trouble{finding, std::string(sentence(finding.code)) + ": " + finding.excerpt};
  }

  // ---- A page that failed

  void face(Trouble const& trouble, Window window) {
    if (is_about_sorting(trouble)) {
      stop_sorting(trouble);
    } else if (asks_for_changes_ && !has_answered_) {
      throw ChangesUnknown(trouble.sentence);
    } else if (window.count > 1) {
      state_.suspect = window.start + window.count;
      state_.window = window.count / 2;
    } else {
      pass_over(trouble);
    }
  }

  /// Only before the first page: positions mean another thing in another order.
  [[nodiscard]] bool is_about_sorting(Trouble const& trouble) const {
    if (!state_.sorted || state_.position != 1 || state_.seen.size() != 0) return false;
    auto const said = lowered(trouble.sentence);
    return said.find("sortby") != std::string::npos ||
           said.find(lowered(options_.sort_by)) != std::string::npos;
  }

  void stop_sorting(Trouble const& trouble) {
    state_.sorted = false;
    held_.push_back({.native_id = {},
                     .finding = {FindingCode::sort_refused, "SortBy", trouble.finding.excerpt}});
  }

  /// Some servers answer a sort that they cannot do with an error that does not speak of it: if
  /// nothing at all came so far, the list is begun again in the server's own order.
  void begin_unsorted(Trouble const& trouble) {
    state_.position = 1;
    state_.passed_over = 0;
    state_.suspect = 0;
    failures_in_a_row_ = 0;
    held_.clear();
    stop_sorting(trouble);
  }

  void pass_over(Trouble const& trouble) {
    if (++failures_in_a_row_ == most_failures_in_a_row) {
      if (state_.sorted && state_.seen.size() == 0 &&
          state_.passed_over + 1 == failures_in_a_row_) {
        begin_unsorted(trouble);
        return;
      }
      throw ProtocolError("the source delivers nothing: " + trouble.sentence);
    }
    auto finding = trouble.finding;
    finding.where = "record " + std::to_string(state_.position);
    held_.push_back({.native_id = {}, .finding = std::move(finding)});
    ++state_.passed_over;
    ++state_.position;
    state_.suspect = 0;
  }

  // ---- A page that came

  [[nodiscard]] Page page_of(Results results, Window window, std::string const& page_url) {
    failures_in_a_row_ = 0;
    has_answered_ = true;
    Page page;
    note_count(results, window, page);
    auto const received = results.records.size();
    for (auto& record : results.records) take(std::move(record), page_url, page);
    state_.idle_pages = page.documents.empty() && received > 0 ? state_.idle_pages + 1 : 0;
    go_on(results, received, window, page);
    return finished(std::move(page));
  }

  /// A count that this very page disproves is none.
  void note_count(Results const& results, Window window, Page& page) {
    if (!results.matched || *results.matched + 1 < window.start + results.records.size()) return;
    if (state_.matched && *state_.matched != *results.matched && !state_.count_changed) {
      state_.count_changed = true;
      page.failures.push_back({.native_id = {},
                               .finding = {FindingCode::count_changed, "numberOfRecordsMatched",
                                           std::to_string(*state_.matched) + ", then " +
                                               std::to_string(*results.matched)}});
    }
    state_.matched = results.matched;
  }

  void take(Listed record, std::string const& page_url, Page& page) {
    // A record without an id is told from others by its content.
    bool const is_new =
        state_.seen.insert(record.native_id.empty() ? record.bytes : record.native_id);
    if (!is_new) {
      page.failures.push_back(
          {.native_id = record.native_id,
           .finding = {FindingCode::record_repeated, "record " + std::to_string(state_.position),
                       excerpt(record.native_id)}});
      return;
    }
    auto address =
        record.native_id.empty() ? page_url : record_url(address_, options_, record.native_id);
    if (what_ == What::ids) record.bytes.clear();
    page.documents.push_back({.native_id = std::move(record.native_id),
                              .format = format_,
                              .bytes = std::move(record.bytes),
                              .address = without_credentials(address)});
  }

  /// Moves to the next position, which is always further on, or ends the run.
  void go_on(Results const& results, std::size_t received, Window window, Page& page) {
    auto const expected = window.start + received;
    state_.position = expected;
    // A page may be shorter than its window because records are hidden; nextRecord then tells how
    // far it reached. Any other nextRecord (0, backwards, beyond the end) is not believed.
    auto const said = results.next_record.value_or(0);
    if (said > expected && said <= window.start + window.count && said <= state_.matched) {
      state_.position = said;
    }
    choose_window();
    auto const stop_because = [this, &page](FindingCode code) {
      state_.done = true;
      page.failures.push_back(
          {.native_id = {}, .finding = {code, "record " + std::to_string(state_.position), {}}});
    };
    if (is_behind_the_end() || reached_limit()) {
      state_.done = true;
    } else if (state_.position == window.start) { // an empty page
      if (state_.matched) {
        stop_because(FindingCode::list_cut_short);
      } else {
        state_.done = true;
      }
    } else if (state_.idle_pages == most_idle_pages) {
      stop_because(FindingCode::list_in_circles);
    }
  }

  /// Halves what is left before the suspect's page ended; else returns step by step to whole pages.
  void choose_window() {
    if (state_.suspect > state_.position) {
      state_.window = std::max<std::size_t>((state_.suspect - state_.position) / 2, 1);
    } else {
      state_.suspect = 0;
      state_.window = std::min(state_.window * 2, options_.page_size);
    }
  }

  [[nodiscard]] bool reached_limit() const {
    return options_.max_records && state_.seen.size() >= *options_.max_records;
  }

  [[nodiscard]] Page finished(Page page) {
    page.failures.insert(page.failures.begin(), std::make_move_iterator(held_.begin()),
                         std::make_move_iterator(held_.end()));
    held_.clear();
    page.announced = state_.matched;
    page.checkpoint = state_.to_checkpoint(query());
    return page;
  }

  fetch::Fetcher& fetcher_;
  What what_;
  bool asks_for_changes_;
  bool has_answered_ = false; ///< in this run
  std::string address_;
  std::string format_;
  Options options_;
  State state_;
  std::vector<Failure> held_; ///< given with the next page; not in the checkpoint until then
  std::size_t failures_in_a_row_ = 0;
};

} // namespace

std::unique_ptr<Harvester> start(Source const& source, Means means, std::string_view checkpoint,
                                 What what) {
  return std::make_unique<CswHarvester>(source, means.fetcher, checkpoint, what);
}

std::unique_ptr<Harvester> start_changes(Source const& source, Means means,
                                         std::string_view checkpoint, model::Instant since) {
  return std::make_unique<CswHarvester>(source, means.fetcher, checkpoint, What::documents, since);
}

} // namespace terracat::kinds::csw

#include "kinds/dcat/dcat.hpp"
#include "kinds/dcat/options.hpp"
#include "kinds/dcat/page.hpp"
#include "kinds/dcat/state.hpp"
#include "kinds/options.hpp"
#include "kinds/url.hpp"
#include "kinds/xml_answer.hpp"

#include <unordered_set>

namespace terracat::kinds::dcat {
namespace {

using Reason = fetch::FetchError::Reason;

/// So many pages in a row without a new resource are a circle.
constexpr std::size_t most_idle_pages = 3;

/// What is understood, the quickest to read first.
constexpr std::string_view any_media_type =
    "application/n-triples, text/turtle;q=0.9, application/rdf+xml;q=0.8, "
    "application/ld+json;q=0.7, */*;q=0.1";

/// The pages of a run may not be there any more when it goes on.
bool is_gone(fetch::FetchError const& error) {
  return error.reason() == Reason::status && error.status() >= 400 && error.status() < 500 &&
         error.status() != 401 && error.status() != 403 && error.status() != 429;
}

class DcatHarvester : public Harvester {
 public:
  DcatHarvester(Source const& source, Means means, std::string_view checkpoint, What what)
      : means_(means), what_(what), address_(source.address) {
    if (means.rdf == nullptr) throw ProtocolError("there is no parser for RDF");
    auto const options = read_options(options_schema, source.options);
    media_type_ = *options.root().string("media_type");
    max_pages_ = whole_number(*options.root().member("max_pages"));
    if (!checkpoint.empty()) state_ = State::from_checkpoint(checkpoint, address_);
    goes_on_ = !checkpoint.empty();
  }

  [[nodiscard]] std::optional<Page> next(std::stop_token stop) override {
    if (state_.pages > 0 && state_.next.empty()) return std::nullopt;
    Page page;
    auto const response = fetched(page, stop);
    if (starts_like_html(response.body)) {
      throw ProtocolError("the answer is no RDF but an HTML page");
    }
    auto read = read_page(response.body, response.url, *means_.rdf);
    if (!read) refuse(read.error());
    take(std::move(*read), response.url, page);
    page.checkpoint = state_.to_checkpoint(address_);
    return page;
  }

  [[nodiscard]] bool complete() const noexcept override {
    bool const has_ended = state_.pages > 0 && state_.next.empty();
    return has_ended && state_.knows_all && !state_.unproven;
  }

  [[nodiscard]] Coverage coverage() const noexcept override { return Coverage::records; }

 private:
  [[nodiscard]] fetch::Response fetched(Page& page, std::stop_token const& stop) {
    bool const is_first = std::exchange(goes_on_, false);
    try {
      return means_.fetcher.fetch(request(), stop);
    } catch (fetch::FetchError const& error) {
      if (!is_first || state_.pages == 0 || !is_gone(error)) throw;
      page.remarks.emplace_back("the pages of the last run are gone; the catalogue is begun again");
      begin_again();
      return means_.fetcher.fetch(request(), stop);
    }
  }

  [[nodiscard]] fetch::Request request() const {
    fetch::Request out;
    out.url = state_.pages == 0 ? address_ : state_.next;
    out.accept = media_type_.empty() ? std::string(any_media_type) : media_type_;
    return out;
  }

  /// What was seen stays seen: it is not handed out again.
  void begin_again() {
    state_.next.clear();
    state_.pages = 0;
    state_.idle_pages = 0;
    state_.total.reset();
    restarted_ = true;
  }

  [[noreturn]] static void refuse(Finding const& finding) {
    throw ProtocolError("the answer cannot be read: " + std::string(sentence(finding.code)) +
                        (finding.where.empty() ? "" : " at " + finding.where) +
                        (finding.excerpt.empty() ? "" : ": " + finding.excerpt));
  }

  // ---- A page that came

  void take(CataloguePage read, std::string const& url, Page& page) {
    asked_.insert(stable_hash(state_.pages == 0 ? address_ : state_.next));
    asked_.insert(stable_hash(url));
    ++state_.pages;
    for (auto& oddity : read.oddities) page.failures.push_back({{}, std::move(oddity)});
    note_total(read.total, page);
    for (auto const& address : read.listed) {
      if (state_.listed.insert(address) && state_.seen.contains(address)) ++state_.met;
    }
    auto const before = state_.received;
    for (auto& resource : read.resources) take(std::move(resource), url, page);
    state_.idle_pages = state_.received == before ? state_.idle_pages + 1 : 0;
    page.announced = state_.total;
    go_on(std::move(read.next), page);
  }

  void note_total(std::optional<std::size_t> total, Page& page) {
    if (!total) return;
    if (state_.total && *state_.total != *total && !state_.unproven) {
      state_.unproven = true;
      fail(page, FindingCode::count_changed,
           std::to_string(*state_.total) + ", then " + std::to_string(*total));
    }
    state_.total = total;
  }

  void take(Described resource, std::string const& url, Page& page) {
    // One without a name is told from others by what it says.
    auto const& name = resource.native_id.empty() ? resource.bytes : resource.native_id;
    if (!state_.seen.insert(name)) {
      if (restarted_) return;
      state_.has_repeats = true;
      page.failures.push_back(
          {.native_id = resource.native_id,
           .finding = {FindingCode::record_repeated, excerpt(without_credentials(url)),
                       excerpt(resource.native_id)}});
      return;
    }
    ++state_.received;
    if (resource.is_service) ++state_.services;
    meet(resource);
    if (what_ == What::ids) resource.bytes.clear();
    page.documents.push_back({.native_id = std::move(resource.native_id),
                              .format = "dcat",
                              .bytes = std::move(resource.bytes),
                              .address = without_credentials(url)});
  }

  /// It may be listed under its address and called by its identifier.
  void meet(Described const& resource) {
    if (resource.address.empty()) return;
    if (resource.address != resource.native_id) state_.seen.insert(resource.address);
    if (state_.listed.contains(resource.address)) ++state_.met;
  }

  void go_on(std::string next, Page& page) {
    state_.next = std::move(next);
    // A catalogue that was begun again brings what was seen before.
    auto const most_idle = most_idle_pages + (restarted_ ? state_.received : 0);
    if (state_.next.empty()) {
      prove(page);
    } else if (state_.idle_pages >= most_idle || asked_.contains(stable_hash(state_.next))) {
      give_up(FindingCode::list_in_circles, page);
    } else if (state_.pages >= max_pages_) {
      give_up(FindingCode::list_cut_short, page);
    }
  }

  void give_up(FindingCode code, Page& page) {
    fail(page, code, without_credentials(state_.next));
    state_.next.clear();
    state_.unproven = true;
  }

  /// A number that the catalogue itself disproves is none.
  void prove(Page& page) {
    auto const count = state_.received;
    bool const has_total = state_.total && *state_.total >= count - state_.services;
    bool const has_all = has_total
                             ? (*state_.total == count || *state_.total == count - state_.services)
                             : count > 0 && !state_.has_repeats;
    auto const undescribed = state_.listed.size() - state_.met;
    if (has_all && undescribed == 0) return;
    state_.unproven = true;
    auto what = std::to_string(count) + (has_total ? " of " + std::to_string(*state_.total) : "") +
                " described";
    if (undescribed > 0) what += ", " + std::to_string(undescribed) + " only named";
    fail(page, FindingCode::list_cut_short, what);
  }

  static void fail(Page& page, FindingCode code, std::string_view what) {
    page.failures.push_back({.native_id = {}, .finding = {code, {}, excerpt(what)}});
  }

  Means means_;
  What what_;
  std::string address_;
  std::string media_type_;
  std::size_t max_pages_ = 0;
  State state_;
  bool goes_on_ = false;                    ///< from a checkpoint, and nothing was fetched yet
  bool restarted_ = false;                  ///< what comes again is no repetition
  std::unordered_set<std::uint64_t> asked_; ///< pages of this run
};

} // namespace

std::unique_ptr<Harvester> start(Source const& source, Means means, std::string_view checkpoint,
                                 What what) {
  return std::make_unique<DcatHarvester>(source, means, checkpoint, what);
}

} // namespace terracat::kinds::dcat

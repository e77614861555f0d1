#include "formats/thredds/catalog.hpp"
#include "kinds/checkpoint.hpp"
#include "kinds/options.hpp"
#include "kinds/thredds/options.hpp"
#include "kinds/thredds/thredds.hpp"
#include "kinds/url.hpp"
#include "kinds/xml_answer.hpp"

#include <terracat/text.hpp>

#include <algorithm>
#include <unordered_set>
#include <utility>

namespace terracat::kinds::thredds {
namespace {

namespace xml = formats::xml;
using Reason = fetch::FetchError::Reason;

constexpr std::int64_t version = 1;
constexpr std::size_t most_requests_for_page = 50;
constexpr std::size_t most_bytes_on_page = std::size_t{16} << 20;
constexpr std::size_t most_known = 50'000; ///< catalogues of a run

/// What data sets of a catalogue inherit is written for each.
constexpr std::size_t most_bytes_of_catalog = std::size_t{128} << 20;
constexpr std::size_t most_in_checkpoint = 2'000;

/// Catalogues within catalogues: deeper ones are one that leads back to itself.
constexpr std::ptrdiff_t most_depth = 40;

bool may_lie_in_a_catalog(fetch::FetchError const& error) {
  bool const is_its_own = error.reason() == Reason::too_large ||
                          error.reason() == Reason::malformed ||
                          error.reason() == Reason::address_refused;
  bool const is_status = error.reason() == Reason::status;
  return is_its_own ||
         (is_status && (error.status() == 500 ||
                        (error.status() >= 400 && error.status() < 500 && error.status() != 429)));
}

/// Without what chooses a data set of it; a page for people stands for the catalogue that it shows.
std::string catalog_address(std::string address) {
  address.resize(std::min(address.find('#'), address.size()));
  constexpr std::string_view page = ".html";
  if (address.ends_with(page)) address.replace(address.size() - page.size(), page.size(), ".xml");
  return address;
}

class ThreddsHarvester : public Harvester {
 public:
  ThreddsHarvester(Source const& source, fetch::Fetcher& fetcher, std::string_view checkpoint,
                   What what)
      : fetcher_(fetcher), what_(what), address_(catalog_address(source.address)), root_(address_) {
    auto const options = read_options(options_schema, source.options);
    contains_ = *options.root().string("contains");
    max_catalogs_ = whole_number(*options.root().member("max_catalogs"));
    query_ = address_ + '\n' + contains_ + (what == What::ids ? "\nids" : "");
    catalogs_.push_back(address_);
    if (!checkpoint.empty()) go_on_from(checkpoint);
    known_.insert(catalogs_.begin(), catalogs_.end());
  }

  [[nodiscard]] std::optional<Page> next(std::stop_token stop) override {
    if (catalogs_.empty()) return std::nullopt;
    Page page;
    std::size_t bytes = 0;
    for (std::size_t requests = 0; requests < most_requests_for_page; ++requests) {
      if (catalogs_.empty() || bytes >= most_bytes_on_page) break;
      bytes += read(page, stop);
    }
    if (catalogs_.empty()) end(page);
    page.checkpoint = to_checkpoint();
    return page;
  }

  [[nodiscard]] bool complete() const noexcept override {
    return catalogs_.empty() && given_ && failed_ == 0;
  }

  [[nodiscard]] Coverage coverage() const noexcept override { return Coverage::records; }

 private:
  // ---- Where a run stands

  [[nodiscard]] std::string to_checkpoint() const {
    auto const ids = seen_.to_text();
    if (catalogs_.size() > most_in_checkpoint || !ids) return {};
    auto const integer = [](std::size_t value) { return static_cast<std::int64_t>(value); };
    auto out = begin_checkpoint(version, query_);
    out.member("root", root_).name("catalogs").begin_array();
    for (auto const& catalog : catalogs_) out.string(catalog);
    out.end_array().name("read").integer(integer(read_));
    out.name("failed").integer(integer(failed_)).name("elsewhere").integer(integer(elsewhere_));
    return out.name("given").boolean(given_).name("ids").string(*ids).end_object().take();
  }

  void go_on_from(std::string_view text) {
    Checkpoint const checkpoint(text, version, query_);
    auto const catalogs = checkpoint.root().member("catalogs");
    if (!catalogs || !catalogs->is_array()) {
      throw StaleCheckpoint("the checkpoint names no catalogues");
    }
    root_ = checkpoint.root().string("root").value_or(address_);
    catalogs_.clear();
    for (auto const& catalog : catalogs->elements()) {
      catalogs_.emplace_back(catalog.string().value_or(""));
    }
    read_ = checkpoint.needed_count("read");
    failed_ = checkpoint.needed_count("failed");
    elsewhere_ = checkpoint.needed_count("elsewhere");
    given_ = checkpoint.flag("given");
    seen_ = checkpoint.ids("ids").value_or(SeenIds());
  }

  // ---- Catalogues

  /// Reads the next one.
  /// \return  how many bytes its documents have
  std::size_t read(Page& page, std::stop_token const& stop) {
    auto const address = catalogs_.back();
    catalogs_.pop_back();
    bool const is_first = read_ == 0;
    if (read_ >= max_catalogs_) {
      fail(page, {FindingCode::list_cut_short, {}, std::to_string(read_) + " catalogues"});
      catalogs_.clear();
      return 0;
    }
    ++read_;
    fetch::Request request;
    request.url = address;
    request.accept = "application/xml, text/xml;q=0.9, */*;q=0.1";
    try {
      auto const response = fetcher_.fetch(request, stop);
      if (is_first) root_ = response.url;
      known_.insert(catalog_address(response.url));
      return take(response.body, response.url, is_first, page);
    } catch (fetch::FetchError const& error) {
      if (is_first || !may_lie_in_a_catalog(error)) {
        catalogs_.push_back(address); // it is asked for again
        --read_;
        throw;
      }
      bool const is_large = error.reason() == Reason::too_large;
      refuse(address, false,
             {is_large ? FindingCode::too_large : FindingCode::not_delivered,
              {},
              excerpt(error.what())},
             page);
      return 0;
    }
  }

  std::size_t take(std::string const& body, std::string const& address, bool is_first, Page& page) {
    if (starts_like_html(body)) {
      refuse(address, is_first, {FindingCode::not_delivered, {}, "an HTML page"}, page);
      return 0;
    }
    auto const document = xml::Document::parse(body);
    if (!document) {
      refuse(address, is_first, document.error(), page);
      return 0;
    }
    auto const catalog = document->root();
    if (!formats::thredds::is_catalog(catalog)) {
      refuse(address, is_first, {FindingCode::unexpected_root, {}, excerpt(catalog.name())}, page);
      return 0;
    }
    enter(formats::thredds::references_of(catalog), address, page);
    if (!formats::thredds::is_told_whole(catalog)) {
      fail(page, {FindingCode::list_cut_short, excerpt(without_credentials(address)),
                  "data sets within files, too deep or too many"});
    }
    return take_datasets(catalog, without_credentials(address), page);
  }

  std::size_t take_datasets(xml::Node catalog, std::string const& address, Page& page) {
    std::size_t bytes = 0;
    for (auto const& dataset : formats::thredds::datasets_of(catalog)) {
      auto id = formats::thredds::native_id_of(dataset, address);
      if (!id.empty() && !seen_.insert(id)) {
        page.failures.push_back(
            {.native_id = id,
             .finding = {FindingCode::record_repeated, excerpt(address), excerpt(id)}});
        continue;
      }
      given_ = true;
      RawDocument document{.native_id = std::move(id),
                           .format = "thredds",
                           .bytes = {},
                           .address = address,
                           .collection = {}};
      if (what_ == What::documents || document.native_id.empty()) {
        document.bytes = formats::thredds::document_of(dataset, catalog);
      }
      bytes += document.bytes.size();
      if (bytes > most_bytes_of_catalog) {
        fail(page, {FindingCode::too_large, excerpt(address), "with all that is inherited"});
        break;
      }
      page.documents.push_back(std::move(document));
    }
    return bytes;
  }

  /// Without the first catalogue there is nothing; any other is told, and the others are read.
  void refuse(std::string const& address, bool is_first, Finding finding, Page& page) {
    if (is_first) {
      throw ProtocolError(
          "the answer is no catalogue of THREDDS: " + std::string(sentence(finding.code)) +
          (finding.excerpt.empty() ? "" : ": " + finding.excerpt));
    }
    finding.where = excerpt(without_credentials(address));
    fail(page, std::move(finding));
  }

  /// In their order: the first is read next.
  void enter(std::vector<std::string> const& references, std::string const& from, Page& page) {
    std::vector<std::string> deeper;
    for (auto const& reference : references) {
      auto address = catalog_address(link_target(from, reference));
      if (address.empty() || known_.contains(address)) continue;
      if (address.find(contains_) == std::string::npos) continue;
      if (!is_same_host(address, root_)) {
        ++elsewhere_;
        continue;
      }
      if (known_.size() >= most_known || depth_of(address) > depth_of(root_) + most_depth) {
        fail(page, {FindingCode::list_in_circles, excerpt(without_credentials(address)), {}});
        break;
      }
      known_.insert(address);
      deeper.push_back(std::move(address));
    }
    catalogs_.insert(catalogs_.end(), std::make_move_iterator(deeper.rbegin()),
                     std::make_move_iterator(deeper.rend()));
  }

  [[nodiscard]] static std::ptrdiff_t depth_of(std::string_view address) {
    return std::ranges::count(address, '/');
  }

  void end(Page& page) {
    if (elsewhere_ > 0) {
      page.remarks.push_back(std::to_string(elsewhere_) +
                             " catalogues are of other hosts, and were not fetched");
    }
    if (!given_) fail(page, {FindingCode::list_cut_short, {}, "no catalogue has a data set"});
  }

  void fail(Page& page, Finding finding) {
    ++failed_;
    page.failures.push_back({.native_id = {}, .finding = std::move(finding)});
  }

  fetch::Fetcher& fetcher_;
  What what_;
  std::string address_;
  std::string root_; ///< the address after redirects
  std::string contains_;
  std::size_t max_catalogs_ = 0;
  std::string query_; ///< what a checkpoint refers to

  std::vector<std::string> catalogs_; ///< still to be read, the next one last
  std::size_t read_ = 0;
  std::size_t failed_ = 0;
  std::size_t elsewhere_ = 0; ///< catalogues of other hosts
  bool given_ = false;        ///< a data set was had
  SeenIds seen_;              ///< data sets

  std::unordered_set<std::string> known_; ///< catalogues of this run
};

} // namespace

std::unique_ptr<Harvester> start(Source const& source, Means means, std::string_view checkpoint,
                                 What what) {
  return std::make_unique<ThreddsHarvester>(source, means.fetcher, checkpoint, what);
}

} // namespace terracat::kinds::thredds

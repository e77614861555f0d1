#include "kinds/files/splitter.hpp"
#include "kinds/one_by_one.hpp"
#include "kinds/options.hpp"
#include "kinds/url.hpp"
#include "kinds/waf/listing.hpp"
#include "kinds/waf/options.hpp"
#include "kinds/waf/state.hpp"
#include "kinds/waf/waf.hpp"

#include <algorithm>
#include <sstream>
#include <unordered_set>
#include <utility>

namespace terracat::kinds::waf {
namespace {

using Reason = fetch::FetchError::Reason;

constexpr std::size_t most_requests_for_page = 50;
constexpr std::size_t most_bytes_on_page = std::size_t{16} << 20;

/// Folders in folders: more are a link that leads back up.
constexpr std::ptrdiff_t most_depth = 20;
constexpr std::size_t most_known = 20'000;

std::ptrdiff_t depth_of(std::string_view address) {
  return std::ranges::count(address, '/');
}

class WafHarvester : public Harvester {
 public:
  WafHarvester(Source const& source, fetch::Fetcher& fetcher, std::string_view checkpoint,
               What what)
      : fetcher_(fetcher), files_(fetcher), address_(source.address) {
    auto const options = read_options(options_schema, source.options);
    goes_down_ = *options.root().member("folders")->boolean();
    ending_ = *options.root().string("ending");
    query_ = address_ + '\n' + ending_ + (goes_down_ ? "\nfolders" : "\n") +
             (what == What::ids ? "\nids" : "");
    state_.folders.push_back(address_);
    if (!checkpoint.empty()) state_ = State::from_checkpoint(checkpoint, query_);
    known_.insert(state_.folders.begin(), state_.folders.end());
  }

  [[nodiscard]] std::optional<Page> next(std::stop_token stop) override {
    if (state_.folders.empty()) return std::nullopt;
    Page page;
    std::size_t bytes = 0;
    for (std::size_t requests = 0; requests < most_requests_for_page; ++requests) {
      if (state_.folders.empty() || bytes >= most_bytes_on_page) break;
      if (std::exchange(is_listed_, true)) {
        bytes += take(files_left_[next_file_++], page, stop);
      } else {
        list(page, stop);
      }
      if (next_file_ == files_left_.size()) leave_folder();
    }
    if (state_.folders.empty() && !state_.given) {
      fail(page, FindingCode::list_cut_short, "no file was had");
    }
    page.checkpoint = state_.to_checkpoint(query_);
    return page;
  }

  [[nodiscard]] bool complete() const noexcept override {
    return state_.folders.empty() && state_.given && state_.failed == 0;
  }

  [[nodiscard]] Coverage coverage() const noexcept override { return Coverage::records; }

 private:
  // ---- Folders

  void list(Page& page, std::stop_token const& stop) {
    bool const is_first = !std::exchange(state_.started, true);
    auto const folder = state_.folders.back();
    fetch::Request request;
    request.url = folder;
    request.accept = "text/html, application/xhtml+xml;q=0.9, */*;q=0.1";
    try {
      auto const response = fetcher_.fetch(request, stop);
      if (is_first) state_.folders.back() = folder_of(response.url);
      take(read_listing(response.body, state_.folders.back()), is_first, page);
    } catch (fetch::FetchError const& error) {
      bool const is_gone = error.reason() == Reason::status && error.status() >= 400 &&
                           error.status() < 500 && error.status() != 429;
      if (is_first || !is_gone) throw;
      fail(page, FindingCode::not_delivered, without_credentials(folder));
    }
  }

  void take(Listing listing, bool is_first, Page& page) {
    bool const is_empty = listing.files.empty() && listing.folders.empty();
    if (is_first && is_empty) {
      throw ProtocolError("the answer is no list of a folder: no link leads to what lies below it");
    }
    if (!listing.is_whole || (is_empty && !listing.has_parent)) {
      fail(page, FindingCode::list_cut_short, without_credentials(state_.folders.back()));
    }
    std::erase_if(listing.files, [this](auto const& file) { return !is_wanted(file); });
    files_left_ = std::move(listing.files);
    next_file_ = 0;
    if (!state_.after.empty()) {
      auto const rest = std::ranges::upper_bound(files_left_, state_.after);
      next_file_ = static_cast<std::size_t>(rest - files_left_.begin());
    }
    if (goes_down_) enter(std::move(listing.folders), page);
  }

  /// The folder that is read stays last until it is left.
  void enter(std::vector<std::string> folders, Page& page) {
    auto const here = std::prev(state_.folders.end());
    std::vector<std::string> deeper;
    for (auto& folder : folders) {
      if (known_.contains(folder)) continue;
      if (known_.size() >= most_known || depth_of(folder) > depth_of(address_) + most_depth) {
        fail(page, FindingCode::list_in_circles, without_credentials(folder));
        break;
      }
      known_.insert(folder);
      deeper.push_back(std::move(folder));
    }
    state_.folders.insert(here, std::make_move_iterator(deeper.rbegin()),
                          std::make_move_iterator(deeper.rend()));
  }

  void leave_folder() {
    state_.folders.pop_back();
    state_.after.clear();
    is_listed_ = false;
    files_left_.clear();
    next_file_ = 0;
  }

  // ---- Files

  [[nodiscard]] bool is_wanted(std::string_view file) const {
    auto const name = decoded(file.substr(file.rfind('/') + 1));
    return ending_.empty() ? files::promises_metadata(name) : name.ends_with(ending_);
  }

  /// \return  how many bytes it brought
  std::size_t take(std::string const& file, Page& page, std::stop_token const& stop) {
    state_.after = file;
    fetch::Request request;
    request.url = file;
    auto fetched = files_.ask(request, state_.given, stop);
    if (auto* const finding = std::get_if<Finding>(&fetched)) {
      if (finding->where.empty()) finding->where = excerpt(without_credentials(file));
      lose(std::move(*finding), page);
      return 0;
    }
    state_.given = true;
    auto& bytes = std::get<std::string>(fetched);
    auto const size = bytes.size();
    split(file, std::move(bytes), page);
    return size;
  }

  void split(std::string const& file, std::string bytes, Page& page) {
    std::istringstream stream(std::move(bytes));
    auto const splitter =
        files::splitter_for(decoded(file), files::Buffered(files::open_stream(stream)), true);
    while (auto cut = splitter->next()) {
      if (cut->fault) {
        auto& where = cut->fault->where;
        where = excerpt(without_credentials(file)) + (where.empty() ? "" : ": " + where);
        lose(std::move(*cut->fault), page);
        continue;
      }
      page.documents.push_back({.native_id = {},
                                .format = {},
                                .bytes = std::move(cut->bytes),
                                .address = without_credentials(file),
                                .collection = {}});
    }
  }

  void lose(Finding finding, Page& page) {
    ++state_.failed;
    page.failures.push_back({.native_id = {}, .finding = std::move(finding)});
  }

  void fail(Page& page, FindingCode code, std::string_view what) {
    lose({.code = code, .where = {}, .excerpt = excerpt(what)}, page);
  }

  fetch::Fetcher& fetcher_;
  OneByOne files_;
  std::string address_;
  std::string ending_;
  bool goes_down_ = true;
  std::string query_; ///< what a checkpoint refers to
  State state_;
  bool is_listed_ = false;                ///< the folder that is read
  std::vector<std::string> files_left_;   ///< its files
  std::size_t next_file_ = 0;             ///< of these
  std::unordered_set<std::string> known_; ///< folders of this run
};

} // namespace

std::unique_ptr<Harvester> start(Source const& source, Means means, std::string_view checkpoint,
                                 What what) {
  return std::make_unique<WafHarvester>(source, means.fetcher, checkpoint, what);
}

} // namespace terracat::kinds::waf

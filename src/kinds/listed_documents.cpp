#include "kinds/listed_documents.hpp"

#include "kinds/checkpoint.hpp"
#include "kinds/seen.hpp"

#include <algorithm>
#include <utility>

namespace terracat::kinds {
namespace {

constexpr std::int64_t version = 2;
constexpr std::size_t most_requests_for_page = 50;
constexpr std::size_t most_ids_on_page = 1'000;
constexpr std::size_t most_bytes_on_page = std::size_t{16} << 20;
constexpr std::size_t most_documents = 200'000;

/// The hash of some ids and one more behind them.
std::string hash_with(std::string const& before, std::string_view id) {
  return std::to_string(stable_hash(before + '\n' + std::string(id)));
}

} // namespace

void ListedDocuments::begin(std::string query, std::string_view checkpoint) {
  query_ = std::move(query) + (what_ == What::ids ? "\nids" : "");
  if (checkpoint.empty()) return;
  Checkpoint const read(checkpoint, version, query_);
  after_ = read.root().string("after").value_or("");
  had_ = read.root().string("had").value_or("");
  failed_ = read.needed_count("failed");
  given_ = read.flag("given");
  done_ = read.flag("done");
}

std::string ListedDocuments::to_checkpoint() const {
  auto out = begin_checkpoint(version, query_);
  out.name("after").string(after_).name("had").string(had_).name("failed").integer(
      static_cast<std::int64_t>(failed_));
  return out.name("given").boolean(given_).name("done").boolean(done_).end_object().take();
}

std::optional<Page> ListedDocuments::next(std::stop_token stop) {
  if (done_) return std::nullopt;
  Page page;
  if (!std::exchange(is_listed_, true)) list(page, stop);
  std::size_t bytes = 0;
  auto const most = what_ == What::ids ? most_ids_on_page : most_requests_for_page;
  for (std::size_t count = 0; next_ < listed_.size() && count < most; ++count) {
    if (bytes >= most_bytes_on_page) break;
    bytes += take(listed_[next_++], page, stop);
  }
  done_ = next_ == listed_.size();
  page.announced = listed_.size();
  page.checkpoint = to_checkpoint();
  return page;
}

/// The whole list, in order; of a run that goes on, what comes after the last one it had.
void ListedDocuments::list(Page& page, std::stop_token const& stop) {
  bool const is_first = after_.empty();
  std::size_t too_many = 0;
  for (auto& entry : fetch_list(stop)) {
    if (!entry.id.empty()) {
      if (listed_.size() < most_documents) {
        listed_.push_back(std::move(entry));
      } else {
        ++too_many;
      }
    } else if (is_first) { // else it was told before
      lose({}, {FindingCode::no_identifier, {}, excerpt(entry.said)}, page);
    }
  }
  if (too_many > 0) {
    lose({},
         {FindingCode::more_than_taken,
          {},
          "documents: " + std::to_string(most_documents) + " taken, " + std::to_string(too_many) +
              " left out"},
         page);
  }
  sort_out(is_first, page);
  if (listed_.empty()) lose({}, {FindingCode::list_cut_short, {}, "an empty list"}, page);
  if (!is_first) find_place(page);
}

/// Goes on after the last document that was had. One that came into the list before it was not.
void ListedDocuments::find_place(Page& page) {
  std::string before;
  while (next_ < listed_.size() && listed_[next_].id <= after_) {
    before = hash_with(before, listed_[next_++].id);
  }
  if (before == had_) return;
  lose({}, {FindingCode::list_cut_short, {}, "the list has changed since the run began"}, page);
}

void ListedDocuments::sort_out(bool is_first, Page& page) {
  std::ranges::stable_sort(listed_, {}, &ListedDocument::id);
  for (std::size_t i = 1; is_first && i < listed_.size(); ++i) {
    auto const& id = listed_[i].id;
    if (id != listed_[i - 1].id) continue;
    page.failures.push_back(
        {.native_id = id, .finding = {FindingCode::record_repeated, {}, excerpt(id)}});
  }
  auto const is_same = [](auto const& a, auto const& b) { return a.id == b.id; };
  listed_.erase(std::unique(listed_.begin(), listed_.end(), is_same), listed_.end());
}

/// \return  how many bytes it brought
std::size_t ListedDocuments::take(ListedDocument const& listed, Page& page,
                                  std::stop_token const& stop) {
  std::string bytes;
  after_ = listed.id;
  had_ = hash_with(had_, after_);
  if (what_ == What::documents) {
    auto fetched = documents_.ask(request_for(listed), given_, stop);
    if (auto* const finding = std::get_if<Finding>(&fetched)) {
      lose(listed.id, std::move(*finding), page);
      return 0;
    }
    bytes = std::move(std::get<std::string>(fetched));
  }
  given_ = true;
  auto document = document_of(listed, std::move(bytes));
  auto const size = document.bytes.size();
  page.documents.push_back(std::move(document));
  return size;
}

void ListedDocuments::lose(std::string const& id, Finding finding, Page& page) {
  ++failed_;
  page.failures.push_back({.native_id = id, .finding = std::move(finding)});
}

} // namespace terracat::kinds

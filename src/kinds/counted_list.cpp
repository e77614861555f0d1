#include "kinds/counted_list.hpp"

#include "kinds/checkpoint.hpp"
#include "kinds/url.hpp"
#include "kinds/xml_answer.hpp"

#include <terracat/text.hpp>

#include <charconv>
#include <utility>

namespace terracat::kinds {
namespace {

constexpr std::int64_t version = 1;

/// So many pages in a row without a new entry are a circle.
constexpr std::size_t most_idle_pages = 3;

/// A list may grow while it is read; with so many more than twice what it says it has no end.
constexpr std::size_t most_beyond_twice = 1'000;

void fail(Page& page, FindingCode code, std::string_view what) {
  page.failures.push_back({.native_id = {}, .finding = {code, {}, excerpt(what)}});
}

} // namespace

CountedList::CountedList(std::string_view checkpoint, std::string_view query) {
  Checkpoint const read(checkpoint, version, query);
  auto const seen = read.ids("ids");
  place_ = read.root().string("next").value_or("");
  pages_ = read.needed_count("pages");
  idle_pages_ = read.count("idle_pages").value_or(0);
  breaks_ = read.count("breaks").value_or(0);
  total_ = read.count("total");
  total_changed_ = read.flag("total_changed");
  failed_ = read.count("failed").value_or(0);
  unproven_ = read.flag("unproven");
  has_repeated_ = read.flag("repeated");
  is_sliced_ = read.flag("sliced");
  is_within_ = read.flag("within");
  done_ = read.flag("done");
  has_given_ = read.flag("given");
  seen_ = seen.value_or(SeenIds());
  knows_all_ = seen.has_value();
}

std::string CountedList::to_checkpoint(std::string_view query) const {
  auto const integer = [](std::size_t value) { return static_cast<std::int64_t>(value); };
  auto out = begin_checkpoint(version, query);
  out.name("next").string(place_).name("pages").integer(integer(pages_));
  out.name("idle_pages").integer(integer(idle_pages_)).name("breaks").integer(integer(breaks_));
  if (total_) out.name("total").integer(integer(*total_));
  out.name("total_changed").boolean(total_changed_).name("failed").integer(integer(failed_));
  out.name("unproven").boolean(unproven_).name("done").boolean(done_);
  out.name("repeated").boolean(has_repeated_).name("sliced").boolean(is_sliced_);
  out.name("within").boolean(is_within_);
  out.name("given").boolean(has_given_);
  auto const ids = knows_all_ ? seen_.to_text() : std::nullopt;
  if (ids) out.name("ids").string(*ids);
  return out.end_object().take();
}

std::size_t CountedList::offset() const noexcept {
  std::size_t out = 0;
  std::from_chars(place_.data(), place_.data() + place_.size(), out);
  return out;
}

bool CountedList::is_complete() const noexcept {
  return done_ && knows_all_ && !unproven_ && !total_changed_ && failed_ == 0 &&
         total_ == seen_.size();
}

bool CountedList::begin_again() {
  if (place_.empty() || breaks_ > 0) return false;
  ++breaks_;
  place_.clear();
  is_within_ = false;
  idle_pages_ = 0;
  asked_.clear();
  return true;
}

void CountedList::begin_slice() noexcept {
  is_sliced_ = true;
  idle_pages_ = 0;
  asked_.clear();
}

void CountedList::begin_page(std::optional<std::size_t> total, Page& page) {
  ++pages_;
  is_resumed_ = std::exchange(is_within_, false);
  asked_.insert(stable_hash(place_));
  seen_before_ = seen_.size();
  has_rest_ = false;
  if (!total) return;
  if (total_ && *total_ != *total && !total_changed_) {
    total_changed_ = true;
    fail(page, FindingCode::count_changed,
         std::to_string(*total_) + ", then " + std::to_string(*total));
  }
  total_ = total;
}

bool CountedList::take(std::string_view id, Page& page) {
  if (seen_.insert(id)) return true;
  if (breaks_ > 0 || is_sliced_ || is_resumed_) return false; // it comes again
  has_repeated_ = true;
  page.failures.push_back({.native_id = std::string(id),
                           .finding = {FindingCode::record_repeated, "/id", excerpt(id)}});
  return false;
}

void CountedList::give(RawDocument document, Page& page) {
  has_given_ = true;
  page.documents.push_back(std::move(document));
}

void CountedList::lose(Failure failure, Page& page) {
  ++failed_;
  page.failures.push_back(std::move(failure));
}

void CountedList::lose_unnamed(std::string_view where, json::Value const& entry, Page& page) {
  lose({.native_id = {},
        .finding = {FindingCode::no_identifier, std::string(where), excerpt(entry.text())}},
       page);
}

void CountedList::doubt(FindingCode code, std::string_view what, Page& page) {
  fail(page, code, what);
  unproven_ = true;
}

void CountedList::trust_end() noexcept {
  if (!total_ && !has_repeated_) total_ = seen_.size();
}

void CountedList::end_part(Page& page) {
  is_within_ = true;
  page.announced = total_;
}

void CountedList::end_page(std::string next, bool is_empty, Page& page) {
  is_within_ = false;
  idle_pages_ = seen_.size() == seen_before_ ? idle_pages_ + 1 : 0;
  place_ = std::move(next);
  bool const has_all = total_ && seen_.size() >= *total_;
  bool const is_behind_the_end = is_empty || (has_all && idle_pages_ > 0 && !has_rest_);
  // A list that was begun again brings what was seen before, and so do slices.
  auto const most_idle = most_idle_pages + (breaks_ > 0 || is_sliced_ ? seen_.size() : 0);
  if (place_.empty() || is_behind_the_end || is_endless()) {
    end(page);
  } else if (idle_pages_ >= most_idle || asked_.contains(stable_hash(place_))) {
    doubt(FindingCode::list_in_circles, without_credentials(place_), page);
    done_ = true;
  }
  page.announced = total_;
}

bool CountedList::is_endless() const noexcept {
  auto const count = seen_.size();
  return total_ && count > *total_ && count - *total_ > *total_ + most_beyond_twice;
}

void CountedList::end(Page& page) {
  done_ = true;
  if (total_ == seen_.size() && !has_rest_) return;
  auto const count = std::to_string(seen_.size());
  doubt(FindingCode::list_cut_short,
        count + (total_ ? " of " + std::to_string(*total_) + " records"
                        : " records; the source does not say how many there are"),
        page);
}

std::optional<std::size_t> count_of(std::optional<json::Value> const& value) {
  auto const number = value ? value->integer() : std::nullopt;
  if (!number || *number < 0) return std::nullopt;
  return static_cast<std::size_t>(*number);
}

void refuse_page(std::string_view body, std::string_view expected) {
  throw ProtocolError(starts_like_html(body) ? "the answer is no JSON but an HTML page"
                                             : "the answer is no " + std::string(expected));
}

} // namespace terracat::kinds

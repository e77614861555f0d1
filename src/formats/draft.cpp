#include "formats/draft.hpp"

#include "formats/words/dates.hpp"
#include "formats/words/identifiers.hpp"
#include "formats/words/links.hpp"
#include "formats/words/text.hpp"

namespace terracat::formats {
namespace {

constexpr std::size_t most_extents = 5'000;
constexpr std::size_t most_links = 5'000;
constexpr std::size_t most_identifiers = 1'000;

} // namespace

void Draft::add_finding(FindingCode code, std::string where, std::string_view what) {
  findings_.add(code, std::move(where), one_line(what));
}

Draft::Date Draft::read(std::string_view text) {
  if (text.empty()) return {model::Bound::unknown(), std::nullopt};
  auto const reading = read_date(text);
  return {reading.at, reading.finding};
}

bool Draft::is_date(std::string_view text) {
  return !text.empty() && !says_nothing(text);
}

bool Draft::is_left_over(std::string_view text) {
  return is_placeholder(text);
}

Draft::Address Draft::read_address(std::string_view text) const {
  if (text.empty() || says_nothing(text)) return {};
  auto reading = read_link(text, context_);
  return {std::move(reading.href), reading.finding};
}

void Draft::keep(model::ResourceDate date) {
  add_new(parts.dates, std::move(date), most_extents);
}

void Draft::keep(model::TemporalExtent extent) {
  add_new(parts.temporal, std::move(extent), most_extents);
}

bool Draft::keep_identifier(std::string_view text, std::string_view scheme) {
  auto found = read_identifier(text, scheme);
  if (!found) return false;
  add_new(parts.identifiers, std::move(*found), most_identifiers);
  return true;
}

void Draft::add_area(model::SpatialExtent extent) {
  if (!extent.geometry && extent.place.empty()) return;
  add_new(parts.spatial, std::move(extent), most_extents);
}

void Draft::add_online(model::OnlineResource resource) {
  if (!resource.href.empty()) add_new(parts.online, std::move(resource), most_links);
}

Reading Draft::take() {
  parts.contacts = contacts.take();
  if (keywords.left_out() > 0) left_out("keywords", KeywordBook::most, keywords.left_out());
  auto findings = findings_.take();
  cuts_.tell(findings);
  return {.resource = model::Record::make(std::move(parts)).value(),
          .findings = std::move(findings)};
}

} // namespace terracat::formats

#include "formats/rules/field_parts.hpp"

#include "formats/words/dates.hpp"
#include "formats/words/extents.hpp"
#include "formats/words/links.hpp"
#include "formats/words/periods.hpp"
#include "formats/words/text.hpp"

#include <algorithm>
#include <array>

namespace terracat::formats::rules {
namespace {

using model::Bound;
using model::Contact;
using model::LocalText;
using model::RecordParts;
using model::SpatialExtent;

constexpr std::size_t most_in_list = 1'000;

std::string at_index(std::string const& list, std::size_t index) {
  return list + "/" + std::to_string(index);
}

LocalText local(Saying const& saying) {
  return {std::string(saying.language), one_line(saying.text)};
}

// ---- Keywords

bool is_free(model::KeywordSet const& set) {
  return set.kind.empty() && set.thesaurus.empty() && set.thesaurus_uri.empty();
}

bool is_of_themes(model::KeywordSet const& set) {
  return set.kind == "theme" && set.thesaurus.empty() && set.thesaurus_uri.empty();
}

/// Adds the keyword to the set that `is_meant` finds, or to one of its own.
std::string put_into(RecordParts& record, bool (*is_meant)(model::KeywordSet const&),
                     std::string_view kind, model::Keyword keyword) {
  auto& sets = record.keyword_sets;
  auto set = std::ranges::find_if(sets, is_meant);
  if (set == sets.end()) {
    sets.push_back(
        {.kind = std::string(kind), .thesaurus = {}, .thesaurus_uri = {}, .keywords = {}});
    set = sets.end() - 1;
  }
  auto const index = static_cast<std::size_t>(set - sets.begin());
  auto const same = std::ranges::find(set->keywords, keyword);
  auto const place = static_cast<std::size_t>(same - set->keywords.begin());
  if (same == set->keywords.end()) {
    if (place >= most_in_list) return {};
    set->keywords.push_back(std::move(keyword));
  }
  return at_index(at_index("/keyword_sets", index) + "/keywords", place);
}

bool is_concept(model::Keyword const& keyword) {
  return !keyword.uri.empty();
}

// ---- Contacts

constexpr std::string_view to_ask = "pointOfContact";
constexpr std::string_view author = "author";
constexpr std::string_view publisher = "publisher";

template<auto Member>
bool has_it(Contact const& contact, std::string_view role) {
  return !(contact.*Member).empty() &&
         std::ranges::find(contact.roles, role) != contact.roles.end();
}

template<auto Member>
bool any_has(RecordParts const& record, std::string_view role) {
  return std::ranges::any_of(record.contacts,
                             [&](Contact const& one) { return has_it<Member>(one, role); });
}

/// Who has other roles, too, keeps these.
template<auto Member>
void drop(RecordParts& record, std::string_view role) {
  for (auto& contact : record.contacts) {
    if (has_it<Member>(contact, role)) std::erase(contact.roles, role);
  }
  std::erase_if(record.contacts, [](Contact const& one) { return one.roles.empty(); });
}

std::string put_one(RecordParts& record, Contact contact, std::string_view role) {
  contact.roles = {std::string(role)};
  auto& all = record.contacts;
  auto const same = std::ranges::find(all, contact);
  auto const index = static_cast<std::size_t>(same - all.begin());
  if (same == all.end()) {
    if (index >= most_in_list) return {};
    all.push_back(std::move(contact));
  }
  return at_index("/contacts", index);
}

std::string put_person(RecordParts& record, Saying const& saying, std::string_view role) {
  Contact contact;
  contact.name = one_line(saying.text);
  return is_name(contact.name) ? put_one(record, std::move(contact), role) : std::string();
}

std::string put_organisation_as(RecordParts& record, Saying const& saying, std::string_view role) {
  Contact contact;
  contact.organisation = local(saying);
  return is_name(contact.organisation.first()) ? put_one(record, std::move(contact), role)
                                               : std::string();
}

// ---- Times

/// \return  nothing if the text is no date
std::optional<Bound> date_of(Saying const& saying) {
  auto const reading = read_date(stripped(saying.text));
  if (reading.finding == FindingCode::date_unreadable || reading.at.is_unknown()) {
    return std::nullopt;
  }
  return reading.at;
}

/// The two ends of the first period.
std::array<Bound, 2> ends_of(RecordParts const& record) {
  if (record.temporal.empty() || !record.temporal.front().interval) {
    return {Bound::unknown(), Bound::unknown()};
  }
  auto const& interval = *record.temporal.front().interval;
  return {interval.start(), interval.end()};
}

/// Puts one end. The other one, if the two contradict, goes or makes that nothing changes.
std::string put_end_of_period(RecordParts& record, Saying const& saying, bool is_begin) {
  auto const at = date_of(saying);
  if (!at) return {};
  auto ends = ends_of(record);
  ends.at(is_begin ? 0 : 1) = *at;
  auto interval = model::Interval::make(ends[0], ends[1]);
  if (!interval && saying.replaces) {
    ends.at(is_begin ? 1 : 0) = Bound::unknown();
    interval = model::Interval::make(ends[0], ends[1]);
  }
  if (!interval) return {};
  if (record.temporal.empty()) record.temporal.emplace_back();
  auto& extent = record.temporal.front();
  extent.interval = *interval;
  (is_begin ? extent.start_text : extent.end_text) = one_line(saying.text);
  return is_begin ? "/temporal/0/start_text" : "/temporal/0/end_text";
}

std::string put_bound(Bound& member, Saying const& saying, std::string_view name) {
  auto const at = date_of(saying);
  if (!at) return {};
  member = *at;
  return "/" + std::string(name);
}

bool has_date(RecordParts const& record, std::string_view kind) {
  return std::ranges::find(record.dates, kind, &model::ResourceDate::kind) != record.dates.end();
}

void clear_dates(RecordParts& record, std::string_view kind) {
  std::erase_if(record.dates, [&](auto const& date) { return date.kind == kind; });
}

std::string put_date(RecordParts& record, Saying const& saying, std::string_view kind) {
  auto const at = date_of(saying);
  if (!at || record.dates.size() >= most_in_list) return {};
  record.dates.push_back({.kind = std::string(kind), .at = *at, .text = one_line(saying.text)});
  return at_index("/dates", record.dates.size() - 1);
}

// ---- Places

std::string put_area(RecordParts& record, SpatialExtent extent) {
  auto& all = record.spatial;
  auto const same = std::ranges::find(all, extent);
  auto const index = static_cast<std::size_t>(same - all.begin());
  if (same == all.end()) {
    if (index >= most_in_list) return {};
    all.push_back(std::move(extent));
  }
  return at_index("/spatial", index);
}

bool is_area(SpatialExtent const& extent) {
  return extent.geometry.has_value();
}

bool is_place(SpatialExtent const& extent) {
  return !extent.place.empty();
}

} // namespace

void clear_nothing(RecordParts&, std::string_view) {}

bool has_keyword(RecordParts const& record, std::string_view) {
  return !record.keyword_sets.empty();
}

void clear_keywords(RecordParts& record, std::string_view) {
  record.keyword_sets.clear();
}

std::string put_keyword(RecordParts& record, Saying const& saying) {
  return put_into(record, is_free, {}, {.label = local(saying), .uri = {}});
}

bool has_theme(RecordParts const& record, std::string_view) {
  return std::ranges::any_of(record.keyword_sets, [](model::KeywordSet const& set) {
    return std::ranges::any_of(set.keywords, is_concept);
  });
}

void clear_themes(RecordParts& record, std::string_view) {
  for (auto& set : record.keyword_sets) std::erase_if(set.keywords, is_concept);
  std::erase_if(record.keyword_sets, [](auto const& set) { return set.keywords.empty(); });
}

std::string put_theme(RecordParts& record, Saying const& saying) {
  auto const address = stripped(saying.text);
  bool const is_one = is_web_address(address) &&
                      address.find_first_of(" \t\r\n\"<>") == std::string_view::npos &&
                      model::is_public_href(address);
  if (!is_one) return {};
  return put_into(record, is_of_themes, "theme", {.label = {}, .uri = std::string(address)});
}

bool has_contact(RecordParts const& record, std::string_view) {
  return any_has<&Contact::name>(record, to_ask);
}

bool has_organisation(RecordParts const& record, std::string_view) {
  return any_has<&Contact::organisation>(record, to_ask);
}

bool has_email(RecordParts const& record, std::string_view) {
  return any_has<&Contact::emails>(record, to_ask);
}

bool has_author(RecordParts const& record, std::string_view) {
  return any_has<&Contact::name>(record, author);
}

bool has_publisher(RecordParts const& record, std::string_view) {
  return any_has<&Contact::organisation>(record, publisher);
}

void clear_contacts(RecordParts& record, std::string_view) {
  drop<&Contact::name>(record, to_ask);
}

void clear_organisations(RecordParts& record, std::string_view) {
  drop<&Contact::organisation>(record, to_ask);
}

void clear_emails(RecordParts& record, std::string_view) {
  drop<&Contact::emails>(record, to_ask);
}

void clear_authors(RecordParts& record, std::string_view) {
  drop<&Contact::name>(record, author);
}

void clear_publishers(RecordParts& record, std::string_view) {
  drop<&Contact::organisation>(record, publisher);
}

std::string put_contact(RecordParts& record, Saying const& saying) {
  return put_person(record, saying, to_ask);
}

std::string put_organisation(RecordParts& record, Saying const& saying) {
  return put_organisation_as(record, saying, to_ask);
}

std::string put_author(RecordParts& record, Saying const& saying) {
  return put_person(record, saying, author);
}

std::string put_publisher(RecordParts& record, Saying const& saying) {
  return put_organisation_as(record, saying, publisher);
}

std::string put_email(RecordParts& record, Saying const& saying) {
  auto const address = stripped(saying.text);
  auto const at = address.find('@');
  bool const is_one = at != std::string_view::npos && at > 0 && at + 1 < address.size() &&
                      address.find_first_of(" \t\r\n<>\"") == std::string_view::npos;
  if (!is_one) return {};
  Contact contact;
  contact.emails = {std::string(address)};
  return put_one(record, std::move(contact), to_ask);
}

bool has_begin(RecordParts const& record, std::string_view) {
  return ends_of(record)[0].earliest().has_value();
}

bool has_end(RecordParts const& record, std::string_view) {
  return ends_of(record)[1].earliest().has_value();
}

std::string put_begin(RecordParts& record, Saying const& saying) {
  return put_end_of_period(record, saying, true);
}

std::string put_end(RecordParts& record, Saying const& saying) {
  return put_end_of_period(record, saying, false);
}

std::string put_period(RecordParts& record, Saying const& saying) {
  auto reading = read_period(one_line(saying.text));
  if (!reading.extent.interval || record.temporal.size() >= most_in_list) return {};
  record.temporal.push_back(std::move(reading.extent));
  return at_index("/temporal", record.temporal.size() - 1);
}

bool has_created(RecordParts const& record, std::string_view) {
  return !record.created.is_unknown();
}

bool has_updated(RecordParts const& record, std::string_view) {
  return !record.updated.is_unknown();
}

std::string put_created(RecordParts& record, Saying const& saying) {
  return put_bound(record.created, saying, "created");
}

std::string put_updated(RecordParts& record, Saying const& saying) {
  return put_bound(record.updated, saying, "updated");
}

bool has_publication(RecordParts const& record, std::string_view) {
  return has_date(record, "publication");
}

bool has_revision(RecordParts const& record, std::string_view) {
  return has_date(record, "revision");
}

void clear_publications(RecordParts& record, std::string_view) {
  clear_dates(record, "publication");
}

void clear_revisions(RecordParts& record, std::string_view) {
  clear_dates(record, "revision");
}

std::string put_publication(RecordParts& record, Saying const& saying) {
  return put_date(record, saying, "publication");
}

std::string put_revision(RecordParts& record, Saying const& saying) {
  return put_date(record, saying, "revision");
}

bool has_box(RecordParts const& record, std::string_view) {
  return std::ranges::any_of(record.spatial, is_area);
}

void clear_boxes(RecordParts& record, std::string_view) {
  std::erase_if(record.spatial, is_area);
}

std::string put_box(RecordParts& record, Saying const& saying) {
  auto const edges = split(saying.text, " \t\r\n,;");
  if (edges.size() != 4) return {};
  auto const reading =
      read_box(BoxText{.west = edges[0], .south = edges[1], .east = edges[2], .north = edges[3]});
  if (!reading.box) return {};
  return put_area(record, {model::Geometry::box(*reading.box), {}});
}

bool has_place(RecordParts const& record, std::string_view) {
  return std::ranges::any_of(record.spatial, is_place);
}

void clear_places(RecordParts& record, std::string_view) {
  for (auto& extent : record.spatial) extent.place = {};
  std::erase_if(record.spatial, [](auto const& extent) { return !is_area(extent); });
}

std::string put_place(RecordParts& record, Saying const& saying) {
  return put_area(record, {std::nullopt, local(saying)});
}

} // namespace terracat::formats::rules

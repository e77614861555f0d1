#pragma once

#include "formats/rules/field.hpp"

/// What field.cpp asks of parts of a record that more than one of its rows fills: keywords,
/// contacts, times and places. Each as Field declares it.
namespace terracat::formats::rules {

using IsSaid = bool(model::RecordParts const&, std::string_view);
using Clear = void(model::RecordParts&, std::string_view);
using Put = std::string(model::RecordParts&, Saying const&);

Clear clear_nothing;

IsSaid has_keyword, has_theme;
Clear clear_keywords, clear_themes;
Put put_keyword, put_theme;

// Members of contacts of one role. `clear` takes whole contacts away.
IsSaid has_contact, has_organisation, has_email, has_author, has_publisher;
Clear clear_contacts, clear_organisations, clear_emails, clear_authors, clear_publishers;
Put put_contact, put_organisation, put_email, put_author, put_publisher;

// The first period has both ends of it.
IsSaid has_begin, has_end;
Put put_begin, put_end, put_period;

IsSaid has_created, has_updated, has_publication, has_revision;
Clear clear_publications, clear_revisions;
Put put_created, put_updated, put_publication, put_revision;

IsSaid has_box, has_place;
Clear clear_boxes, clear_places;
Put put_box, put_place;

} // namespace terracat::formats::rules

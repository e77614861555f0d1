#pragma once

#include "formats/draft.hpp"
#include "formats/xml/xml.hpp"

#include <terracat/format.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace terracat::formats::xml {

using RecordDraft = Draft;

/// Why a document cannot become a record.
[[nodiscard]] Finding refusal(FindingCode code, Node where, std::string_view what);

/// The text of an element on one line.
[[nodiscard]] std::string line_of(Node node);

/// The texts of elements that say the same in several languages (`xml:lang`): the first of each.
/// Placeholders and words for nothing are left out, the former noted.
[[nodiscard]] model::LocalText name_of(std::vector<Node> const& nodes, RecordDraft& draft);

/// Likewise, with line breaks and without markup; texts of one language follow each other.
[[nodiscard]] model::LocalText prose_of(std::vector<Node> const& nodes, RecordDraft& draft);

/// The language of an element by its own `xml:lang`, else that of the draft.
[[nodiscard]] std::string language_of(Node node, RecordDraft const& draft);

/// A date that an element holds; what is wrong with it is noted.
[[nodiscard]] model::Bound date_at(Node node, RecordDraft& draft);

/// Adds a date of the resource, if the element holds one.
void add_date(Node node, std::string_view kind, RecordDraft& draft);

/// Adds a period, unless it says nothing; what is wrong with it is noted.
void add_period(PeriodReading reading, Node where, RecordDraft& draft);

/// Adds an area once.
void add_area(model::SpatialExtent extent, RecordDraft& draft);

/// Adds a name of the resource.
/// \return  false if the text is none; a placeholder is noted
bool add_identifier(Node where, std::string_view text, std::string_view scheme, RecordDraft& draft);

/// A link that may be shown, or empty; what is wrong with it is noted.
[[nodiscard]] std::string link_at(Node where, std::string_view text, RecordDraft& draft);

/// Adds a way to the data or to more about them, if it leads anywhere.
void add_online(model::OnlineResource resource, RecordDraft& draft);

} // namespace terracat::formats::xml

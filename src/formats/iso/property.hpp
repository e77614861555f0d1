#pragma once

#include "formats/iso/draft.hpp"
#include "formats/words/collect.hpp"

#include <optional>
#include <span>

/// Reading one property element: `gmd:title` with what is in it, in any of the ways in which
/// sources write it. A property that is not there, or is there only to say why it is not
/// (`nilReason`), is empty everywhere.
namespace terracat::formats::iso {

/// The text in the language of the document: CharacterString, Anchor, a date, a number, the name of
/// a code, or what stands right within the property. White space as written.
[[nodiscard]] std::string raw_text(xml::Node property);

/// raw_text on one line.
[[nodiscard]] std::string line(xml::Node property);

/// The name in every language that it is given in. Placeholders are left out and noted.
[[nodiscard]] model::LocalText name_in_languages(xml::Node property, Draft& draft);

/// The same for a longer text, whose lines are kept and whose markup is taken out and noted.
[[nodiscard]] model::LocalText prose_in_languages(xml::Node property, Draft& draft);

/// The address that the property, or the Anchor in it, points to; empty if there is none.
[[nodiscard]] std::string_view anchor(xml::Node property);

/// A code of a code list with the spelling of the list, from the attribute or from the text; as it
/// is written if neither is on the list; empty if there is no code. \param known  the list
[[nodiscard]] std::string code(xml::Node property, std::span<std::string_view const> known);

/// True if the code is on the list.
[[nodiscard]] bool is_known(std::string_view code,
                            std::span<std::string_view const> known) noexcept;

/// What an object is according to ISO 19115: the name of the element, or what a profile says that
/// it extends (`gco:isoType`).
[[nodiscard]] std::string_view type_of(xml::Node object);

} // namespace terracat::formats::iso

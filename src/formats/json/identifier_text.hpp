#pragma once

#include <terracat/record.hpp>

#include <optional>
#include <string>
#include <string_view>

/// Identifiers and licences as JSON documents write them.
namespace terracat::formats {

/// The DOI in `10.5067/ABC`, `doi:10.5067/ABC`, `https://doi.org/10.5067/ABC`, …: in lower case,
/// without prefix or host.
/// \return  nothing if there is no DOI
[[nodiscard]] std::optional<std::string> stated_doi(std::string_view text);

/// An identifier whose scheme may be unknown or say less than the value.
[[nodiscard]] model::Identifier stated_identifier(std::string_view scheme, std::string_view value);

/// Adds what the record does not have yet.
void add_identifier(model::RecordParts& record, model::Identifier identifier);

/// Reads `license`: an SPDX identifier, or what else stands there as text.
[[nodiscard]] model::Licence licence_of(std::string_view text);

/// Adds the address of a licence to the one licence that has none, or as a licence of its own.
void add_licence_link(model::RecordParts& record, std::string_view href, model::LocalText title);

/// `license` for an answer: the SPDX identifier, a word that STAC itself gives, or `other`.
/// \return  empty if the record names no licence at all
[[nodiscard]] std::string licence_code(model::RecordParts const& record);

/// What a link to the licence is called; empty if only a word of STAC is known.
[[nodiscard]] model::LocalText licence_title(model::Licence const& licence);

/// A language tag that the model and the schemas take: `fr`, `en-ca`.
/// \return  empty if it is none
[[nodiscard]] std::string language_tag(std::string_view text);

} // namespace terracat::formats

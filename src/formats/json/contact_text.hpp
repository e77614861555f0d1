#pragma once

#include "formats/finding_list.hpp"

#include <terracat/json.hpp>
#include <terracat/record.hpp>

#include <span>
#include <string>
#include <vector>

/// People and organisations as OGC API Records and STAC write them.
namespace terracat::formats {

/// Reads `contacts` of OGC API Records 1.0 or of the contacts extension of STAC, any version.
/// \param language  of the names
[[nodiscard]] std::vector<model::Contact> read_contacts(json::Value const& contacts,
                                                        std::string const& language);

/// Reads `providers` of STAC; their roles become those of ISO 19115.
[[nodiscard]] std::vector<model::Contact>
read_providers(json::Value const& providers, std::string const& language, FindingList& findings);

/// The two spellings of a contact.
enum class ContactSchema : std::uint8_t {
  ogc_record,  ///< OGC API Records 1.0
  stac_v0_1_1, ///< contacts extension 0.1.1: every contact has a `name`, a position is
               ///< `positionName`
};

/// Writes an array of the contacts that the schema can say. Telephone numbers without country code
/// and addresses that are none are left out, for the schemas refuse them.
void write_contacts(json::Writer& out, std::vector<model::Contact> const& contacts,
                    ContactSchema schema, std::span<std::string const> languages);

/// Writes an array of the organisations that made, processed, host or license the data.
void write_providers(json::Writer& out, std::vector<model::Contact> const& contacts,
                     std::span<std::string const> languages);

/// True if write_contacts would write one at least.
[[nodiscard]] bool has_contacts(std::vector<model::Contact> const& contacts) noexcept;

/// True if write_providers would write one at least.
[[nodiscard]] bool has_providers(std::vector<model::Contact> const& contacts) noexcept;

} // namespace terracat::formats

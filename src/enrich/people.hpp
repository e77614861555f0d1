#pragma once

#include <terracat/record.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// Who the people and organisations of a record are, as far as it says so itself: nobody is looked
/// up by name elsewhere.
namespace terracat::enrich {

enum class IdentityRule : std::uint8_t {
  stated,  ///< where the format has it
  address, ///< the contact's page is the one of the identifier
  text,    ///< written within a name, a position or an organisation
  shared,  ///< another contact of the record with the same name has it
};

/// "stated", "address", "text", "shared".
[[nodiscard]] std::string_view name_of(IdentityRule rule) noexcept;

/// How sure an identity is that was found so, up to 1.
[[nodiscard]] double score_of(IdentityRule rule) noexcept;

/// An ORCID of a person or a ROR of an organisation. Its check digits are right.
struct Identity {
  std::size_t contact = 0; ///< of the record, from 0
  std::string_view scheme; ///< "orcid", "ror"; a literal
  std::string uri;         ///< https://orcid.org/…
  IdentityRule rule = IdentityRule::stated;
  std::string from; ///< what it was found in
};

/// One at most of each scheme for a contact, by the surest rule, in the order of the contacts.
/// Only the first 1,000 contacts are looked at.
[[nodiscard]] std::vector<Identity> identities_of(model::Record const& record);

} // namespace terracat::enrich

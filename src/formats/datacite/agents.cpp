#include "formats/datacite/parts.hpp"

#include "formats/words/identifiers.hpp"
#include "formats/words/text.hpp"

#include <algorithm>
#include <array>

namespace terracat::formats::datacite {
namespace {

using model::Contact;
using xml::Node;
using xml::RecordDraft;

struct Role {
  std::string_view type; ///< contributorType
  std::string_view role; ///< ISO 19115 CI_RoleCode
};

/// All others only contribute.
constexpr std::array roles{Role{"ContactPerson", "pointOfContact"},
                           Role{"DataCurator", "custodian"},
                           Role{"DataManager", "custodian"},
                           Role{"Distributor", "distributor"},
                           Role{"Editor", "editor"},
                           Role{"Funder", "funder"},
                           Role{"HostingInstitution", "resourceProvider"},
                           Role{"Producer", "originator"},
                           Role{"ProjectLeader", "principalInvestigator"},
                           Role{"ProjectMember", "collaborator"},
                           Role{"Researcher", "collaborator"},
                           Role{"RightsHolder", "rightsHolder"},
                           Role{"Sponsor", "sponsor"}};

void read_identifier(std::string_view text, Contact& contact) {
  if (auto orcid = read_orcid(text)) {
    contact.orcid = std::move(*orcid);
  } else if (auto ror = read_ror(text)) {
    contact.ror = std::move(*ror);
  }
}

/// What is said of persons alone.
bool is_person(Node name, Node agent, Contact const& contact, std::string_view text) {
  auto const type = stripped(name.attribute("nameType"));
  if (type == "Organizational") return false;
  return type == "Personal" || !contact.orcid.empty() || agent.child("familyName") ||
         agent.child("affiliation") || std::ranges::count(text, ',') == 1;
}

/// \param name_element  `creatorName` or `contributorName`
void read_agent(Node agent, std::string_view name_element, std::string_view role,
                RecordDraft& draft) {
  Contact contact{.roles = {std::string(role)}};
  auto const name = agent.child(name_element);
  auto text = xml::name_of({name}, draft);
  if (text.empty()) {
    text = model::LocalText(one_line(xml::line_of(agent.child("givenName")) + " " +
                                     xml::line_of(agent.child("familyName"))));
  }
  for (auto const value : agent.children("nameIdentifier")) {
    read_identifier(xml::line_of(value), contact);
  }
  if (is_person(name, agent, contact, text.first())) {
    contact.name = text.first();
    auto const affiliation = agent.child("affiliation");
    contact.organisation = xml::name_of({affiliation}, draft);
    read_identifier(one_line(affiliation.attribute("affiliationIdentifier")), contact);
  } else {
    contact.organisation = std::move(text);
  }
  draft.contacts.add(std::move(contact));
}

std::string_view role_of(Node contributor) {
  auto const type = stripped(contributor.attribute("contributorType"));
  auto const* const known = std::ranges::find(roles, type, &Role::type);
  return known == roles.end() ? "contributor" : known->role;
}

/// An organisation that stands for itself.
void read_organisation(Node name, std::string_view identifier, std::string_view role,
                       RecordDraft& draft) {
  Contact contact{.organisation = xml::name_of({name}, draft), .roles = {std::string(role)}};
  if (contact.organisation.empty()) return;
  read_identifier(identifier, contact);
  draft.contacts.add(std::move(contact));
}

} // namespace

void read_agents(Node resource, RecordDraft& draft) {
  for (auto const creator : resource.all("creators/creator")) {
    read_agent(creator, "creatorName", "author", draft);
  }
  for (auto const contributor : resource.all("contributors/contributor")) {
    read_agent(contributor, "contributorName", role_of(contributor), draft);
  }
  for (auto const publisher : resource.children("publisher")) {
    // What DataCite has for a publisher that is not known.
    constexpr std::string_view nobody = "(:";
    if (xml::line_of(publisher).starts_with(nobody)) continue;
    read_organisation(publisher, one_line(publisher.attribute("publisherIdentifier")), "publisher",
                      draft);
  }
  for (auto const reference : resource.all("fundingReferences/fundingReference")) {
    read_organisation(reference.child("funderName"),
                      xml::line_of(reference.child("funderIdentifier")), "funder", draft);
  }
}

} // namespace terracat::formats::datacite

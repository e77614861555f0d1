#include "formats/eml/parts.hpp"

#include "formats/words/identifiers.hpp"
#include "formats/words/text.hpp"

#include <algorithm>
#include <array>
#include <map>

namespace terracat::formats::eml {
namespace {

using model::Contact;
using xml::Node;
using xml::RecordDraft;

struct Role {
  std::string_view name; ///< as folded without blanks
  std::string_view role; ///< ISO 19115 CI_RoleCode
};

/// Of the elements, and what stands in `role`. All others only contribute.
constexpr std::array roles{Role{"creator", "author"},
                           Role{"contact", "pointOfContact"},
                           Role{"publisher", "publisher"},
                           Role{"author", "author"},
                           Role{"administrativepointofcontact", "pointOfContact"},
                           Role{"contentprovider", "resourceProvider"},
                           Role{"coprincipalinvestigator", "principalInvestigator"},
                           Role{"custodian", "custodian"},
                           Role{"custodiansteward", "custodian"},
                           Role{"curator", "custodian"},
                           Role{"datamanager", "custodian"},
                           Role{"distributor", "distributor"},
                           Role{"editor", "editor"},
                           Role{"funder", "funder"},
                           Role{"originator", "originator"},
                           Role{"owner", "owner"},
                           Role{"pointofcontact", "pointOfContact"},
                           Role{"principalinvestigator", "principalInvestigator"},
                           Role{"processor", "processor"},
                           Role{"sponsor", "sponsor"},
                           Role{"user", "user"}};

std::string role_of(std::string_view name) {
  auto word = folded(name);
  std::erase(word, ' ');
  auto const* const known = std::ranges::find(roles, word, &Role::name);
  return std::string(known == roles.end() ? "contributor" : known->role);
}

/// Parties that others refer to by their ids.
using Parties = std::map<std::string, Node, std::less<>>;

/// Where a party is described: it may stand for one that is described elsewhere.
Node described(Node party, Parties const& parties) {
  constexpr int most_steps = 4;
  for (int step = 0; step < most_steps; ++step) {
    auto const reference = party.child("references");
    if (!reference) return party;
    auto const found = parties.find(xml::line_of(reference));
    if (found == parties.end()) return party;
    party = found->second;
  }
  return party;
}

std::string person_of(Node party) {
  auto const name = party.child("individualName");
  std::string out;
  for (auto const given : name.children("givenName")) out += xml::line_of(given) + ' ';
  for (auto const* const family : {"surName", "surname"}) { // the latter in old files
    out += xml::line_of(name.child(family)) + ' ';
  }
  return one_line(out);
}

void read_identifier(std::string const& text, Contact& contact) {
  if (auto orcid = read_orcid(text)) {
    contact.orcid = std::move(*orcid);
  } else if (auto ror = read_ror(text)) {
    contact.ror = std::move(*ror);
  }
}

void read_party(Node party, std::string role, RecordDraft& draft) {
  Contact contact{.roles = {std::move(role)}};
  if (auto name = person_of(party); is_name(name)) contact.name = std::move(name);
  std::vector<Node> organisations;
  for (auto const node : party.children("organizationName")) organisations.push_back(node);
  contact.organisation = words_of(organisations, draft);
  contact.position = words_of({party.child("positionName")}, draft);
  for (auto const node : party.children("electronicMailAddress")) {
    auto text = xml::line_of(node);
    if (text.find('@') != std::string::npos) contact.emails.push_back(std::move(text));
  }
  for (auto const node : party.children("phone")) {
    auto text = xml::line_of(node);
    if (is_name(text)) contact.phones.push_back(std::move(text));
  }
  auto const address = party.child("onlineUrl");
  contact.url = xml::link_at(address, xml::line_of(address), draft);
  for (auto const node : party.children("userId")) read_identifier(xml::line_of(node), contact);
  draft.contacts.add(std::move(contact));
}

void read_funders(Node project, RecordDraft& draft) {
  for (auto const award : project.children("award")) {
    Contact contact{.organisation = words_of({award.child("funderName")}, draft),
                    .roles = {"funder"}};
    for (auto const node : award.children("funderIdentifier")) {
      read_identifier(xml::line_of(node), contact);
    }
    if (!contact.organisation.empty()) draft.contacts.add(std::move(contact));
  }
}

} // namespace

void read_parties(Node resource, RecordDraft& draft) {
  constexpr std::array<std::string_view, 6> places{"creator",          "contact",
                                                   "publisher",        "associatedParty",
                                                   "metadataProvider", "project/personnel"};
  Parties parties;
  for (auto const place : places) {
    for (auto const party : resource.all(place)) {
      auto id = one_line(party.attribute("id"));
      if (!id.empty()) parties.try_emplace(std::move(id), party);
    }
  }
  for (auto const place : places) {
    for (auto const party : resource.all(place)) {
      auto const role = xml::line_of(party.child("role"));
      read_party(described(party, parties), role_of(role.empty() ? party.name() : role), draft);
    }
  }
  for (auto const project : resource.children("project")) read_funders(project, draft);
}

} // namespace terracat::formats::eml

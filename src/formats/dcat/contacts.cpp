#include "formats/dcat/draft.hpp"

#include "formats/words/identifiers.hpp"
#include "formats/words/text.hpp"

#include <algorithm>
#include <array>

namespace terracat::formats::dcat {
namespace {

using graph::Node;
using model::Contact;

struct Role {
  std::string_view property;
  std::string_view role; ///< ISO 19115 CI_RoleCode
};

constexpr std::array roles{
    Role{"dcat:contactPoint", "pointOfContact"},
    Role{"dct:creator", "author"},
    Role{"dct:publisher", "publisher"},
    Role{"dct:contributor", "contributor"},
    Role{"dct:rightsHolder", "rightsHolder"},
    Role{"geodcat:custodian", "custodian"},
    Role{"geodcat:distributor", "distributor"},
    Role{"geodcat:originator", "originator"},
    Role{"geodcat:principalInvestigator", "principalInvestigator"},
    Role{"geodcat:processor", "processor"},
    Role{"geodcat:resourceProvider", "resourceProvider"},
    Role{"geodcat:user", "user"},
    Role{"dc:creator", "author"},
    Role{"dc:publisher", "publisher"},
};

bool is_word(std::string_view text) noexcept {
  constexpr std::size_t longest = 40;
  return !text.empty() && text.size() <= longest &&
         std::ranges::all_of(text, [](char c) { return is_alphanumeric(c); });
}

std::string_view without_scheme(std::string_view text, std::string_view scheme) noexcept {
  if (equal_ignoring_case(text.substr(0, scheme.size()), scheme)) {
    text.remove_prefix(scheme.size());
  }
  return text;
}

/// A value that may stand behind a node of its own, as vCard has it.
std::string written(Node value) {
  if (value.is_blank()) value = value.first({"vcard:value", "vcard:hasValue", "rdf:value"});
  return one_line(value.is_literal() ? value.text() : address_of(value));
}

void read_emails(Node agent, Contact& contact, Draft& draft) {
  for (auto const value :
       agent.all({"vcard:hasEmail", "vcard:email", "foaf:mbox", "schema:email"})) {
    auto const text = written(value);
    auto const email = stripped(without_scheme(text, "mailto:"));
    if (email.empty() || says_nothing(email)) continue;
    auto const at = email.find('@');
    bool const is_email = at != std::string_view::npos && at > 0 && at + 1 < email.size() &&
                          email.find_first_of(" \"'<>()[]\\:/") == std::string_view::npos;
    if (!is_email) {
      draft.note(FindingCode::email_unreadable, agent, "vcard:hasEmail", text);
    } else if (std::ranges::find(contact.emails, email) == contact.emails.end()) {
      contact.emails.emplace_back(email);
    }
  }
}

void read_phones(Node agent, Contact& contact) {
  for (auto const value : agent.all({"vcard:hasTelephone", "vcard:tel", "foaf:phone"})) {
    auto const text = written(value);
    std::string phone(stripped(without_scheme(text, "tel:")));
    if (phone.empty() || says_nothing(phone) || is_placeholder(phone)) continue;
    if (std::ranges::find(contact.phones, phone) == contact.phones.end()) {
      contact.phones.push_back(std::move(phone));
    }
  }
}

/// Who an agent is, by its own address or by one that it gives.
void read_address(std::string_view address, Contact& contact) {
  if (auto orcid = read_orcid(address)) {
    contact.orcid = std::move(*orcid);
  } else if (auto ror = read_ror(address)) {
    contact.ror = std::move(*ror);
  }
}

void read_addresses(Node agent, Contact& contact, Draft& draft) {
  read_address(address_of(agent), contact);
  for (auto const value : agent.all({"dct:identifier", "adms:identifier", "owl:sameAs"})) {
    read_address(value.text(), contact);
    read_address(value.first({"skos:notation"}).text(), contact);
  }
  for (auto const* const name :
       {"vcard:hasURL", "vcard:url", "foaf:homepage", "foaf:workplaceHomepage"}) {
    for (auto const value : agent.all({name})) {
      read_address(written(value), contact);
      if (!contact.url.empty() || value.is_blank()) continue;
      auto href = link_of(agent, name, value, draft);
      if (href.starts_with("http")) contact.url = std::move(href);
    }
  }
}

bool is_person(Node agent) {
  return agent.is_a("foaf:Person") || agent.is_a("vcard:Individual") || agent.is_a("prov:Person") ||
         agent.is_a("schema:Person");
}

/// The organisation that a person or a post belongs to.
model::LocalText organisation_of(Node agent, Draft& draft) {
  auto name = name_of(agent, {"vcard:organization-name", "vcard:organisation-name"}, draft);
  for (auto const value : agent.all({"vcard:org", "org:memberOf", "vcard:organization-unit"})) {
    if (!name.empty()) break;
    name = value.is_literal() ? label_of(value, draft)
                              : name_of(value,
                                        {"vcard:organization-name", "vcard:organisation-name",
                                         "vcard:fn", "foaf:name", "skos:prefLabel", "rdfs:label"},
                                        draft);
  }
  return says_nothing(name.first()) ? model::LocalText() : name;
}

Contact contact_of(Node agent, Draft& draft) {
  Contact contact;
  if (agent.is_literal()) {
    contact.organisation = label_of(agent, draft);
    return contact;
  }
  auto name = name_of(agent,
                      {"vcard:fn", "foaf:name", "schema:name", "skos:prefLabel", "rdfs:label",
                       "dct:title", "vcard:title"},
                      draft);
  if (says_nothing(name.first())) name = {};
  contact.organisation = organisation_of(agent, draft);
  bool const has_other =
      !contact.organisation.empty() && name.first() != contact.organisation.first();
  if (is_person(agent) || has_other) {
    contact.name = name.first();
  } else if (contact.organisation.empty()) {
    contact.organisation = std::move(name);
  }
  contact.position = name_of(agent, {"vcard:hasTitle", "org:role"}, draft);
  read_emails(agent, contact, draft);
  read_phones(agent, contact);
  read_addresses(agent, contact, draft);
  return contact;
}

void add(Node agent, std::string role, Draft& draft) {
  auto contact = contact_of(agent, draft);
  // As Sextant tells what a contact does.
  auto const own = one_line(agent.first({"vcard:role", "vcard:hasRole"}).text());
  std::string own_role(last_part(own));
  if (role == "pointOfContact" && is_word(own_role)) role = std::move(own_role);
  if (!role.empty()) contact.roles.push_back(std::move(role));
  draft.contacts.add(std::move(contact));
}

} // namespace

void read_contacts(Node resource, std::vector<Node> const& entries, Draft& draft) {
  for (auto const& [property, role] : roles) {
    for (auto const agent : resource.all({property})) add(agent, std::string(role), draft);
  }
  for (auto const attribution : resource.all({"prov:qualifiedAttribution"})) {
    auto const role = attribution.first({"dcat:hadRole"});
    std::string name(last_part(role.text()));
    if (!is_word(name)) name.clear();
    for (auto const agent : attribution.all({"prov:agent"})) add(agent, name, draft);
  }
  for (auto const entry : entries) {
    for (auto const agent : entry.all({"dcat:contactPoint", "dct:creator", "dct:publisher"})) {
      auto contact = contact_of(agent, draft);
      contact.roles = {"metadataContact"};
      draft.contacts.add(std::move(contact));
    }
  }
}

} // namespace terracat::formats::dcat

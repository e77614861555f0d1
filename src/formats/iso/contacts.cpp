#include "formats/iso/parts.hpp"
#include "formats/iso/property.hpp"

#include "formats/words/identifiers.hpp"
#include "formats/words/links.hpp"
#include "formats/words/text.hpp"

#include <algorithm>
#include <array>

namespace terracat::formats::iso {
namespace {

using model::Contact;

/// CI_RoleCode of ISO 19115:2003 and 19115-1:2014.
constexpr std::array<std::string_view, 20> role_codes{
    "resourceProvider", "custodian",    "owner",          "user",
    "distributor",      "originator",   "pointOfContact", "principalInvestigator",
    "processor",        "publisher",    "author",         "sponsor",
    "coAuthor",         "collaborator", "editor",         "mediator",
    "rightsHolder",     "contributor",  "funder",         "stakeholder"};

constexpr std::string_view metadata_contact = "metadataContact";

/// A role that a source made up is kept if it is a word, as "partner" or "projectLeader" are.
bool is_word(std::string_view text) noexcept {
  constexpr std::size_t longest = 40;
  return !text.empty() && text.size() <= longest &&
         std::ranges::all_of(text, [](unsigned char c) { return std::isalnum(c) != 0; });
}

std::string role_of(xml::Node party, Draft& draft) {
  auto const property = party.child("role");
  auto role = code(property, role_codes);
  if (role.empty() || is_known(role, role_codes)) return role;
  draft.note(FindingCode::role_unknown, property, role);
  return is_word(role) ? role : std::string();
}

bool is_email(std::string_view text) noexcept {
  auto const at = text.find('@');
  return at != std::string_view::npos && at > 0 && at + 1 < text.size() &&
         text.find('@', at + 1) == std::string_view::npos &&
         text.find_first_of("\"'<>()[]\\:/") == std::string_view::npos;
}

void read_emails(xml::Node property, Contact& contact, Draft& draft) {
  auto const text = line(property);
  if (says_nothing(text)) return;
  if (is_placeholder(text)) {
    draft.note(FindingCode::text_placeholder, property, text);
    return;
  }
  constexpr std::size_t most = 20;
  for (auto part : split(text, ";, ")) {
    constexpr std::string_view scheme = "mailto:";
    if (equal_ignoring_case(part.substr(0, scheme.size()), scheme)) {
      part.remove_prefix(scheme.size());
    }
    if (!is_email(part)) {
      draft.note(FindingCode::email_unreadable, property, text);
      return;
    }
    bool const is_new = std::ranges::none_of(
        contact.emails, [&](auto const& known) { return equal_ignoring_case(known, part); });
    if (is_new && contact.emails.size() >= most) {
      draft.left_out("emails", most);
    } else if (is_new) {
      contact.emails.emplace_back(part);
    }
  }
}

/// `voice` in 19139; `number` in 19115-3, where a fax is only told by its type.
void read_phones(xml::Node telephone, Contact& contact, Draft& draft) {
  constexpr std::array<std::string_view, 1> fax{"facsimile"};
  constexpr std::size_t most = 20;
  if (code(telephone.child("numberType"), fax) == fax.front()) return;
  for (auto const* const name : {"voice", "number"}) {
    for (auto const property : telephone.children(name)) {
      auto text = line(property);
      bool const is_new = std::ranges::find(contact.phones, text) == contact.phones.end();
      if (says_nothing(text) || is_placeholder(text) || !is_new) continue;
      if (contact.phones.size() >= most) {
        draft.left_out("phones", most);
      } else {
        contact.phones.push_back(std::move(text));
      }
    }
  }
}

/// An address may be the identifier of the agent in disguise, or, where it stands as a link, a
/// page.
void read_address(std::string_view address, xml::Node where, Contact& contact, Draft& draft) {
  if (auto orcid = read_orcid(address)) {
    contact.orcid = std::move(*orcid);
  } else if (auto ror = read_ror(address)) {
    contact.ror = std::move(*ror);
  } else if (where) {
    auto link = read_link(address, draft.context());
    if (link.finding) draft.note(*link.finding, where, address);
    if (contact.url.empty() && link.href.starts_with("http")) contact.url = std::move(link.href);
  }
}

void read_contact_info(xml::Node owner, Contact& contact, Draft& draft) {
  for (auto const info : owner.all("contactInfo/*")) {
    for (auto const telephone : info.all("phone/*")) read_phones(telephone, contact, draft);
    for (auto const email : info.all("address/*/electronicMailAddress")) {
      read_emails(email, contact, draft);
    }
    for (auto const linkage : info.all("onlineResource/*/linkage")) {
      auto const address = line(linkage);
      if (!says_nothing(address)) read_address(address, linkage, contact, draft);
    }
  }
}

/// ORCID and ROR stand in Anchors, or as identifiers of the party (19115-3).
void read_agent_identifiers(xml::Node owner, xml::Node name, Contact& contact, Draft& draft) {
  read_address(anchor(name), {}, contact, draft);
  for (auto const code : owner.all("partyIdentifier/*/code")) {
    auto const text = line(code);
    read_address(text, {}, contact, draft);
    read_address(anchor(code), {}, contact, draft);
    // Within a party an ORCID needs no address to be one.
    if (auto orcid = read_orcid(text)) contact.orcid = std::move(*orcid);
  }
}

std::string person_name(xml::Node person, xml::Node property, Draft& draft) {
  auto name = line(property);
  if (name.empty()) {
    // The Swiss profile has the two names apart.
    name = one_line(line(person.child("individualFirstName")) + " " +
                    line(person.child("individualLastName")));
  }
  if (says_nothing(name)) return {};
  if (is_placeholder(name)) {
    draft.note(FindingCode::text_placeholder, property, name);
    return {};
  }
  return name;
}

model::LocalText agent_name(xml::Node property, Draft& draft) {
  auto name = name_in_languages(property, draft);
  return says_nothing(name.first()) ? model::LocalText() : name;
}

Contact person(xml::Node individual, Contact base, Draft& draft) {
  auto const name = individual.child("name");
  base.name = person_name(individual, name, draft);
  base.position = agent_name(individual.child("positionName"), draft);
  read_agent_identifiers(individual, name, base, draft);
  Contact own;
  read_contact_info(individual, own, draft);
  // What a person has of her own stands for her, not what the organisation has.
  if (!own.emails.empty()) base.emails = std::move(own.emails);
  if (!own.phones.empty()) base.phones = std::move(own.phones);
  if (!own.url.empty()) base.url = std::move(own.url);
  if (!own.orcid.empty()) base.orcid = std::move(own.orcid);
  return base;
}

/// CI_Organisation with its people, or CI_Individual (19115-3).
void read_modern_party(xml::Node party, std::vector<std::string> const& roles, Draft& draft) {
  Contact base;
  base.roles = roles;
  if (type_of(party) == "CI_Individual") {
    draft.contacts.add(person(party, std::move(base), draft));
    return;
  }
  auto const name = party.child("name");
  base.organisation = agent_name(name, draft);
  read_agent_identifiers(party, name, base, draft);
  read_contact_info(party, base, draft);
  bool has_people = false;
  for (auto const individual : party.all("individual/*")) {
    auto contact = person(individual, base, draft);
    if (contact.name.empty() && contact.position.empty()) continue;
    draft.contacts.add(std::move(contact));
    has_people = true;
  }
  if (!has_people) draft.contacts.add(std::move(base));
}

void read_classic_party(xml::Node party, std::vector<std::string> const& roles, Draft& draft) {
  Contact contact;
  contact.roles = roles;
  auto const name = party.child("individualName");
  auto const organisation = party.child("organisationName");
  contact.name = person_name(party, name, draft);
  contact.organisation = agent_name(organisation, draft);
  contact.position = agent_name(party.child("positionName"), draft);
  read_agent_identifiers(party, name, contact, draft);
  read_agent_identifiers(party, organisation, contact, draft);
  read_contact_info(party, contact, draft);
  draft.contacts.add(std::move(contact));
}

/// The role of a party: one for all, or one for those that have none.
struct Role {
  std::string_view always;
  std::string_view otherwise;
};

void read_party(xml::Node party, Role role, Draft& draft) {
  auto name = role.always.empty() ? role_of(party, draft) : std::string(role.always);
  if (name.empty()) name = role.otherwise;
  std::vector<std::string> roles;
  if (!name.empty()) roles.push_back(std::move(name));
  auto const parties = party.all("party/*");
  for (auto const modern : parties) read_modern_party(modern, roles, draft);
  if (parties.empty()) read_classic_party(party, roles, draft);
}

} // namespace

void read_contacts(xml::Node metadata, xml::Node identification, Draft& draft) {
  for (auto const party : identification.all("pointOfContact/*")) {
    read_party(party, {.always = {}, .otherwise = "pointOfContact"}, draft);
  }
  for (auto const party : identification.all("citation/*/citedResponsibleParty/*")) {
    read_party(party, {.always = {}, .otherwise = {}}, draft);
  }
  for (auto const party : metadata.all("distributionInfo/*/distributor/*/distributorContact/*")) {
    read_party(party, {.always = {}, .otherwise = "distributor"}, draft);
  }
  for (auto const party : metadata.all("contact/*")) {
    read_party(party, {.always = metadata_contact, .otherwise = {}}, draft);
  }
}

} // namespace terracat::formats::iso

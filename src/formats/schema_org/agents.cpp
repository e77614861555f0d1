#include "formats/schema_org/document.hpp"
#include "formats/schema_org/parts.hpp"
#include "formats/words/identifiers.hpp"
#include "formats/words/text.hpp"

#include <algorithm>
#include <array>

namespace terracat::formats::schema_org {
namespace {

using graph::Node;
using model::Contact;

struct AgentRow {
  std::string_view property;
  std::string_view role; ///< ISO 19115 CI_RoleCode
};

constexpr std::array agents{
    AgentRow{"schema:creator", "author"},
    AgentRow{"schema:author", "author"},
    AgentRow{"schema:contributor", "contributor"},
    AgentRow{"schema:editor", "editor"},
    AgentRow{"schema:producer", "originator"},
    AgentRow{"schema:maintainer", "custodian"},
    AgentRow{"schema:publisher", "publisher"},
    AgentRow{"schema:provider", "resourceProvider"},
    AgentRow{"schema:copyrightHolder", "rightsHolder"},
    AgentRow{"schema:funder", "funder"},
    AgentRow{"schema:sponsor", "sponsor"},
    AgentRow{"schema:contactPoint", "pointOfContact"},
};

void read_emails(Node agent, Contact& contact, Draft& draft) {
  for (auto const value : agent.all({"schema:email"})) {
    auto text = text_of(value);
    constexpr std::string_view scheme = "mailto:";
    if (lowered(text).starts_with(scheme)) text.erase(0, scheme.size());
    if (text.empty() || says_nothing(text)) continue;
    auto const at = text.find('@');
    bool const is_one = at != std::string::npos && at > 0 && at + 1 < text.size() &&
                        text.find_first_of(" ,;<>\"") == std::string::npos;
    if (is_one) {
      if (!add_new(contact.emails, std::move(text), 10)) draft.left_out("emails", 10);
    } else {
      draft.note(FindingCode::email_unreadable, agent, "schema:email", text);
    }
  }
}

/// Who an agent is, by its own address or by one that it gives.
void read_names(Node agent, Contact& contact) {
  auto const look_at = [&](std::string const& text) {
    if (auto orcid = read_orcid(text)) {
      contact.orcid = std::move(*orcid);
    } else if (auto ror = read_ror(text)) {
      contact.ror = std::move(*ror);
    }
  };
  look_at(text_of(agent));
  for (auto const value : agent.all({"schema:identifier", "schema:sameAs", "schema:url"})) {
    auto const stated = value.first({"schema:value", "schema:url"});
    look_at(text_of(stated ? stated : value));
  }
}

model::LocalText name_of(Node agent, Draft& draft) {
  auto name = agent.is_literal() ? dcat::label_of(agent, draft)
                                 : dcat::name_of(agent, {"schema:name", "schema:legalName"}, draft);
  return is_name(name.first()) ? name : model::LocalText();
}

/// A person by the parts of the name, where that is all there is.
std::string whole_name(Node person) {
  auto const given = text_of(person.first({"schema:givenName"}));
  auto const family = text_of(person.first({"schema:familyName"}));
  return given + (given.empty() || family.empty() ? "" : " ") + family;
}

Contact contact_of(Node agent, Draft& draft) {
  Contact contact;
  auto name = name_of(agent, draft);
  auto const whole = whole_name(agent);
  if (agent.is_a("schema:Person") || (name.empty() && !whole.empty())) {
    contact.name = name.empty() ? whole : std::string(name.first());
    for (auto const value : agent.all({"schema:affiliation", "schema:worksFor"})) {
      if (contact.organisation.empty()) contact.organisation = name_of(value, draft);
    }
  } else {
    contact.organisation = std::move(name);
  }
  if (agent.is_literal()) return contact;
  contact.position = dcat::name_of(agent, {"schema:jobTitle"}, draft);
  read_emails(agent, contact, draft);
  read_names(agent, contact);
  for (auto const value : agent.all({"schema:telephone"})) {
    auto text = text_of(value);
    if (is_name(text) && !add_new(contact.phones, std::move(text), 10)) {
      draft.left_out("phones", 10);
    }
  }
  auto const page = agent.first({"schema:url"});
  if (page) contact.url = dcat::link_of(agent, "schema:url", page, draft);
  return contact;
}

void add(Node agent, std::string_view role, Draft& draft) {
  auto contact = contact_of(agent, draft);
  contact.roles.emplace_back(role);
  draft.contacts.add(std::move(contact));
  // Whom to write to of an organisation.
  for (auto const point : agent.all({"schema:contactPoint"})) {
    auto one = contact_of(point, draft);
    if (one.organisation.empty()) one.organisation = name_of(agent, draft);
    one.roles = {"pointOfContact"};
    draft.contacts.add(std::move(one));
  }
}

} // namespace

void read_agents(Node dataset, Draft& draft) {
  for (auto const& [property, role] : agents) {
    for (auto const agent : dataset.all({property})) {
      // A role stands between the two, and names its agent by the same property.
      auto const within = agent.is_a("schema:Role") ? agent.all({property}) : std::vector{agent};
      for (auto const one : within) add(one, role, draft);
    }
  }
  for (auto const grant : dataset.all({"schema:funding"})) {
    for (auto const funder : grant.all({"schema:funder", "schema:sponsor"})) {
      add(funder, "funder", draft);
    }
  }
}

} // namespace terracat::formats::schema_org

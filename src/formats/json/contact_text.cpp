#include "formats/json/contact_text.hpp"

#include "formats/json/href.hpp"
#include "formats/words/identifiers.hpp"
#include "formats/words/links.hpp"

#include <terracat/text.hpp>

#include <algorithm>
#include <array>
#include <ranges>
#include <utility>

namespace terracat::formats {
namespace {

using json::Value;
using model::Contact;
using model::LocalText;

constexpr std::string_view orcid_prefix = "https://orcid.org/";

/// Roles of STAC and the code of ISO 19115 CI_RoleCode that a provider of that role gets.
constexpr std::array<std::pair<std::string_view, std::string_view>, 4> iso_roles{{
    {"producer", "originator"},
    {"licensor", "rightsHolder"},
    {"processor", "processor"},
    {"host", "distributor"},
}};

/// What ISO 19115 calls the organisations that STAC has roles for.
constexpr std::array<std::pair<std::string_view, std::string_view>, 11> stac_roles{{
    {"originator", "producer"},
    {"author", "producer"},
    {"coAuthor", "producer"},
    {"principalInvestigator", "producer"},
    {"processor", "processor"},
    {"distributor", "host"},
    {"publisher", "host"},
    {"resourceProvider", "host"},
    {"custodian", "host"},
    {"owner", "licensor"},
    {"rightsHolder", "licensor"},
}};

/// \return  empty if the table has no such role
template<std::size_t Size>
std::string_view
translated(std::array<std::pair<std::string_view, std::string_view>, Size> const& table,
           std::string_view role) noexcept {
  auto const* const row =
      std::ranges::find(table, role, [](auto const& entry) { return entry.first; });
  return row == table.end() ? std::string_view() : row->second;
}

// ---- Reading

/// The values of `[{"value":…}]`, or of plain strings as some write them.
std::vector<std::string> values_of(std::optional<Value> const& list) {
  std::vector<std::string> values;
  if (!list) return values;
  for (auto const element : list->elements()) {
    auto const text = element.string() ? element.string() : element.string("value");
    if (text && !trimmed(*text).empty()) values.emplace_back(trimmed(*text));
  }
  return values;
}

std::vector<std::string> strings_of(std::optional<Value> const& list) {
  std::vector<std::string> strings;
  if (!list) return strings;
  for (auto const element : list->elements()) {
    if (auto const text = element.string(); text && !text->empty()) strings.emplace_back(*text);
  }
  return strings;
}

std::string first_web_address(std::optional<Value> const& links) {
  if (!links) return {};
  for (auto const link : links->elements()) {
    auto const href = link.string("href");
    if (href && is_web_address(*href)) return std::string(*href);
  }
  return {};
}

void read_identifier(std::string_view identifier, Contact& contact) {
  if (auto orcid = read_orcid(identifier)) {
    contact.orcid = std::move(*orcid);
  } else if (auto ror = read_ror(identifier)) {
    contact.ror = std::move(*ror);
  }
}

Contact read_contact(Value const& value, std::string const& language) {
  auto const text = [&value](std::string_view name) {
    return std::string(trimmed(value.string(name).value_or("")));
  };
  Contact contact;
  contact.name = text("name");
  contact.organisation = LocalText(language, text("organization"));
  contact.position = LocalText(language, text("position"));
  contact.position.add(language, text("positionName"));
  contact.emails = values_of(value.member("emails"));
  contact.phones = values_of(value.member("phones"));
  contact.url = first_web_address(value.member("links"));
  contact.roles = strings_of(value.member("roles"));
  read_identifier(text("identifier"), contact);
  return contact;
}

// ---- Writing

/// As the schemas have it: a plus, no leading zero, 4 to 15 digits.
/// \return  empty if the number does not say its country
std::string international(std::string_view phone) {
  std::string written(phone);
  // +33 (0)1 …: the zero is for callers inside the country.
  if (auto const trunk = written.find("(0)"); trunk != std::string::npos && written[0] == '+') {
    written.erase(trunk, 3);
  }
  std::string number;
  for (auto const c : written) {
    if ((c >= '0' && c <= '9') || (c == '+' && number.empty())) {
      number += c;
    } else if (std::string_view(" .-/()\t").find(c) == std::string_view::npos) {
      return {};
    }
  }
  if (number.starts_with("00")) number.replace(0, 2, "+");
  bool const is_valid =
      number.size() >= 5 && number.size() <= 16 && number[0] == '+' && number[1] != '0';
  return is_valid ? number : std::string();
}

bool is_email(std::string_view text) noexcept {
  auto const at = text.find('@');
  return at != std::string_view::npos && at > 0 && at + 1 < text.size() &&
         text.find('@', at + 1) == std::string_view::npos &&
         text.find_first_of(" \t\r\n\"<>(),;:") == std::string_view::npos;
}

std::string homepage_of(Contact const& contact) {
  return is_web_address(contact.url) ? answerable_href(contact.url) : std::string();
}

/// Writes `"name":[{"value":…},…]` if there is a value.
void write_values(json::Writer& out, std::string_view name,
                  std::vector<std::string> const& values) {
  if (values.empty()) return;
  out.name(name).begin_array();
  for (auto const& value : values) out.begin_object().member("value", value).end_object();
  out.end_array();
}

std::string_view name_of(Contact const& contact, std::span<std::string const> languages) {
  if (!contact.name.empty()) return contact.name;
  auto const organisation = contact.organisation.best(languages);
  return organisation.empty() ? contact.position.best(languages) : organisation;
}

bool is_named(Contact const& contact) noexcept {
  return !contact.name.empty() || !contact.organisation.empty() || !contact.position.empty();
}

void write_reachability(json::Writer& out, Contact const& contact) {
  std::vector<std::string> emails;
  std::ranges::copy_if(contact.emails, std::back_inserter(emails), is_email);
  write_values(out, "emails", emails);
  std::vector<std::string> phones;
  for (auto const& phone : contact.phones) {
    if (auto number = international(phone); !number.empty()) phones.push_back(std::move(number));
  }
  write_values(out, "phones", phones);
  if (auto const page = homepage_of(contact); !page.empty()) {
    out.name("links").begin_array().begin_object();
    out.member("rel", "about").member("href", page).member("type", "text/html");
    out.end_object().end_array();
  }
}

void write_roles(json::Writer& out, std::vector<std::string> const& roles) {
  auto const is_said = [](std::string const& role) { return !role.empty(); };
  if (std::ranges::none_of(roles, is_said)) return;
  out.name("roles").begin_array();
  for (auto const& role : roles) {
    if (is_said(role)) out.string(role);
  }
  out.end_array();
}

void write_contact(json::Writer& out, Contact const& contact, ContactSchema schema,
                   std::span<std::string const> languages) {
  bool const is_stac = schema == ContactSchema::stac_v0_1_1;
  out.begin_object();
  if (!contact.orcid.empty()) {
    out.member("identifier", std::string(orcid_prefix) + contact.orcid);
  } else {
    out.member("identifier", contact.ror);
  }
  bool const needs_name = is_stac || contact.organisation.empty();
  out.member("name", needs_name ? name_of(contact, languages) : contact.name);
  out.member(is_stac ? "positionName" : "position", contact.position.best(languages));
  out.member("organization", contact.organisation.best(languages));
  write_reachability(out, contact);
  write_roles(out, contact.roles);
  out.end_object();
}

struct Provider {
  std::string name;
  std::string url;
  std::vector<std::string_view> roles;
};

/// One provider for each organisation, with the roles of all its contacts.
std::vector<Provider> providers_of(std::vector<Contact> const& contacts,
                                   std::span<std::string const> languages) {
  std::vector<Provider> providers;
  for (auto const& contact : contacts) {
    for (auto const& role : contact.roles) {
      auto const stac_role = translated(stac_roles, role);
      auto const name = contact.organisation.empty() ? std::string_view(contact.name)
                                                     : contact.organisation.best(languages);
      if (stac_role.empty() || name.empty()) continue;
      auto provider = std::ranges::find(providers, name, &Provider::name);
      if (provider == providers.end()) {
        provider = providers.insert(provider, {.name = std::string(name), .url = {}, .roles = {}});
      }
      if (provider->url.empty()) provider->url = homepage_of(contact);
      if (std::ranges::find(provider->roles, stac_role) == provider->roles.end()) {
        provider->roles.push_back(stac_role);
      }
    }
  }
  return providers;
}

} // namespace

std::vector<Contact> read_contacts(Value const& contacts, std::string const& language) {
  std::vector<Contact> out;
  for (auto const element : contacts.elements()) {
    auto contact = read_contact(element, language);
    if (is_named(contact) || !contact.emails.empty()) out.push_back(std::move(contact));
  }
  return out;
}

std::vector<Contact> read_providers(Value const& providers, std::string const& language,
                                    FindingList& findings) {
  std::vector<Contact> out;
  std::size_t index = 0;
  for (auto const element : providers.elements()) {
    auto const where = "/providers/" + std::to_string(index++);
    auto const name = trimmed(element.string("name").value_or(""));
    if (name.empty()) continue;
    Contact contact;
    contact.organisation = LocalText(language, std::string(name));
    if (auto const url = element.string("url"); url && is_web_address(*url)) contact.url = *url;
    for (auto const& role : strings_of(element.member("roles"))) {
      auto const code = translated(iso_roles, role);
      if (code.empty()) findings.add(FindingCode::role_unknown, where + "/roles", role);
      contact.roles.emplace_back(code.empty() ? role : std::string(code));
    }
    out.push_back(std::move(contact));
  }
  return out;
}

void write_contacts(json::Writer& out, std::vector<Contact> const& contacts, ContactSchema schema,
                    std::span<std::string const> languages) {
  out.begin_array();
  for (auto const& contact : contacts) {
    if (is_named(contact)) write_contact(out, contact, schema, languages);
  }
  out.end_array();
}

void write_providers(json::Writer& out, std::vector<Contact> const& contacts,
                     std::span<std::string const> languages) {
  out.begin_array();
  for (auto const& provider : providers_of(contacts, languages)) {
    out.begin_object().member("name", provider.name).name("roles").begin_array();
    for (auto const role : provider.roles) out.string(role);
    out.end_array().member("url", provider.url).end_object();
  }
  out.end_array();
}

bool has_contacts(std::vector<Contact> const& contacts) noexcept {
  return std::ranges::any_of(contacts, is_named);
}

bool has_providers(std::vector<Contact> const& contacts) noexcept {
  return std::ranges::any_of(contacts, [](Contact const& contact) {
    return (!contact.organisation.empty() || !contact.name.empty()) &&
           std::ranges::any_of(contact.roles, [](std::string const& role) {
             return !translated(stac_roles, role).empty();
           });
  });
}

} // namespace terracat::formats

#include "formats/words/contact_book.hpp"

#include "formats/words/text.hpp"

#include <algorithm>

namespace terracat::formats {
namespace {

using model::Contact;

constexpr auto nowhere = static_cast<std::size_t>(-1);

/// A page or a telephone without anybody behind it is no contact.
bool is_nobody(Contact const& contact) {
  return contact.name.empty() && contact.organisation.empty() && contact.position.empty() &&
         contact.emails.empty() && contact.orcid.empty() && contact.ror.empty();
}

/// Name and organisation in every language that it has one in; a person without organisation and an
/// organisation without person have one key each.
std::vector<std::string> keys_of(Contact const& contact) {
  auto const name = folded(contact.name);
  std::vector<std::string> keys;
  for (auto const& [language, text] : contact.organisation.entries()) {
    keys.push_back(name + '\n' + folded(text));
  }
  if (keys.empty()) keys.push_back(name + '\n');
  return keys;
}

std::string with_email(std::string const& key, std::string_view email) {
  return key + '\n' + lowered(email);
}

/// Stands for "has no address".
constexpr std::string_view no_email = "-";

template<class Value>
void add_new(std::vector<Value>& known, std::vector<Value> const& more) {
  for (auto const& value : more) {
    if (std::ranges::find(known, value) == known.end()) known.push_back(value);
  }
}

void fill(std::string& known, std::string const& more) {
  if (known.empty()) known = more;
}

void add_languages(model::LocalText& known, model::LocalText const& more) {
  for (auto const& [language, text] : more.entries()) known.add(language, text);
}

void merge(Contact& known, Contact const& more) {
  fill(known.name, more.name);
  add_languages(known.organisation, more.organisation);
  add_languages(known.position, more.position);
  for (auto const& email : more.emails) {
    auto const same = [&](std::string const& other) { return equal_ignoring_case(email, other); };
    if (std::ranges::none_of(known.emails, same)) known.emails.push_back(email);
  }
  add_new(known.phones, more.phones);
  fill(known.url, more.url);
  fill(known.orcid, more.orcid);
  fill(known.ror, more.ror);
  add_new(known.roles, more.roles);
}

} // namespace

void ContactBook::add(Contact contact) {
  if (is_nobody(contact)) return;
  auto index = find(contact);
  if (index == nowhere) {
    index = contacts_.size();
    contacts_.push_back(std::move(contact));
  } else {
    merge(contacts_[index], contact);
  }
  remember(index);
}

std::size_t ContactBook::find(Contact const& contact) const {
  auto const look_up = [&](std::string_view key) {
    auto const found = index_.find(key);
    return found == index_.end() ? nowhere : found->second;
  };
  if (!contact.orcid.empty()) {
    if (auto const index = look_up(contact.orcid); index != nowhere) return index;
  }
  // Whoever has only an address is told apart by it.
  for (auto const& key : keys_of(contact)) {
    if (contact.emails.empty()) {
      if (auto const index = look_up(key); index != nowhere && key != "\n") return index;
    }
    for (auto const& email : contact.emails) {
      if (auto const index = look_up(with_email(key, email)); index != nowhere) return index;
    }
    if (key == "\n") continue;
    if (auto const index = look_up(with_email(key, no_email)); index != nowhere) {
      if (contacts_[index].emails.empty()) return index;
    }
  }
  return nowhere;
}

void ContactBook::remember(std::size_t index) {
  auto const& contact = contacts_[index];
  if (!contact.orcid.empty()) index_.emplace(contact.orcid, index);
  for (auto const& key : keys_of(contact)) {
    index_.emplace(key, index);
    if (contact.emails.empty()) index_.emplace(with_email(key, no_email), index);
    for (auto const& email : contact.emails) index_.emplace(with_email(key, email), index);
  }
}

} // namespace terracat::formats

#include "enrich/people.hpp"

#include "formats/words/identifiers.hpp"
#include "query/folding.hpp"

#include <terracat/text.hpp>

#include <algorithm>
#include <array>
#include <iterator>
#include <map>
#include <optional>
#include <span>
#include <utility>

namespace terracat::enrich {
namespace {

using model::Contact;

constexpr std::size_t most_contacts = 1'000;
constexpr std::size_t longest_text = 1'000;
constexpr std::string_view orcid_site = "https://orcid.org/";

struct RuleRow {
  IdentityRule rule;
  std::string_view name;
  double score;
};

constexpr std::array rules{
    RuleRow{IdentityRule::stated, "stated", 1},
    RuleRow{IdentityRule::address, "address", 1},
    RuleRow{IdentityRule::text, "text", 0.95},
    RuleRow{IdentityRule::shared, "shared", 0.9},
};

RuleRow const& row_of(IdentityRule rule) noexcept {
  return *std::ranges::find(rules, rule, &RuleRow::rule);
}

using Reader = std::optional<std::string> (*)(std::string_view text);

std::optional<std::string> orcid_address(std::string_view text) {
  auto const orcid = formats::read_orcid(text);
  return orcid ? std::optional(std::string(orcid_site) + *orcid) : std::nullopt;
}

/// Where in a text an ORCID would begin. Those that are given out begin so.
std::optional<std::string> orcid_in(std::string_view text) {
  constexpr std::size_t length = 19;
  text = text.substr(0, longest_text);
  for (std::string_view const beginning : {"0000-000", "0009-00"}) {
    for (auto at = text.find(beginning); at != std::string_view::npos;
         at = text.find(beginning, at + 1)) {
      bool const is_whole = (at == 0 || !is_alphanumeric(text[at - 1])) &&
                            (at + length >= text.size() || !is_alphanumeric(text[at + length]));
      if (auto found = is_whole ? orcid_address(text.substr(at, length)) : std::nullopt) {
        return found;
      }
    }
  }
  return std::nullopt;
}

std::optional<std::string> ror_in(std::string_view text) {
  constexpr std::string_view site = "ror.org/";
  constexpr std::size_t length = 9;
  text = text.substr(0, longest_text);
  for (auto at = text.find(site); at != std::string_view::npos; at = text.find(site, at + 1)) {
    auto const end = at + site.size() + length;
    if (end < text.size() && is_alphanumeric(text[end])) continue;
    if (auto found = formats::read_ror(text.substr(at, end - at))) return found;
  }
  return std::nullopt;
}

struct Scheme {
  std::string_view name;
  std::string Contact::*stated;
  Reader whole;  ///< of a text that is nothing else
  Reader within; ///< of a text
};

constexpr std::array schemes{
    Scheme{"orcid", &Contact::orcid, orcid_address, orcid_in},
    Scheme{"ror", &Contact::ror, formats::read_ror, ror_in},
};

std::vector<std::string_view> texts_of(Contact const& contact) {
  std::vector<std::string_view> out{contact.name};
  for (auto const* const text : {&contact.organisation, &contact.position}) {
    for (auto const& entry : text->entries()) out.emplace_back(entry.text);
  }
  return out;
}

/// What the contact itself says.
std::optional<Identity> own(Contact const& contact, Scheme const& scheme) {
  auto const made = [&](std::string uri, IdentityRule rule, std::string_view from) {
    return Identity{.contact = 0,
                    .scheme = scheme.name,
                    .uri = std::move(uri),
                    .rule = rule,
                    .from = std::string(from.substr(0, longest_text))};
  };
  auto const& stated = contact.*scheme.stated;
  if (auto uri = scheme.whole(stated)) return made(std::move(*uri), IdentityRule::stated, stated);
  if (auto uri = scheme.whole(contact.url)) {
    return made(std::move(*uri), IdentityRule::address, contact.url);
  }
  for (auto const text : texts_of(contact)) {
    if (auto uri = scheme.within(text)) return made(std::move(*uri), IdentityRule::text, text);
  }
  return std::nullopt;
}

/// The names under which a contact shares what identifies it: people their own, organisations
/// theirs.
std::vector<std::string> names_of(Contact const& contact, Scheme const& scheme) {
  std::vector<std::string> out;
  if (scheme.stated == &Contact::orcid) {
    if (!contact.name.empty()) out.push_back(query::folded(contact.name));
    return out;
  }
  for (auto const& entry : contact.organisation.entries()) out.push_back(query::folded(entry.text));
  return out;
}

/// Of one scheme. Of a name that two of them claim none is shared.
class Collector {
 public:
  Collector(std::span<Contact const> contacts, Scheme const& scheme)
      : contacts_(contacts), scheme_(scheme) {}

  std::vector<Identity> collect() {
    std::vector<Identity> out;
    std::vector<std::size_t> silent;
    for (std::size_t i = 0; i < contacts_.size(); ++i) {
      if (auto found = own(contacts_[i], scheme_)) {
        found->contact = i;
        remember(*found);
        out.push_back(std::move(*found));
      } else {
        silent.push_back(i);
      }
    }
    for (auto const i : silent) share(i, out);
    return out;
  }

 private:
  void remember(Identity const& identity) {
    for (auto& name : names_of(contacts_[identity.contact], scheme_)) {
      auto const [known, is_new] = by_name_.try_emplace(std::move(name), identity.uri);
      if (!is_new && known->second != identity.uri) known->second.clear();
    }
  }

  void share(std::size_t contact, std::vector<Identity>& out) const {
    for (auto const& name : names_of(contacts_[contact], scheme_)) {
      auto const known = by_name_.find(name);
      if (known == by_name_.end() || known->second.empty()) continue;
      out.push_back({.contact = contact,
                     .scheme = scheme_.name,
                     .uri = known->second,
                     .rule = IdentityRule::shared,
                     .from = name});
      return;
    }
  }

  std::span<Contact const> contacts_;
  Scheme const& scheme_;
  std::map<std::string, std::string> by_name_; ///< folded: the address, empty if there are several
};

} // namespace

std::string_view name_of(IdentityRule rule) noexcept {
  return row_of(rule).name;
}

double score_of(IdentityRule rule) noexcept {
  return row_of(rule).score;
}

std::vector<Identity> identities_of(model::Record const& record) {
  std::span<Contact const> const contacts(record->contacts);
  auto const looked_at = contacts.subspan(0, std::min(contacts.size(), most_contacts));
  std::vector<Identity> out;
  for (auto const& scheme : schemes) {
    auto found = Collector(looked_at, scheme).collect();
    std::ranges::move(found, std::back_inserter(out));
  }
  std::ranges::stable_sort(out, {}, &Identity::contact);
  return out;
}

} // namespace terracat::enrich

// Collections of the NERC Vocabulary Server: SKOS, but a vocabulary is a collection there and has
// no scheme, codes are known as parts of URNs, and dates are of Dublin Core.

#include "vocabulary/formats.hpp"

#include <terracat/text.hpp>

#include <algorithm>
#include <vector>

namespace terracat::vocabulary {
namespace {

using Row = Statements::Row;
using Subject = Statements::Subject;

constexpr std::string_view collections = "://vocab.nerc.ac.uk/collection/";

bool is_of_nvs(std::string_view address) noexcept {
  return address.starts_with("http") && address.find(collections) != std::string_view::npos;
}

bool is_collection(Statements const& all, Subject subject) {
  return is_of_nvs(all.addresses().of(subject)) &&
         std::ranges::any_of(all.of(subject), [&](Row const& row) {
           return row.property == Property::type && class_of(all.text(row)) == Class::collection;
         });
}

/// `TEMPPR01` of `SDN:P01::TEMPPR01`; empty if it is no URN.
std::string_view code_of(std::string_view urn) noexcept {
  if (!urn.starts_with("SDN:")) return {};
  return urn.substr(urn.rfind(':') + 1);
}

/// `2024-09-12 10:07:08.0` as dates are written elsewhere.
std::string date_of(std::string_view text) {
  std::string out(text.substr(0, text.find('.')));
  std::ranges::replace(out, ' ', 'T');
  return out;
}

/// Members of a collection are its concepts; those are at its top that have nothing broader in it.
void make_scheme(Gathering& gathered, Subject collection, std::span<Row const> rows) {
  auto const scheme = gathered.subject("http://www.w3.org/2004/02/skos/core#ConceptScheme");
  std::vector<Subject> members;
  for (auto const& row : rows) {
    if (row.property == Property::member && !row.is_text) members.push_back(row.object);
  }
  std::ranges::sort(members);
  gathered.say(collection, Property::type, scheme);
  for (auto const member : members) {
    gathered.say(member, Property::in_scheme, collection);
    bool const is_below = std::ranges::any_of(gathered.statements.of(member), [&](Row const& row) {
      return row.property == Property::broader && std::ranges::binary_search(members, row.object);
    });
    if (!is_below) gathered.say(member, Property::top_concept_of, collection);
  }
}

void describe_better(Gathering& gathered, Subject subject, std::span<Row const> rows) {
  for (auto const& row : rows) {
    std::string const text(gathered.statements.text(row));
    if (row.property == Property::notation) {
      gathered.say(subject, Property::notation, code_of(text), {});
    } else if (row.property == Property::date) {
      gathered.say(subject, Property::modified, date_of(text), {});
    }
  }
}

} // namespace

bool is_nvs(std::string_view beginning) {
  return beginning.find(collections) != std::string_view::npos;
}

void settle_nvs(Gathering& gathered) {
  auto& all = gathered.statements;
  all.sort();
  auto const count = all.addresses().size();
  for (Subject subject = 0; subject < count; ++subject) {
    if (!is_of_nvs(all.addresses().of(subject))) continue;
    auto const said = all.of(subject);
    std::vector<Row> const rows(said.begin(), said.end()); // a copy: there will be more
    if (is_collection(all, subject)) {
      make_scheme(gathered, subject, rows);
    } else {
      describe_better(gathered, subject, rows);
    }
  }
}

} // namespace terracat::vocabulary

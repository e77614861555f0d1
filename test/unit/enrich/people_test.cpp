#include "enrich/people.hpp"

#include "support/catch.hpp"

#include <string>
#include <vector>

using namespace terracat::enrich;
namespace model = terracat::model;
using model::Contact;
using model::LocalText;

namespace {

constexpr std::string_view ada = "https://orcid.org/0000-0002-1825-0097";
constexpr std::string_view institute = "https://ror.org/05gq02987";

Contact contact(std::string name, std::string organisation = {}) {
  Contact out;
  out.name = std::move(name);
  out.organisation = LocalText(std::move(organisation));
  return out;
}

std::vector<Identity> of(std::vector<Contact> contacts) {
  model::RecordParts parts;
  parts.native_id = "r";
  parts.type = "dataset";
  parts.title = LocalText("Rain");
  parts.contacts = std::move(contacts);
  return identities_of(model::Record::make(std::move(parts)).value());
}

} // namespace

TEST_CASE("who says who he is, is believed if the check digits are right") {
  auto person = contact("Ada Martin", "IGE");
  person.orcid = "0000-0002-1825-0097";
  person.ror = institute;
  auto const found = of({person});
  REQUIRE(found.size() == 2);
  CHECK(found[0].scheme == "orcid");
  CHECK(found[0].uri == ada);
  CHECK(found[0].rule == IdentityRule::stated);
  CHECK(found[1].scheme == "ror");
  CHECK(found[1].uri == institute);

  person.orcid = "0000-0002-1825-0098";
  person.ror = "https://ror.org/05gq02978";
  CHECK(of({person}).empty());
}

TEST_CASE("the page of a contact may be what identifies it") {
  auto person = contact("Ada Martin");
  person.url = "http://orcid.org/0000-0002-1825-0097";
  auto institution = contact({}, "IGE");
  institution.url = "https://ror.org/05gq02987/";
  auto const found = of({person, institution});
  REQUIRE(found.size() == 2);
  CHECK(found[0].uri == ada);
  CHECK(found[0].rule == IdentityRule::address);
  CHECK(found[0].from == person.url);
  CHECK(found[1].contact == 1);
  CHECK(found[1].uri == institute);
  auto stranger = contact("Ada Martin");
  stranger.url = "https://people.example/0000-0002-1825-0097";
  CHECK(of({stranger}).empty());
}

TEST_CASE("identifiers may stand within names") {
  auto const found =
      of({contact("Martin, Ada (ORCID: 0000-0002-1825-0097)", "IGE, ror.org/05gq02987.")});
  REQUIRE(found.size() == 2);
  CHECK(found[0].uri == ada);
  CHECK(found[0].rule == IdentityRule::text);
  CHECK(found[0].from == "Martin, Ada (ORCID: 0000-0002-1825-0097)");
  CHECK(found[1].uri == institute);
  CHECK(of({contact("Ada 0000-0002-1825-00971")}).empty()); // a longer number
  CHECK(of({contact("Ada 10000-0002-1825-0097")}).empty());
  CHECK(of({contact("Ada 0000-0002-1825-0098")}).empty());
  CHECK(of({contact("Ada", "05gq02987")}).empty()); // no address
  CHECK(of({contact("Ada", "https://ror.org/05gq029870")}).empty());
}

TEST_CASE("the same name in the same record is the same person or organisation") {
  auto known = contact("Ada Martin", "Institut de Géophysique");
  known.orcid = "0000-0002-1825-0097";
  known.ror = institute;
  auto const found = of({contact("ADA MARTIN"), known, contact({}, "institut de geophysique"),
                         contact("Bea Martin")});
  REQUIRE(found.size() == 4);
  CHECK(found[0].contact == 0);
  CHECK(found[0].uri == ada);
  CHECK(found[0].rule == IdentityRule::shared);
  CHECK(found[3].contact == 2);
  CHECK(found[3].uri == institute);
  CHECK(found[3].rule == IdentityRule::shared);
  CHECK(score_of(IdentityRule::shared) < score_of(IdentityRule::stated));
}

TEST_CASE("a name that two people have identifies neither") {
  auto first = contact("Ada Martin");
  first.orcid = "0000-0002-1825-0097";
  auto second = contact("Ada Martin");
  second.orcid = "0000-0002-1694-233X";
  auto const found = of({first, second, contact("Ada Martin")});
  CHECK(found.size() == 2); // not the third
}

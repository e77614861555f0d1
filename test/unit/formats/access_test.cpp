// What statements about access say of it.

#include "formats/words/access.hpp"

#include "support/catch.hpp"

using namespace terracat;
using formats::Access;
using formats::access_of_text;

TEST_CASE("statements about access, as sources write them") {
  auto const are = [](std::initializer_list<std::string_view> statements,
                      std::optional<Access> access) {
    for (auto const statement : statements) {
      INFO(statement);
      CHECK(access_of_text(statement) == access);
    }
  };
  are({"no limitations", "noLimitations", "No conditions apply to access and use",
       "http://inspire.ec.europa.eu/metadata-codelist/LimitationsOnPublicAccess/noLimitations",
       "Pas de restriction d’accès public selon INSPIRE", "Aucune contrainte d'accès",
       "Aucun des articles de la loi ne peut être invoqué pour une restriction d'accès public.",
       "info:eu-repo/semantics/openAccess", "Open Access", "OpenAccess", "PUBLIC",
       "accessLevel: Public", "http://purl.org/coar/access_right/c_abf2",
       "http://publications.europa.eu/resource/authority/access-right/PUBLIC", "Données ouvertes",
       "Téléchargement en libre accès, sans inscription", "Free and unrestricted access",
       "Non-restricted access", "Open access, no registration required"},
      Access::open);
  are({"Accès sur inscription", "Registration required", "Only for registered users"},
      Access::account);
  are({"Données disponibles sur demande auprès de l'auteur", "Available upon request",
       "authorisation-required"},
      Access::request);
  are({"restricted", "Restricted Access", "info:eu-repo/semantics/restrictedAccess",
       "http://publications.europa.eu/resource/authority/access-right/NON_PUBLIC",
       "INSPIRE_Directive_Article13_1e",
       "public access limited according to Article 13(1)(g) of the INSPIRE Directive",
       "L124-4-I-1 du code de l'environnement",
       "Public access to spatial data sets would adversely affect the confidentiality of ..."},
      Access::restricted);
  // Of use, of authors, of nothing: none of them tells.
  are({"copyright", "otherRestrictions", "Licence terms and conditions apply", "None", "Test Link",
       "Co-authorship on publications resulting from use of the dataset", "", "No login required",
       "Not accessible without registration", "This is not open access",
       "Le jeu n'est pas en libre accès"},
      std::nullopt);
}

TEST_CASE("the strictest of a record's statements counts") {
  model::RecordParts parts;
  parts.native_id = "a";
  parts.title = model::LocalText("A");
  auto const access = [&](std::initializer_list<char const*> statements) {
    parts.access_constraints.clear();
    for (auto const* const one : statements) parts.access_constraints.emplace_back(one);
    return formats::access_of(model::Record::make(parts).value());
  };
  CHECK_FALSE(access({}));
  CHECK_FALSE(access({"copyright"}));
  CHECK(access({"copyright", "no limitations"}) == Access::open);
  CHECK(access({"no limitations", "on request", "registration required"}) == Access::request);
  CHECK(formats::name_of(Access::account) == "account");
}

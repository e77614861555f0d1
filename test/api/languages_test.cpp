#include "api/languages.hpp"

#include "api/pages.hpp"
#include "support/catch.hpp"

namespace terracat::api {
namespace {

using Languages = std::vector<std::string>;

Languages order(std::string_view wanted, Languages const& offered = {"fr", "en", "pt-br"}) {
  return order_of_languages(wanted, offered).value_or(Languages{});
}

} // namespace

TEST_CASE("the most wanted language that is offered comes first") {
  Languages const as_offered{"fr", "en", "pt-br"};
  CHECK(order("") == as_offered);
  CHECK(order("en") == Languages{"en", "fr", "pt-br"});
  CHECK(order("en;q=0.5, fr;q=0.7") == as_offered);
  CHECK(order("en , ,fr") == Languages{"en", "fr", "pt-br"});
  CHECK(order("de, it") == as_offered);
  CHECK(order("de, *;q=0.1") == as_offered);
  CHECK(order("*") == as_offered);
}

TEST_CASE("a range is content with what is more general, and means what is more special") {
  CHECK(order("en-GB-oxendict").front() == "en");
  CHECK(order("EN-gb").front() == "en");
  CHECK(order("pt").front() == "pt-br");
  CHECK(order("PT-BR").front() == "pt-br");
  CHECK(order("pt-PT").front() == "pt-br");
  CHECK(order("e").front() == "fr");
}

TEST_CASE("what is refused is taken only if there is nothing else") {
  CHECK(order("fr;q=0, *").front() == "en");
  CHECK(order("fr-CA, fr;q=0, en;q=0.1").front() == "en");
  CHECK(order("en;q=0", {"en"}).front() == "en");
}

TEST_CASE("what is no list of languages is told apart") {
  for (auto const* const wanted : {"fr_FR", "fr;q=2", "fr;q=-1", "fr;q=", "fr;v=1", "-", "fr-",
                                   "f1", "abcdefghi", "en;q=nan", "fr\xC3\xA9", "fr;q=0.5;q=0.5"}) {
    INFO(wanted);
    CHECK_FALSE(order_of_languages(wanted, Languages{"fr"}));
  }
  std::string many = "fr";
  for (int i = 0; i < 50; ++i) many += ",fr";
  CHECK_FALSE(order_of_languages(many, Languages{"fr"}));
}

TEST_CASE("a person reads the language that she asks for, else that of the site") {
  using enum pages::Language;
  Site site{};
  site.languages = {"de", "fr", "en"};
  auto const chosen = [&](std::string_view accepted) { return language_of(site, "/", accepted); };
  CHECK(chosen("en-GB,en;q=0.9,fr;q=0.8") == en);
  CHECK(chosen("fr;q=0.8, en;q=0.7") == fr);
  CHECK(chosen("de,FR-ca;q=0.5") == fr);
  CHECK(chosen("fr;q=0, en;q=0.1") == en);
  CHECK(chosen("frr, es") == fr);
  CHECK(chosen("") == fr);
  CHECK(chosen(";;,q=,en;q=x") == fr);
  CHECK(language_of(site, "/en/search", "fr") == en);
  site.languages = {"de"};
  CHECK(chosen("*") == en);
}

} // namespace terracat::api

#include "pages/frame.hpp"
#include "pages/text_pages.hpp"

#include <array>

namespace terracat::pages {
namespace {

/// What happened, and what to do about it.
struct Words {
  int status;
  Message title;
  Message text;
};

constexpr std::array table{
    Words{400,
          {"Cette question n’a pas pu être lue", "This question could not be read"},
          {"Une partie de l’adresse n’est pas comprise. Corrigez-la, ou posez la question à "
           "nouveau.",
           "A part of the address is not understood. Mend it, or ask again."}},
    Words{401,
          {"Cette page est réservée aux opérateurs", "This page is for operators"},
          {"Rechargez-la : le navigateur demande un mot de passe, qui est la clé des opérateurs du "
           "site. Le nom d’utilisateur est sans importance.",
           "Load it again: the browser asks for a password, which is the key of the site’s "
           "operators. The user name does not matter."}},
    Words{403,
          {"Cette demande n’a pas été prise", "This was not taken"},
          {"Elle doit venir d’une page que ce site vient de montrer. Revenez à la page, "
           "rechargez-la et recommencez.",
           "It has to come from a page that this site has just shown. Go back to the page, load it "
           "again, and repeat."}},
    Words{404,
          {"Cette page n’existe pas", "There is no such page"},
          {"L’adresse est peut-être incomplète, ou le jeu de données a changé de nom. La recherche "
           "le retrouvera s’il est au catalogue.",
           "The address may be incomplete, or the data set may have another name now. The search "
           "will find it if it is in the catalogue."}},
    Words{409,
          {"L’état a changé entre-temps", "Things have changed meanwhile"},
          {"Ce qui était demandé n’a plus lieu d’être : revenez à la page et rechargez-la pour "
           "voir où en sont les choses.",
           "What was asked for is settled already: go back to the page and load it again to see "
           "how things are."}},
    Words{
        410,
        {"Ce jeu de données a été retiré", "This data set was removed"},
        {"Il était au catalogue, mais sa source ne le propose plus. D’autres lui ressemblent "
         "peut-être.",
         "It was in the catalogue, but its source no longer has it. There may be others like it."}},
    Words{
        503,
        {"Le service est très sollicité", "The service is very busy"},
        {"La réponse n’a pas pu être préparée à temps. Réessayez dans un instant, ou demandez "
         "moins à la fois.",
         "The answer could not be made in time. Try again in a moment, or ask for less at once."}},
    Words{500,
          {"Une erreur est survenue chez nous", "Something went wrong on our side"},
          {"Votre question n’y est pour rien. L’incident est noté ; les autres pages restent "
           "disponibles.",
           "It is no fault of your question. The incident is noted; the other pages still work."}},
};

constexpr Message parameter{"Ce qui n’est pas compris : {0}", "What is not understood: {0}"};
constexpr Message reference{"Référence de l’incident : {0}", "Reference of the incident: {0}"};
constexpr Message to_home{"Retour à l’accueil", "Back to the first page"};
constexpr Message search_again{"Chercher dans le catalogue", "Search the catalogue"};

Words const& words_of(int status) noexcept {
  for (auto const& row : table) {
    if (row.status == status) return row;
  }
  return status < 500 ? table.front() : table.back();
}

} // namespace

std::string trouble_page(SiteFacts const& site, Language language, Trouble const& trouble) {
  Sheet sheet(site, language);
  auto& html = sheet.html;
  auto const& words = words_of(trouble.status);
  Frame const frame{.title = std::string(sheet.in(words.title)),
                    .description = std::string(sheet.in(words.text)),
                    .path = std::nullopt,
                    .json_ld = {},
                    .is_for_engines = false};
  return framed(sheet, frame, [&] {
    html.element("div", {{"class", "wrap page-head"}}, [&] {
      html.element("h1", {}, sheet.in(words.title));
      html.element("p", {{"class", "lead"}}, sheet.in(words.text));
      if (!trouble.parameter.empty()) {
        html.element("p", {{"class", "small"}}, sheet.filled(parameter, {trouble.parameter}));
      }
      if (!trouble.detail.empty()) {
        sheet.element("p", "small", {.text = trouble.detail, .language = "en"});
      }
    });
    html.element("div", {{"class", "wrap"}}, [&] {
      write_search_form(sheet, search_again);
      html.element("p", {{"class", "small after-find"}}, [&] {
        html.element("a", {{"href", sheet.page("")}}, sheet.in(to_home));
      });
      if (trouble.status >= 500 && !trouble.request_id.empty()) {
        html.element("p", {{"class", "micro dim"}}, sheet.filled(reference, {trouble.request_id}));
      }
    });
  });
}

} // namespace terracat::pages

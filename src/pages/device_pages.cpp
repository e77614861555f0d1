#include "pages/device_pages.hpp"

#include "pages/frame.hpp"

namespace terracat::pages {
namespace {

struct DevicePage {
  std::string_view path;
  Message title;
  Message lead;
  Message without_script;
};

constexpr DevicePage basket{
    "/basket",
    {"Panier", "Basket"},
    {"Les jeux de données que vous gardez. Le panier reste dans ce navigateur.",
     "The data sets that you keep. The basket stays in this browser."},
    {"Le panier est gardé par votre navigateur : il faut pour cela JavaScript.",
     "The basket is kept by your browser, which needs JavaScript for it."}};

constexpr DevicePage history{
    "/history",
    {"Historique", "History"},
    {"Les recherches que vous gardez et, si vous le voulez, les dernières. Elles restent dans ce "
     "navigateur.",
     "The searches that you save and, if you want, the latest. They stay in this browser."},
    {"L’historique est gardé par votre navigateur : il faut pour cela JavaScript.",
     "The history is kept by your browser, which needs JavaScript for it."}};

template<class Write>
std::string device_page(SiteFacts const& site, Language language, DevicePage const& page,
                        Write&& write_place) {
  Sheet sheet(site, language);
  auto& html = sheet.html;
  Frame const frame{.title = std::string(sheet.in(page.title)),
                    .description = std::string(sheet.in(page.lead)),
                    .path = std::string(page.path),
                    .json_ld = {},
                    .is_for_engines = false};
  return framed(sheet, frame, [&] {
    html.element("div", {{"class", "wrap page-head"}}, [&] {
      html.element("h1", {}, sheet.in(page.title));
      html.element("p", {{"class", "lead"}}, sheet.in(page.lead));
    });
    html.element("div", {{"class", "wrap"}}, [&] {
      html.element("noscript", {}, [&] {
        html.element("p", {{"class", "note"}}, sheet.in(page.without_script));
      });
      write_place(sheet);
    });
  });
}

} // namespace

std::string basket_page(SiteFacts const& site, Language language) {
  return device_page(site, language, basket, [](Sheet& sheet) {
    sheet.html.element(
        "div", {{"data-basket-page", true}, {"data-compare", sheet.page("/compare").text()}}, "");
  });
}

std::string history_page(SiteFacts const& site, Language language) {
  return device_page(site, language, history, [](Sheet& sheet) {
    sheet.html.element("div", {{"data-history-page", true}}, "");
  });
}

} // namespace terracat::pages

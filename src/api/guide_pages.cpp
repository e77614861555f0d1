#include "pages/guide_pages.hpp"

#include "api/handlers.hpp"
#include "api/pages.hpp"
#include "api/vocabulary_question.hpp"
#include "vocabulary/thesaurus.hpp"

/// Tutorials and tools.
namespace terracat::api {
namespace {

using pages::GuideKind;

Reply list_of(Exchange const& exchange, GuideKind kind) {
  auto const language = language_of(exchange);
  auto const guides = pages::guides_in(*exchange.site().guides, kind, language);
  return page_reply(language,
                    pages::guides_page(facts_of(exchange.site()), language, kind, guides));
}

/// Those of its concepts that the site has.
std::vector<pages::ConceptLink> concepts_of(Site const& site, pages::Guide const& guide,
                                            pages::Language language) {
  std::vector<pages::ConceptLink> out;
  auto const& all = *site.thesaurus;
  auto const wanted = languages_of(language);
  for (auto const& uri : guide.concepts) {
    auto const number = all.find_address(uri);
    if (!number) continue;
    auto const label = all.at(*number).label(wanted);
    out.push_back({.label = {label.text, label.language},
                   .path = path_of(all, *number),
                   .count = std::nullopt});
  }
  return out;
}

Reply guide_of(Exchange const& exchange, GuideKind kind) {
  auto const language = language_of(exchange);
  auto const& site = exchange.site();
  auto const name = exchange.captured("guide");
  auto const* const guide = pages::find_guide(*site.guides, kind, name, language);
  if (guide == nullptr) {
    throw ProblemError({.kind = ProblemKind::not_found,
                        .detail = "there is no text '" + name.substr(0, 100) + "' here",
                        .where = {}});
  }
  auto const concepts = concepts_of(site, *guide, language);
  return page_reply(language, pages::guide_page(facts_of(site), language, *guide, concepts));
}

} // namespace

Reply get_tutorials_page(Exchange& exchange) {
  return list_of(exchange, GuideKind::tutorial);
}

Reply get_tutorial_page(Exchange& exchange) {
  return guide_of(exchange, GuideKind::tutorial);
}

Reply get_tools_page(Exchange& exchange) {
  return list_of(exchange, GuideKind::tool);
}

Reply get_tool_page(Exchange& exchange) {
  return guide_of(exchange, GuideKind::tool);
}

} // namespace terracat::api

#include "pages/concept_page.hpp"

#include "api/accept.hpp"
#include "api/handlers.hpp"
#include "api/media_types.hpp"
#include "api/pages.hpp"
#include "api/tags.hpp"
#include "api/vocabulary_question.hpp"
#include "pages/search_page.hpp"

#include <terracat/text.hpp>

#include <algorithm>
#include <array>

/// `/vocabularies` and `/ncl`: vocabularies and concepts as pages, and concepts as RDF.
namespace terracat::api {
namespace {

using pages::ConceptLink;
using pages::Term;
using vocabulary::Concept;
using vocabulary::ConceptNumber;
using vocabulary::LabelKind;
using vocabulary::MappingKind;
using vocabulary::Thesaurus;

constexpr std::size_t most_links = 500;
constexpr std::size_t most_resources = 5;
constexpr std::size_t most_words = 60;
constexpr std::size_t longest_way = 20;

/// What can be asked for under the address of a concept. Programs often ask for anything: a page is
/// for who wants it more than the rest.
constexpr std::array<std::string_view, 5> offered{turtle_type, json_ld_type, rdf_xml_type,
                                                  json_type, html_type};

Term term_of(vocabulary::Label const& label) noexcept {
  return {.text = label.text, .language = label.language};
}

/// Vocabularies as one page shows them.
class VocabularyPages {
 public:
  VocabularyPages(Exchange const& exchange, catalogue::View& view)
      : all_(*exchange.site().thesaurus),
        counted_(view.counted_concepts()),
        language_(language_of(exchange)),
        languages_(languages_of(language_)) {}

  [[nodiscard]] Thesaurus const& all() const noexcept { return all_; }

  [[nodiscard]] pages::Language language() const noexcept { return language_; }

  [[nodiscard]] std::optional<std::size_t> count(ConceptNumber number) const {
    return counted_ ? std::optional(counted_->records(number)) : std::nullopt;
  }

  [[nodiscard]] ConceptLink link(ConceptNumber number) const {
    return {.label = term_of(all_.at(number).label(languages_)),
            .path = path_of(all_, number),
            .count = count(number)};
  }

  template<class Numbers>
  [[nodiscard]] std::vector<ConceptLink> links(Numbers const& numbers) const {
    std::vector<ConceptLink> out;
    for (auto const number : numbers) {
      if (out.size() == most_links) break;
      if (!all_.at(number).is_deprecated()) out.push_back(link(number));
    }
    std::ranges::stable_sort(out, {}, [](ConceptLink const& one) { return one.label.text; });
    return out;
  }

  [[nodiscard]] ConceptLink link(vocabulary::Vocabulary const& vocabulary) const {
    auto const& title = vocabulary.title;
    auto const text = title.best(languages_);
    return {
        .label = {.text = text.empty() ? std::string_view(vocabulary.name) : text, .language = {}},
        .path = "/vocabularies/" + percent_encoded(vocabulary.name),
        .count = std::nullopt};
  }

  [[nodiscard]] pages::ConceptFacts facts(ConceptNumber number) const {
    auto const described = all_.at(number);
    pages::ConceptFacts out{.uri = described.uri(),
                            .path = path_of(all_, number),
                            .data_path = path_of(all_, number),
                            .label = term_of(described.label(languages_)),
                            .definition = {},
                            .vocabulary = link(all_.vocabularies()[described.vocabulary()]),
                            .is_deprecated = described.is_deprecated(),
                            .way = way_to(number),
                            .narrower = links(described.narrower()),
                            .related = links(described.related()),
                            .count = count(number),
                            .search_path = {},
                            .resources = {}};
    if (auto const note = described.definition(languages_)) {
      out.definition = {.text = note->text, .language = note->language};
    }
    for (auto const next : described.replacements()) out.replacements.push_back(link(next));
    add_words(described, out);
    for (auto const& mapping : described.mappings()) {
      if (out.mappings.size() == most_words) break;
      out.mappings.push_back(
          {.kind = word_of(mapping.kind),
           .uri = mapping.uri,
           .here = mapping.number ? std::optional(link(*mapping.number)) : std::nullopt});
    }
    return out;
  }

 private:
  /// Along the first broader concept of each; a circle ends where it would close.
  [[nodiscard]] std::vector<ConceptLink> way_to(ConceptNumber number) const {
    std::vector<ConceptNumber> way{number};
    while (way.size() < longest_way) {
      auto const above = all_.at(way.back()).broader();
      if (above.empty() || std::ranges::find(way, above.front()) != way.end()) break;
      way.push_back(above.front());
    }
    std::vector<ConceptLink> out;
    for (auto place = way.size(); place-- > 1;) out.push_back(link(way[place]));
    return out;
  }

  void add_words(Concept const& described, pages::ConceptFacts& out) const {
    for (auto const& label : described.labels()) {
      bool const is_own = vocabulary::is_of_language(label.language, languages_.front());
      auto const term = term_of(label);
      bool const is_other = label.kind == LabelKind::preferred && term.text != out.label.text;
      bool const is_synonym =
          label.kind == LabelKind::alternate || (is_other && term.language.empty());
      if (is_synonym && out.synonyms.size() < most_words) {
        out.synonyms.insert(is_own ? out.synonyms.begin() + own_synonyms(out) : out.synonyms.end(),
                            term);
      } else if (is_other && !is_synonym && out.translations.size() < most_words) {
        out.translations.push_back(term);
      }
    }
  }

  [[nodiscard]] std::ptrdiff_t own_synonyms(pages::ConceptFacts const& facts) const {
    return std::ranges::count_if(facts.synonyms, [&](Term const& term) {
      return vocabulary::is_of_language(term.language, languages_.front());
    });
  }

  static pages::Message word_of(MappingKind kind) noexcept {
    constexpr std::array words{pages::exact_mapping, pages::close_mapping, pages::broad_mapping,
                               pages::narrow_mapping, pages::related_mapping};
    return words.at(static_cast<std::size_t>(kind));
  }

  Thesaurus const& all_;
  std::shared_ptr<catalogue::CountedConcepts const> counted_; ///< null: nobody has counted yet
  pages::Language language_;
  std::vector<std::string> languages_; ///< of labels, that of the page first
};

/// The concept that the path means: by the end of its address, or by all of it.
ConceptNumber concept_in_path(Exchange const& exchange) {
  auto const& all = *exchange.site().thesaurus;
  auto const place = place_of_vocabulary(all, exchange.captured("vocabulary"), {});
  auto const id = exchange.captured("id");
  auto const named = all.find_name(place, id);
  if (named) return *named;
  auto const number = all.find_address(id);
  if (number && all.at(*number).vocabulary() == place) return *number;
  throw ProblemError({.kind = ProblemKind::not_found,
                      .detail = "the vocabulary has no concept '" + id.substr(0, 100) + "'",
                      .where = {}});
}

Reply led_to(Exchange const& exchange, std::string const& path) {
  auto const language = language_of(exchange);
  return {.status = 303,
          .content_type = {},
          .headers = {{"Location", exchange.site().public_url + "/" +
                                       std::string(pages::code(language)) + path},
                      {"Vary", "Accept, Accept-Language"}},
          .content = Text{}};
}

bool wants_page(Exchange const& exchange) {
  return offered.at(preferred_type(exchange.request().head.accept, offered)) == html_type;
}

/// A form as linked-data registries name it, and its media type.
struct LinkedForm {
  std::string_view name;
  std::string_view type;
};

constexpr std::array linked_forms{LinkedForm{"ttl", turtle_type}, LinkedForm{"rdf", rdf_xml_type},
                                  LinkedForm{"jsonld", json_ld_type},
                                  LinkedForm{"html", html_type}};

/// The media type of the parameter `_format`; empty if there is none.
std::string_view linked_type(Exchange const& exchange) {
  auto const wanted = exchange.parameters().get("_format");
  if (!wanted) return {};
  auto const* const known = std::ranges::find(linked_forms, *wanted, &LinkedForm::name);
  if (known != linked_forms.end()) return known->type;
  throw ProblemError({.kind = ProblemKind::invalid_parameter,
                      .detail = "expected one of " + listed(linked_forms, &LinkedForm::name),
                      .where = "_format"});
}

/// The page is at the same address.
Reply varying(Reply reply) {
  reply.headers.emplace_back("Vary", "Accept, Accept-Language");
  return reply;
}

/// Tutorials and tools that name it.
std::vector<pages::Guide const*> guides_about(Site const& site, ConceptNumber number,
                                              pages::Language language) {
  std::vector<pages::Guide const*> out;
  for (auto const kind : {pages::GuideKind::tutorial, pages::GuideKind::tool}) {
    for (auto const* const guide : pages::guides_in(*site.guides, kind, language)) {
      bool const names_it = std::ranges::any_of(guide->concepts, [&](std::string const& uri) {
        return site.thesaurus->find_address(uri) == number;
      });
      if (names_it) out.push_back(guide);
    }
  }
  return out;
}

} // namespace

std::string path_of(Thesaurus const& all, ConceptNumber number) {
  auto const described = all.at(number);
  auto const name = vocabulary::local_name(described.uri());
  bool const is_alone = all.find_name(described.vocabulary(), name) == number;
  return "/vocabularies/" + percent_encoded(all.vocabularies()[described.vocabulary()].name) + "/" +
         percent_encoded(is_alone ? name : described.uri());
}

std::string page_of(Site const& site, ConceptNumber number, std::string_view language) {
  auto const spoken = pages::spoken(language);
  return site.public_url + (spoken ? "/" + std::string(pages::code(*spoken)) : "") +
         path_of(*site.thesaurus, number);
}

Reply get_vocabularies(Exchange& exchange) {
  if (wants_page(exchange)) return led_to(exchange, "/vocabularies");
  return varying(get_skosmos_vocabularies(exchange));
}

Reply get_vocabulary(Exchange& exchange) {
  auto const name = exchange.captured("vocabulary");
  static_cast<void>(place_of_vocabulary(*exchange.site().thesaurus, name, {}));
  if (wants_page(exchange)) return led_to(exchange, "/vocabularies/" + percent_encoded(name));
  return varying(get_skosmos_vocabulary(exchange));
}

Reply get_concept(Exchange& exchange) {
  auto const& all = *exchange.site().thesaurus;
  auto const number = concept_in_path(exchange);
  auto const wanted = exchange.parameters().get("format").value_or("");
  if (wanted.empty() && wants_page(exchange)) return led_to(exchange, path_of(all, number));
  return rdf_reply(exchange, all, number, wanted);
}

Reply get_linked_vocabularies(Exchange& exchange) {
  auto const entity = exchange.parameters().get("entity");
  if (!entity) return get_vocabularies(exchange);
  auto const& all = *exchange.site().thesaurus;
  auto const number = all.find_address(*entity);
  if (!number) {
    throw ProblemError({.kind = ProblemKind::not_found,
                        .detail = "there is no concept with this address here",
                        .where = "entity"});
  }
  auto const path = path_of(all, *number);
  constexpr std::string_view pages_path = "/vocabularies";
  return {.status = 303,
          .content_type = {},
          .headers = {{"Location",
                       exchange.site().public_url + "/ncl" + path.substr(pages_path.size())}},
          .content = Text{}};
}

Reply get_linked_concept(Exchange& exchange) {
  auto const& all = *exchange.site().thesaurus;
  auto const number = concept_in_path(exchange);
  auto const type = linked_type(exchange);
  bool const is_page = type.empty() ? wants_page(exchange) : type == html_type;
  if (is_page) return led_to(exchange, path_of(all, number));
  auto reply = rdf_reply(exchange, all, number, type);
  reply.headers.emplace_back("Link",
                             "<" + std::string(all.at(number).uri()) + ">; rel=\"describes\"");
  return reply;
}

Reply get_vocabularies_page(Exchange& exchange) {
  auto view = view_of_pages(exchange);
  VocabularyPages const pages_of(exchange, view);
  std::vector<ConceptLink> vocabularies;
  for (auto const& vocabulary : pages_of.all().vocabularies()) {
    vocabularies.push_back(pages_of.link(vocabulary));
    vocabularies.back().count = vocabulary.concepts - vocabulary.deprecated;
  }
  auto tag = page_tag(exchange, view);
  if (auto reply = not_modified(exchange, tag)) return std::move(*reply);
  return page_reply(
      pages_of.language(),
      pages::vocabularies_page(facts_of(exchange.site()), pages_of.language(), vocabularies),
      std::move(tag));
}

Reply get_vocabulary_page(Exchange& exchange) {
  auto view = view_of_pages(exchange);
  VocabularyPages const pages_of(exchange, view);
  auto const place = place_of_vocabulary(pages_of.all(), exchange.captured("vocabulary"), {});
  auto tag = page_tag(exchange, view);
  if (auto reply = not_modified(exchange, tag)) return std::move(*reply);
  auto const& vocabulary = pages_of.all().vocabularies()[place];
  auto const link = pages_of.link(vocabulary);
  pages::VocabularyFacts facts{.path = link.path,
                               .title = link.label,
                               .concepts = vocabulary.concepts - vocabulary.deprecated,
                               .tops = {}};
  for (auto const scheme : vocabulary.schemes) {
    auto const more = pages_of.links(pages_of.all().schemes()[scheme].top_concepts);
    facts.tops.insert(facts.tops.end(), more.begin(), more.end());
  }
  return page_reply(pages_of.language(),
                    pages::vocabulary_page(facts_of(exchange.site()), pages_of.language(), facts),
                    std::move(tag));
}

Reply get_concept_page(Exchange& exchange) {
  auto view = view_of_pages(exchange);
  VocabularyPages const pages_of(exchange, view);
  auto const number = concept_in_path(exchange);
  auto tag = page_tag(exchange, view);
  if (auto reply = not_modified(exchange, tag)) return std::move(*reply);
  auto facts = pages_of.facts(number);
  std::vector<pages::Resource> resources;
  if (facts.count && *facts.count > 0) {
    for (auto const& record : view.records_about(number, most_resources)) {
      resources.push_back(resource_of(exchange, view, record));
    }
  }
  facts.resources = resources;
  facts.guides = guides_about(exchange.site(), number, pages_of.language());
  facts.search_path = pages::path_of(pages::Question{.concept_uri = std::string(facts.uri)});
  return page_reply(pages_of.language(),
                    pages::concept_page(facts_of(exchange.site()), pages_of.language(), facts),
                    std::move(tag));
}

} // namespace terracat::api

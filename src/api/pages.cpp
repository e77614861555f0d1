#include "api/pages.hpp"

#include "api/families.hpp"
#include "api/handlers.hpp"
#include "api/languages.hpp"
#include "api/problems.hpp"
#include "api/tags.hpp"
#include "api/themes.hpp"
#include "pages/device_pages.hpp"
#include "pages/frame.hpp"
#include "pages/home_page.hpp"

#include <algorithm>

namespace terracat::api {
namespace {

constexpr std::size_t most_new = 6;
constexpr std::size_t most_runs = 14;

pages::Resource resource_of(Site const& site, std::string id, model::Record record,
                            std::string const& source, std::int64_t items,
                            std::vector<pages::Stratum const*> strata) {
  auto const* const pole = pole_of(site, source);
  site.storage.add_to(record);
  return {.id = std::move(id),
          .record = std::move(record),
          .pole = pole == nullptr ? std::string_view() : pole->id,
          .pole_title = pole == nullptr ? std::string_view() : pole->subject,
          .items = items,
          .strata = std::move(strata)};
}

/// What the first page tells of the sources.
void count_sources(Exchange const& exchange, store::Reader& reader, pages::HomeFacts& facts) {
  for (auto const& name : reader.sources()) {
    auto const source = source_facts(exchange, reader, name, 2);
    if (source.last_complete &&
        (!facts.last_harvest || *facts.last_harvest < *source.last_complete)) {
      facts.last_harvest = source.last_complete;
    }
    if (!source.is_configured) continue;
    ++facts.sources;
    if (pages::is_up_to_date(source)) ++facts.sources_up_to_date;
  }
}

/// Counts the data sets of each centre.
void count_datasets(Exchange const& exchange,
                    std::vector<catalogue::ShownCollection> const& collections,
                    std::vector<pages::PoleFacts>& poles) {
  for (auto const& collection : collections) {
    auto const* const root = pole_of(exchange.site(), collection.entry->source);
    if (root == nullptr) continue;
    auto const pole = std::ranges::find(poles, root->id, &pages::PoleFacts::name);
    if (pole != poles.end()) ++pole->datasets;
  }
}

/// Those that pages speak, in the order of the site.
std::vector<std::string> languages_of_pages(Site const& site) {
  std::vector<std::string> out;
  auto const add = [&](pages::Language language) {
    std::string code(pages::code(language));
    if (std::ranges::find(out, code) == out.end()) out.push_back(std::move(code));
  };
  for (auto const& tag : site.languages) {
    if (auto const language = pages::spoken(tag)) add(*language);
  }
  add(pages::Language::en);
  for (auto const language : pages::languages) add(language);
  return out;
}

/// A page that changes only with the program and its settings.
Reply lasting_page(Exchange const& exchange, pages::Language language, std::string page) {
  auto reply = page_reply(language, {});
  auto lasting_reply = lasting(exchange, std::move(page), reply.content_type);
  if (lasting_reply.status != 200) return lasting_reply;
  std::erase_if(reply.headers, [](auto const& header) { return header.first == "Cache-Control"; });
  std::ranges::move(lasting_reply.headers, std::back_inserter(reply.headers));
  reply.content = std::move(lasting_reply.content);
  return reply;
}

} // namespace

pages::SourceFacts source_facts(Exchange const& exchange, store::Reader& reader,
                                std::string const& name, std::size_t runs) {
  auto const& site = exchange.site();
  auto const* const pole = pole_of(site, name);
  return {.name = name,
          .pole_title = pole == nullptr ? std::string_view() : pole->subject,
          .is_configured = std::ranges::find(site.sources, name) != site.sources.end(),
          .last_complete = reader.source(name).last_complete,
          .runs = reader.runs(name, runs),
          .records = 0,
          .items = 0};
}

std::vector<pages::SourceFacts> facts_of_sources(Exchange const& exchange, store::Reader& reader,
                                                 std::span<std::string const> names) {
  std::vector<pages::SourceFacts> out;
  out.reserve(names.size());
  for (auto const& name : names) {
    auto source = source_facts(exchange, reader, name, most_runs);
    auto const holdings = reader.holdings(name);
    source.records = holdings.records;
    source.items = holdings.items;
    out.push_back(std::move(source));
  }
  return out;
}

std::optional<pages::Language> language_in(std::string_view path) noexcept {
  for (auto const language : pages::languages) {
    auto const own = pages::code(language);
    bool const is_below = path.substr(0, 1) == "/" && path.substr(1, own.size()) == own &&
                          (path.size() == own.size() + 1 || path[own.size() + 1] == '/');
    if (is_below) return language;
  }
  return std::nullopt;
}

pages::Language language_of(Site const& site, std::string_view path, std::string_view accepted) {
  if (auto const own = language_in(path)) return *own;
  auto const offered = languages_of_pages(site);
  auto const order = order_of_languages(accepted, offered);
  return pages::spoken(order ? order->front() : offered.front()).value();
}

pages::Language language_of(Exchange const& exchange) {
  return language_of(exchange.site(), exchange.path(), exchange.request().head.accept_language);
}

std::vector<std::string> languages_of(pages::Language language) {
  return {std::string(pages::code(language)), std::string(pages::code(other(language)))};
}

pages::SiteFacts facts_of(Site const& site) noexcept {
  return {.title = site.title,
          .description = site.description,
          .language = site.languages.empty() ? std::string_view() : site.languages.front(),
          .url = site.public_url,
          .publisher = site.publisher,
          .contact = site.contact,
          .look = site.look.get(),
          .map_tiles = site.map_tiles,
          .map_credit = site.map_credit};
}

void allow_pictures(Reply& reply, Site const& site) {
  auto origins = site.picture_origins;
  if (!site.tile_origin.empty()) origins.push_back(site.tile_origin);
  for (auto& [name, value] : reply.headers) {
    if (name == "Content-Security-Policy") value = pages::security_policy(origins);
  }
}

Reply page_reply(pages::Language language, std::string page, std::string tag) {
  Reply reply{.status = 200,
              .content_type = "text/html; charset=utf-8",
              .headers = {{"Content-Language", std::string(pages::code(language))},
                          {"Cache-Control", "no-cache"},
                          {"Content-Security-Policy", pages::security_policy()},
                          {"Referrer-Policy", "strict-origin-when-cross-origin"}},
              .content = Text{std::move(page)}};
  if (!tag.empty()) reply.headers.emplace_back("ETag", std::move(tag));
  return reply;
}

Reply led_back(Exchange const& exchange, std::string const& path) {
  auto const site = facts_of(exchange.site());
  auto const page = pages::Sheet(site, language_of(exchange)).page(path);
  return {.status = 303,
          .content_type = {},
          .headers = {{"Location", page.text()}, {"Cache-Control", "no-store"}},
          .content = Text{}};
}

Reply trouble_reply(Site const& site, Problem const& problem, Head const& head,
                    std::string_view path, bool is_of_api) {
  auto const language = language_of(site, path, head.accept_language);
  auto told = problem_reply(problem, head.request_id);
  auto reply = page_reply(
      language, pages::trouble_page(facts_of(site), language,
                                    {.status = told.status,
                                     .parameter = problem.where,
                                     .detail = is_of_api ? std::string_view(problem.detail) : "",
                                     .request_id = head.request_id}));
  reply.status = told.status;
  reply.headers.emplace_back("Vary", "Accept, Accept-Language");
  std::ranges::copy_if(told.headers, std::back_inserter(reply.headers),
                       [](auto const& header) { return header.first == "Retry-After"; });
  return reply;
}

std::vector<pages::PoleFacts> poles_of(Site const& site) {
  std::vector<pages::PoleFacts> out;
  for (auto const& root : site.roots) {
    if (root.family != Family::records || root.scope.sources() == nullptr) continue;
    bool const has_own = root.description != root.subject;
    out.push_back({.name = root.id,
                   .title = root.subject,
                   .description = has_own ? std::string_view(root.description) : "",
                   .datasets = 0});
  }
  return out;
}

Root const* root_of_pole(Site const& site, std::string_view pole) noexcept {
  auto const found = std::ranges::find_if(site.roots, [&](Root const& root) {
    return root.family == Family::records && root.scope.sources() != nullptr && root.id == pole;
  });
  return found == site.roots.end() ? nullptr : &*found;
}

catalogue::View view_of_pages(Exchange const& exchange) {
  static auto const everything = catalogue::Scope::everything();
  return exchange.view(everything);
}

pages::Resource resource_of(Exchange const& exchange, catalogue::View& view,
                            catalogue::ShownRecord const& record) {
  return resource_of(exchange.site(), record.id, view.answered(record.row.number, record.entry),
                     record.row.source, record.entry == nullptr ? 0 : record.entry->derived.items,
                     strata_of(view, record.row.number));
}

pages::Resource resource_of(Exchange const& exchange, catalogue::View& view,
                            catalogue::ShownCollection const& collection) {
  auto const& entry = *collection.entry;
  return resource_of(exchange.site(), collection.id, view.answered(entry.number, &entry),
                     entry.source, entry.derived.items, strata_of(view, entry.number));
}

/// Where these are. No page waits until all records are read: until then, nowhere.
pages::CellCounts cells_of(catalogue::View& view,
                           std::vector<catalogue::ShownCollection> const& collections) {
  pages::CellCounts out;
  auto const* const roll = view.made_roll();
  if (roll == nullptr) return out;
  for (auto const& one : collections) {
    auto const row = roll->find(one.entry->number);
    if (!row) continue;
    if (auto const& box = roll->boxes()[*row]) out.add(*box);
  }
  return out;
}

Reply get_home_page(Exchange& exchange) {
  auto const language = language_of(exchange);
  auto view = view_of_pages(exchange);
  auto collections = view.collections();
  auto poles = poles_of(exchange.site());
  count_datasets(exchange, collections, poles);
  pages::HomeFacts facts{.datasets = collections.size(),
                         .now = model::Instant::now(),
                         .themes = {},
                         .poles = poles,
                         .newest = {}};
  auto const themes = Themes(exchange.site(), view, language).themes();
  facts.themes = themes;
  for (auto const& collection : collections) {
    facts.items += static_cast<std::size_t>(collection.entry->derived.items);
  }
  count_sources(exchange, view.reader(), facts);
  auto const shown = std::min(collections.size(), most_new);
  auto const middle = collections.begin() + static_cast<std::ptrdiff_t>(shown);
  std::ranges::partial_sort(collections, middle, std::ranges::greater{},
                            [](auto const& one) { return one.entry->record_change; });
  std::vector<pages::Resource> newest;
  for (auto one = collections.begin(); one != middle; ++one) {
    newest.push_back(resource_of(exchange, view, *one));
  }
  facts.newest = newest;
  auto const cells = cells_of(view, collections);
  if (cells.drawn > 0) facts.cells = &cells;
  return page_reply(language, pages::home_page(facts_of(exchange.site()), language, facts));
}

Reply get_status_page(Exchange& exchange) {
  auto const language = language_of(exchange);
  auto view = view_of_pages(exchange);
  auto& reader = view.reader();
  auto const sources = facts_of_sources(exchange, reader, reader.sources());
  pages::StatusFacts facts{.is_ready = exchange.site().readiness().empty(),
                           .now = model::Instant::now(),
                           .datasets = view.collections().size(),
                           .sources = sources,
                           .has_operators = !exchange.site().operators_key.empty()};
  for (auto const& source : sources) facts.items += source.items;
  return page_reply(language, pages::status_page(facts_of(exchange.site()), language, facts));
}

Reply get_about_page(Exchange& exchange) {
  auto const language = language_of(exchange);
  auto view = view_of_pages(exchange);
  auto poles = poles_of(exchange.site());
  count_datasets(exchange, view.collections(), poles);
  return lasting_page(exchange, language,
                      pages::about_page(facts_of(exchange.site()), language, poles));
}

Reply get_api_page(Exchange& exchange) {
  auto const language = language_of(exchange);
  std::vector<pages::ApiFacts> apis;
  for (auto const& root : exchange.site().roots) {
    if (root.scope.sources() == nullptr) {
      apis.push_back({.title = root.title, .path = root.prefix});
    }
  }
  return lasting_page(exchange, language,
                      pages::api_page(facts_of(exchange.site()), language, apis));
}

Reply get_accessibility_page(Exchange& exchange) {
  auto const language = language_of(exchange);
  return lasting_page(exchange, language,
                      pages::accessibility_page(facts_of(exchange.site()), language));
}

Reply get_basket_page(Exchange& exchange) {
  auto const language = language_of(exchange);
  return lasting_page(exchange, language, pages::basket_page(facts_of(exchange.site()), language));
}

Reply get_history_page(Exchange& exchange) {
  auto const language = language_of(exchange);
  return lasting_page(exchange, language, pages::history_page(facts_of(exchange.site()), language));
}

Reply get_legal_page(Exchange& exchange) {
  auto const language = language_of(exchange);
  return lasting_page(exchange, language, pages::legal_page(facts_of(exchange.site()), language));
}

} // namespace terracat::api

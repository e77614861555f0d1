#include "pages/operator_pages.hpp"

#include "api/criteria_input.hpp"
#include "api/handlers.hpp"
#include "api/keyword_suggestions.hpp"
#include "api/pages.hpp"
#include "api/runs.hpp"

#include <algorithm>

/// The pages of operators.
namespace terracat::api {
namespace {

constexpr std::int64_t documents_on_page = 100;

void add_standstills(std::vector<pages::SourceFacts>& sources, Site const& site,
                     store::Reader& reader) {
  if (!site.standstills) return;
  for (auto const& one : site.standstills(reader)) {
    auto const found = std::ranges::find(sources, one.source, &pages::SourceFacts::name);
    if (found == sources.end()) continue;
    found->paused_since = one.paused_since;
    found->pause_reason = one.reason;
    found->rests_until = one.rests_until;
  }
}

/// Of forms that order something.
std::string_view token_of(Exchange const& exchange) noexcept {
  return exchange.site().orders ? exchange.form_token() : std::string_view();
}

/// Nobody keeps what only operators are told.
Reply unkept_page(Reply reply) {
  for (auto& [name, value] : reply.headers) {
    if (name == "Cache-Control") value = "no-store";
  }
  return reply;
}

} // namespace

Reply get_operator_page(Exchange& exchange) {
  auto const language = language_of(exchange);
  auto view = view_of_pages(exchange);
  auto& reader = view.reader();
  ParameterInput const input(exchange);
  auto sources = facts_of_sources(exchange, reader, reader.sources());
  add_standstills(sources, exchange.site(), reader);
  std::vector<SourceState> states;
  states.reserve(sources.size());
  for (auto const& source : sources) states.push_back(reader.source(source.name));
  auto const limit = read_limit(exchange, standard_runs, most_listed_runs);
  auto const source = input.text("source").value_or("");
  auto const runs = reader.runs(source, limit);
  pages::OperatorFacts const facts{.status = {.is_ready = true,
                                              .now = model::Instant::now(),
                                              .datasets = 0,
                                              .items = 0,
                                              .sources = sources},
                                   .states = states,
                                   .runs = runs,
                                   .source = source,
                                   .limit = limit,
                                   .token = token_of(exchange),
                                   .given = pages::order_of(input.text("done").value_or(""))};
  return unkept_page(
      page_reply(language, pages::operator_page(facts_of(exchange.site()), language, facts)));
}

Reply get_run_page(Exchange& exchange) {
  auto const language = language_of(exchange);
  auto view = view_of_pages(exchange);
  auto& reader = view.reader();
  auto const run = existing_run(exchange, view);
  auto search = document_search(exchange, run);
  search.limit = documents_on_page + 1; // one more tells whether there are more
  auto documents = reader.run_documents(search);
  bool const has_more = std::cmp_greater(documents.size(), documents_on_page);
  if (has_more) documents.pop_back();
  auto const findings = reader.run_findings(run.number);
  auto const path = "/api/v1/runs/" + std::to_string(static_cast<std::int64_t>(run.number));
  return unkept_page(page_reply(language, pages::run_page(facts_of(exchange.site()), language,
                                                          {.run = run,
                                                           .findings = findings,
                                                           .search = search,
                                                           .documents = documents,
                                                           .has_more = has_more,
                                                           .report_path = path,
                                                           .token = token_of(exchange)})));
}

Reply get_suggestions_page(Exchange& exchange) {
  auto const language = language_of(exchange);
  auto view = view_of_pages(exchange);
  auto const standing = wanted_standing(exchange);
  ParameterInput const input(exchange);
  auto const after = input.text("after").value_or("");
  auto const done = input.text("done").value_or("");
  auto const found =
      keyword_suggestions(exchange, view, standing,
                          {.after = std::string(after), .offset = 0, .limit = standard_keywords},
                          languages_of(language));
  return unkept_page(
      page_reply(language, pages::suggestions_page(facts_of(exchange.site()), language,
                                                   {.standing = standing,
                                                    .rows = found.rows,
                                                    .from = after,
                                                    .after = found.after,
                                                    .matched = found.matched,
                                                    .token = token_of(exchange),
                                                    .given = pages::verdict_of(done)})));
}

} // namespace terracat::api

#include "api/run_report.hpp"

#include "api/criteria_input.hpp"
#include "api/handlers.hpp"
#include "api/media_types.hpp"
#include "api/pages.hpp"
#include "api/row_stream.hpp"
#include "api/runs.hpp"
#include "api/tags.hpp"

namespace terracat::api {
namespace {

constexpr std::size_t standard_documents = 1'000;
constexpr std::size_t most_documents = 10'000;

std::string address_of(Exchange const& exchange, RunNumber run) {
  return exchange.url("/api/v1/runs/" + std::to_string(static_cast<std::int64_t>(run)));
}

void write_finding(json::Writer& out, RunFinding const& finding) {
  out.begin_object().name("outcome").string(name(finding.outcome));
  out.member("code", finding.code).member("meaning", meaning_of(finding.code));
  out.name("documents").integer(finding.documents).end_object();
}

/// What is told of, after the last document that was told before.
struct DocumentRows {
  RunDocumentSearch search;

  bool operator()(Exchange const& exchange, catalogue::View& view, std::size_t most,
                  RowWriter& out) {
    static_cast<void>(exchange);
    search.limit = static_cast<std::int64_t>(most);
    auto const documents = view.reader().run_documents(search);
    for (auto const& document : documents) {
      json::Writer row;
      write_run_document(row, document);
      out.append(row.take());
      search.after = document.number;
    }
    return documents.size() == most;
  }
};

} // namespace

void write_course(json::Writer& out, Run const& run) {
  out.name("mode").string(run.mode);
  out.name("outcome").string(name(run.outcome));
  out.member("started", model::to_iso8601(run.started));
  if (run.finished) out.member("finished", model::to_iso8601(*run.finished));
  for (auto const& row : count_table) out.name(row.name).integer(run.counts.*row.count);
}

void write_run(json::Writer& out, Run const& run) {
  out.begin_object().name("number").integer(static_cast<std::int64_t>(run.number));
  out.name("source").string(run.source);
  write_course(out, run);
  out.member("message", run.message).end_object();
}

void write_run_document(json::Writer& out, RunDocument const& document) {
  out.begin_object().name("number").integer(document.number);
  out.name("id").string(document.native_id);
  out.name("outcome").string(name(document.outcome));
  out.member("code", document.code).member("meaning", meaning_of(document.code));
  out.member("where", document.where).member("excerpt", document.excerpt).end_object();
}

Reply get_runs(Exchange& exchange) {
  ParameterInput const input(exchange);
  auto view = view_of_pages(exchange);
  auto const limit = read_limit(exchange, standard_runs, most_listed_runs);
  json::Writer out;
  out.begin_object().name("runs").begin_array();
  for (auto const& run : view.reader().runs(input.text("source").value_or(""), limit)) {
    write_run(out, run);
  }
  return unkept(200, json_type, out.end_array().end_object().take());
}

Reply get_run(Exchange& exchange) {
  auto view = view_of_pages(exchange);
  auto const run = existing_run(exchange, view);
  json::Writer out;
  out.begin_object().name("run");
  write_run(out, run);
  out.name("findings").begin_array();
  for (auto const& finding : view.reader().run_findings(run.number)) write_finding(out, finding);
  out.end_array();
  out.name("documents").string(address_of(exchange, run.number) + "/documents");
  return unkept(200, json_type, out.end_object().take());
}

Reply get_run_documents(Exchange& exchange) {
  auto view = view_of_pages(exchange);
  auto search = document_search(exchange, existing_run(exchange, view));
  if (exchange.form() != Form::json) {
    return stream_rows(exchange, view,
                       {.next = DocumentRows{std::move(search)},
                        .piece = standard_documents,
                        .page = std::nullopt,
                        .most = limit_of_stream(exchange),
                        .table = table_of_run_documents(),
                        .depends_on_language = false});
  }
  auto const limit = read_limit(exchange, standard_documents, most_documents);
  search.limit = static_cast<std::int64_t>(limit);
  auto const documents = view.reader().run_documents(search);
  json::Writer out;
  out.begin_object().name("documents").begin_array();
  for (auto const& document : documents) write_run_document(out, document);
  out.end_array();
  if (documents.size() == limit) out.name("after").integer(documents.back().number);
  return unkept(200, json_type, out.end_object().take());
}

} // namespace terracat::api

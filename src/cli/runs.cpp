#include "api/csv.hpp"
#include "api/run_report.hpp"
#include "api/trends.hpp"
#include "cli/commands.hpp"
#include "cli/run_text.hpp"
#include "cli/terminal.hpp"

#include "store/stores.hpp"

#include <iomanip>
#include <iostream>

namespace terracat::cli {
namespace {

constexpr std::int64_t piece = 1'000; ///< documents that are read at once

void print(Run const& run) {
  std::cout << std::right << std::setw(6) << static_cast<std::int64_t>(run.number) << "  "
            << time_text(run.started) << "  " << std::left << std::setw(20)
            << plain_line(run.source) << std::setw(12) << plain_line(run.mode) << std::setw(12)
            << name(run.outcome) << text_of(run.counts);
  if (!run.message.empty()) std::cout << "; " << plain_line(run.message);
  std::cout << '\n';
}

void print(RunDocument const& document) {
  std::cout << std::left << std::setw(9) << name(document.outcome) << std::setw(24)
            << plain_line(document.code) << plain_line(document.native_id);
  if (!document.where.empty()) std::cout << "  " << plain_line(document.where);
  if (!document.excerpt.empty()) std::cout << "  " << plain_line(document.excerpt);
  std::cout << '\n';
}

/// Calls `each` with every document of the run.
template<class Each>
void visit_documents(store::Reader& reader, RunNumber run, Each const& each) {
  RunDocumentSearch search{.run = run, .limit = piece};
  for (;;) {
    auto const documents = reader.run_documents(search);
    for (auto const& document : documents) each(document);
    if (std::cmp_less(documents.size(), piece)) return;
    search.after = documents.back().number;
  }
}

void print_as_table(store::Reader& reader, RunNumber run) {
  auto const table = api::table_of_run_documents();
  json::Parser parser;
  std::string line;
  api::append_header(line, table);
  std::cout << line;
  visit_documents(reader, run, [&](RunDocument const& document) {
    json::Writer row;
    api::write_run_document(row, document);
    auto const text = row.take();
    line.clear();
    api::append_row(line, *parser.parse(text), table);
    std::cout << line;
  });
}

void print_as_json(store::Reader& reader, Run const& run) {
  json::Writer out;
  out.begin_object().name("run");
  api::write_run(out, run);
  out.name("documents").begin_array();
  visit_documents(reader, run.number,
                  [&](RunDocument const& document) { api::write_run_document(out, document); });
  std::cout << out.end_array().end_object().take() << '\n';
}

int show_one(store::Reader& reader, ShowRuns const& options) {
  auto const run = reader.run(RunNumber{static_cast<std::int64_t>(*options.number)});
  if (!run) {
    std::cerr << "terracat: there is no run " << *options.number << '\n';
    return failed;
  }
  if (options.csv) {
    print_as_table(reader, run->number);
  } else if (options.json) {
    print_as_json(reader, *run);
  } else {
    print(*run);
    visit_documents(reader, run->number, [](RunDocument const& document) { print(document); });
  }
  return success;
}

void print_as_json(std::vector<Run> const& runs) {
  json::Writer out;
  out.begin_object().name("runs").begin_array();
  for (auto const& one : runs) api::write_run(out, one);
  std::cout << out.end_array().end_object().take() << '\n';
}

void print(catalogue::Trend const& trend) {
  std::cout << plain_line(trend.source);
  if (auto const words = api::words_of(trend.departures); !words.empty()) {
    std::cout << "  unusual: " << words;
  }
  std::cout << '\n';
  for (auto const& run : trend.runs) {
    std::cout << std::right << std::setw(6) << static_cast<std::int64_t>(run.number) << "  "
              << time_text(run.started) << std::left;
    for (auto const& measure : catalogue::measures) {
      std::cout << "  " << measure.value(run) << ' ' << measure.name;
    }
    std::cout << '\n';
  }
}

void print_as_table(std::vector<catalogue::Trend> const& trends) {
  auto const table = api::table_of_trends();
  json::Parser parser;
  std::string line;
  api::append_header(line, table);
  for (auto const& trend : trends) {
    for (auto const& row : api::rows_of(trend)) {
      api::append_row(line, *parser.parse(row), table);
    }
  }
  std::cout << line;
}

int show_trends(store::Reader& reader, ShowRuns const& options) {
  auto const trends = catalogue::read_trends(reader, "", options.limit);
  if (options.json) {
    json::Writer out;
    out.begin_object().name("sources").begin_array();
    for (auto const& trend : trends) api::write_trend(out, trend);
    std::cout << out.end_array().end_object().take() << '\n';
  } else if (options.csv) {
    print_as_table(trends);
  } else {
    for (auto const& trend : trends) print(trend);
    if (trends.empty()) std::cout << "no source was harvested completely yet\n";
  }
  return success;
}

} // namespace

int run(config::Config const& config, ShowRuns const& options) {
  auto const store = store::open_store(config.store.path, store::Access::read);
  auto const reader = store->reader();
  reader->begin();
  if (options.number) return show_one(*reader, options);
  if (options.trends) return show_trends(*reader, options);
  auto const runs = reader->runs("", options.limit);
  if (options.json) {
    print_as_json(runs);
    return success;
  }
  for (auto const& one : runs) print(one);
  if (runs.empty()) std::cout << "nothing was harvested yet\n";
  return success;
}

} // namespace terracat::cli

#include "api/trends.hpp"

#include "api/criteria_input.hpp"
#include "api/handlers.hpp"
#include "api/media_types.hpp"
#include "api/pages.hpp"
#include "api/row_stream.hpp"
#include "api/runs.hpp"
#include "api/search_input.hpp"
#include "api/tags.hpp"

namespace terracat::api {
namespace {

/// The members of an object in which a run is compared, with what is unusual of it in words.
void write_compared(json::Writer& out, Run const& run, catalogue::Trend const& trend) {
  out.name("run").integer(static_cast<std::int64_t>(run.number));
  out.member("mode", run.mode).member("started", model::to_iso8601(run.started));
  for (auto const& measure : catalogue::measures) {
    out.name(measure.name).integer(measure.value(run));
  }
  if (&run == &trend.runs.front()) out.member("unusual", words_of(trend.departures));
}

/// All that there are: they are few.
struct TrendRows {
  std::string source;
  std::size_t runs;

  bool operator()(Exchange const& exchange, catalogue::View& view, std::size_t most,
                  RowWriter& out) const {
    static_cast<void>(exchange);
    static_cast<void>(most);
    for (auto const& trend : catalogue::read_trends(view.reader(), source, runs)) {
      for (auto const& row : rows_of(trend)) out.append(row);
    }
    return false;
  }
};

} // namespace

std::string words_of(std::vector<catalogue::Departure> const& departures) {
  std::string out;
  for (auto const& [measure, now, usual] : departures) {
    out += out.empty() ? "" : "; ";
    out += std::string(measure) + ' ' + std::to_string(now) + " (usually " + std::to_string(usual) +
           ')';
  }
  return out;
}

std::vector<std::string> rows_of(catalogue::Trend const& trend) {
  std::vector<std::string> out;
  for (auto const& run : trend.runs) {
    json::Writer row;
    row.begin_object().member("source", trend.source);
    write_compared(row, run, trend);
    out.push_back(row.end_object().take());
  }
  return out;
}

void write_trend(json::Writer& out, catalogue::Trend const& trend) {
  out.begin_object().member("source", trend.source).name("unusual").begin_array();
  for (auto const& [measure, now, usual] : trend.departures) {
    out.begin_object().member("what", measure).name("now").integer(now);
    out.name("usual").integer(usual).end_object();
  }
  out.end_array().name("runs").begin_array();
  for (auto const& run : trend.runs) {
    out.begin_object();
    write_compared(out, run, trend);
    out.end_object();
  }
  out.end_array().end_object();
}

Reply get_trends(Exchange& exchange) {
  auto view = view_of_pages(exchange);
  auto const runs = read_limit(exchange, standard_runs, most_listed_runs);
  auto const source = std::string(ParameterInput(exchange).text("source").value_or(""));
  if (exchange.form() != Form::json) {
    return stream_rows(exchange, view,
                       {.next = TrendRows{source, runs},
                        .piece = most_listed_runs,
                        .page = std::nullopt,
                        .most = std::nullopt,
                        .table = table_of_trends(),
                        .depends_on_language = false});
  }
  json::Writer out;
  out.begin_object().name("sources").begin_array();
  for (auto const& trend : catalogue::read_trends(view.reader(), source, runs)) {
    write_trend(out, trend);
  }
  return unkept(200, json_type, out.end_array().end_object().take());
}

} // namespace terracat::api

#include "api/handlers.hpp"
#include "api/links.hpp"
#include "api/run_report.hpp"
#include "api/tags.hpp"
#include "catalogue/kept_cursor.hpp"

#include <algorithm>
#include <map>

namespace terracat::api {
namespace {

void write_failed(json::Writer& out, std::vector<Unready> const& unready) {
  out.name("failed").begin_array();
  for (auto const& [check, reason] : unready) {
    out.begin_object().name("check").string(check).name("reason").string(reason).end_object();
  }
  out.end_array();
}

/// What a source is to the site: harvested as configured, imported from files, or gone from the
/// configuration.
std::string_view standing(Exchange& exchange, store::Reader& reader, std::string const& source) {
  auto const& configured = exchange.site().sources;
  if (std::ranges::find(configured, source) != configured.end()) return "configured";
  auto const last = reader.runs(source, 1);
  return !last.empty() && last.front().mode == "import" ? "imported" : "retired";
}

void write_sources(json::Writer& out, Exchange& exchange, store::Reader& reader,
                   std::vector<SourceState> const& states) {
  out.name("sources").begin_array();
  for (auto const& state : states) {
    out.begin_object().name("source").string(state.name);
    out.name("standing").string(standing(exchange, reader, state.name));
    if (state.last_complete) {
      out.member("last_complete", model::to_iso8601(*state.last_complete));
    }
    if (state.last_changes) out.member("last_changes", model::to_iso8601(*state.last_changes));
    out.name("interrupted").boolean(catalogue::is_interrupted(state)).end_object();
  }
  out.end_array();
}

void write_backups(json::Writer& out, Site const& site) {
  auto const backups = site.backups ? site.backups() : std::nullopt;
  if (!backups) return;
  out.name("backups").begin_object().name("newest");
  if (backups->newest) {
    auto const age = model::Instant::now().milliseconds() - backups->newest->milliseconds();
    out.string(model::to_iso8601(*backups->newest)).name("age_seconds").integer(age / 1'000);
  } else {
    out.null();
  }
  out.end_object();
}

std::vector<Standstill> standstills(Site const& site, store::Reader& reader) {
  return site.standstills ? site.standstills(reader) : std::vector<Standstill>();
}

/// What waits for an operator, although the site works.
void write_remarks(json::Writer& out, std::vector<SourceState> const& states,
                   std::vector<Standstill> const& still) {
  out.name("remarks").begin_array();
  for (auto const& one : still) {
    if (one.paused_since) {
      out.begin_object().name("code").string("SourcePaused").name("source").string(one.source);
      out.member("since", model::to_iso8601(*one.paused_since)).end_object();
    }
    if (one.rests_until) {
      out.begin_object().name("code").string("HostRests").name("source").string(one.source);
      out.member("until", model::to_iso8601(*one.rests_until));
      out.name("failures").integer(one.failures).end_object();
    }
  }
  for (auto const& state : states) {
    if (state.held == 0) continue;
    out.begin_object().name("code").string("MassDeletionHeld").name("source").string(state.name);
    out.name("removals").integer(state.held).end_object();
  }
  out.end_array();
}

std::vector<SourceState> states_of(store::Reader& reader) {
  std::vector<SourceState> out;
  for (auto const& name : reader.sources()) out.push_back(reader.source(name));
  return out;
}

struct Held {
  std::int64_t collections = 0;
  std::int64_t items = 0;
};

/// What stands of one source, and how old it is.
void write_harvest(json::Writer& out, Exchange& exchange, store::Reader& reader,
                   SourceState const& state, Held const& held,
                   std::vector<Standstill> const& still) {
  out.begin_object().name("source").string(state.name);
  out.member("pole", pole_name(exchange.site(), state.name));
  out.name("standing").string(standing(exchange, reader, state.name));
  auto const records = reader.records({.sources = {state.name}, .limit = 1}).matched;
  out.name("records").integer(static_cast<std::int64_t>(records));
  out.name("collections").integer(held.collections).name("items").integer(held.items);
  if (auto const known = state.last_known()) {
    auto const age = model::Instant::now().milliseconds() - known->milliseconds();
    out.member("last_complete", model::to_iso8601(*state.last_complete));
    if (state.last_changes) out.member("last_changes", model::to_iso8601(*state.last_changes));
    out.name("lag_seconds").integer(age / 1'000);
  }
  out.name("interrupted").boolean(catalogue::is_interrupted(state));
  out.name("held_removals").integer(state.held);
  if (auto const one = std::ranges::find(still, state.name, &Standstill::source);
      one != still.end()) {
    if (one->paused_since) out.member("paused_since", model::to_iso8601(*one->paused_since));
    if (one->rests_until) out.member("rests_until", model::to_iso8601(*one->rests_until));
  }
  if (auto const runs = reader.runs(state.name, 1); !runs.empty()) {
    out.name("last_run").begin_object();
    write_course(out, runs.front());
    out.end_object();
  }
  out.end_object();
}

} // namespace

Reply get_status(Exchange& exchange) {
  auto const& site = exchange.site();
  auto view = exchange.view(whole_root(site, Family::records).scope);
  std::map<std::string, Held> of_source;
  for (auto const& collection : view.every_collection()) {
    auto& held = of_source[collection.entry->source];
    ++held.collections;
    held.items += collection.entry->derived.items;
  }
  json::Writer out;
  out.begin_object().name("sites").begin_array().begin_object();
  out.name("title").string(site.title).name("href").string(site.public_url + "/");
  out.name("version").string(site.version);
  out.name("ready").boolean(site.readiness().empty()).end_object().end_array();
  out.name("harvests").begin_array();
  auto const still = standstills(site, view.reader());
  for (auto const& state : states_of(view.reader())) {
    write_harvest(out, exchange, view.reader(), state, of_source[state.name], still);
  }
  return unkept(200, json_type, out.end_array().end_object().take());
}

Reply get_health(Exchange& exchange) {
  auto& reader = exchange.worker().session().reader();
  reader.set_deadline(exchange.request().deadline);
  reader.begin();
  auto const states = states_of(reader);
  auto const unready = exchange.site().readiness();
  json::Writer out;
  out.begin_object().name("status").string(unready.empty() ? "ready" : "not ready");
  out.name("version").string(exchange.site().version);
  write_failed(out, unready);
  write_sources(out, exchange, reader, states);
  write_backups(out, exchange.site());
  write_remarks(out, states, standstills(exchange.site(), reader));
  return unkept(200, json_type, out.end_object().take());
}

Reply get_live(Exchange&) {
  return unkept(200, json_type, R"({"status":"ok"})");
}

Reply get_ready(Exchange& exchange) {
  auto const unready = exchange.site().readiness();
  json::Writer out;
  out.begin_object().name("status").string(unready.empty() ? "ready" : "not ready");
  write_failed(out, unready);
  out.end_object();
  return unkept(unready.empty() ? 200 : 503, json_type, out.take());
}

Reply get_metrics(Exchange& exchange) {
  return unkept(200, "text/plain; version=0.0.4; charset=utf-8", exchange.site().metrics());
}

} // namespace terracat::api

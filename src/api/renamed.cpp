#include "api/commit.hpp"
#include "api/decision.hpp"
#include "api/handlers.hpp"
#include "api/media_types.hpp"
#include "api/tags.hpp"
#include "catalogue/renamings.hpp"

#include <terracat/finding.hpp>
#include <terracat/text.hpp>

#include <array>

/// Records that may have another identifier at their source, and what operators decide of them.
namespace terracat::api {
namespace {

constexpr std::array<std::string_view, 2> renaming_verbs{"accept", "refuse"};

void write_named(json::Writer& out, std::string_view name, store::RecordRow const& row) {
  out.name(name).begin_object().member("id", row.id).member("native_id", row.native_id);
  out.end_object();
}

catalogue::RenamingEdit read_renaming(Exchange const& exchange) {
  Decision const decision(exchange);
  catalogue::RenamingEdit out{.former = decision.text("former"),
                              .now = decision.text("now"),
                              .is_accepted = decision.verb(renaming_verbs) == "accept",
                              .author = excerpt(decision.text("by")),
                              .reason = excerpt(decision.text("reason")),
                              .at = model::Instant::now()};
  if (out.former.empty()) {
    Decision::refuse("expected the id of the record that is missing", "former");
  }
  if (out.now.empty()) Decision::refuse("expected the id of the new record", "now");
  return out;
}

Reply renaming_reply(catalogue::RenamingEdit const& edit) {
  json::Writer out;
  out.begin_object().member("former", edit.former).member("now", edit.now);
  out.name("decision").string(edit.is_accepted ? "accept" : "refuse").end_object();
  return unkept(200, json_type, out.take());
}

} // namespace

Reply get_renamed(Exchange& exchange) {
  auto const session = exchange.catalogue().session();
  auto& reader = session->reader();
  reader.begin();
  auto const sources = reader.sources();
  reader.end();
  json::Writer out;
  out.begin_object().name("renamed").begin_array();
  for (auto const& source : sources) {
    for (auto const& [former, now] : catalogue::likely_renamings(reader, source)) {
      out.begin_object().member("title", now.title).member("source", source);
      write_named(out, "former", former);
      write_named(out, "now", now);
      out.end_object();
    }
  }
  return unkept(200, json_type, out.end_array().end_object().take());
}

Reply post_renamed(Exchange& exchange) {
  auto const edit = read_renaming(exchange);
  return committed(
      exchange,
      {.transaction = [&] { return catalogue::Transaction{.sources = {}, .change = edit}; },
       .may_retry = false,
       .address = [&] { return exchange.url("/api/v1/renamed"); },
       .answer = [&] { return renaming_reply(edit); },
       .brief = [&](std::string const&) { return renaming_reply(edit); }});
}

} // namespace terracat::api

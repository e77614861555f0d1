#include "api/commit.hpp"
#include "api/handlers.hpp"
#include "api/media_types.hpp"
#include "api/tags.hpp"
#include "catalogue/renamings.hpp"

#include <terracat/finding.hpp>
#include <terracat/text.hpp>

#include <algorithm>
#include <array>

/// Records that may have another identifier at their source, and what operators decide of them.
namespace terracat::api {
namespace {

constexpr std::array<std::string_view, 2> renaming_verbs{"accept", "refuse"};

void write_named(json::Writer& out, std::string_view name, store::RecordRow const& row) {
  out.name(name).begin_object().member("id", row.id).member("native_id", row.native_id);
  out.end_object();
}

std::string member_text(json::Value const& body, std::string_view member) {
  auto const value = body.member(member);
  auto const text = value ? value->string() : std::nullopt;
  if (value && !text) {
    throw ProblemError({.kind = ProblemKind::invalid_body,
                        .detail = "expected a text",
                        .where = "/" + std::string(member)});
  }
  return text ? std::string(*text) : std::string();
}

catalogue::RenamingEdit read_renaming(Exchange const& exchange) {
  auto const parsed = exchange.worker().parser().parse(exchange.request().body);
  if (!parsed) throw ProblemError(parsed.error());
  auto const refuse = [](std::string detail, std::string where) {
    throw ProblemError({.kind = ProblemKind::invalid_body,
                        .detail = std::move(detail),
                        .where = std::move(where)});
  };
  if (!parsed->is_object()) refuse("expected an object", "");
  auto const verb = member_text(*parsed, "decision");
  if (std::ranges::find(renaming_verbs, verb) == renaming_verbs.end()) {
    refuse("expected one of " + listed(renaming_verbs), "/decision");
  }
  catalogue::RenamingEdit out{.former = member_text(*parsed, "former"),
                              .now = member_text(*parsed, "now"),
                              .is_accepted = verb == "accept",
                              .author = excerpt(member_text(*parsed, "by")),
                              .reason = excerpt(member_text(*parsed, "reason")),
                              .at = model::Instant::now()};
  if (out.former.empty()) refuse("expected the id of the record that is missing", "/former");
  if (out.now.empty()) refuse("expected the id of the new record", "/now");
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

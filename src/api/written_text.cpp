#include "api/written_text.hpp"

#include "api/json_patch.hpp"
#include "api/media_types.hpp"
#include "api/merge_patch.hpp"

#include <terracat/store_error.hpp>
#include <terracat/text.hpp>

#include <algorithm>
#include <array>
#include <chrono>

namespace terracat::api {
namespace {

std::string detail_of(Finding const& finding) {
  bool const is_lost = severity(finding.code) == Severity::warning;
  auto detail = (is_lost ? "what is written has to be kept as it is, but " : "") +
                std::string(sentence(finding.code));
  if (!finding.excerpt.empty()) detail += ": " + finding.excerpt;
  return detail;
}

bool is_own(Exchange const& exchange, json::Value const& link) {
  constexpr std::array<std::string_view, 4> relations{"self", "canonical", "alternate", "via"};
  auto const relation = link.string("rel");
  auto const href = link.string("href");
  return relation && href && href->starts_with(exchange.site().public_url + "/") &&
         std::ranges::find(relations, *relation) != relations.end();
}

} // namespace

json::Value parsed_body(Exchange const& exchange, std::string_view text) {
  auto const body = exchange.worker().body_parser().parse(text);
  if (!body) throw ProblemError(body.error());
  return *body;
}

void expect_time(Exchange const& exchange) {
  if (std::chrono::steady_clock::now() > exchange.request().deadline) {
    throw store::DeadlinePassed();
  }
}

std::string patched(Exchange const& exchange, json::Value const& kept) {
  auto const patch = parsed_body(exchange, exchange.request().body);
  auto const type = exchange.request().head.content_type;
  bool const is_json_patch =
      equal_ignoring_case(trimmed(type.substr(0, type.find(';'))), json_patch_type);
  if (!is_json_patch && !patch.is_object()) {
    refuse_written("", "", "expected an object: a JSON Merge Patch (RFC 7396)");
  }
  auto out = is_json_patch ? json_patched(kept, patch) : merged(kept, patch);
  auto const most = exchange.site().transactions.value().max_body_bytes;
  if (out.size() > most) {
    refuse_written("", "",
                   "this would make it larger than the " + std::to_string(most) +
                       " bytes that are accepted");
  }
  return out;
}

void refuse_written(std::string const& where, std::string_view place, std::string detail) {
  throw ProblemError({.kind = ProblemKind::invalid_body,
                      .detail = std::move(detail),
                      .where = where + std::string(place)});
}

formats::Resource read_strictly(Exchange const& exchange, std::string_view format,
                                std::string const& document, std::string const& where,
                                bool is_ours) {
  std::string const no_address;
  auto reading =
      formats::find(format)->read(document, {.address = no_address,
                                             .language = {},
                                             .local_assets = {},
                                             .is_ours = is_ours,
                                             .json = exchange.worker().document_parser()});
  if (!reading) refuse_written(where, reading.error().where, detail_of(reading.error()));
  for (auto const& finding : reading->findings) {
    refuse_written(where, finding.where, detail_of(finding));
  }
  return std::move(reading->resource);
}

void write_sent_links(json::Writer& out, Exchange const& exchange, json::Value const& links) {
  out.begin_array();
  for (auto const link : links.elements()) {
    if (is_own(exchange, link)) {
      out.begin_object().member("rel", "root").member("href", exchange.url("")).end_object();
    } else {
      out.value(link);
    }
  }
  out.end_array();
}

} // namespace terracat::api

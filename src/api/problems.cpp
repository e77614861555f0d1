#include "api/problems.hpp"

#include "api/media_types.hpp"

#include <terracat/json.hpp>

#include <algorithm>
#include <array>
#include <chrono>

namespace terracat::api {
namespace {

// THE table of problems.
constexpr std::array rows{
    ProblemRow{ProblemKind::invalid_parameter, 400, "invalid-parameter",
               "A parameter cannot be read"},
    ProblemRow{ProblemKind::unknown_parameter, 400, "unknown-parameter",
               "There is no such parameter here"},
    ProblemRow{ProblemKind::invalid_body, 400, "invalid-body", "The request body cannot be read"},
    ProblemRow{ProblemKind::invalid_filter, 400, "invalid-filter", "The filter cannot be read"},
    ProblemRow{ProblemKind::unknown_property, 400, "unknown-property",
               "There is no such property here"},
    ProblemRow{ProblemKind::token_mismatch, 400, "token-mismatch",
               "The page token belongs to another search"},
    ProblemRow{ProblemKind::token_expired, 410, "token-expired",
               "The page token is of an earlier catalogue"},
    ProblemRow{ProblemKind::not_found, 404, "not-found", "There is nothing at this address"},
    ProblemRow{ProblemKind::gone, 410, "gone", "What was at this address was removed"},
    ProblemRow{ProblemKind::unauthenticated, 401, "unauthenticated", "A key is needed here"},
    ProblemRow{ProblemKind::forbidden, 403, "forbidden", "The key does not open this"},
    ProblemRow{ProblemKind::conflict, 409, "conflict", "It conflicts with what is there"},
    ProblemRow{ProblemKind::owned_by_source, 409, "owned-by-source",
               "This belongs to another source"},
    ProblemRow{ProblemKind::precondition_failed, 412, "precondition-failed",
               "It was changed meanwhile"},
    ProblemRow{ProblemKind::method_not_allowed, 405, "method-not-allowed",
               "The method is not allowed here"},
    ProblemRow{ProblemKind::unsupported_media_type, 415, "unsupported-media-type",
               "The body is of a type that is not read here"},
    ProblemRow{ProblemKind::range_not_satisfiable, 416, "range-not-satisfiable",
               "The range lies beyond the end of the file"},
    ProblemRow{ProblemKind::too_slow, 503, "query-too-slow",
               "The answer would have taken too long"},
    ProblemRow{ProblemKind::scan_busy, 503, "scan-busy",
               "There are enough searches of this kind already"},
    ProblemRow{ProblemKind::overloaded, 503, "overloaded", "There is too much to do at the moment"},
    ProblemRow{ProblemKind::outcome_unknown, 503, "outcome-unknown",
               "It is not known whether it was done"},
    ProblemRow{ProblemKind::store_read_only, 503, "store-read-only",
               "Nothing can be written at the moment"},
    ProblemRow{ProblemKind::store_full, 507, "store-full", "There is no room left on the disc"},
    ProblemRow{ProblemKind::store_corrupt, 500, "store-corrupt", "A stored value is damaged"},
    ProblemRow{ProblemKind::internal, 500, "internal", "Something went wrong on our side"},
};

constexpr bool in_order() {
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (static_cast<std::size_t>(rows.at(i).kind) != i) return false;
  }
  return rows.size() == static_cast<std::size_t>(ProblemKind::internal) + 1;
}

static_assert(in_order(), "the rows stand in the order of the kinds, none left out");

/// What clients are told of a request that sockets refuse before a handler could.
struct RefusalRow {
  int status;
  std::string_view code;
  std::string_view title;
};

// THE table of refusals, one row for each status.
constexpr std::array refusals{
    RefusalRow{400, "bad-request", "The request is not HTTP as it should be"},
    RefusalRow{408, "request-timeout", "The request took too long to arrive"},
    RefusalRow{413, "payload-too-large", "The request body is too large"},
    RefusalRow{414, "uri-too-long", "The request line is too long"},
    RefusalRow{417, "expectation-failed", "An expectation cannot be met"},
    RefusalRow{429, "too-many-requests", "Too many requests from one address"},
    RefusalRow{431, "headers-too-large", "The request headers are too large"},
    RefusalRow{501, "not-implemented", "This part of HTTP is not offered here"},
    RefusalRow{505, "version-not-supported", "This version of HTTP is not spoken here"},
};

/// Enough for a moment of much work to pass. A client at a limit of its own is told by net/
/// instead.
constexpr std::chrono::seconds retry_after{5};

RefusalRow refusal_row(int status) noexcept {
  auto const* const found = std::ranges::find(refusals, status, &RefusalRow::status);
  if (found != refusals.end()) return *found;
  auto const& row = problem_row(status == 415   ? ProblemKind::unsupported_media_type
                                : status == 503 ? ProblemKind::overloaded
                                                : ProblemKind::internal);
  return {row.status, row.code, row.title};
}

Reply reply_of(RefusalRow const& row, std::string_view detail, std::string_view where,
               std::string_view request_id) {
  json::Writer out;
  out.begin_object();
  out.name("type").string("about:blank").name("title").string(row.title);
  out.name("status").integer(row.status).member("detail", detail).member("where", where);
  out.name("code").string(row.code);
  out.name("description").string(detail.empty() ? row.title : detail);
  out.member("request_id", request_id);
  out.end_object();
  Reply reply{.status = row.status,
              .content_type = std::string(problem_type),
              .headers = {{"Cache-Control", "no-store"}},
              .content = Text{out.take()}};
  if (row.status == 401) reply.headers.emplace_back("WWW-Authenticate", "Bearer");
  if (row.status == 503 || row.status == 429) {
    reply.headers.emplace_back("Retry-After", std::to_string(retry_after.count()));
  }
  return reply;
}

} // namespace

ProblemRow const& problem_row(ProblemKind kind) noexcept {
  return rows[static_cast<std::size_t>(kind)];
}

Reply problem_reply(Problem const& problem, std::string_view request_id) {
  auto const& row = problem_row(problem.kind);
  return reply_of({row.status, row.code, row.title}, problem.detail, problem.where, request_id);
}

Reply refusal_reply(int status, std::string_view detail, std::string_view request_id) {
  return reply_of(refusal_row(status), detail, {}, request_id);
}

} // namespace terracat::api

#include "api/handlers.hpp"
#include "api/links.hpp"

namespace terracat::api {
namespace {

Reply plain(int status, std::string_view media_type, std::string body) {
  return {.status = status,
          .content_type = std::string(media_type),
          .headers = {{"Cache-Control", "no-store"}},
          .content = Text{std::move(body)}};
}

} // namespace

Reply get_live(Exchange&) {
  return plain(200, json_type, R"({"status":"ok"})");
}

Reply get_ready(Exchange& exchange) {
  auto const unready = exchange.site().readiness();
  json::Writer out;
  out.begin_object().name("status").string(unready.empty() ? "ready" : "not ready");
  out.name("failed").begin_array();
  for (auto const& [check, reason] : unready) {
    out.begin_object().name("check").string(check).name("reason").string(reason).end_object();
  }
  out.end_array().end_object();
  return plain(unready.empty() ? 200 : 503, json_type, out.take());
}

Reply get_metrics(Exchange& exchange) {
  return plain(200, "text/plain; version=0.0.4; charset=utf-8", exchange.site().metrics());
}

} // namespace terracat::api

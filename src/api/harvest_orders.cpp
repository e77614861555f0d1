#include "api/criteria_input.hpp"
#include "api/handlers.hpp"
#include "api/media_types.hpp"
#include "api/pages.hpp"
#include "api/runs.hpp"
#include "api/tags.hpp"

/// What operators say to harvests: leave a source alone, go on with it, stop a run.
namespace terracat::api {
namespace {

HarvestOrders& orders_of(Exchange const& exchange) {
  auto const& orders = exchange.site().orders;
  if (!orders) {
    throw ProblemError({.kind = ProblemKind::store_read_only,
                        .detail = "this server only reads, and harvests nothing",
                        .where = {}});
  }
  return *orders;
}

std::string reason_in(Exchange const& exchange) {
  auto const parsed = exchange.worker().parser().parse(exchange.request().body);
  if (!parsed) throw ProblemError(parsed.error());
  auto const refuse = [](std::string detail, std::string where) {
    throw ProblemError({.kind = ProblemKind::invalid_body,
                        .detail = std::move(detail),
                        .where = std::move(where)});
  };
  if (!parsed->is_object()) refuse("expected an object", "");
  auto const reason = parsed->member("reason");
  if (!reason) return {};
  auto const text = reason->string();
  if (!text) refuse("expected a text", "/reason");
  return std::string(*text);
}

} // namespace

Reply post_pause(Exchange& exchange) {
  auto const source = exchange.captured("source");
  auto const is_new = orders_of(exchange).pause(source, reason_in(exchange)).value();
  json::Writer out;
  out.begin_object().member("source", source).name("paused").boolean(true);
  out.name("was_paused").boolean(!is_new).end_object();
  return unkept(200, json_type, out.take());
}

Reply post_resume(Exchange& exchange) {
  auto const source = exchange.captured("source");
  auto const goes_on = orders_of(exchange).resume(source).value();
  json::Writer out;
  out.begin_object().member("source", source).name("paused").boolean(false);
  out.name("goes_on").boolean(goes_on).end_object();
  return unkept(200, json_type, out.take());
}

Reply post_abort(Exchange& exchange) {
  auto& orders = orders_of(exchange);
  auto const number = [&] {
    auto view = view_of_pages(exchange);
    return existing_run(exchange, view).number;
  }();
  auto const source = orders.abort(number).value();
  json::Writer out;
  out.begin_object().name("run").integer(static_cast<std::int64_t>(number));
  out.member("source", source).name("stops").boolean(true).end_object();
  return unkept(200, json_type, out.take());
}

} // namespace terracat::api

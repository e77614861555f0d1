#include "api/decision.hpp"
#include "api/handlers.hpp"
#include "api/media_types.hpp"
#include "api/pages.hpp"
#include "api/runs.hpp"
#include "api/tags.hpp"
#include "pages/operator_pages.hpp"
#include "pages/run_words.hpp"

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

RunNumber run_of(Exchange& exchange) {
  auto view = view_of_pages(exchange);
  return existing_run(exchange, view).number;
}

} // namespace

Reply post_pause(Exchange& exchange) {
  auto const source = exchange.captured("source");
  auto const is_new = orders_of(exchange).pause(source, Decision(exchange).text("reason")).value();
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
  auto const number = run_of(exchange);
  auto const source = orders.abort(number).value();
  json::Writer out;
  out.begin_object().name("run").integer(static_cast<std::int64_t>(number));
  out.member("source", source).name("stops").boolean(true).end_object();
  return unkept(200, json_type, out.take());
}

Reply post_pause_form(Exchange& exchange) {
  auto const reason = std::string(exchange.fields().get("reason").value_or(""));
  static_cast<void>(orders_of(exchange).pause(exchange.captured("source"), reason).value());
  return led_back(exchange, pages::operator_path(pages::OrderGiven::pause));
}

Reply post_resume_form(Exchange& exchange) {
  static_cast<void>(orders_of(exchange).resume(exchange.captured("source")).value());
  return led_back(exchange, pages::operator_path(pages::OrderGiven::resume));
}

Reply post_abort_form(Exchange& exchange) {
  auto& orders = orders_of(exchange);
  auto const number = run_of(exchange);
  static_cast<void>(orders.abort(number).value());
  return led_back(exchange, pages::operator_path(pages::OrderGiven::abort));
}

} // namespace terracat::api

// How a connection gets from a request to an answer: here, on a heavy thread, later, or not at all.

#include "log/events.hpp"
#include "net/coding.hpp"
#include "net/connection.hpp"
#include "net/io_thread.hpp"

#include <boost/asio/bind_allocator.hpp>
#include <boost/asio/post.hpp>

namespace terracat::net {
namespace {

/// Bodies up to this size are coded in less time than it takes to hand them to another thread.
constexpr std::size_t most_coded_here = std::size_t{10} << 10;

constexpr Refusal queue_is_full{
    .status = 503, .reason = Reason::queue, .detail = "the server has more to do than it can"};

constexpr Refusal too_many_wait{
    .status = 503, .reason = Reason::waiting, .detail = "too many requests wait for news already"};

constexpr Refusal too_late{.status = 503,
                           .reason = Reason::deadline,
                           .detail = "the time for the request was over before its turn came"};

constexpr Refusal costs_too_much{
    .status = 429,
    .reason = Reason::allowance,
    .detail = "this address has asked for more than its share; try again after the time that "
              "Retry-After says"};

/// What this thread has had of the processor so far.
std::chrono::nanoseconds processor_time() noexcept {
  timespec now{};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return std::chrono::seconds(now.tv_sec) + std::chrono::nanoseconds(now.tv_nsec);
}

} // namespace

Pool::Job Connection::round_trip(Work work, Then then) {
  // The share moves on with the result, so that it is never the pool that destroys a connection.
  return [self = shared_from_this(), work, then](Tools const& tools) mutable {
    auto const before = processor_time();
    auto const outcome = ((*self).*work)(tools);
    self->charge(processor_time() - before);
    auto& context = self->home_.context();
    RoomAllocator<void> const room(self->way_back_);
    asio::post(context, asio::bind_allocator(room, [self = std::move(self), then, outcome] {
                 if (self->phase_ == Phase::closed) return;
                 self->guarded([&] { ((*self).*then)(outcome); });
               }));
  };
}

/// On a heavy thread.
void Connection::charge(Clock::duration taken) noexcept {
  try {
    common_.allowances.charge(client(), taken, Clock::now());
  } catch (std::bad_alloc const&) { // NOLINT: so much is not worth failing for
  }
}

api::Application& Connection::answerer() const noexcept {
  auto const& planned = exchange_->plan.answerer;
  return planned ? *planned : common_.application;
}

void Connection::answer() {
  auto const& plan = exchange_->plan;
  if (!plan.is_light) return answer_on_pool();
  if (home_.is_behind() && !plan.is_vital) return refuse(queue_is_full);
  answer_here();
}

void Connection::answer_here() {
  auto& exchange = *exchange_;
  auto const tools = home_.tools();
  auto const before = Clock::now();
  exchange.reply = answerer().answer(exchange.request(true), tools.worker);
  auto const* const text = exchange.text();
  bool const is_coded = text != nullptr && coding_of(exchange) != api::Coding::identity;
  bool const is_ready =
      !is_coded || text->bytes.size() <= most_coded_here || common_.pool.has_backlog();
  if (is_coded && is_ready) encode_text(exchange, tools.compressor);
  auto const after = Clock::now();
  common_.allowances.charge(client(), after - before, after);
  if (std::holds_alternative<api::Heavy>(exchange.reply.content)) return answer_on_pool();
  if (is_ready) return deliver();
  enter_until(Phase::working, TimePoint::max());
  common_.pool.resume(round_trip(&Connection::encode_answer, &Connection::on_answer));
}

void Connection::answer_on_pool() {
  enter_until(Phase::working, TimePoint::max());
  auto job = round_trip(&Connection::make_answer, &Connection::on_answer);
  if (exchange_->begun()) {
    common_.pool.resume(std::move(job));
  } else if (!common_.pool.submit(std::move(job))) {
    return refuse(queue_is_full);
  }
  use_input();
}

/// On a heavy thread.
Connection::Outcome Connection::make_answer(Tools const& tools) noexcept {
  auto& exchange = *exchange_;
  if (exchange.is_abandoned) return Outcome::abandoned;
  bool const is_begun = exchange.begun() != nullptr;
  if (tools.is_overloaded && !is_begun) return Outcome::shed;
  if (Clock::now() > exchange.deadline() && !is_begun) return Outcome::late;
  exchange.reply = answerer().answer(exchange.request(false), tools.worker);
  return encode_answer(tools);
}

/// On a heavy thread.
Connection::Outcome Connection::encode_answer(Tools const& tools) noexcept {
  try {
    encode_text(*exchange_, tools.compressor);
    return Outcome::done;
  } catch (std::bad_alloc const&) {
    return Outcome::starved;
  } catch (std::exception const& error) {
    common_.logger.error(log::event::net_task_failed, "An answer could not be compressed.",
                         {{"request_id", exchange_->request_id}, {"cause", error.what()}});
    return Outcome::failed;
  }
}

void Connection::on_answer(Outcome outcome) {
  bool const is_scan = exchange_->turn.has_value();
  exchange_->turn.reset(); // before the client has the answer and perhaps asks again
  switch (outcome) {
  case Outcome::done:
    return deliver();
  case Outcome::abandoned:
    return give_up();
  case Outcome::late:
    common_.metrics.query_deadline_exceeded.add();
    return is_scan ? refuse_scan() : refuse(too_late);
  case Outcome::shed:
    return refuse(queue_is_full);
  case Outcome::starved:
    return refuse(no_memory_left);
  case Outcome::failed:
    return refuse(server_has_failed);
  }
}

void Connection::deliver() {
  auto& exchange = *exchange_;
  if (exchange.text() != nullptr) return send_text();
  if (exchange.wait() != nullptr) return park();
  if (std::holds_alternative<api::Scan>(exchange.reply.content)) return scan();
  if (std::holds_alternative<api::Heavy>(exchange.reply.content)) {
    return refuse_misuse("A handler wants the pool, which it has.");
  }
  if (auto* const range = std::get_if<api::FileRange>(&exchange.reply.content)) {
    auto const length = range->length;
    return send_from(make_source(std::move(*range)), BodyEnd::length, length);
  }
  exchange.coding = coding_of(exchange);
  auto const end = exchange.parser.fields().is_http_1_0 ? BodyEnd::connection : BodyEnd::chunks;
  auto& stream = std::get<api::Stream>(exchange.reply.content);
  send_from(make_source(std::move(stream), exchange.coding), end, 0);
}

/// Lets the request wait for its turn to scan, or tells it that there is none.
void Connection::scan() {
  auto& exchange = *exchange_;
  if (exchange.may_scan) { // and should have
    return refuse_misuse("A handler wants to scan again and again.");
  }
  exchange.may_scan = true;
  exchange.scan_refusal = std::move(std::get<api::Scan>(exchange.reply.content).refusal);
  auto turn = common_.scans.take(client());
  if (!turn) return refuse_scan();
  exchange.turn.emplace(std::move(*turn));
  enter_until(Phase::working, TimePoint::max());
  if (!common_.pool.submit_scan(round_trip(&Connection::make_answer, &Connection::on_answer))) {
    return refuse_scan();
  }
  use_input();
}

/// \pre  the reply is still the one by which the handler asked for a turn
void Connection::refuse_scan() {
  auto& exchange = *exchange_;
  common_.rejections.count(Reason::scan);
  exchange.turn.reset();
  exchange.reply.content = api::Text{std::move(exchange.scan_refusal)};
  send_text();
}

void Connection::park() {
  auto const wait = *exchange_->wait();
  auto const until = std::min(wait.until, exchange_->deadline());
  if (common_.is_draining && !wait.begun) return refuse(server_is_stopping);
  bool const is_over = until <= Clock::now();
  if (is_over && !wait.begun) {
    return refuse_misuse("A handler wants to wait until a moment that has passed.");
  }
  if (common_.waiting.fetch_add(1) >= common_.settings.sizes.waiting && !wait.begun) {
    common_.waiting.fetch_sub(1);
    return refuse(too_many_wait);
  }
  enter_until(Phase::waiting, until);
  home_.park(*this);
  // Over: the answer is owed all the same. A higher sequence: a commit since the handler looked.
  if (is_over || common_.sequence > wait.sequence) return look_again();
  use_input();
}

void Connection::unpark() {
  home_.unpark(*this);
  common_.waiting.fetch_sub(1);
}

void Connection::notice_commit(std::int64_t sequence) {
  if (phase_ == Phase::waiting && exchange_->wait()->sequence < sequence) look_again();
}

/// Runs a parked request again: others first, for many may be woken at once.
void Connection::look_again() {
  auto self = shared_from_this();
  unpark();
  enter_until(Phase::working, TimePoint::max());
  asio::post(home_.context(), [self = std::move(self)] {
    if (self->phase_ != Phase::working) return;
    self->guarded([&] { self->exchange_->is_abandoned ? self->give_up() : self->answer(); });
  });
}

/// The handler has broken what `api/http.hpp` says.
void Connection::refuse_misuse(std::string_view what) {
  common_.logger.error(log::event::net_wait_misused, what,
                       {{"request_id", exchange_->request_id}, {"route", exchange_->plan.route}});
  refuse(server_has_failed);
}

void Connection::refuse(Refusal const& refusal) {
  prepare_refusal(refusal);
  send_text();
}

/// \pre  the body of the request has not been read
void Connection::refuse_costs(std::chrono::seconds wait) {
  prepare_refusal(costs_too_much);
  auto& exchange = *exchange_;
  if (exchange.framing.has_body()) exchange.keep_alive = false; // for nobody will read it
  auto& headers = exchange.reply.headers;
  std::erase_if(headers, [](auto const& header) { return header.first == "Retry-After"; });
  for (auto& header : common_.allowances.headers(wait)) headers.push_back(std::move(header));
  send_text();
}

void Connection::prepare_refusal(Refusal const& refusal) {
  common_.rejections.count(refusal.reason);
  auto& exchange = *exchange_;
  if (refusal.closes()) exchange.keep_alive = false;
  exchange.pump.reset();
  exchange.coding = api::Coding::identity;
  exchange.reply = common_.application.refusal(refusal.status, refusal.detail, exchange.request_id);
  if (exchange.text() == nullptr) exchange.reply.content = api::Text{};
}

} // namespace terracat::net

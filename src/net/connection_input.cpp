// How a connection reads: bytes to head, head to plan, bytes to body.

#include "net/connection.hpp"
#include "net/io_thread.hpp"

namespace terracat::net {
namespace {

/// An ordinary request comes whole in one read of this size.
constexpr std::size_t head_read = 4096;
constexpr std::size_t body_read = std::size_t{64} << 10;

/// What a client may send ahead while its request is worked on.
constexpr std::size_t most_read_ahead = std::size_t{64} << 10;

} // namespace

void Connection::read() {
  if (is_reading_) return;
  is_reading_ = true;
  auto const room = input_.prepare(phase_ == Phase::body ? body_read : head_read);
  socket_.async_read_some(room,
                          [self = shared_from_this()](error_code const& error, std::size_t count) {
                            self->guarded([&] { self->on_read(error, count); });
                          });
}

void Connection::on_read(error_code error, std::size_t count) {
  is_reading_ = false;
  if (phase_ == Phase::closed) return;
  if (error) return on_input_end();
  input_.commit(count);
  use_input();
}

/// The client has closed, or only its sending side: that counts as gone where an answer has not
/// been begun, for the two look the same from here.
void Connection::on_input_end() {
  has_input_ended_ = true;
  switch (phase_) {
  case Phase::body:
  case Phase::waiting:
    return give_up();
  case Phase::working:
    exchange_->is_abandoned = true;
    return;
  case Phase::writing:
    return; // if nobody listens any more, the write will fail
  default:
    return close();
  }
}

void Connection::use_input() {
  switch (phase_) {
  case Phase::idle:
    while (input_.bytes().starts_with("\r\n")) input_.consume(2); // RFC 9112 2.2
    if (input_.empty() || input_.bytes() == "\r") return read();
    begin_exchange();
    enter(Phase::head, common_.settings.times.header);
    return read_head();
  case Phase::head:
    return read_head();
  case Phase::body:
    return read_body();
  case Phase::working:
  case Phase::waiting:
    // The only way to learn that the client has gone.
    if (!has_input_ended_ && input_.size() < most_read_ahead) read();
    return;
  case Phase::lingering:
    input_.clear();
    return read();
  case Phase::writing:
  case Phase::closed:
    return;
  }
}

void Connection::begin_exchange() {
  exchange_ = std::make_unique<Exchange>(Clock::now());
  exchange_->request_id = home_.next_request_id();
  searched_ = 0;
  body_bytes_ = 0;
}

void Connection::read_head() {
  constexpr std::string_view end_mark = "\r\n\r\n";
  auto const& sizes = common_.settings.sizes;
  auto const bytes = input_.bytes();
  auto const end =
      bytes.find(end_mark, searched_ < end_mark.size() ? 0 : searched_ - end_mark.size());
  if (end == std::string_view::npos) {
    searched_ = bytes.size();
    if (auto const refusal = check_partial_head(bytes, sizes)) return refuse(*refusal);
    return read();
  }
  auto const size = end + end_mark.size();
  auto const refusal = read_request_head(*exchange_, bytes.substr(0, size), sizes);
  input_.consume(size);
  if (refusal) return refuse(*refusal);
  if (peer_.role == ClientAddress::Role::proxy) {
    exchange_->forwarded_for = common_.proxies.client_behind(exchange_->parser.fields());
  }
  plan();
}

void Connection::plan() {
  auto& exchange = *exchange_;
  exchange.plan = common_.application.plan(exchange.head);
  auto const wait = common_.allowances.admit(client(), exchange.first_byte);
  if (wait.count() > 0) return refuse_costs(wait);
  if (exchange.framing.content_length > exchange.plan.body_limit) {
    return refuse(
        {.status = 413, .reason = Reason::too_large, .detail = "the request body is too large"});
  }
  if (exchange.framing.has_body()) return begin_body();
  answer();
}

void Connection::begin_body() {
  auto& exchange = *exchange_;
  auto const& settings = common_.settings;
  exchange.parser.expect_body(exchange.framing, exchange.plan.body_limit,
                              settings.sizes.chunk_overhead);
  enter(Phase::body, settings.times.body);
  body_began_ = Clock::now();
  if (exchange.framing.expects_continue && input_.empty() && !write_continue()) return give_up();
  read_body();
}

/// Written without waiting: so few bytes always find room, unless the client reads nothing.
bool Connection::write_continue() {
  constexpr std::string_view answer = "HTTP/1.1 100 Continue\r\n\r\n";
  error_code error;
  auto const count = socket_.write_some(asio::buffer(answer.data(), answer.size()), error);
  return !error && count == answer.size();
}

void Connection::read_body() {
  auto const step = exchange_->parser.read_body(input_.bytes());
  input_.consume(step.consumed);
  if (step.refusal) return refuse(*step.refusal);
  if (step.is_done) {
    if (exchange_->plan.waits_for_body) exchange_->asked = Clock::now();
    return answer();
  }
  auto const& times = common_.settings.times;
  body_bytes_ += step.consumed;
  deadline_ = body_began_ + times.body + std::chrono::seconds(body_bytes_ / times.body_rate);
  read();
}

} // namespace terracat::net

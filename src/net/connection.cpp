#include "net/connection.hpp"

#include "log/events.hpp"
#include "net/io_thread.hpp"

#include <array>

namespace terracat::net {

Connection::Connection(IoThread& home, Socket socket, std::optional<Admission::Ticket> ticket,
                       ClientAddress peer)
    : home_(home),
      common_(home.common()),
      socket_(std::move(socket)),
      ticket_(std::move(ticket)),
      peer_(std::move(peer)) {
  home_.enter(*this);
}

Connection::~Connection() {
  home_.leave(*this);
}

void Connection::start() {
  guarded([&] {
    enter(Phase::idle, common_.settings.times.idle);
    read();
  });
}

void Connection::start_refused(Refusal const& refusal) {
  guarded([&] {
    begin_exchange();
    refuse(refusal);
  });
}

void Connection::sweep(TimePoint now) {
  if (now >= deadline_) guarded([&] { end_phase(); });
}

/// It has lasted too long.
void Connection::end_phase() {
  switch (phase_) {
  case Phase::idle:
  case Phase::lingering:
    return close();
  case Phase::head:
    return refuse({.status = 408,
                   .reason = Reason::slow,
                   .detail = "the head of the request took too long to come"});
  case Phase::body:
    return refuse({.status = 408,
                   .reason = Reason::slow,
                   .detail = "the body of the request took too long to come"});
  case Phase::waiting:
    return look_again();
  case Phase::working: // between two pieces of a body
  case Phase::writing:
    common_.rejections.count(Reason::slow);
    record(false);
    return close();
  case Phase::closed:
    return;
  }
}

void Connection::drain() {
  if (phase_ == Phase::idle) {
    close();
  } else if (phase_ == Phase::waiting && !exchange_->begun()) {
    guarded([&] {
      unpark();
      refuse(server_is_stopping);
    });
  }
}

void Connection::close() {
  if (phase_ == Phase::closed) return;
  auto const self = shared_from_this();
  if (phase_ == Phase::waiting) unpark();
  if (exchange_) exchange_->is_abandoned = true;
  enter_until(Phase::closed, TimePoint::max());
  error_code ignored; // there is nothing that could be done
  socket_.close(ignored);
}

void Connection::fail(char const* cause) noexcept {
  common_.logger.error(log::event::net_task_failed, "Work on a connection failed.",
                       {{"cause", cause}});
  common_.rejections.count(Reason::failed);
  bool const is_asked = exchange_ || !input_.empty();
  bool const is_answered = is_writing_ || (exchange_ && exchange_->bytes_sent > 0);
  if (phase_ != Phase::closed && is_asked && !is_answered) answer_without_memory();
  close();
}

/// In the words of `overloaded`, as far as they need no memory.
void Connection::answer_without_memory() noexcept {
  constexpr std::string_view body =
      R"({"type":"about:blank","title":"There is too much to do at the moment","status":503,)"
      R"("code":"overloaded","description":"there is no memory left"})";
  constexpr std::string_view head =
      "HTTP/1.1 503 Service Unavailable\r\nContent-Type: application/problem+json\r\n"
      "Cache-Control: no-store\r\nRetry-After: 1\r\nConnection: close\r\n"
      "Content-Length: 143\r\n\r\n";
  static_assert(body.size() == 143);
  error_code ignored;            // there is nothing else to try
  std::array<char, 4096> rest{}; // were it unread when the socket is closed, a reset might overtake
  for (int i = 0; i < 16 && !ignored; ++i) socket_.read_some(asio::buffer(rest), ignored);
  std::array const answer{asio::buffer(head.data(), head.size()),
                          asio::buffer(body.data(), body.size())};
  socket_.write_some(answer, ignored);
  socket_.shutdown(Socket::shutdown_send, ignored);
}

void Connection::enter(Phase phase, Clock::duration limit) {
  enter_until(phase, Clock::now() + limit);
}

void Connection::enter_until(Phase phase, TimePoint deadline) {
  phase_ = phase;
  deadline_ = deadline;
}

/// The client is gone before it had any answer.
void Connection::give_up() {
  constexpr int client_closed_request = 499; // in logs only, as other servers have it
  exchange_->reply.status = client_closed_request;
  record(false);
  close();
}

/// The answer is written.
void Connection::finish() {
  record(true);
  if (!exchange_->keep_alive || common_.is_draining) return linger();
  exchange_.reset();
  if (!is_reading_) input_.shrink();
  enter(Phase::idle, common_.settings.times.idle);
  use_input();
}

/// Closes in the order that lets the client read the answer: if bytes of it were unread when the
/// socket is closed, the system would send a reset, which may overtake what was written.
void Connection::linger() {
  error_code ignored;
  socket_.shutdown(Socket::shutdown_send, ignored);
  exchange_.reset();
  input_.clear();
  if (has_input_ended_) return close();
  enter(Phase::lingering, common_.settings.times.linger);
  read();
}

/// Whom the request is counted for.
ClientAddress const& Connection::client() const noexcept {
  return exchange_ && exchange_->forwarded_for ? *exchange_->forwarded_for : peer_;
}

void Connection::record(bool is_complete) {
  auto const& exchange = *exchange_;
  auto const head_bytes = exchange.response_head.size();
  home_.record({.request_id = exchange.request_id,
                .method = exchange.method_name,
                .route = exchange.plan.route,
                .path = exchange.head.path,
                .status = exchange.reply.status,
                .bytes = exchange.bytes_sent > head_bytes ? exchange.bytes_sent - head_bytes : 0,
                .duration = std::chrono::duration_cast<std::chrono::microseconds>(
                    Clock::now() - exchange.first_byte),
                .client = client().network,
                .is_complete = is_complete});
}

} // namespace terracat::net

// How a connection writes: a ready body in one go, a long one piece by piece.

#include "log/events.hpp"
#include "net/connection.hpp"
#include "net/io_thread.hpp"

#include <array>
#include <charconv>

namespace terracat::net {
namespace {

bool has_no_body(int status) noexcept {
  return status == 204 || status == 304;
}

/// True unless the same address gives everybody the same bytes, as files do.
bool is_negotiated(api::Reply const& reply) noexcept {
  return !std::holds_alternative<api::FileRange>(reply.content);
}

/// The line before the data of a chunk.
void write_chunk_size(std::string& out, std::size_t size) {
  std::array<char, 16> digits{};
  constexpr int hexadecimal = 16;
  auto* const end =
      std::to_chars(digits.data(), digits.data() + digits.size(), size, hexadecimal).ptr;
  out.assign(digits.data(), end);
  out += "\r\n";
}

} // namespace

void Connection::send_text() {
  auto& exchange = *exchange_;
  auto const& bytes = exchange.text()->bytes;
  auto const end = has_no_body(exchange.reply.status) ? BodyEnd::none : BodyEnd::length;
  compose_head(end, bytes.size());
  if (end == BodyEnd::length && !exchange.is_head_only) output_.add(bytes);
  write();
}

void Connection::send_from(std::unique_ptr<BodySource> source, BodyEnd end, std::uint64_t length) {
  auto& exchange = *exchange_;
  compose_head(end, length);
  if (exchange.is_head_only) return write();
  exchange.pump.emplace();
  exchange.pump->source = std::move(source);
  exchange.pump->end = end;
  enter_until(Phase::working, answer_deadline_);
  fill();
  use_input();
}

void Connection::compose_head(BodyEnd end, std::uint64_t length) {
  auto& exchange = *exchange_;
  exchange.keep_alive = exchange.keep_alive && end != BodyEnd::connection && !common_.is_draining;
  exchange.response_head.clear();
  append_response_head(exchange.response_head,
                       {.reply = exchange.reply,
                        .request = exchange.parser.fields(),
                        .cors = common_.cors,
                        .is_options = exchange.head.method == api::Method::options,
                        .keep_alive = exchange.keep_alive,
                        .end = end,
                        .length = length,
                        .coding = exchange.coding,
                        .is_negotiated = is_negotiated(exchange.reply),
                        .request_id = exchange.request_id,
                        .date = home_.date()});
  output_.clear();
  output_.add(exchange.response_head);
  answer_deadline_ = Clock::now() + common_.settings.times.delivery;
}

void Connection::fill() {
  exchange_->pump->is_filling = true;
  common_.pool.resume(round_trip(&Connection::fill_piece, &Connection::on_filled));
}

/// On a heavy thread.
Connection::Outcome Connection::fill_piece(Tools const& tools) noexcept {
  auto& pump = *exchange_->pump;
  try {
    pump.source->fill(pump.next, tools);
    return Outcome::done;
  } catch (std::bad_alloc const&) {
    return Outcome::starved;
  } catch (std::exception const& error) {
    pump.keep_failure(error.what());
  } catch (...) {
    pump.keep_failure("not an exception of the standard library");
  }
  return Outcome::failed;
}

void Connection::on_filled(Outcome outcome) {
  auto& pump = *exchange_->pump;
  pump.is_filling = false;
  if (outcome != Outcome::done) return on_body_failed(outcome);
  pump.has_next = true;
  if (!pump.has_begun || output_.empty()) send_piece();
}

/// What the client has of the body cannot be taken back; it learns from the missing end.
void Connection::on_body_failed(Outcome outcome) {
  auto& exchange = *exchange_;
  common_.logger.error(log::event::net_stream_failed, "The body of an answer broke off.",
                       {{"request_id", exchange.request_id},
                        {"route", exchange.plan.route},
                        {"cause", exchange.pump->failure}});
  if (!exchange.pump->has_begun) {
    return refuse(outcome == Outcome::starved ? no_memory_left : server_has_failed);
  }
  common_.rejections.count(Reason::failed);
  record(false);
  close();
}

/// \pre  a piece is ready, and nothing but the head may be waiting to be written
void Connection::send_piece() {
  auto& pump = *exchange_->pump;
  std::swap(pump.current, pump.next);
  pump.has_next = false;
  if (pump.has_begun) output_.clear();
  pump.has_begun = true;
  auto const& piece = pump.current;
  if (pump.end == BodyEnd::chunks) {
    add_chunk(piece);
  } else {
    output_.add(piece.bytes);
  }
  if (!piece.is_last) fill(); // while this one is on the wire
  if (output_.empty()) return on_all_written();
  write();
}

void Connection::add_chunk(Piece const& piece) {
  if (!piece.bytes.empty()) { // an empty chunk would be the last one
    write_chunk_size(chunk_size_, piece.bytes.size());
    output_.add(chunk_size_);
    output_.add(piece.bytes);
    output_.add(piece.is_last ? "\r\n0\r\n\r\n" : "\r\n");
  } else if (piece.is_last) {
    output_.add("0\r\n\r\n");
  }
}

/// Each piece that the client takes gives it time for another, up to the limit of the whole answer.
void Connection::write() {
  enter_until(Phase::writing,
              std::min(Clock::now() + common_.settings.times.write, answer_deadline_));
  socket_.async_write_some(output_.rest(),
                           [self = shared_from_this()](error_code const& error, std::size_t count) {
                             self->guarded([&] { self->on_written(error, count); });
                           });
  is_writing_ = true;
}

void Connection::on_written(error_code error, std::size_t count) {
  is_writing_ = false;
  if (phase_ == Phase::closed) return;
  exchange_->bytes_sent += count;
  if (error) {
    record(false);
    return close();
  }
  output_.consume(count);
  if (output_.empty()) return on_all_written();
  write();
}

void Connection::on_all_written() {
  auto const& pump = exchange_->pump;
  if (!pump || pump->current.is_last) return finish();
  if (pump->has_next) return send_piece();
  enter_until(Phase::working, answer_deadline_);
}

} // namespace terracat::net

#pragma once

#include "net/admission.hpp"
#include "net/asio.hpp"
#include "net/client_address.hpp"
#include "net/exchange.hpp"
#include "net/handler_room.hpp"
#include "net/output.hpp"
#include "net/read_buffer.hpp"
#include "net/response_head.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

namespace terracat::net {

class IoThread;

/// A client's connection: reads one request, answers it, reads the next. It lives on one io thread
/// and is used from no other.
///
/// Shared, because each asynchronous operation keeps it alive until its handler has run: whichever
/// ends last ends the connection. A job of the pool hands its share back with its result, so that
/// the destructor too runs on the io thread.
///
///   idle ─▶ head ─▶ body ─▶ working ─▶ writing ─▶ idle
///                              ▲│          └─────▶ lingering ─▶ closed
///                              │▼
///                            waiting
///
/// Every phase has its own deadline, which the sweep of the io thread compares with the clock.
class Connection : public std::enable_shared_from_this<Connection> {
 public:
  enum class Phase : std::uint8_t {
    idle,      ///< between requests
    head,      ///< some of a head has come
    body,      ///< the head has come, the body has not
    working,   ///< a heavy thread has the request, or it waits for one
    waiting,   ///< parked until the next commit
    writing,   ///< the answer is on its way
    lingering, ///< nothing will be written any more; what comes is dropped
    closed,
  };

  /// \param ticket  none for a connection that is only told why it is refused
  Connection(IoThread& home, Socket socket, std::optional<Admission::Ticket> ticket,
             ClientAddress peer);
  Connection(Connection const&) = delete;
  Connection& operator=(Connection const&) = delete;
  Connection(Connection&&) = delete;
  Connection& operator=(Connection&&) = delete;
  ~Connection();

  [[nodiscard]] Phase phase() const noexcept { return phase_; }

  [[nodiscard]] bool has_ticket() const noexcept { return ticket_.has_value(); }

  /// Begins to read.
  void start();

  /// Answers before anything was asked, and closes.
  void start_refused(Refusal const& refusal);

  /// Acts if the phase has lasted too long.
  void sweep(TimePoint now);

  /// The server is stopping: closes at once if nothing is under way, else after the answer.
  void drain();

  /// Drops whatever is under way.
  void close();

  /// The catalogue has changed: runs the request again if it is parked for that.
  void notice_commit(std::int64_t sequence);

 private:
  // connection.cpp: phases
  /// What a handler throws, for want of memory as a rule, ends its connection and no other.
  template<class Body>
  void guarded(Body const& body) noexcept {
    auto const self = shared_from_this();
    try {
      body();
    } catch (std::exception const& error) {
      fail(error.what());
    }
  }

  void fail(char const* cause) noexcept;
  void answer_without_memory() noexcept;
  void end_phase();
  void enter(Phase phase, Clock::duration limit);
  void enter_until(Phase phase, TimePoint deadline);
  void give_up();
  void finish();
  void linger();
  void record(bool is_complete);
  [[nodiscard]] ClientAddress const& client() const noexcept;

  // connection_input.cpp: reading
  void read();
  void on_read(error_code error, std::size_t count);
  void on_input_end();
  void use_input();
  void begin_exchange();
  void read_head();
  void plan();
  void begin_body();
  [[nodiscard]] bool write_continue();
  void read_body();

  // connection_answer.cpp: from request to answer
  enum class Outcome : std::uint8_t { done, abandoned, late, shed, starved, failed };
  using Work = Outcome (Connection::*)(Tools const&) noexcept;
  using Then = void (Connection::*)(Outcome);

  /// A job for the pool: does `work` there, then runs `then` here with what became of it.
  [[nodiscard]] Pool::Job round_trip(Work work, Then then);

  /// Who answers the request that was planned.
  [[nodiscard]] api::Application& answerer() const noexcept;
  void answer();
  void charge(Clock::duration taken) noexcept;
  void answer_here();
  void answer_on_pool();
  Outcome make_answer(Tools const& tools) noexcept;
  Outcome encode_answer(Tools const& tools) noexcept;
  void on_answer(Outcome outcome);
  void deliver();
  void scan();
  void refuse_scan();
  void park();
  void unpark();
  void look_again();
  void refuse(Refusal const& refusal);
  void refuse_misuse(std::string_view what);
  void refuse_costs(std::chrono::seconds wait);
  void prepare_refusal(Refusal const& refusal);

  // connection_output.cpp: writing
  void send_text();
  void send_from(std::unique_ptr<BodySource> source, BodyEnd end, std::uint64_t length);
  void compose_head(BodyEnd end, std::uint64_t length);
  void fill();
  Outcome fill_piece(Tools const& tools) noexcept;
  void on_filled(Outcome outcome);
  void on_body_failed(Outcome outcome);
  void send_piece();
  void add_chunk(Piece const& piece);
  void write();
  void on_written(error_code error, std::size_t count);
  void on_all_written();

  IoThread& home_;
  Common& common_;
  Socket socket_;
  std::optional<Admission::Ticket> ticket_;
  ClientAddress const peer_;

  Phase phase_ = Phase::idle;
  TimePoint deadline_ = TimePoint::max();
  TimePoint answer_deadline_ = TimePoint::max(); ///< of the whole answer
  bool is_reading_ = false;
  bool is_writing_ = false;
  bool has_input_ended_ = false;

  ReadBuffer input_;
  std::size_t searched_ = 0; ///< bytes of input_ that are known not to end a head
  std::uint64_t body_bytes_ = 0;
  TimePoint body_began_;
  std::unique_ptr<Exchange> exchange_;
  Output output_;
  std::string chunk_size_;
  HandlerRoom way_back_; ///< from a heavy thread
};

} // namespace terracat::net

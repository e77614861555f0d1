#pragma once

#include "api/http.hpp"
#include "net/asio.hpp"
#include "net/body_source.hpp"
#include "net/client_address.hpp"
#include "net/common.hpp"
#include "net/framing.hpp"
#include "net/request_parser.hpp"
#include "net/response_head.hpp"
#include "net/scans.hpp"
#include "net/target.hpp"

#include <array>
#include <atomic>
#include <memory>
#include <new>
#include <optional>
#include <string>
#include <string_view>

namespace terracat::net {

/// A body on its way out: while one piece is written, the next one is made.
struct Pump {
  // Of a heavy thread while is_filling.
  std::unique_ptr<BodySource> source;
  Piece next;
  std::string failure; ///< why there is no next piece

  void keep_failure(std::string_view cause) noexcept {
    try {
      failure = cause;
    } catch (std::bad_alloc const&) { // NOLINT: that there is none is known all the same
    }
  }

  // Of the connection's thread.
  Piece current; ///< being written
  BodyEnd end = BodyEnd::length;
  bool is_filling = false;
  bool has_next = false;
  bool has_begun = false; ///< something was written, so that another answer is no longer possible
};

/// One request and its answer. It belongs to the thread of its connection, with two exceptions: a
/// job that makes or codes the answer has all of it but `is_abandoned`, from the moment that the
/// pool takes it until its end is posted back; a job that fills a piece has what Pump says.
struct Exchange {
  explicit Exchange(TimePoint now) noexcept : first_byte(now), asked(now) {}

  // The request.
  TimePoint const first_byte;
  TimePoint asked; ///< from when on the time for the answer counts (Plan::waits_for_body)
  RequestParser parser;
  Framing framing;
  std::string request_id;
  std::optional<ClientAddress> forwarded_for; ///< as a proxy says
  api::Head head;
  api::Plan plan;
  std::string_view method_name = "none"; ///< for log and metrics
  bool keep_alive = false;
  bool is_head_only = false; ///< HEAD: the answer's body is made but not sent

  // The answer.
  bool may_scan = false;           ///< it has its turn, or had it
  std::optional<Scans::Turn> turn; ///< while it waits or scans
  std::string scan_refusal;        ///< the body of the answer if the turn does not come in time
  api::Reply reply;
  api::Coding coding = api::Coding::identity; ///< that the body was given
  std::optional<Pump> pump;
  std::string response_head;
  std::uint64_t bytes_sent = 0; ///< head and body

  /// The client is gone: a job that has not begun need not.
  std::atomic<bool> is_abandoned = false;

  [[nodiscard]] TimePoint deadline() const noexcept { return asked + plan.answer_timeout; }

  [[nodiscard]] api::Request request(bool must_be_light) const noexcept {
    return {.head = head,
            .body = parser.body(),
            .deadline = deadline(),
            .may_scan = may_scan,
            .must_be_light = must_be_light,
            .begun = begun()};
  }

  /// What the handler had begun when it let the request wait. Not null: its answer is owed.
  [[nodiscard]] std::shared_ptr<api::Begun> begun() const noexcept {
    auto const* const waited = wait();
    return waited == nullptr ? nullptr : waited->begun;
  }

  [[nodiscard]] api::Text* text() noexcept { return std::get_if<api::Text>(&reply.content); }

  [[nodiscard]] api::Wait const* wait() const noexcept {
    return std::get_if<api::Wait>(&reply.content);
  }
};

/// Reads the head of a request.
/// \param head  its bytes, through the empty line
/// \return  why it is refused; if not, `exchange.head` and `exchange.framing` are filled in
[[nodiscard]] std::optional<Refusal> read_request_head(Exchange& exchange, std::string_view head,
                                                       SizeLimits const& limits);

/// The coding that the body is to be given: the one that the client prefers, if the body is worth
/// it. It depends on nothing but request and reply, so that an entity tag made for a coding always
/// stands for the same bytes.
[[nodiscard]] api::Coding coding_of(Exchange const& exchange) noexcept;

/// Gives a ready body its coding.
void encode_text(Exchange& exchange, Compressor& compressor);

} // namespace terracat::net

#include "api/commit.hpp"

#include "api/written_reply.hpp"
#include "geometry/deadline.hpp"

#include <terracat/store_error.hpp>

#include <algorithm>
#include <new>

namespace terracat::api {
namespace {

using Clock = std::chrono::steady_clock;
using namespace std::chrono_literals;

/// A commit takes that long on a disc that has nothing else to do.
constexpr auto short_wait = 20ms;

/// Of a request that is parked. Commits wake it; nobody tells of a transaction that failed.
constexpr auto long_wait = 200ms;

/// Before the deadline, in which an answer can be made.
constexpr auto time_for_answer = 100ms;

constexpr int most_tries = 10;

/// A transaction that waits for its turn, or is being committed.
struct Committing : Begun {
  std::future<Revision> done;
  std::string address;
  int tries = 0;
};

void submit(Exchange const& exchange, catalogue::Transaction transaction, Committing& committing) {
  auto done = exchange.catalogue().try_submit(std::move(transaction));
  if (!done) {
    throw ProblemError({.kind = ProblemKind::overloaded,
                        .detail = "more is being written than can be; nothing was written of this",
                        .where = {}});
  }
  committing.done = std::move(*done);
  ++committing.tries;
}

/// \return  false if somebody was quicker
bool is_done(Committing& committing, bool may_retry) {
  try {
    static_cast<void>(committing.done.get());
    return true;
  } catch (ProblemError const& error) {
    bool const is_outdated = error.problem().kind == ProblemKind::precondition_failed;
    if (!is_outdated || !may_retry) throw;
    if (committing.tries < most_tries) return false;
    throw ProblemError({.kind = ProblemKind::overloaded,
                        .detail = "others change this all the time; nothing was written of this",
                        .where = {}});
  }
}

/// It is written: nothing that fails now may say otherwise.
Reply answer_of(Exchange const& exchange, Writing const& writing, std::string const& address) {
  try {
    return writing.answer();
  } catch (ProblemError const&) {          // NOLINT: gone already
  } catch (store::DeadlinePassed const&) { // NOLINT
  } catch (geometry::Late const&) {        // NOLINT
  } catch (std::bad_alloc const&) {        // NOLINT: less may be had
  } catch (store::StoreError const& error) {
    if (exchange.site().on_store_fault) exchange.site().on_store_fault(error);
  }
  return writing.brief(address);
}

[[noreturn]] void throw_unknown(std::string const& address) {
  throw ProblemError(
      {.kind = ProblemKind::outcome_unknown,
       .detail = "it is not known yet whether this was written; " + address + " will tell",
       .where = {}});
}

/// Of the state that is there while something is being written: what fails here says nothing of
/// that.
Sequence sequence_of(Exchange const& exchange, std::string const& address) {
  try {
    return exchange.view().revision().sequence;
  } catch (store::DeadlinePassed const&) { // NOLINT
  } catch (std::bad_alloc const&) {        // NOLINT
  } catch (store::StoreError const& error) {
    if (exchange.site().on_store_fault) exchange.site().on_store_fault(error);
  }
  throw_unknown(address);
}

} // namespace

Reply committed(Exchange const& exchange, Writing const& writing) {
  auto begun = exchange.request().begun;
  bool const is_fresh = begun == nullptr;
  if (is_fresh) {
    auto fresh = std::make_shared<Committing>();
    auto transaction = writing.transaction();
    fresh->address = writing.address();
    submit(exchange, std::move(transaction), *fresh);
    begun = std::move(fresh);
  }
  auto& committing = static_cast<Committing&>(*begun); // NOLINT: nothing else was kept
  // Every commit wakes all who wait: those who come back do not keep the thread.
  auto const wait = is_fresh ? short_wait : 0ms;
  while (committing.done.wait_for(wait) == std::future_status::ready) {
    if (is_done(committing, writing.may_retry)) {
      return answer_of(exchange, writing, committing.address);
    }
    submit(exchange, writing.transaction(), committing);
  }
  auto const last = exchange.request().deadline - time_for_answer;
  auto const now = Clock::now();
  if (now + short_wait >= last) throw_unknown(committing.address);
  return {.status = 0,
          .content_type = {},
          .headers = {},
          .content = Wait{.sequence = sequence_of(exchange, committing.address),
                          .until = std::min(last, now + long_wait),
                          .begun = std::move(begun)}};
}

Reply removed(Exchange const& exchange,
              std::function<catalogue::Transaction()> const& transaction) {
  try {
    return committed(exchange, {.transaction = transaction,
                                .may_retry = false,
                                .address = [&] { return exchange.self(); },
                                .answer = nothing_to_say,
                                .brief = [](std::string const&) { return nothing_to_say(); }});
  } catch (ProblemError const& error) {
    auto const kind = error.problem().kind;
    bool const is_gone = kind == ProblemKind::not_found || kind == ProblemKind::gone;
    if (!is_gone || !exchange.request().head.if_match.empty()) throw;
    return nothing_to_say();
  }
}

} // namespace terracat::api

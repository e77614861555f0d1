#pragma once

#include "api/exchange.hpp"

#include <functional>

namespace terracat::api {

/// A change in the name of the site's sources.
template<class Change>
[[nodiscard]] catalogue::Transaction transaction_of(Exchange const& exchange, Change change) {
  return {.sources = exchange.site().transactions.value().sources, .change = std::move(change)};
}

/// What a request writes. Its parts read the body themselves, for most runs of a handler only look
/// whether it is committed.
struct Writing {
  /// Made when the request comes, and again if `may_retry` and somebody was quicker.
  std::function<catalogue::Transaction()> transaction;
  /// What precondition_failed means is our own affair: what was read is out of date.
  bool may_retry = false;
  /// Where a client looks that is not told in time what became of it; asked once.
  std::function<std::string()> address;
  /// Made once it is committed.
  std::function<Reply()> answer;
  /// Made of the address if there is no time or memory left for the answer, or what was written has
  /// gone already: it was written all the same.
  std::function<Reply(std::string const& address)> brief;
};

/// Lets a transaction be committed, once however often the handler is run, and answers when it is.
/// The thread is lent for a moment only: who waits longer is parked (Wait).
/// \throws ProblemError  by which it was refused
[[nodiscard]] Reply committed(Exchange const& exchange, Writing const& writing);

/// Likewise, of a removal: if others were quicker, it is done, unless a version was expected.
[[nodiscard]] Reply removed(Exchange const& exchange,
                            std::function<catalogue::Transaction()> const& transaction);

} // namespace terracat::api

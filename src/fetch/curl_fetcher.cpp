#include "fetch/curl_fetcher.hpp"

#include <terracat/text.hpp>

#include <algorithm>
#include <array>

namespace terracat::fetch {
namespace {

using Reason = FetchError::Reason;

bool is_token(std::string_view name) noexcept {
  constexpr std::string_view marks = "!#$%&'*+-.^_`|~";
  return !name.empty() && std::ranges::all_of(name, [marks](char c) {
    return is_alphanumeric(c) || marks.find(c) != std::string_view::npos;
  });
}

bool is_field_value(std::string_view value) noexcept {
  return std::ranges::all_of(value, [](char c) {
    return c == '\t' || (static_cast<unsigned char>(c) >= 0x20 && c != 0x7f);
  });
}

/// Headers by which a message is framed, routed or coded are ours; a source may name others in its
/// links.
bool is_ours(std::string_view name) {
  constexpr std::array<std::string_view, 11> ours{
      "host",    "connection", "content-length", "transfer-encoding", "accept-encoding", "expect",
      "upgrade", "te",         "trailer",        "keep-alive",        "content-type"};
  auto const small = lowered(name);
  return small.starts_with("proxy-") || std::ranges::find(ours, small) != ours.end();
}

void check_headers(Request const& request) {
  auto const refuse = [](std::string_view name) {
    throw FetchError(Reason::malformed, 0, "header '" + std::string(name) + "' cannot be sent");
  };
  if (!is_token(request.method)) refuse("(method)");
  for (auto const& [name, value] : request.headers) {
    if (!is_token(name) || !is_field_value(value) || is_ours(name)) refuse(name);
  }
  for (auto const* const value : {&request.accept, &request.content_type, &request.if_none_match,
                                  &request.if_modified_since}) {
    if (!is_field_value(*value)) refuse(*value);
  }
}

bool is_redirect(Answer const& answer) noexcept {
  constexpr std::array statuses{301, 302, 303, 307, 308};
  return std::ranges::find(statuses, answer.status) != statuses.end() && !answer.location.empty();
}

bool is_success(int status) noexcept {
  return (status >= 200 && status < 300) || status == 304;
}

} // namespace

/// One message on the way from the first URL to the answer.
struct CurlFetcher::Hop {
  Url url;
  std::string method;
  bool with_credentials = true;
};

/// An answer of any status, or why there is none.
struct CurlFetcher::Outcome {
  boost::system::result<Answer, Failure> result;
  Url url; ///< that gave the answer

  [[nodiscard]] bool is_success() const noexcept {
    return result && fetch::is_success(result->status);
  }

  [[nodiscard]] bool may_succeed_later() const noexcept {
    return result ? fetch::may_succeed_later(result->status) : result.error().may_succeed_later;
  }

  [[nodiscard]] FetchError error(std::uint32_t attempts) const {
    auto const tries =
        attempts == 1 ? std::string() : " (tried " + std::to_string(attempts) + " times)";
    if (!result) {
      return {result.error().reason, 0, url.shown() + ": " + result.error().detail + tries};
    }
    auto const wait = result->retry_after.empty() ? "" : ", Retry-After: " + result->retry_after;
    return {Reason::status, result->status,
            url.shown() + ": status " + std::to_string(result->status) + wait + tries,
            result->body};
  }
};

CurlFetcher::CurlFetcher(Policy policy)
    : policy_(std::move(policy)),
      clock_(system_clock_), // a delegating constructor may not name it: there is no member yet
      connection_(policy_),
      own_site_(Url::parse(policy_.public_url)) {}

CurlFetcher::CurlFetcher(Policy policy, Clock& clock)
    : policy_(std::move(policy)),
      clock_(clock),
      connection_(policy_),
      own_site_(Url::parse(policy_.public_url)) {}

Response CurlFetcher::fetch(Request const& request, std::stop_token stop) {
  check_headers(request);
  auto const start = Url::parse(request.url);
  if (!start) throw FetchError(Reason::malformed, 0, "not an http or https URL");
  for (std::uint32_t attempts = 1;; ++attempts) {
    auto outcome = follow(request, *start, stop);
    if (outcome.is_success()) {
      auto& answer = *outcome.result;
      return {.status = answer.status,
              .body = std::move(answer.body),
              .url = outcome.url.text(),
              .content_type = std::move(answer.content_type),
              .etag = std::move(answer.etag),
              .last_modified = std::move(answer.last_modified)};
    }
    if (!outcome.may_succeed_later() || attempts > policy_.retries) throw outcome.error(attempts);
    auto const pause = pause_after(outcome, attempts);
    if (pause > policy_.longest_retry_after) throw outcome.error(attempts);
    if (!clock_.wait_until(clock_.now() + pause, stop)) {
      throw FetchError(Reason::stopped, 0, "stopped");
    }
  }
}

std::chrono::milliseconds CurlFetcher::pause_after(Outcome const& outcome, std::uint32_t failures) {
  std::uniform_real_distribution<double> jitter(0, 1);
  auto const pause = policy_.backoff.after(failures, jitter(random_));
  if (!outcome.result) return pause;
  auto const asked = parse_retry_after(outcome.result->retry_after, clock_.wall());
  return asked ? std::max<std::chrono::milliseconds>(*asked, pause) : pause;
}

CurlFetcher::Outcome CurlFetcher::follow(Request const& request, Url const& start,
                                         std::stop_token const& stop) {
  Hop hop{.url = start, .method = request.method};
  for (unsigned redirects = 0;; ++redirects) {
    auto outcome = call_once(request, hop, stop);
    if (!outcome.result || !is_redirect(*outcome.result)) return outcome;
    if (redirects == policy_.limits.redirects) {
      return {Failure{.reason = Reason::malformed, .detail = "too many redirects"}, hop.url};
    }
    auto next = next_hop(hop, *outcome.result);
    if (!next) {
      return {Failure{.reason = Reason::malformed,
                      .detail =
                          "a redirect that leads to no http or https address, or away from https"},
              hop.url};
    }
    hop = std::move(*next);
  }
}

std::optional<CurlFetcher::Hop> CurlFetcher::next_hop(Hop const& hop, Answer const& answer) const {
  auto target = hop.url.resolved(answer.location);
  if (!target || (hop.url.is_https() && !target->is_https())) return std::nullopt;
  bool const is_see_other = answer.status == 303 && hop.method != "HEAD";
  bool const may_know = hop.with_credentials && target->is_same_origin(hop.url);
  if (may_know) target = target->with_credentials_of(hop.url);
  return Hop{.url = std::move(*target),
             .method = is_see_other ? "GET" : hop.method,
             .with_credentials = may_know};
}

CurlFetcher::Outcome CurlFetcher::call_once(Request const& request, Hop const& hop,
                                            std::stop_token const& stop) {
  if (auto refusal = refusal_of(hop.url); !refusal.empty()) {
    return {Failure{.reason = Reason::address_refused, .detail = std::move(refusal)}, hop.url};
  }
  auto& turn = next_turn_[hop.url.host()];
  if (!clock_.wait_until(turn, stop)) {
    return {Failure{.reason = Reason::stopped, .detail = "stopped"}, hop.url};
  }
  auto result = connection_.perform({.url = hop.url,
                                     .method = hop.method,
                                     .request = request,
                                     .with_credentials = hop.with_credentials},
                                    stop);
  turn = clock_.now() + policy_.delay;
  return {std::move(result), hop.url};
}

/// What the URL alone shows; addresses are looked at when they are known.
std::string CurlFetcher::refusal_of(Url const& url) const {
  if (own_site_ && own_site_->is_same_server(url)) return "not allowed: this site's own address";
  if (url.port() == 80 || url.port() == 443 || url.port() == policy_.own_port) return {};
  return "not allowed: port " + std::to_string(url.port());
}

std::string public_sentence(FetchError const& error) {
  switch (error.reason()) {
  case Reason::address_refused:
    return "address not allowed";
  case Reason::unreachable:
    return "could not connect";
  case Reason::status:
    return "status " + std::to_string(error.status());
  case Reason::too_large:
    return "the answer was too large";
  case Reason::malformed:
    return "the answer was not understood";
  case Reason::stopped:
    return "stopped";
  }
  return {};
}

} // namespace terracat::fetch

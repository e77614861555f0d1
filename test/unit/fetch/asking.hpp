#pragma once

#include "fetch/curl_fetcher.hpp"
#include "support/catch.hpp"
#include "support/fake_clock.hpp"
#include "support/fake_server.hpp"

#include <cstdlib>
#include <string>
#include <vector>

/// What the tests of fetching share.
namespace terracat::test {

using namespace std::chrono_literals;
using fetch::CurlFetcher;
using fetch::FetchError;
using fetch::Request;
using Reason = FetchError::Reason;

/// A source at a test server, which is reached by the one door there is: its configuration.
inline fetch::Policy policy_for(FakeServer const& server) {
  Source source;
  source.address = server.url();
  source.allow_networks = {"127.0.0.0/8", "::1/128"};
  source.delay = 0ms;
  source.retries = 0;
  return fetch::policy_of(source, {.user_agent = "terracat-test", .public_url = {}});
}

/// The error that a request ends with.
inline FetchError error_of(fetch::Fetcher& fetcher, Request const& request) {
  try {
    auto const response = fetcher.fetch(request, {});
    FAIL("status " << response.status << " instead of an error");
  } catch (FetchError const& error) {
    return error;
  }
  std::abort();
}

inline FetchError error_of(fetch::Policy const& policy, std::string const& url) {
  FakeClock clock;
  CurlFetcher fetcher(policy, clock);
  return error_of(fetcher, {.url = url});
}

inline fetch::Response get(fetch::Policy const& policy, std::string const& url) {
  FakeClock clock;
  CurlFetcher fetcher(policy, clock);
  return fetcher.fetch({.url = url}, {});
}

inline std::vector<std::string> targets(FakeServer const& server) {
  std::vector<std::string> out;
  for (auto const& request : server.requests()) out.push_back(request.target);
  return out;
}

} // namespace terracat::test

#pragma once

#include "fetch/guard.hpp"
#include "fetch/policy.hpp"
#include "fetch/url.hpp"

#include <terracat/fetch.hpp>

#include <boost/system/result.hpp>

#include <memory>
#include <stop_token>
#include <string>
#include <string_view>

namespace terracat::fetch {

/// One message to one server, without redirects and repetitions.
struct Call {
  Url const& url;
  std::string_view method;
  Request const& request;        ///< its body, headers and conditions
  bool with_credentials = false; ///< of the URL, and the headers that the request brings
};

/// An answer of any status, with the headers that matter here.
struct Answer {
  int status = 0;
  std::string body; ///< decoded; of an error its first 64 KB
  std::string content_type;
  std::string etag;
  std::string last_modified;
  std::string location;
  std::string retry_after;
};

/// Why there is no answer.
struct Failure {
  FetchError::Reason reason = FetchError::Reason::unreachable;
  bool may_succeed_later = false;
  std::string detail; ///< for the operator
};

/// The one place where libcurl connects. Connections are kept for later calls, and never leave this
/// object: on a reused connection the address is not looked at again, so one guard must have seen
/// them all. One thread at a time.
class Connection {
 public:
  explicit Connection(Policy policy);
  Connection(Connection const&) = delete;
  Connection& operator=(Connection const&) = delete;
  Connection(Connection&&) = delete;
  Connection& operator=(Connection&&) = delete;
  ~Connection();

  [[nodiscard]] boost::system::result<Answer, Failure> perform(Call const& call,
                                                               std::stop_token const& stop);

 private:
  struct Handles;

  Policy policy_;
  AddressGuard guard_;
  std::unique_ptr<Handles> handles_;
};

} // namespace terracat::fetch

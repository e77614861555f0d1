#include "net/admission.hpp"
#include "net/read_buffer.hpp"
#include "net/request_id.hpp"

#include "support/catch.hpp"

#include <cstring>

#include <set>
#include <string>
#include <vector>

using namespace terracat::net;
using boost::asio::ip::make_address;
using Ticket = Admission::Ticket;

namespace {

Proxies const proxies({"198.51.100.0/24"}, "X-Forwarded-For");

/// The status with which an address is refused; 0 if it is let in.
int status(Admission& admission, std::string const& address, std::vector<Ticket>& kept) {
  auto answer = admission.admit(proxies.classified(make_address(address)));
  if (auto* const ticket = std::get_if<Ticket>(&answer)) {
    kept.push_back(std::move(*ticket));
    return 0;
  }
  return std::get<Refusal>(answer).status;
}

} // namespace

TEST_CASE("connections are counted per address, and given back") {
  SizeLimits const limits{.connections = 4, .connections_per_address = 2, .queue = 1};
  Admission admission(limits);
  std::vector<Ticket> kept;
  CHECK(status(admission, "192.0.2.1", kept) == 0);
  CHECK(status(admission, "::ffff:192.0.2.1", kept) == 0);
  CHECK(status(admission, "192.0.2.1", kept) == 429);
  CHECK(status(admission, "192.0.2.2", kept) == 0);
  CHECK(status(admission, "2001:db8::1", kept) == 0);
  CHECK(status(admission, "2001:db8:1::1", kept) == 503);
  kept.clear();
  CHECK(status(admission, "192.0.2.1", kept) == 0);
  CHECK(status(admission, "192.0.2.1", kept) == 0);
  CHECK(status(admission, "192.0.2.1", kept) == 429);
}

TEST_CASE("an IPv6 network of one client counts as one address") {
  SizeLimits const limits{.connections = 10, .connections_per_address = 2, .queue = 1};
  Admission admission(limits);
  std::vector<Ticket> kept;
  CHECK(status(admission, "2001:db8:1:2::1", kept) == 0);
  CHECK(status(admission, "2001:db8:1:ff:ffff::9", kept) == 0);
  CHECK(status(admission, "2001:db8:1:2::3", kept) == 429);
  CHECK(status(admission, "2001:db8:1:102::1", kept) == 0);
}

TEST_CASE("the connections of a proxy are those of many clients") {
  SizeLimits const limits{.connections = 3, .connections_per_address = 1, .queue = 1};
  Admission admission(limits);
  std::vector<Ticket> kept;
  CHECK(status(admission, "198.51.100.7", kept) == 0);
  CHECK(status(admission, "198.51.100.7", kept) == 0);
  CHECK(status(admission, "192.0.2.1", kept) == 0);
  CHECK(status(admission, "198.51.100.7", kept) == 503);
  kept.clear();
  CHECK(status(admission, "192.0.2.1", kept) == 0);
}

TEST_CASE("what may be a request id is told from what may not") {
  CHECK(is_request_id("a"));
  CHECK(is_request_id("ABC.def-0_9"));
  CHECK(is_request_id(std::string(64, 'x')));
  CHECK_FALSE(is_request_id(std::string(65, 'x')));
  CHECK_FALSE(is_request_id(""));
  CHECK_FALSE(is_request_id("a b"));
  CHECK_FALSE(is_request_id("a\"b"));
  CHECK_FALSE(is_request_id("\xC3\xA9"));
}

TEST_CASE("made request ids are well-formed and differ, also between threads") {
  std::set<std::string> ids;
  RequestIds first;
  RequestIds second;
  for (int round = 0; round < 1000; ++round) {
    ids.insert(first.next());
    ids.insert(second.next());
  }
  CHECK(ids.size() == 2000);
  for (auto const& id : ids) REQUIRE((is_request_id(id) && id.size() == 16));
}

TEST_CASE("a read buffer keeps its bytes when it moves them") {
  ReadBuffer buffer;
  auto const put = [&](std::string const& text) {
    auto const room = buffer.prepare(text.size());
    std::memcpy(room.data(), text.data(), text.size());
    buffer.commit(text.size());
  };
  put("abcdef");
  buffer.consume(4);
  put("gh");
  CHECK(buffer.bytes() == "efgh");
  put(std::string(100'000, 'x'));
  CHECK(buffer.bytes() == "efgh" + std::string(100'000, 'x'));
  buffer.consume(100'003);
  CHECK(buffer.bytes() == "x");
  buffer.clear();
  CHECK(buffer.empty());
  buffer.shrink();
  put("again");
  CHECK(buffer.bytes() == "again");
}

TEST_CASE("bytes may be consumed while a read is under way") {
  ReadBuffer buffer;
  std::memcpy(buffer.prepare(10).data(), "0123456789", 10);
  buffer.commit(10);
  auto const room = buffer.prepare(5);
  buffer.consume(10);
  std::memcpy(room.data(), "abcde", 5);
  buffer.commit(5);
  CHECK(buffer.bytes() == "abcde");
}

#pragma once

#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <chrono>

/// Asio's types bound to the one executor that is used: the general ones cost a microsecond or more
/// per request (design.md 17.3).
namespace terracat::net {

namespace asio = boost::asio;
using boost::system::error_code; // NOLINT: for the files that include this one

using Clock = std::chrono::steady_clock;
using TimePoint = Clock::time_point;

using Executor = asio::io_context::executor_type;
using Socket = asio::basic_stream_socket<asio::ip::tcp, Executor>;
using Acceptor = asio::basic_socket_acceptor<asio::ip::tcp, Executor>;
using Timer = asio::basic_waitable_timer<Clock, asio::wait_traits<Clock>, Executor>;

} // namespace terracat::net

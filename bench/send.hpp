#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>

#include <array>
#include <atomic>
#include <iostream>
#include <memory>
#include <optional>
#include <string_view>
#include <thread>
#include <vector>

namespace terracat::bench {

/// Bytes that are written once and sent; grows without being cleared.
class Buffer {
 public:
  void clear() noexcept { size_ = 0; }

  /// Makes room behind what is there. \return  where it begins
  char* room(std::size_t bytes) {
    if (size_ + bytes > capacity_) grow(size_ + bytes);
    return bytes_.get() + size_;
  }

  /// So much of the room was used.
  void used(std::size_t bytes) noexcept { size_ += bytes; }

  void append(std::string_view text) {
    text.copy(room(text.size()), text.size());
    used(text.size());
  }

  [[nodiscard]] std::string_view text() const noexcept { return {bytes_.get(), size_}; }

 private:
  void grow(std::size_t least) {
    auto const capacity = least * 2;
    auto bytes =
        std::make_unique_for_overwrite<char[]>(capacity); // NOLINT: cleared memory is no use
    text().copy(bytes.get(), size_);
    bytes_ = std::move(bytes);
    capacity_ = capacity;
  }

  std::unique_ptr<char[]> bytes_; // NOLINT
  std::size_t size_ = 0;
  std::size_t capacity_ = 0;
};

namespace asio = boost::asio;
namespace http = boost::beast::http;
using Socket = asio::basic_stream_socket<asio::ip::tcp, asio::io_context::executor_type>;

/// One client. Whatever it asks, it gets what `Answers` has next: `std::string_view next(Buffer&)`,
/// which may use the buffer. Keeps itself alive; one thread.
template<class Answers>
class Connection : public std::enable_shared_from_this<Connection<Answers>> {
 public:
  Connection(Socket socket, Answers& answers) : socket_(std::move(socket)), answers_(answers) {
    socket_.set_option(asio::ip::tcp::no_delay(true));
    response_.set(http::field::content_type, "application/geo+json");
  }

  void read() {
    request_.emplace();
    http::async_read(
        socket_, received_, *request_,
        [self = this->shared_from_this()](boost::system::error_code error, std::size_t) {
          if (!error) self->write();
        });
  }

 private:
  void write() {
    buffer_.clear();
    auto const text = answers_.next(buffer_);
    response_.body() = {text.data(), text.size()};
    response_.content_length(text.size());
    http::async_write(
        socket_, response_,
        [self = this->shared_from_this()](boost::system::error_code error, std::size_t) {
          if (!error) self->read();
        });
  }

  Socket socket_;
  Answers& answers_;
  boost::beast::flat_buffer received_;
  std::optional<http::request_parser<http::string_body>> request_;
  http::response<http::span_body<char const>> response_{http::status::ok, 11};
  Buffer buffer_;
};

/// Serves on a free port of this machine, which is printed, until the process is ended: one thread
/// for each of `answers`, connections in turn.
template<class Answers>
void serve(std::vector<std::unique_ptr<Answers>>& answers) {
  std::vector<std::unique_ptr<asio::io_context>> contexts;
  std::vector<std::jthread> threads;
  for (std::size_t i = 0; i < answers.size(); ++i) {
    contexts.push_back(std::make_unique<asio::io_context>(1));
    threads.emplace_back([&context = *contexts.back()] {
      auto const work = asio::make_work_guard(context);
      context.run();
    });
  }
  asio::io_context accepting(1);
  asio::ip::tcp::acceptor acceptor(accepting, {asio::ip::address_v4::loopback(), 0});
  std::cout << acceptor.local_endpoint().port() << std::endl;
  for (std::size_t turn = 0;; turn = (turn + 1) % answers.size()) {
    Socket socket(*contexts[turn]);
    acceptor.accept(socket);
    asio::post(*contexts[turn], [socket = std::move(socket), &one = *answers[turn]]() mutable {
      std::make_shared<Connection<Answers>>(std::move(socket), one)->read();
    });
  }
}

} // namespace terracat::bench

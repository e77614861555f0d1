#include "net/listener.hpp"

#include "log/events.hpp"
#include "net/thread.hpp"

#include <boost/asio/ip/v6_only.hpp>
#include <boost/asio/post.hpp>

#include <sys/resource.h>

namespace terracat::net {
namespace {

namespace ip = asio::ip;

bool is_shortage(error_code const& error) noexcept {
  return error == asio::error::no_descriptors || error == asio::error::no_buffer_space ||
         error == asio::error::no_memory ||
         error == error_code(ENFILE, boost::system::system_category());
}

/// The system gives the lowest number that is free, so a high one says that few are left.
bool is_last_but(std::size_t kept_free, int descriptor) noexcept {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return false;
  return static_cast<rlim_t>(descriptor) + kept_free >= limit.rlim_cur;
}

} // namespace

Listener::Listener(Common& common, IoThreads const& io_threads)
    : common_(common), io_threads_(io_threads) {}

void Listener::open() {
  ip::tcp::endpoint const endpoint(ip::make_address(common_.settings.address),
                                   common_.settings.port);
  acceptor_.open(endpoint.protocol());
  acceptor_.set_option(Acceptor::reuse_address(true));
  if (endpoint.address().is_v6()) acceptor_.set_option(ip::v6_only(false));
  acceptor_.bind(endpoint);
  acceptor_.listen();
}

std::uint16_t Listener::port() const {
  return acceptor_.local_endpoint().port();
}

void Listener::start() {
  accept();
  thread_ = std::thread([this] {
    name_this_thread("accept", 0);
    run();
  });
}

/// What fails for want of memory is tried again after a pause, which is no timer: that needs some.
void Listener::run() noexcept {
  for (;;) {
    try {
      if (is_stopping_) {
        end();
      } else if (is_due_) {
        accept();
      }
      context_.run();
      return;
    } catch (std::exception const& error) {
      common_.logger.error(log::event::net_task_failed, "A client could not be accepted.",
                           {{"cause", error.what()}});
      // What was under way may be gone without a word: a client whose socket found no memory.
      error_code ignored;
      acceptor_.cancel(ignored);
      pause_.cancel();
      is_due_ = true;
      context_.restart();
      std::this_thread::sleep_for(common_.settings.times.accept_pause);
    }
  }
}

void Listener::stop() {
  is_stopping_ = true;
  asio::post(context_, [this] { end(); });
}

void Listener::end() {
  error_code ignored;
  acceptor_.close(ignored);
  pause_.cancel();
  for (auto const& thread : io_threads_) thread->drain(); // behind whatever was handed over
}

void Listener::join() {
  if (thread_.joinable()) thread_.join();
}

void Listener::accept() {
  is_due_ = true;
  auto& context = io_threads_[next_]->context();
  acceptor_.async_accept(context, client_, [this](error_code const& error, Socket socket) {
    on_accepted(error, std::move(socket));
  });
  is_due_ = false;
}

void Listener::on_accepted(error_code const& error, Socket socket) {
  if (error == asio::error::operation_aborted) return;
  is_due_ = true;
  if (!acceptor_.is_open()) return;
  if (is_shortage(error)) return pause();
  if (!error) {
    if (is_last_but(common_.settings.sizes.descriptors_kept_free, socket.native_handle())) {
      return pause(); // and close this one
    }
    is_paused_ = false;
    hand_over(std::move(socket));
  }
  accept(); // any other error is the client's, who has gone already
}

void Listener::hand_over(Socket socket) {
  auto& thread = *io_threads_[next_];
  next_ = (next_ + 1) % io_threads_.size();
  auto client = common_.proxies.classified(client_.address());
  auto admission = common_.admission.admit(client);
  thread.adopt({std::move(socket), std::move(admission), std::move(client)});
}

void Listener::pause() {
  common_.rejections.count(Reason::descriptors);
  if (!is_paused_) {
    common_.logger.warn(log::event::net_accept_paused,
                        "No more clients are accepted until file descriptors become free.");
  }
  is_paused_ = true;
  pause_.expires_after(common_.settings.times.accept_pause);
  pause_.async_wait([this](error_code const& error) {
    if (!error && acceptor_.is_open()) accept();
  });
  is_due_ = false;
}

} // namespace terracat::net

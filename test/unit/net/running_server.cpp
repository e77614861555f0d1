#include "running_server.hpp"

#include <sys/mman.h>

#include <stdexcept>

using namespace terracat;

TestApplication::TestApplication() {
  handle("/hello", [](api::Request const&) { return text_reply("hello\n"); });
  handle(
      "/echo",
      {.handler = [](api::Request const& request) { return text_reply(std::string(request.body)); },
       .body_limit = 100'000});
  handle("/heavy",
         {.handler = [](api::Request const&) { return text_reply("heavy\n"); }, .is_light = false});
}

std::unique_ptr<api::Worker> TestApplication::worker() {
  return std::make_unique<TestWorker>(idle_calls_);
}

TestApplication::Route const* TestApplication::find(std::string_view path) const {
  auto const found = routes_.find(path);
  return found == routes_.end() ? nullptr : &found->second;
}

api::Plan TestApplication::plan(api::Head const& head) const noexcept {
  auto const found = routes_.find(head.path);
  if (found == routes_.end()) return {};
  auto const& [pattern, route] = *found;
  return {.route = pattern,
          .body_limit = route.body_limit,
          .is_light = route.is_light,
          .is_vital = route.is_vital,
          .answer_timeout = route.answer_timeout,
          .waits_for_body = route.waits_for_body};
}

api::Reply TestApplication::answer(api::Request const& request, api::Worker& worker) noexcept {
  std::unique_lock const alone(dynamic_cast<TestWorker&>(worker).in_use, std::try_to_lock);
  if (!alone) std::terminate(); // a worker is never shared
  {
    std::scoped_lock const lock(mutex_);
    seen_.push_back({.method = request.head.method,
                     .path = std::string(request.head.path),
                     .query = std::string(request.head.query),
                     .body = std::string(request.body),
                     .request_id = std::string(request.head.request_id),
                     .if_none_match = std::string(request.head.if_none_match),
                     .accept_language = std::string(request.head.accept_language),
                     .coding = request.head.coding});
  }
  if (auto const* const route = find(request.head.path)) return route->handler(request);
  return refusal(404, "no such route", request.head.request_id);
}

api::Reply TestApplication::refusal(int status, std::string_view detail,
                                    std::string_view request_id) const noexcept {
  auto reply = text_reply(std::string(detail) + " (" + std::string(request_id) + ")",
                          "application/problem+json");
  reply.status = status;
  if (status == 503 || status == 429) reply.headers.emplace_back("Retry-After", "7");
  return reply;
}

void TestApplication::on_commit(std::function<void(std::int64_t)> wake) {
  std::scoped_lock const lock(mutex_);
  wake_ = std::move(wake);
}

void TestApplication::commit(std::int64_t sequence) {
  std::function<void(std::int64_t)> wake;
  {
    std::scoped_lock const lock(mutex_);
    wake = wake_;
  }
  wake(sequence);
}

std::vector<Seen> TestApplication::seen() const {
  std::scoped_lock const lock(mutex_);
  return seen_;
}

api::Reply text_reply(std::string bytes, std::string content_type) {
  return {.status = 200,
          .content_type = std::move(content_type),
          .headers = {},
          .content = api::Text{std::move(bytes)}};
}

net::Settings quick_settings() {
  using namespace std::chrono_literals;
  return {.address = "127.0.0.1",
          .port = 0,
          .io_threads = 2,
          .worker_threads = 1,
          .cors_origins = {"*"},
          .trusted_proxies = {},
          .forwarded_header = "X-Forwarded-For",
          .times = {.idle = 60s, .header = 60s, .body = 60s, .write = 60s, .shutdown = 10s},
          .sizes = {.connections = 4'096, .connections_per_address = 1'024, .queue = 256},
          .costs = {.rate = 0, .burst = 30'000}};
}

TemporaryFile::TemporaryFile(std::string const& content) {
  struct Owned {
    explicit Owned(int number) : descriptor(number) {}

    Owned(Owned const&) = delete;
    Owned& operator=(Owned const&) = delete;
    Owned(Owned&&) = delete;
    Owned& operator=(Owned&&) = delete;

    ~Owned() { ::close(descriptor); }

    int descriptor;
  };

  auto const owned = std::make_shared<Owned>(::memfd_create("file", MFD_CLOEXEC));
  descriptor_ = std::shared_ptr<int const>(owned, &owned->descriptor);
  for (std::size_t done = 0; done < content.size();) {
    auto const count = ::write(*descriptor_, content.data() + done, content.size() - done);
    if (count <= 0) throw std::runtime_error("the file could not be written");
    done += static_cast<std::size_t>(count);
  }
}

void TemporaryFile::truncate(std::size_t size) const {
  if (::ftruncate(*descriptor_, static_cast<off_t>(size)) != 0) {
    throw std::runtime_error("the file could not be cut");
  }
}

RunningServer::RunningServer(net::Settings settings)
    : RunningServer(std::move(settings), [](TestApplication&) {}) {}

RunningServer::RunningServer(net::Settings settings, std::function<void(TestApplication&)> set_up)
    : logger_(std::make_unique<log::Logger>(
          log::Logger::Settings{.level = log::Level::error, .descriptor = log_.descriptor()})),
      access_log_(std::make_unique<log::AccessLog>(log::AccessLog::Settings{
          .descriptor = log_.descriptor(), .interval = std::chrono::milliseconds(1)})),
      metrics_(std::make_unique<metrics::Metrics>(metrics::Metrics::Build{"1", "2", "3"})) {
  set_up(application_);
  server_ = std::make_unique<net::Server>(std::move(settings), application_, *logger_, *access_log_,
                                          *metrics_);
  server_->start();
}

RunningServer::~RunningServer() {
  server_.reset();
  access_log_.reset();
  logger_.reset();
}

double RunningServer::metric(std::string const& series) const {
  auto const text = metrics_->text();
  auto const found = text.find("\n" + series + " ");
  return found == std::string::npos ? 0 : std::stod(text.substr(found + series.size() + 2));
}

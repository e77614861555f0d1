#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

/// What passes between `net/`, which knows sockets, and `api/`, which does not.
namespace terracat::api {

enum class Method : std::uint8_t { get, head, post, put, patch, remove, options };

/// Content codings that an answer may have; `net/` applies them.
enum class Coding : std::uint8_t { identity, gzip, brotli, zstd };

/// The request line and the headers that answers depend on. Views are valid while the request is
/// handled.
struct Head {
  Method method = Method::get;
  std::string_view path;  ///< of the target, percent-encoded as sent: "/stac/collections/a%2Fb"
  std::string_view query; ///< without "?", percent-encoded as sent; may hold bytes no URL may hold
  std::string_view accept;
  std::string_view accept_language;
  std::string_view content_type;
  std::string_view if_match;
  std::string_view if_none_match;
  std::string_view if_range;
  std::string_view prefer;
  std::string_view range;
  std::string_view user_agent;
  std::string_view authorization;   ///< never to be logged
  std::string_view api_key;         ///< X-API-Key; likewise
  std::string_view explain;         ///< Terracat-Explain
  std::string_view request_id;      ///< for the log and for problems
  Coding coding = Coding::identity; ///< the one that the client prefers
};

/// What a handler has begun and keeps while its request waits.
class Begun {
 public:
  Begun() = default;
  Begun(Begun const&) = delete;
  Begun& operator=(Begun const&) = delete;
  Begun(Begun&&) = delete;
  Begun& operator=(Begun&&) = delete;
  virtual ~Begun() = default;
};

struct Request {
  Head head;
  std::string_view body;
  std::chrono::steady_clock::time_point deadline;
  bool may_scan = false;      ///< it is this request's turn to look into many items (see Scan)
  bool must_be_light = false; ///< who asks reads sockets, too: no more than light work (see Heavy)
  std::shared_ptr<Begun> begun = {}; ///< of the Wait by which the handler let it wait; else null
};

/// A body that is ready.
struct Text {
  std::string bytes;
};

class Worker;

/// A body of unknown length, made piece by piece. `pull` appends the next piece to its argument and
/// says whether there may be more. Each call may come from another thread, with that thread's
/// worker, so it keeps nothing of the worker that answered and holds no snapshot between calls. It
/// may be dropped at any time when the client is gone. An exception ends the connection without the
/// last chunk, so that the client notices.
struct Stream {
  std::function<bool(std::string& out, Worker& worker)> pull;
};

/// Part of an open file.
struct FileRange {
  std::shared_ptr<int const> descriptor; ///< closed with the last reference
  std::uint64_t offset = 0;
  std::uint64_t length = 0;
};

/// No answer yet: run the handler again when the catalogue has changed after `sequence`, or when
/// `until` has passed. The request is parked without a thread. The request's deadline stays what it
/// was: `until` lies before it, and by it the handler knows that it must answer now.
struct Wait {
  std::int64_t sequence = 0;
  std::chrono::steady_clock::time_point until;

  /// Comes back with the request, shared because the reply that holds it goes meanwhile. Not null:
  /// the request has had an effect, so that nobody may refuse it any more.
  std::shared_ptr<Begun> begun = {};
};

/// No answer yet: it takes a scan, of which only a few may run at a time. Run the handler again
/// when it is this one's turn, with Request::may_scan.
struct Scan {
  std::string refusal; ///< the body of the answer if it gets no turn; the rest of the reply fits it
};

/// No answer: it would take more than light work. Run the handler again on the pool.
struct Heavy {};

struct Reply {
  int status = 200;
  std::string content_type;
  std::vector<std::pair<std::string, std::string>> headers;
  std::variant<Text, Stream, FileRange, Wait, Scan, Heavy> content;
};

class Application;

/// What is known of a request before its body is read.
struct Plan {
  /// Who answers this request; null: the application that planned it. Shared because settings may
  /// change meanwhile: whoever has the plan keeps it until the whole answer is sent.
  std::shared_ptr<Application> answerer;
  /// The pattern, for log and metrics: "/stac/collections/{collection}". Lives as long as who
  /// answers; empty if there is no such route.
  std::string_view route;
  std::size_t body_limit = 0;
  /// Mostly cheap enough to be answered on the thread that reads sockets (design.md 17.3: half a
  /// millisecond): it is begun there, with Request::must_be_light. Anything else goes to the pool.
  /// True also where there is no route: that is refused at once.
  bool is_light = true;
  /// Light, and answered however much there is to do: operators ask.
  bool is_vital = false;
  /// How long the answer may take, from the first byte of the request.
  std::chrono::milliseconds answer_timeout{10'000};
  /// From the last one instead: what is written may take longer than that to arrive.
  bool waits_for_body = false;
};

/// What one thread needs to answer: connections, statements, buffers. Never shared.
class Worker {
 public:
  Worker() = default;
  Worker(Worker const&) = delete;
  Worker& operator=(Worker const&) = delete;
  Worker(Worker&&) = delete;
  Worker& operator=(Worker&&) = delete;
  virtual ~Worker() = default;

  /// Nothing has been asked for about a second: let go of what hinders others (snapshots).
  virtual void idle() noexcept {}
};

/// Everything behind the sockets. Thread-safe; workers are not.
class Application {
 public:
  Application() = default;
  Application(Application const&) = delete;
  Application& operator=(Application const&) = delete;
  Application(Application&&) = delete;
  Application& operator=(Application&&) = delete;
  virtual ~Application() = default;

  [[nodiscard]] virtual std::unique_ptr<Worker> worker() = 0;

  /// Looks at the head only. Never throws, never blocks.
  [[nodiscard]] virtual Plan plan(Head const& head) const noexcept = 0;

  /// Makes the answer, errors included.
  [[nodiscard]] virtual Reply answer(Request const& request, Worker& worker) noexcept = 0;

  /// The answer to a request that `net/` refuses itself: bad framing, too large, too busy. With 503
  /// and 429 it says when to come again.
  [[nodiscard]] virtual Reply refusal(int status, std::string_view detail,
                                      std::string_view request_id) const noexcept = 0;

  /// Calls `wake` from any thread after each commit, until the application ends; for Wait.
  virtual void on_commit(std::function<void(std::int64_t sequence)> wake) = 0;
};

} // namespace terracat::api

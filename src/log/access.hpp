#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

namespace terracat::log {

/// What is kept of one answered request. No query text: it may hold what people look for.
struct Access {
  std::string_view request_id;
  std::string_view method;
  std::string_view route; ///< the pattern; empty if the request did not get that far
  std::string_view path;  ///< as sent; only its beginning is kept
  int status = 0;
  std::uint64_t bytes = 0; ///< of the body, as far as they were sent
  std::chrono::microseconds duration{0};
  std::string_view client; ///< the network of the address, never the address
  bool is_complete = true; ///< false if the client did not get the whole answer
};

/// The log of answered requests: one line of JSON each.
///
/// A line costs its thread no system call and no lock that others hold: each thread appends to a
/// lane of its own, and a thread of the log writes all lanes every 100 ms. A crash loses that much.
/// A reader that does not keep up loses lines, and is told how many. The destructor writes what is
/// left; no lane may be in use then.
class AccessLog {
 public:
  struct Settings {
    int descriptor = 2; ///< stays open as long as the log lives, which does not close it; less than
                        ///< 0: nobody wants the lines, and none is made
    std::chrono::milliseconds interval{100};
    std::size_t lane_bytes = std::size_t{8} << 20; ///< what a lane holds before lines are lost
  };

  /// One thread's way in.
  class Lane {
   public:
    /// \param is_wanted  else it takes nothing
    Lane(std::size_t limit, bool is_wanted) noexcept : limit_(limit), is_wanted_(is_wanted) {}

    void write(Access const& access);

   private:
    friend class AccessLog;

    /// Moves all lines to `out`, which must be empty.
    void take(std::string& out);

    std::mutex mutex_; ///< for the two below; the log's thread holds it for a swap only
    std::string lines_;
    std::uint64_t lost_ = 0;
    std::size_t limit_;
    bool is_wanted_;
  };

  AccessLog(); ///< on standard error
  explicit AccessLog(Settings settings);
  AccessLog(AccessLog const&) = delete;
  AccessLog& operator=(AccessLog const&) = delete;
  AccessLog(AccessLog&&) = delete;
  AccessLog& operator=(AccessLog&&) = delete;
  ~AccessLog();

  /// A new lane, to be used by one thread, as long as the log lives. Any thread may ask.
  [[nodiscard]] Lane& lane();

 private:
  struct Implementation;
  std::unique_ptr<Implementation> implementation_;
};

} // namespace terracat::log

#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace prometheus {
class Counter;
class Gauge;
class Histogram;
} // namespace prometheus

namespace terracat::metrics {

/// A number that only grows. Like the other handles it is small, is valid as long as the Metrics it
/// came from, and may be used by any thread; getting one costs a look-up, so keep it.
class Counter {
 public:
  explicit Counter(prometheus::Counter& counter) noexcept : counter_(&counter) {}

  /// \param amount  not negative
  void add(double amount = 1) const noexcept;

 private:
  prometheus::Counter* counter_;
};

/// A number that goes up and down.
class Gauge {
 public:
  explicit Gauge(prometheus::Gauge& gauge) noexcept : gauge_(&gauge) {}

  void set(double value) const noexcept;
  void add(double amount) const noexcept;

 private:
  prometheus::Gauge* gauge_;
};

class Series;

/// A gauge that is there only while its number is known, and without which an alert says nothing.
class OptionalGauge {
 public:
  OptionalGauge(Series& series, std::string label) : series_(&series), label_(std::move(label)) {}

  /// \param value  nothing: there is no such number any more
  void set(std::optional<double> value) const;

 private:
  Series* series_;
  std::string label_;
};

/// How often something took how long.
class Histogram {
 public:
  explicit Histogram(prometheus::Histogram& histogram) noexcept : histogram_(&histogram) {}

  void observe(double seconds) const;

 private:
  prometheus::Histogram* histogram_;
};

/// The answers of one route. Unlike the plain handles it remembers what it has looked up, and is
/// used by one thread.
class RouteMetrics {
 public:
  /// \param method  one of a fixed set, living as long as the program
  void answered(std::string_view method, int status, double seconds);

 private:
  friend class Metrics;

  struct Answers {
    std::string_view method;
    int status;
    Counter counter;
  };

  RouteMetrics(class Metrics& metrics, std::string route, Histogram duration)
      : metrics_(&metrics), route_(std::move(route)), duration_(duration) {}

  Metrics* metrics_;
  std::string route_;
  Histogram duration_;
  std::vector<Answers> answers_; ///< a route sees few methods and codes: searched from the front
};

/// What the program counts and measures of itself (names: prefix `terracat_`, base units). Labels
/// come from closed sets or from the configuration; ids, addresses and query texts are never
/// labels.
class Metrics {
 public:
  struct Build {
    std::string version;
    std::string commit;
    std::string sqlite;
  };

  explicit Metrics(Build const& build);
  Metrics(Metrics const&) = delete;
  Metrics& operator=(Metrics const&) = delete;
  Metrics(Metrics&&) = delete;
  Metrics& operator=(Metrics&&) = delete;
  ~Metrics();

  /// \param route  a pattern of the route table, or empty for requests that did not get that far
  [[nodiscard]] RouteMetrics route(std::string_view route);

  /// \param state  what connections are doing: "idle", "reading", "working", "waiting", "writing"
  [[nodiscard]] Gauge http_connections(std::string_view state);

  [[nodiscard]] Counter http_rejected(std::string_view reason);
  [[nodiscard]] Counter harvest_runs(std::string_view source, std::string_view result);
  [[nodiscard]] OptionalGauge harvest_last_success(std::string_view source); ///< since 1970
  [[nodiscard]] OptionalGauge harvest_deletions_held(std::string_view source);
  [[nodiscard]] Counter harvest_documents(std::string_view source, std::string_view outcome);
  [[nodiscard]] Counter helper_crashes(std::string_view helper);

  /// From now on only these have gauges; those of other sources go. Before, every source may.
  void keep_sources(std::vector<std::string> const& names);

  /// All of it in the text format of Prometheus, 0.0.4, with what /proc says of the process.
  [[nodiscard]] std::string text() const;

 private:
  friend class RouteMetrics;

  [[nodiscard]] Counter http_requests(std::string_view route, std::string_view method, int status);

  struct Implementation;
  std::unique_ptr<Implementation> implementation_;

 public:
  Gauge const queue_depth;
  Histogram const queue_wait;
  Counter const query_deadline_exceeded;
  Gauge const store_revision;
  Histogram const store_commit_duration;
  Histogram const store_checkpoint_duration;
  Counter const store_corrupt;
  Counter const store_io_errors;
  Gauge const store_wal_bytes;
  Gauge const store_file_bytes;
  OptionalGauge const store_disk_free_bytes;
  Histogram const harvest_run_duration;
  OptionalGauge const backup_last_success; ///< seconds since 1970; 0: there is none yet
};

} // namespace terracat::metrics

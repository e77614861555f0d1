#include "metrics/metrics.hpp"

#include "metrics/process.hpp"

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include <iterator>
#include <map>
#include <mutex>
#include <set>

namespace terracat::metrics {
namespace {

using Labels = prometheus::Labels;
using Boundaries = prometheus::Histogram::BucketBoundaries;

Boundaries request_seconds() {
  return {0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10};
}

Boundaries run_seconds() {
  return {1, 5, 15, 60, 300, 900, 3600, 4 * 3600, 12 * 3600, 24 * 3600};
}

/// A mistake in a route table must not fill the memory of whoever scrapes.
constexpr std::size_t most_routes = 300;

std::string text_of(std::string_view view) {
  return std::string(view);
}

} // namespace

/// Gauges of one name that come and go: one for each value of a label, or one without label.
class Series {
 public:
  /// \param label  empty: there is none
  Series(prometheus::Family<prometheus::Gauge>& family, std::string label)
      : family_(family), label_(std::move(label)) {}

  void set(std::string const& of, std::optional<double> value) {
    std::scoped_lock const lock(mutex_);
    auto const found = known_.find(of);
    if (!value) return drop(found);
    if (admitted_ && !admitted_->contains(of)) return;
    auto* gauge = found == known_.end() ? nullptr : found->second;
    if (gauge == nullptr) {
      gauge = &family_.Add(label_.empty() ? Labels{} : Labels{{label_, of}});
      known_.emplace(of, gauge);
    }
    gauge->Set(*value);
  }

  void keep(std::set<std::string> const& names) {
    std::scoped_lock const lock(mutex_);
    admitted_ = names;
    for (auto at = known_.begin(); at != known_.end();) {
      auto const next = std::next(at);
      if (!names.contains(at->first)) drop(at);
      at = next;
    }
  }

 private:
  using Known = std::map<std::string, prometheus::Gauge*>;

  void drop(Known::iterator at) {
    if (at == known_.end()) return;
    family_.Remove(at->second);
    known_.erase(at);
  }

  prometheus::Family<prometheus::Gauge>& family_;
  std::string label_;
  std::mutex mutex_; ///< guards what follows
  Known known_;
  std::optional<std::set<std::string>> admitted_; ///< nothing: all
};

void OptionalGauge::set(std::optional<double> value) const {
  series_->set(label_, value);
}

void Counter::add(double amount) const noexcept {
  counter_->Increment(amount);
}

void Gauge::set(double value) const noexcept {
  gauge_->Set(value);
}

void Gauge::add(double amount) const noexcept {
  gauge_->Increment(amount);
}

void Histogram::observe(double seconds) const {
  histogram_->Observe(seconds);
}

void RouteMetrics::answered(std::string_view method, int status, double seconds) {
  duration_.observe(seconds);
  for (auto const& known : answers_) {
    if (known.status == status && known.method == method) return known.counter.add();
  }
  answers_.push_back({method, status, metrics_->http_requests(route_, method, status)});
  answers_.back().counter.add();
}

struct Metrics::Implementation {
  prometheus::Registry registry;

  prometheus::Family<prometheus::Counter>& counters(char const* name, char const* help) {
    return prometheus::BuildCounter().Name(name).Help(help).Register(registry);
  }

  prometheus::Family<prometheus::Gauge>& gauges(char const* name, char const* help) {
    return prometheus::BuildGauge().Name(name).Help(help).Register(registry);
  }

  prometheus::Family<prometheus::Histogram>& histograms(char const* name, char const* help) {
    return prometheus::BuildHistogram().Name(name).Help(help).Register(registry);
  }

  Counter counter(char const* name, char const* help) {
    return Counter(counters(name, help).Add({}));
  }

  Gauge gauge(char const* name, char const* help) { return Gauge(gauges(name, help).Add({})); }

  Histogram histogram(char const* name, char const* help, Boundaries const& boundaries) {
    return Histogram(histograms(name, help).Add({}, boundaries));
  }

  /// The route as a label.
  std::string admitted(std::string_view route) {
    std::scoped_lock const lock(mutex);
    if (routes.size() >= most_routes && !routes.contains(route)) return "other";
    return *routes.emplace(route.empty() ? "none" : route).first;
  }

  prometheus::Family<prometheus::Counter>& requests =
      counters("terracat_http_requests_total", "Answered requests");
  prometheus::Family<prometheus::Histogram>& request_duration =
      histograms("terracat_http_request_duration_seconds",
                 "From the first byte of a request to the last byte of its answer");
  prometheus::Family<prometheus::Gauge>& connections =
      gauges("terracat_http_connections", "Open connections by what they are doing");
  prometheus::Family<prometheus::Counter>& rejected =
      counters("terracat_http_rejected_total", "Connections and requests that were refused");
  prometheus::Family<prometheus::Counter>& runs =
      counters("terracat_harvest_runs_total", "Ended harvest runs");
  Series last_success{
      gauges("terracat_harvest_last_success_timestamp_seconds",
             "When the last run that saw all of the source ended (after a restart, when it "
             "began); 0: none did"),
      "source"};
  Series deletions_held{
      gauges("terracat_harvest_deletions_held", "Removals that wait for an operator"), "source"};
  Series free_bytes{
      gauges("terracat_store_disk_free_bytes", "Room where the catalogue file is, if it is known"),
      ""};
  Series last_backup{
      gauges(
          "terracat_backup_last_success_timestamp_seconds",
          "Time of the newest sound backup in the folder of backups; 0: none, absent: no folder"),
      ""};
  prometheus::Family<prometheus::Counter>& documents =
      counters("terracat_harvest_documents_total", "Documents by what became of them");
  prometheus::Family<prometheus::Counter>& crashes =
      counters("terracat_helper_crashes_total",
               "Helper processes that a document ended, or that had to be ended");

  std::mutex mutex; ///< for routes
  std::set<std::string, std::less<>> routes;
};

Metrics::Metrics(Build const& build)
    : implementation_(std::make_unique<Implementation>()),
      queue_depth(
          implementation_->gauge("terracat_queue_depth", "Requests that wait for a heavy thread")),
      queue_wait(implementation_->histogram("terracat_queue_wait_seconds",
                                            "How long requests waited for a heavy thread",
                                            request_seconds())),
      query_deadline_exceeded(implementation_->counter("terracat_query_deadline_exceeded_total",
                                                       "Requests that ran out of time")),
      store_revision(implementation_->gauge("terracat_store_revision",
                                            "Sequence of the last committed change")),
      store_commit_duration(implementation_->histogram("terracat_store_commit_duration_seconds",
                                                       "Duration of a commit", request_seconds())),
      store_checkpoint_duration(
          implementation_->histogram("terracat_store_checkpoint_duration_seconds",
                                     "Duration of a checkpoint", request_seconds())),
      store_corrupt(implementation_->counter("terracat_store_corrupt_total",
                                             "Damaged values that requests and harvests met")),
      store_io_errors(implementation_->counter("terracat_store_io_errors_total",
                                               "Requests that met an error of the disc")),
      store_wal_bytes(
          implementation_->gauge("terracat_store_wal_bytes", "Size of the write-ahead log")),
      store_file_bytes(
          implementation_->gauge("terracat_store_file_bytes", "Size of the catalogue file")),
      store_disk_free_bytes(implementation_->free_bytes, ""),
      harvest_run_duration(implementation_->histogram("terracat_harvest_run_duration_seconds",
                                                      "Duration of a harvest run", run_seconds())),
      backup_last_success(implementation_->last_backup, "") {
  implementation_->gauges("terracat_build_info", "What is running; always 1")
      .Add({{"version", build.version}, {"commit", build.commit}, {"sqlite", build.sqlite}})
      .Set(1);
}

Metrics::~Metrics() = default;

RouteMetrics Metrics::route(std::string_view route) {
  auto label = implementation_->admitted(route);
  Histogram const duration(
      implementation_->request_duration.Add({{"route", label}}, request_seconds()));
  return {*this, std::move(label), duration};
}

Counter Metrics::http_requests(std::string_view route, std::string_view method, int status) {
  return Counter(implementation_->requests.Add(
      {{"route", text_of(route)}, {"method", text_of(method)}, {"code", std::to_string(status)}}));
}

Gauge Metrics::http_connections(std::string_view state) {
  return Gauge(implementation_->connections.Add({{"state", text_of(state)}}));
}

Counter Metrics::http_rejected(std::string_view reason) {
  return Counter(implementation_->rejected.Add({{"reason", text_of(reason)}}));
}

Counter Metrics::harvest_runs(std::string_view source, std::string_view result) {
  return Counter(
      implementation_->runs.Add({{"source", text_of(source)}, {"result", text_of(result)}}));
}

OptionalGauge Metrics::harvest_last_success(std::string_view source) {
  return {implementation_->last_success, text_of(source)};
}

OptionalGauge Metrics::harvest_deletions_held(std::string_view source) {
  return {implementation_->deletions_held, text_of(source)};
}

void Metrics::keep_sources(std::vector<std::string> const& names) {
  std::set<std::string> const kept(names.begin(), names.end());
  implementation_->last_success.keep(kept);
  implementation_->deletions_held.keep(kept);
}

Counter Metrics::harvest_documents(std::string_view source, std::string_view outcome) {
  return Counter(
      implementation_->documents.Add({{"source", text_of(source)}, {"outcome", text_of(outcome)}}));
}

Counter Metrics::helper_crashes(std::string_view helper) {
  return Counter(implementation_->crashes.Add({{"helper", text_of(helper)}}));
}

std::string Metrics::text() const {
  auto families = implementation_->registry.Collect();
  for (auto& family : process_metrics()) families.push_back(std::move(family));
  return prometheus::TextSerializer().Serialize(families);
}

} // namespace terracat::metrics

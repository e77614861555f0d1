#include "metrics/metrics.hpp"

#include "support/catch.hpp"

#include <string>
#include <thread>
#include <vector>

using terracat::metrics::Metrics;

namespace {

Metrics::Build const build{.version = "1.2.3", .commit = "abc", .sqlite = "3.40.1"};

bool has_line(std::string const& text, std::string const& line) {
  return text.starts_with(line + "\n") || text.find("\n" + line + "\n") != std::string::npos;
}

/// The value of a series without labels; -1 if it is not there.
double value(std::string const& text, std::string const& name) {
  auto const found = text.find("\n" + name + " ");
  return found == std::string::npos ? -1 : std::stod(text.substr(found + name.size() + 2));
}

} // namespace

TEST_CASE("answers are counted by route, method and code, and timed by route") {
  Metrics metrics(build);
  auto route = metrics.route("/stac/collections/{collection}");
  route.answered("GET", 200, 0.002);
  route.answered("GET", 200, 0.3);
  route.answered("HEAD", 200, 0.002);
  route.answered("GET", 404, 20);
  auto const text = metrics.text();
  std::string const label = R"(route="/stac/collections/{collection}")";
  auto const requests = [&](std::string const& code, std::string const& method) {
    return "terracat_http_requests_total{code=\"" + code + "\",method=\"" + method + "\"," + label +
           "}";
  };
  CHECK(has_line(text, requests("200", "GET") + " 2"));
  CHECK(has_line(text, requests("200", "HEAD") + " 1"));
  CHECK(has_line(text, requests("404", "GET") + " 1"));
  std::string const bucket = "terracat_http_request_duration_seconds_bucket{" + label + ",le=";
  CHECK(has_line(text, bucket + "\"0.001\"} 0"));
  CHECK(has_line(text, bucket + "\"0.0025\"} 2"));
  CHECK(has_line(text, bucket + "\"0.5\"} 3"));
  CHECK(has_line(text, bucket + "\"10\"} 3"));
  CHECK(has_line(text, bucket + "\"+Inf\"} 4"));
  CHECK(has_line(text, "# TYPE terracat_http_request_duration_seconds histogram"));
}

TEST_CASE("threads that ask for one route count together") {
  Metrics metrics(build);
  {
    std::vector<std::jthread> threads;
    for (int thread = 0; thread < 4; ++thread) {
      threads.emplace_back([&metrics] {
        auto route = metrics.route("/x");
        for (int answer = 0; answer < 1000; ++answer) route.answered("GET", 200, 0.01);
      });
    }
  }
  auto const text = metrics.text();
  CHECK(has_line(text, R"(terracat_http_requests_total{code="200",method="GET",route="/x"} 4000)"));
  CHECK(has_line(text, R"(terracat_http_request_duration_seconds_count{route="/x"} 4000)"));
}

TEST_CASE("the number of routes is bounded, and a request without one is counted too") {
  Metrics metrics(build);
  metrics.route("").answered("GET", 400, 0);
  for (int number = 0; number < 2000; ++number) {
    std::string route = "/";
    route += std::to_string(number);
    metrics.route(route).answered("GET", 200, 0);
  }
  auto const text = metrics.text();
  CHECK(has_line(text, R"(terracat_http_requests_total{code="400",method="GET",route="none"} 1)"));
  CHECK(has_line(text, R"(terracat_http_requests_total{code="200",method="GET",route="/298"} 1)"));
  CHECK(has_line(text,
                 R"(terracat_http_requests_total{code="200",method="GET",route="other"} 1701)"));
}

TEST_CASE("gauges, counters and histograms of other rooms have the agreed names") {
  Metrics metrics(build);
  metrics.http_connections("idle").add(3);
  metrics.http_connections("idle").add(-1);
  metrics.http_rejected("queue").add();
  metrics.queue_depth.set(7);
  metrics.queue_wait.observe(0.02);
  metrics.query_deadline_exceeded.add();
  metrics.store_revision.set(123456);
  metrics.store_commit_duration.observe(0.004);
  metrics.store_checkpoint_duration.observe(0.2);
  metrics.store_wal_bytes.set(4096);
  metrics.store_file_bytes.set(8192);
  metrics.store_disk_free_bytes.set(1e12);
  metrics.store_corrupt.add();
  metrics.store_io_errors.add(2);
  metrics.harvest_runs("theia", "success").add();
  metrics.harvest_last_success("theia").set(1.8e9);
  metrics.harvest_documents("theia", "created").add(40);
  metrics.harvest_run_duration.observe(90);
  auto const text = metrics.text();
  for (auto const* const line : {
           R"(terracat_http_connections{state="idle"} 2)",
           R"(terracat_http_rejected_total{reason="queue"} 1)",
           "terracat_queue_depth 7",
           "terracat_queue_wait_seconds_count 1",
           "terracat_query_deadline_exceeded_total 1",
           "terracat_store_revision 123456",
           "terracat_store_commit_duration_seconds_count 1",
           "terracat_store_checkpoint_duration_seconds_sum 0.2",
           "terracat_store_wal_bytes 4096",
           "terracat_store_file_bytes 8192",
           "terracat_store_disk_free_bytes 1000000000000",
           "terracat_store_corrupt_total 1",
           "terracat_store_io_errors_total 2",
           R"(terracat_harvest_runs_total{result="success",source="theia"} 1)",
           R"(terracat_harvest_last_success_timestamp_seconds{source="theia"} 1800000000)",
           R"(terracat_harvest_documents_total{outcome="created",source="theia"} 40)",
           R"(terracat_harvest_run_duration_seconds_bucket{le="300"} 1)",
           R"(terracat_build_info{commit="abc",sqlite="3.40.1",version="1.2.3"} 1)",
       }) {
    INFO(line);
    CHECK(has_line(text, line));
  }
}

TEST_CASE("a number that is not known has no series, and 0 is known") {
  Metrics const metrics(build);
  auto const has = [&](std::string const& line) { return has_line(metrics.text(), line); };
  CHECK(metrics.text().find("terracat_store_disk_free_bytes ") == std::string::npos);
  metrics.store_disk_free_bytes.set(0);
  metrics.backup_last_success.set(1.8e9);
  CHECK(has("terracat_store_disk_free_bytes 0"));
  CHECK(has("terracat_backup_last_success_timestamp_seconds 1800000000"));
  metrics.store_disk_free_bytes.set(std::nullopt);
  CHECK(metrics.text().find("\nterracat_store_disk_free_bytes ") == std::string::npos);
  metrics.store_disk_free_bytes.set(7);
  CHECK(has("terracat_store_disk_free_bytes 7"));
}

TEST_CASE("gauges of sources that are gone go, and do not come back") {
  Metrics metrics(build);
  auto const has = [&](std::string const& line) { return has_line(metrics.text(), line); };
  for (auto const* const source : {"a", "b"}) {
    metrics.harvest_last_success(source).set(5);
    metrics.harvest_deletions_held(source).set(3);
  }
  metrics.keep_sources({"b", "c"});
  metrics.harvest_deletions_held("a").set(4); // the end of a run that was under way
  metrics.harvest_deletions_held("c").set(1);
  CHECK_FALSE(has(R"(terracat_harvest_last_success_timestamp_seconds{source="a"} 5)"));
  CHECK(has(R"(terracat_harvest_last_success_timestamp_seconds{source="b"} 5)"));
  CHECK(metrics.text().find(R"(held{source="a"})") == std::string::npos);
  CHECK(has(R"(terracat_harvest_deletions_held{source="b"} 3)"));
  CHECK(has(R"(terracat_harvest_deletions_held{source="c"} 1)"));
}

TEST_CASE("the process shows what it uses") {
  Metrics const metrics(build);
  auto const text = metrics.text();
  CHECK(value(text, "process_cpu_seconds_total") >= 0);
  CHECK(value(text, "process_resident_memory_bytes") > 1e6);
  CHECK(value(text, "process_virtual_memory_bytes") >=
        value(text, "process_resident_memory_bytes"));
  CHECK(value(text, "process_threads") >= 1);
  CHECK(value(text, "process_open_fds") >= 3);
  CHECK(value(text, "process_max_fds") >= value(text, "process_open_fds"));
  CHECK(value(text, "process_start_time_seconds") > 1.6e9);
}

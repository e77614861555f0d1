#pragma once

#include "run/harvest.hpp"

#include "support/catalogues.hpp"
#include "support/temporary_folder.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <limits>

/// A source whose documents come and go, and a site that harvests it and on which time passes when
/// a test says so.
namespace terracat::test::shrinking {

using Strings = std::vector<std::string>;

inline constexpr std::int64_t days = 86'400'000; ///< milliseconds

inline std::string collection(std::string const& id, std::string const& title) {
  return R"({"type":"Collection","stac_version":"1.0.0","id":")" + id + R"(","title":")" + title +
         R"(","description":"d","license":"other","extent":{"spatial":{"bbox":[[0,0,1,1]]},)"
         R"("temporal":{"interval":[["2020-01-01T00:00:00Z",null]]}},"links":[]})";
}

inline std::string item(std::string const& collection, std::string const& id) {
  return R"({"type":"Feature","stac_version":"1.0.0","id":")" + id + R"(","collection":")" +
         collection +
         R"(","geometry":{"type":"Point","coordinates":[0.5,0.5]},)"
         R"("properties":{"datetime":"2020-01-02T00:00:00Z","title":"Granule )" +
         id + R"("},"links":[],"assets":{}})";
}

/// A folder with a document in each file.
class Folder {
 public:
  explicit Folder(std::string name) : name_(std::move(name)) {}

  void put(std::string const& file, std::string const& text) const {
    std::ofstream(folder_.path() / file, std::ios::binary | std::ios::trunc) << text;
  }

  void put_collection(std::string const& id) const { put(id + ".json", collection(id, "T " + id)); }

  void put_item(std::string const& in, std::string const& id) const {
    put("z-" + id + ".json", item(in, id)); // behind the collections
  }

  void remove(std::string const& file) const { std::filesystem::remove(folder_.path() / file); }

  void remove_item(std::string const& id) const { remove("z-" + id + ".json"); }

  [[nodiscard]] Source source() const {
    Source source;
    source.name = name_;
    source.kind = "files";
    source.address = folder_.path().string();
    return source;
  }

  /// What it has no more goes with the first complete run.
  [[nodiscard]] Source source_without_grace() const {
    auto out = source();
    out.deletion.grace = std::chrono::days(0);
    out.deletion.grace_sweeps = 1;
    return out;
  }

 private:
  std::string name_;
  TemporaryFolder folder_;
};

/// A catalogue with a harvest into it, and a clock.
class Site {
 public:
  explicit Site(StoreUnderTest const& under_test, std::size_t batch_size = 500)
      : catalogue_(under_test, {.sources = {{.name = "a"}, {.name = "b", .order = 1}}}),
        harvest_(catalogue_.catalogue(),
                 {.site = {}, .batch_size = batch_size, .now = [this] { return now_; }}, log_,
                 metrics_) {}

  ~Site() { ::close(nowhere_); }

  void pass(std::int64_t number_of_days) {
    now_ = model::Instant(now_.milliseconds() + number_of_days * days);
  }

  Run run(Source const& source, run::Harvest::Order const& order = {}) {
    return harvest_.run(source, order, {}, [](run::Progress const&) {});
  }

  /// A run that is asked to stop when so many batches have been committed.
  Run stopped(Source const& source, std::size_t batches) {
    std::stop_source stop;
    return harvest_.run(source, {}, stop.get_token(), [&](run::Progress const&) {
      if (--batches == 0) stop.request_stop();
    });
  }

  Run remove(std::string const& source) {
    return harvest_.remove(source, {}, [](run::Progress const&) {});
  }

  [[nodiscard]] Strings records() {
    Strings out;
    auto view = catalogue_.view();
    for (auto const& row : view.reader().records({.limit = 1'000}).rows) out.push_back(row.id);
    return out;
  }

  [[nodiscard]] Strings items() {
    auto out = catalogue_.items(catalogue::Scope::everything());
    std::ranges::sort(out);
    return out;
  }

  /// "record 2" for each mark: what is missing, and how often it was missed.
  [[nodiscard]] Strings missing(std::string const& source) {
    Strings out;
    auto view = catalogue_.view();
    store::Grace const any{.since = model::Instant(std::numeric_limits<std::int64_t>::max()),
                           .sweeps = 0};
    for (auto const& mark : view.reader().missing(source, any, {}, 1'000)) {
      bool const is_record = mark.resource.subject == store::Subject::record;
      out.push_back((is_record ? "record " : "item ") + std::to_string(mark.sweeps));
    }
    return out;
  }

  [[nodiscard]] store::Holdings holdings(std::string const& source) {
    return catalogue_.view().reader().holdings(source);
  }

  [[nodiscard]] SourceState state(std::string const& source) {
    return catalogue_.view().reader().source(source);
  }

  [[nodiscard]] std::string gone(std::string const& id) {
    auto const change = catalogue_.view().removed_collection(id);
    return change ? change->title : "-";
  }

  [[nodiscard]] std::string metrics() const { return metrics_.text(); }

  [[nodiscard]] CatalogueUnderTest& catalogue() noexcept { return catalogue_; }

 private:
  model::Instant now_ = model::Instant::now();
  int nowhere_ = ::open("/dev/null", O_WRONLY | O_CLOEXEC); // NOLINT: C interface
  log::Logger log_{{.level = log::Level::error, .descriptor = nowhere_}};
  metrics::Metrics metrics_{{}};
  CatalogueUnderTest catalogue_;
  run::Harvest harvest_;
};

} // namespace terracat::test::shrinking

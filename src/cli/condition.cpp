#include "cli/condition.hpp"

namespace terracat::cli {
namespace {

constexpr std::uint64_t least_free_bytes = std::uint64_t{100} << 20;
constexpr std::chrono::seconds longest_turn{15};        ///< of a thread that reads sockets
constexpr std::chrono::minutes longest_transaction{10}; ///< of the thread that writes
constexpr model::Instant never{0};                      ///< as metrics tell it

std::optional<double> number(std::optional<std::uint64_t> value) {
  return value ? std::optional(static_cast<double>(*value)) : std::nullopt;
}

double seconds_since_1970(model::Instant time) {
  return static_cast<double>(time.milliseconds()) / 1'000;
}

} // namespace

void Condition::count_fault(store::StoreError const& error) {
  using Reason = store::StoreError::Reason;
  auto& metrics = assembly_.metrics();
  if (error.reason() == Reason::corrupt) metrics.store_corrupt.add();
  if (error.reason() == Reason::io) metrics.store_io_errors.add();
}

void Condition::find_damaged() {
  is_damaged_ = true;
  assembly_.metrics().store_corrupt.add();
}

void Condition::tell_sources(std::vector<Source> const& sources) {
  auto& metrics = assembly_.metrics();
  std::vector<std::string> names;
  names.reserve(sources.size());
  for (auto const& source : sources) names.push_back(source.name);
  metrics.keep_sources(names);
  auto const session = assembly_.catalogue().session();
  auto& reader = session->reader();
  reader.begin();
  for (auto const& name : names) {
    auto const state = reader.source(name);
    metrics.harvest_deletions_held(name).set(static_cast<double>(state.held));
    metrics.harvest_last_success(name).set(seconds_since_1970(state.last_known().value_or(never)));
  }
  reader.end();
}

void Condition::set_plan(backup::Plan plan) {
  std::scoped_lock const lock(mutex_);
  plan_ = std::move(plan);
}

bool Condition::has_room() const {
  return assembly_.catalogue().figures().free_bytes.value_or(least_free_bytes) >= least_free_bytes;
}

std::vector<api::Unready> Condition::unready() const {
  std::vector<api::Unready> out;
  if (is_draining_) out.push_back({"serving", "the server is stopping"});
  if (is_damaged_) {
    out.push_back({"store", "the catalogue file is damaged; a backup has to be restored"});
  }
  if (!has_room()) {
    out.push_back({"disc", "less than 100 MB are free; harvests by schedule wait until there is "
                           "more room"});
  }
  return out;
}

std::optional<api::Backups> Condition::backups() const {
  auto const plan = [this] { // copied: nobody waits for the disc
    std::scoped_lock const lock(mutex_);
    return plan_;
  }();
  if (plan.folder.empty()) return std::nullopt;
  return api::Backups{.newest = backup::folder_of(plan).newest()};
}

std::string Condition::metrics_text() {
  auto& metrics = assembly_.metrics();
  auto const figures = assembly_.catalogue().figures();
  metrics.store_file_bytes.set(static_cast<double>(figures.file_bytes));
  metrics.store_wal_bytes.set(static_cast<double>(figures.log_bytes));
  metrics.store_disk_free_bytes.set(number(figures.free_bytes));
  auto const kept = backups();
  metrics.backup_last_success.set(
      kept ? std::optional(kept->newest ? seconds_since_1970(*kept->newest) : 0) : std::nullopt);
  return metrics.text();
}

bool Condition::is_alive(net::Server const& server) const {
  auto const now = std::chrono::steady_clock::now();
  auto const working_since = assembly_.catalogue().writer_figures().working_since;
  return now - server.last_turn() < longest_turn &&
         (!working_since || now - *working_since < longest_transaction);
}

} // namespace terracat::cli

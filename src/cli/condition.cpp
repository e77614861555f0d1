#include "cli/condition.hpp"

namespace terracat::cli {
namespace {

constexpr std::uint64_t least_free_bytes = std::uint64_t{100} << 20;
constexpr std::chrono::seconds longest_turn{15};        ///< of a thread that reads sockets
constexpr std::chrono::minutes longest_transaction{10}; ///< of the thread that writes

} // namespace

void Condition::set_plan(backup::Plan plan) {
  std::scoped_lock const lock(mutex_);
  plan_ = std::move(plan);
}

bool Condition::has_room() const {
  auto const figures = assembly_.catalogue().figures();
  return figures.free_bytes == 0 || figures.free_bytes >= least_free_bytes;
}

std::vector<api::Unready> Condition::unready() const {
  std::vector<api::Unready> out;
  if (is_draining_) out.push_back({"serving", "the server is stopping"});
  if (!has_room()) {
    out.push_back({"disc", "less than 100 MB are free; harvests by schedule wait until there is "
                           "more room"});
  }
  return out;
}

std::optional<api::Backups> Condition::backups() const {
  std::scoped_lock const lock(mutex_);
  if (plan_.folder.empty()) return std::nullopt;
  return api::Backups{.newest = backup::folder_of(plan_).newest()};
}

std::string Condition::metrics_text() {
  auto& metrics = assembly_.metrics();
  auto const figures = assembly_.catalogue().figures();
  metrics.store_file_bytes.set(static_cast<double>(figures.file_bytes));
  metrics.store_wal_bytes.set(static_cast<double>(figures.log_bytes));
  metrics.store_disk_free_bytes.set(static_cast<double>(figures.free_bytes));
  auto const newest = backups().value_or(api::Backups{}).newest;
  auto const seconds = newest ? static_cast<double>(newest->milliseconds()) / 1'000 : 0;
  metrics.backup_last_success.set(seconds);
  return metrics.text();
}

bool Condition::is_alive(net::Server const& server) const {
  auto const now = std::chrono::steady_clock::now();
  auto const working_since = assembly_.catalogue().writer_figures().working_since;
  return now - server.last_turn() < longest_turn &&
         (!working_since || now - *working_since < longest_transaction);
}

} // namespace terracat::cli

#include "backup/folder.hpp"

#include "backup/manifest.hpp"
#include "backup/part.hpp"
#include "store/files.hpp"

#include <algorithm>
#include <set>

namespace terracat::backup {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t day = 86'400'000; ///< milliseconds
constexpr std::string_view ending = ".sqlite";

std::int64_t days_since_1970(model::Instant time) {
  auto const milliseconds = time.milliseconds();
  return milliseconds / day - (milliseconds % day < 0 ? 1 : 0);
}

std::int64_t week_of(model::Instant time) {
  auto const since_monday = days_since_1970(time) + 3; // 1970 began on a Thursday
  return since_monday / 7 - (since_monday % 7 < 0 ? 1 : 0);
}

std::int64_t month_of(model::Instant time) {
  auto const date = time.date();
  return date.year * 12 + static_cast<std::int64_t>(date.month);
}

/// Marks the newest of each of the last `count` units that have one.
template<class Unit>
void keep(std::vector<model::Instant> const& newest_first, std::size_t count, Unit const& unit,
          std::set<model::Instant>& kept) {
  std::optional<std::int64_t> last;
  for (auto const time : newest_first) {
    if (last == unit(time)) continue;
    if (count-- == 0) return;
    last = unit(time);
    kept.insert(time);
  }
}

std::string compact(model::Instant time) {
  auto text = model::to_iso8601(model::Instant(time.milliseconds() / 1'000 * 1'000));
  std::erase_if(text, [](char c) { return c == '-' || c == ':'; });
  return text;
}

} // namespace

std::vector<model::Instant> superfluous(std::vector<model::Instant> times,
                                        Retention const& retention) {
  std::ranges::sort(times, std::greater<>{});
  std::set<model::Instant> kept;
  if (!times.empty()) kept.insert(times.front());
  keep(times, retention.days, days_since_1970, kept);
  keep(times, retention.weeks, week_of, kept);
  keep(times, retention.months, month_of, kept);
  std::vector<model::Instant> out;
  std::ranges::copy_if(times, std::back_inserter(out),
                       [&](model::Instant time) { return !kept.contains(time); });
  std::ranges::reverse(out);
  return out;
}

std::string Folder::name_of(model::Instant time) const {
  return stem_ + "-" + compact(time) + std::string(ending);
}

/// The time in a name that `name_of` gives.
std::optional<model::Instant> Folder::time_in(std::string_view name) const {
  constexpr std::size_t length = 16; // 20261127T031500Z
  if (name.size() != stem_.size() + 1 + length + ending.size()) return std::nullopt;
  auto text = std::string(name.substr(stem_.size() + 1, length));
  for (auto const at : {4, 7}) text.insert(static_cast<std::size_t>(at), "-");
  for (auto const at : {13, 16}) text.insert(static_cast<std::size_t>(at), ":");
  auto const time = model::parse_rfc3339(text);
  return time && name_of(*time) == name ? std::optional(*time) : std::nullopt;
}

fs::path Folder::free_name(model::Instant now) const {
  for (;; now = model::Instant(now.milliseconds() + 1'000)) {
    auto path = path_ / name_of(now);
    if (!fs::exists(path) && !fs::exists(Part::name_of(path))) return path;
  }
}

std::vector<model::Instant> Folder::times() const {
  std::vector<model::Instant> out;
  std::error_code error;
  for (auto entries = fs::directory_iterator(path_, error);
       !error && entries != fs::directory_iterator(); entries.increment(error)) {
    auto const time = time_in(entries->path().filename().string());
    std::error_code ignored;
    if (time && fs::exists(manifest_of(entries->path()), ignored)) out.push_back(*time);
  }
  std::ranges::sort(out);
  return out;
}

std::optional<model::Instant> Folder::newest() const {
  auto const all = times();
  return all.empty() ? std::nullopt : std::optional(all.back());
}

std::vector<std::string> Folder::prune(Retention const& retention) const {
  std::vector<std::string> removed;
  for (auto const time : superfluous(times(), retention)) {
    auto const path = path_ / name_of(time);
    store::remove_file(manifest_of(path)); // first: a backup without one is not counted
    store::remove_file(path);
    removed.push_back(path.filename().string());
  }
  std::vector<fs::path> parts;
  for (auto const& entry : fs::directory_iterator(path_)) {
    auto const name = entry.path().filename().string();
    if (name.ends_with(Part::ending) &&
        time_in(name.substr(0, name.size() - Part::ending.size()))) {
      parts.push_back(entry.path());
    }
  }
  for (auto const& part : parts) Part::remove_if_abandoned(part);
  return removed;
}

} // namespace terracat::backup

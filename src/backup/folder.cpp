#include "backup/folder.hpp"

#include "backup/manifest.hpp"
#include "backup/part.hpp"
#include "store/files.hpp"

#include <terracat/store.hpp>

#include <algorithm>
#include <set>

namespace terracat::backup {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t day = 86'400'000; ///< milliseconds
constexpr std::string_view ending = ".sqlite";
constexpr std::string_view unfinished_manifest = ".json.part"; ///< see store::write_durably

/// By how much a name may be ahead, in milliseconds: `free_name` gives such, and clocks are set.
constexpr std::int64_t slack = 60'000;

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

enum class State : std::uint8_t { sound, faulty, unfinished, unknown };

State state_of(fs::path const& backup) {
  try {
    auto const manifest = read_manifest(backup);
    if (!manifest) return State::unfinished;
    return manifest->faults == 0 ? State::sound : State::faulty;
  } catch (store::StoreError const&) {
    return State::unknown; // a person has to look: it neither counts nor goes
  }
}

std::optional<model::Instant> last(std::vector<model::Instant> const& times) {
  return times.empty() ? std::nullopt : std::optional(times.back());
}

/// \return  empty: the name does not end so
std::string_view without(std::string_view name, std::string_view end) {
  return name.ends_with(end) ? name.substr(0, name.size() - end.size()) : std::string_view();
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

Folder::Content Folder::content(model::Instant now) const {
  auto const latest = model::Instant(now.milliseconds() + slack);
  Content out;
  std::error_code error;
  for (auto entries = fs::directory_iterator(path_, error);
       !error && entries != fs::directory_iterator(); entries.increment(error)) {
    auto const path = entries->path();
    auto const name = path.filename().string();
    if (time_in(without(name, Part::ending))) out.parts.push_back(path);
    auto const time = time_in(without(name, unfinished_manifest));
    if (time && *time <= latest) out.unfinished.push_back(*time);
    auto const made = time_in(name);
    if (!made || *made > latest) continue;
    switch (state_of(path)) {
    case State::sound:
      out.sound.push_back(*made);
      break;
    case State::faulty:
      out.faulty.push_back(*made);
      break;
    case State::unfinished:
      out.unfinished.push_back(*made);
      break;
    case State::unknown:
      break;
    }
  }
  for (auto* const times : {&out.sound, &out.faulty, &out.unfinished}) std::ranges::sort(*times);
  return out;
}

std::optional<model::Instant> Folder::newest(model::Instant now) const {
  auto const latest = model::Instant(now.milliseconds() + slack);
  std::vector<model::Instant> times;
  std::error_code error;
  for (auto entries = fs::directory_iterator(path_, error);
       !error && entries != fs::directory_iterator(); entries.increment(error)) {
    auto const time = time_in(entries->path().filename().string());
    if (time && *time <= latest) times.push_back(*time);
  }
  std::ranges::sort(times, std::greater<>{});
  // It is asked at each look at the site: one manifest is read, unless the newest are faulty.
  auto const found = std::ranges::find_if(
      times, [&](auto const time) { return state_of(path_ / name_of(time)) == State::sound; });
  return found == times.end() ? std::nullopt : std::optional(*found);
}

std::optional<model::Instant> Folder::last_made(model::Instant now) const {
  auto const all = content(now);
  return std::max(last(all.sound), last(all.faulty));
}

std::vector<std::string> Folder::prune(Retention const& retention, model::Instant now) const {
  auto const all = content(now);
  auto const sound = last(all.sound);
  std::vector<model::Instant> old;
  std::vector<model::Instant> recent;
  for (auto const time : all.faulty) (time < sound ? old : recent).push_back(time);
  if (recent.empty()) std::ranges::copy(superfluous(all.sound, retention), std::back_inserter(old));
  std::ranges::copy(superfluous(recent, retention), std::back_inserter(old));
  std::ranges::sort(old);
  std::vector<std::string> removed;
  for (auto const time : old) {
    auto const path = path_ / name_of(time);
    store::remove_file(manifest_of(path)); // first: a backup without one is not counted
    store::remove_file(path);
    removed.push_back(path.filename().string());
  }
  remove_unfinished(all);
  clear_abandoned();
  return removed;
}

void Folder::remove_unfinished(Content const& content) const {
  auto const newest = std::max(last(content.sound), last(content.faulty));
  for (auto const time : content.unfinished) {
    auto const path = path_ / name_of(time);
    if (time < newest && (Part::remove_if_abandoned(path) || !fs::exists(path))) {
      store::remove_file(manifest_of(path).string() + std::string(Part::ending));
    }
  }
}

void Folder::clear_abandoned() const {
  for (auto const& part : content(model::Instant::now()).parts) Part::remove_if_abandoned(part);
}

} // namespace terracat::backup

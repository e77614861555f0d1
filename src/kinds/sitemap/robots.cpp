#include "kinds/sitemap/robots.hpp"

#include <terracat/text.hpp>

#include <algorithm>
#include <optional>
#include <utility>

namespace terracat::kinds::sitemap {
namespace {

constexpr std::size_t most_robots_bytes = std::size_t{512} << 10;
constexpr std::size_t most_rules = 5'000;
constexpr std::size_t most_named_maps = 5'000;
constexpr std::size_t longest_value = 2'000;

struct Line {
  std::string name; ///< in lower case
  std::string_view value;
};

/// The lines `name: value`, without remarks.
class Lines {
 public:
  explicit Lines(std::string_view text) noexcept : rest_(text.substr(0, most_robots_bytes)) {
    constexpr std::string_view mark = "\xEF\xBB\xBF";
    if (rest_.starts_with(mark)) rest_.remove_prefix(mark.size());
  }

  [[nodiscard]] std::optional<Line> next() {
    while (!rest_.empty()) {
      auto line = rest_.substr(0, rest_.find_first_of("\r\n"));
      rest_.remove_prefix(std::min(line.size() + 1, rest_.size()));
      line = line.substr(0, line.find('#'));
      auto const colon = line.find(':');
      if (colon == std::string_view::npos) continue;
      auto const value = trimmed(line.substr(colon + 1));
      auto name = lowered(trimmed(line.substr(0, colon)));
      if (value.size() <= longest_value) return Line{std::move(name), value};
      lost_map_ = lost_map_ || name == "sitemap";
    }
    return std::nullopt;
  }

  /// True if a map was among the lines that are too long.
  [[nodiscard]] bool lost_map() const noexcept { return lost_map_; }

 private:
  std::string_view rest_;
  bool lost_map_ = false;
};

/// The product of "Name/1.0 (about)".
std::string_view product_of(std::string_view agent) {
  return agent.substr(0, agent.find_first_of(" /("));
}

bool means(std::string_view agent, std::span<std::string const> called) {
  return std::ranges::any_of(called, [agent](std::string const& name) {
    return equal_ignoring_case(product_of(agent), product_of(name));
  });
}

/// Walks on from the last star only, so that it takes no more than the product of both lengths.
bool fits(std::string_view pattern, std::string_view path) noexcept {
  bool const is_whole = pattern.ends_with('$');
  if (is_whole) pattern.remove_suffix(1);
  std::size_t at = 0;
  std::size_t in = 0;
  auto star = std::string_view::npos;
  std::size_t behind_star = 0;
  while (true) {
    if (in == pattern.size() && (!is_whole || at == path.size())) return true;
    if (in < pattern.size() && pattern[in] == '*') {
      star = in++;
      behind_star = at;
    } else if (in < pattern.size() && at < path.size() && pattern[in] == path[at]) {
      ++in;
      ++at;
    } else if (star != std::string_view::npos && behind_star < path.size()) {
      in = star + 1;
      at = ++behind_star;
    } else {
      return false;
    }
  }
}

} // namespace

Robots Robots::read(std::string_view text, std::span<std::string const> called) {
  Robots out;
  Lines lines(text);
  bool is_named = false;
  while (auto const line = lines.next()) {
    is_named = is_named || (line->name == "user-agent" && means(line->value, called));
    if (line->name != "sitemap") continue;
    if (out.maps_.size() < most_named_maps) {
      out.maps_.emplace_back(line->value);
    } else {
      out.has_all_maps_ = false;
    }
  }
  if (lines.lost_map() || text.size() > most_robots_bytes) out.has_all_maps_ = false;
  std::vector<std::string> const everybody{"*"};
  out.add_rules(text, is_named ? called : std::span(everybody));
  return out;
}

/// Rules follow the names of those that they are for, and all groups with a name count together.
void Robots::add_rules(std::string_view text, std::span<std::string const> called) {
  Lines lines(text);
  bool is_meant = false;
  bool is_heading = false; ///< a line with a name was the last
  while (auto const line = lines.next()) {
    if (line->name == "user-agent") {
      is_meant = (is_heading && is_meant) || means(line->value, called);
      is_heading = true;
      continue;
    }
    bool const is_allowed = line->name == "allow";
    if (!is_allowed && line->name != "disallow") continue;
    is_heading = false;
    if (is_meant && !line->value.empty() && rules_.size() < most_rules) {
      rules_.push_back({std::string(line->value), is_allowed});
    }
  }
}

bool Robots::allows(std::string_view path) const noexcept {
  std::size_t longest = 0;
  bool out = true;
  for (auto const& rule : rules_) {
    auto const length = rule.pattern.size();
    if (length < longest || !fits(rule.pattern, path)) continue;
    out = rule.allows || (length == longest && out); // of two as long, the kinder one counts
    longest = length;
  }
  return out;
}

} // namespace terracat::kinds::sitemap

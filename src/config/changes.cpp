#include "config/changes.hpp"

#include "config/describe.hpp"

#include <algorithm>
#include <map>

namespace terracat::config {
namespace {

struct Listed {
  std::string text; ///< tells values apart
  Effect effect = Effect::at_once;
};

using Settings = std::map<std::string, Listed>;

/// Writes each setting under its path.
class Lister {
 public:
  explicit Lister(std::string path, Settings& out) : path_(std::move(path)), out_(out) {}

  template<class Group>
  void table(std::string_view name, Group& settings, std::string_view) {
    Lister inner(below(name), out_);
    describe(inner, settings);
  }

  template<class Group>
  void tables(std::string_view name, std::vector<Group>& list, std::string_view) {
    Listed all;
    for (auto& settings : list) {
      Settings members;
      Lister inner({}, members);
      describe(inner, settings);
      for (auto const& [key, member] : members) {
        all.text += key + '\0' + member.text + '\0';
        all.effect = std::max(all.effect, member.effect);
      }
      all.text += '\n';
    }
    out_[below(name)] = all;
  }

  void value(std::string_view name, std::string const& member, Effect effect, std::string_view) {
    out_[below(name)] = {member, effect};
  }

  void secret(std::string_view name, std::string const& member, Effect effect,
              std::string_view sentence) {
    value(name, member, effect, sentence);
  }

  void value(std::string_view name, bool member, Effect effect, std::string_view) {
    out_[below(name)] = {member ? "true" : "false", effect};
  }

  void value(std::string_view name, std::vector<std::string> const& member, Effect effect,
             std::string_view) {
    std::string all;
    for (auto const& one : member) all += one + '\0';
    out_[below(name)] = {all, effect};
  }

  void number(std::string_view name, std::uint32_t member, Effect effect, std::int64_t,
              std::int64_t, std::string_view) {
    out_[below(name)] = {std::to_string(member), effect};
  }

  template<class Rep, class Period>
  void number(std::string_view name, std::chrono::duration<Rep, Period> member, Effect effect,
              std::int64_t, std::int64_t, std::string_view) {
    out_[below(name)] = {std::to_string(member.count()), effect};
  }

  void json(std::string_view name, std::string const& member, Effect effect, std::string_view) {
    out_[below(name)] = {member, effect};
  }

 private:
  [[nodiscard]] std::string below(std::string_view name) const {
    return (path_.empty() ? "" : path_ + ".") + std::string(name);
  }

  std::string path_;
  Settings& out_;
};

Settings settings_of(Config config) {
  Settings out;
  Lister lister({}, out);
  describe(lister, config);
  return out;
}

template<class Wanted>
std::vector<std::string> differences(Config const& one, Config const& other, Wanted const& wanted) {
  auto const before = settings_of(one);
  std::vector<std::string> out;
  for (auto const& [name, setting] : settings_of(other)) {
    if (before.at(name).text != setting.text && wanted(setting.effect)) out.push_back(name);
  }
  return out;
}

/// Files of rules may say something else under the same name.
bool same_rules(Config const& one, Config const& other) {
  return std::ranges::equal(one.sources, other.sources, {}, &Source::mapping_rules,
                            &Source::mapping_rules);
}

} // namespace

std::vector<std::string> changes(Config const& one, Config const& other) {
  auto out = differences(one, other, [](Effect) { return true; });
  constexpr auto sources = "source";
  if (!same_rules(one, other) && std::ranges::find(out, sources) == out.end()) {
    out.emplace_back(sources);
  }
  return out;
}

std::vector<std::string> waiting_changes(Config const& started, Config const& other) {
  return differences(started, other, [](Effect effect) { return effect == Effect::next_start; });
}

} // namespace terracat::config

#include "config/changes.hpp"

#include "config/describe.hpp"

#include <map>

namespace terracat::config {
namespace {

/// Writes each setting under its path, as a text that tells values apart.
class Lister {
 public:
  explicit Lister(std::string path, std::map<std::string, std::string>& out)
      : path_(std::move(path)), out_(out) {}

  template<class Settings>
  void table(std::string_view name, Settings& settings, std::string_view) {
    Lister inner(below(name), out_);
    describe(inner, settings);
  }

  template<class Settings>
  void tables(std::string_view name, std::vector<Settings>& list, std::string_view) {
    std::string all;
    for (auto& settings : list) {
      std::map<std::string, std::string> members;
      Lister inner({}, members);
      describe(inner, settings);
      for (auto const& [key, text] : members) all += key + '\0' + text + '\0';
      all += '\n';
    }
    out_[below(name)] = all;
  }

  void value(std::string_view name, std::string const& member, std::string_view) {
    out_[below(name)] = member;
  }

  void value(std::string_view name, bool member, std::string_view) {
    out_[below(name)] = member ? "true" : "false";
  }

  void value(std::string_view name, std::vector<std::string> const& member, std::string_view) {
    std::string all;
    for (auto const& one : member) all += one + '\0';
    out_[below(name)] = all;
  }

  void number(std::string_view name, std::uint32_t member, std::int64_t, std::int64_t,
              std::string_view) {
    out_[below(name)] = std::to_string(member);
  }

  template<class Rep, class Period>
  void number(std::string_view name, std::chrono::duration<Rep, Period> member, std::int64_t,
              std::int64_t, std::string_view) {
    out_[below(name)] = std::to_string(member.count());
  }

  void json(std::string_view name, std::string const& member, std::string_view) {
    out_[below(name)] = member;
  }

 private:
  [[nodiscard]] std::string below(std::string_view name) const {
    return (path_.empty() ? "" : path_ + ".") + std::string(name);
  }

  std::string path_;
  std::map<std::string, std::string>& out_;
};

std::map<std::string, std::string> listed(Config config) {
  std::map<std::string, std::string> out;
  Lister lister({}, out);
  describe(lister, config);
  return out;
}

} // namespace

std::vector<std::string> changes(Config const& one, Config const& other) {
  auto const before = listed(one);
  std::vector<std::string> out;
  for (auto const& [name, text] : listed(other)) {
    if (before.at(name) != text) out.push_back(name);
  }
  return out;
}

} // namespace terracat::config

#include "config/load.hpp"

#include "config/check.hpp"
#include "config/describe.hpp"

#include <terracat/json.hpp>
#include <terracat/text.hpp>

// What toml++ 3.3 asserts of a key, it also reports: `[=]` need not end a debug build.
#define TOML_ASSERT(condition) static_assert(true)
#include <toml++/toml.h>

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <unistd.h>

namespace terracat::config {
namespace {

std::string joined(std::vector<std::string> const& lines) {
  std::string out;
  for (auto const& line : lines) out += (out.empty() ? "" : "\n") + line;
  return out;
}

std::string kind_of(toml::node const& node) {
  std::ostringstream out;
  out << node.type();
  return out.str();
}

std::string place(toml::node const& node) {
  return " (line " + std::to_string(node.source().begin.line) + ")";
}

void write_json(json::Writer& out, toml::node const& node) {
  if (auto const* const table = node.as_table()) {
    out.begin_object();
    for (auto const& [key, value] : *table) {
      out.name(key.str());
      write_json(out, value);
    }
    out.end_object();
  } else if (auto const* const array = node.as_array()) {
    out.begin_array();
    for (auto const& element : *array) write_json(out, element);
    out.end_array();
  } else if (auto const text = node.value_exact<std::string>()) {
    out.string(*text);
  } else if (auto const flag = node.value_exact<bool>()) {
    out.boolean(*flag);
  } else if (auto const integer = node.value_exact<std::int64_t>()) {
    out.integer(*integer);
  } else if (auto const number = node.value_exact<double>()) {
    out.number(*number);
  } else { // dates and times: as they are written
    std::ostringstream text_of_node;
    node.visit([&](auto const& value) {
      if constexpr (toml::is_date<decltype(value)> || toml::is_time<decltype(value)> ||
                    toml::is_date_time<decltype(value)>) {
        text_of_node << value;
      }
    });
    out.string(text_of_node.str());
  }
}

std::vector<std::string> split(std::string_view text) {
  std::vector<std::string> out;
  while (!text.empty()) {
    auto const comma = text.find(',');
    out.emplace_back(text.substr(0, comma));
    text = comma == std::string_view::npos ? std::string_view() : text.substr(comma + 1);
  }
  return out;
}

/// What is found on the way, whatever table it is found in.
struct Found {
  std::vector<std::string> faults;
  std::set<std::string, std::less<>> used_variables;
  std::vector<std::string> variable_prefixes; ///< of tables: "TERRACAT_SERVER_"
};

/// Reads one table over the defaults of its settings.
class Loader {
 public:
  Loader(toml::table const* table, std::string path, Environment const* variables, Found& found)
      : table_(table), path_(std::move(path)), variables_(variables), found_(found) {}

  template<class Settings>
  void table(std::string_view name, Settings& settings, std::string_view) {
    auto const* const node = known(name);
    if (node != nullptr && !node->is_table()) return expected("a table", name, *node);
    found_.variable_prefixes.push_back(variable_name(name) + "_");
    Loader inner(node == nullptr ? nullptr : node->as_table(), below(name), variables_, found_);
    describe(inner, settings);
    inner.report_unknown();
  }

  template<class Settings>
  void tables(std::string_view name, std::vector<Settings>& list, std::string_view) {
    auto const* const node = known(name);
    if (node == nullptr) return;
    if (!node->is_array_of_tables()) {
      return expected("tables, as in [[" + std::string(name) + "]]", name, *node);
    }
    for (auto const& element : *node->as_array()) {
      Settings settings;
      auto const path = below(name) + "[" + std::to_string(list.size() + 1) + "]";
      Loader inner(element.as_table(), path, nullptr, found_);
      describe(inner, settings);
      inner.report_unknown();
      list.push_back(std::move(settings));
    }
  }

  void value(std::string_view name, std::string& member, std::string_view) {
    if (auto const* const node = known(name)) {
      auto const text = node->value_exact<std::string>();
      if (!text) return expected("a text", name, *node);
      member = *text;
    }
    if (auto const variable = of_environment(name)) member = *variable;
  }

  void value(std::string_view name, bool& member, std::string_view) {
    if (auto const* const node = known(name)) {
      auto const flag = node->value_exact<bool>();
      if (!flag) return expected("true or false", name, *node);
      member = *flag;
    }
    auto const variable = of_environment(name);
    if (!variable) return;
    if (*variable != "true" && *variable != "false") {
      return fault(variable_name(name), "expected true or false");
    }
    member = *variable == "true";
  }

  void value(std::string_view name, std::vector<std::string>& member, std::string_view) {
    if (auto const* const node = known(name)) {
      auto const* const array = node->as_array();
      if (array == nullptr) return expected("a list of texts", name, *node);
      member.clear();
      for (auto const& element : *array) {
        auto const text = element.value_exact<std::string>();
        if (!text) return expected("a list of texts", name, *node);
        member.push_back(*text);
      }
    }
    if (auto const variable = of_environment(name)) member = split(*variable);
  }

  void number(std::string_view name, std::uint32_t& member, std::int64_t least, std::int64_t most,
              std::string_view) {
    if (auto const value = whole(name, least, most)) member = static_cast<std::uint32_t>(*value);
  }

  template<class Rep, class Period>
  void number(std::string_view name, std::chrono::duration<Rep, Period>& member, std::int64_t least,
              std::int64_t most, std::string_view) {
    if (auto const value = whole(name, least, most)) {
      member = std::chrono::duration<Rep, Period>(*value);
    }
  }

  void json(std::string_view name, std::string& member, std::string_view) {
    auto const* const node = known(name);
    if (node == nullptr) return;
    if (!node->is_table()) return expected("a table", name, *node);
    json::Writer out;
    write_json(out, *node);
    member = out.take();
  }

  void report_unknown() {
    if (table_ == nullptr) return;
    for (auto const& [key, node] : *table_) {
      if (!seen_.contains(key.str())) {
        fault(below(key.str()),
              "there is no such key" + place(node) + "; there are " + listed(seen_));
      }
    }
  }

 private:
  [[nodiscard]] std::string below(std::string_view name) const {
    return (path_.empty() ? "" : path_ + ".") + std::string(name);
  }

  toml::node const* known(std::string_view name) {
    seen_.emplace(name);
    return table_ == nullptr ? nullptr : table_->get(name);
  }

  [[nodiscard]] std::string variable_name(std::string_view name) const {
    auto out = "TERRACAT_" + below(name);
    for (auto& c : out) c = c == '.' ? '_' : static_cast<char>(std::toupper(c));
    return out;
  }

  std::optional<std::string> of_environment(std::string_view name) {
    if (variables_ == nullptr) return std::nullopt;
    auto const variable = variable_name(name);
    found_.used_variables.insert(variable);
    auto const found = variables_->find(variable);
    return found == variables_->end() ? std::nullopt : std::optional(found->second);
  }

  std::optional<std::int64_t> whole(std::string_view name, std::int64_t least, std::int64_t most) {
    auto const range =
        "expected a whole number from " + std::to_string(least) + " to " + std::to_string(most);
    std::optional<std::int64_t> out;
    auto path = below(name);
    if (auto const* const node = known(name)) {
      out = node->value_exact<std::int64_t>();
      path += place(*node);
      if (!out) {
        fault(path, range);
        return std::nullopt;
      }
    }
    if (auto const variable = of_environment(name)) {
      std::int64_t value = 0;
      auto const* const end = variable->data() + variable->size();
      auto const [stop, error] = std::from_chars(variable->data(), end, value);
      path = variable_name(name);
      out = error == std::errc{} && stop == end ? value : least - 1;
    }
    if (out && (*out < least || *out > most)) {
      fault(path, range);
      return std::nullopt;
    }
    return out;
  }

  void expected(std::string const& what, std::string_view name, toml::node const& node) {
    fault(below(name), "expected " + what + ", found " + kind_of(node) + place(node));
  }

  void fault(std::string const& path, std::string const& what) {
    found_.faults.push_back(path + ": " + what);
  }

  toml::table const* table_; ///< null: nothing is given, only the environment counts
  std::string path_;
  Environment const* variables_; ///< null: not for arrays of tables
  Found& found_;
  std::set<std::string, std::less<>> seen_;
};

void complete(Config& config) {
  std::uint32_t order = 0;
  for (auto& source : config.sources) {
    source.order = order++;
    if (source.title.empty()) source.title = source.name;
    if (source.user_agent.empty()) source.user_agent = config.harvest.user_agent;
  }
  for (auto& pole : config.poles) {
    if (pole.title.empty()) pole.title = pole.name;
  }
  while (config.site.public_url.ends_with('/')) config.site.public_url.pop_back();
}

void resolve(std::string& path, std::filesystem::path const& folder) {
  bool const is_url = path.find("://") != std::string::npos || path == "memory:" || path == "-";
  if (path.empty() || is_url || std::filesystem::path(path).is_absolute()) return;
  path = (folder / path).lexically_normal().string();
}

} // namespace

ConfigError::ConfigError(std::vector<std::string> faults)
    : std::runtime_error(joined(faults)), faults_(std::move(faults)) {}

Environment environment() {
  constexpr std::string_view prefix = "TERRACAT_";
  Environment out;
  for (char const* const* entry = ::environ; *entry != nullptr; ++entry) { // NOLINT: C interface
    std::string_view const text = *entry;
    auto const equals = text.find('=');
    if (text.starts_with(prefix) && equals != std::string_view::npos) {
      out.emplace(text.substr(0, equals), text.substr(equals + 1));
    }
  }
  return out;
}

Config load(std::string_view toml, std::string const& name, Environment const& variables) {
  toml::table table;
  try {
    table = toml::parse(toml, name);
  } catch (toml::parse_error const& error) {
    throw ConfigError({name + ", line " + std::to_string(error.source().begin.line) + ": " +
                       std::string(error.description())});
  }
  Config config;
  Found found;
  Loader loader(&table, {}, &variables, found);
  describe(loader, config);
  loader.report_unknown();
  // Others have variables of that beginning, too: containers that run beside a service of our name.
  for (auto const& entry : variables) {
    auto const& variable = entry.first;
    bool const is_ours = std::ranges::any_of(
        found.variable_prefixes, [&](auto const& prefix) { return variable.starts_with(prefix); });
    if (is_ours && !found.used_variables.contains(variable)) {
      found.faults.push_back(variable + ": there is no such key");
    }
  }
  complete(config);
  check(config, found.faults);
  if (!found.faults.empty()) throw ConfigError(std::move(found.faults));
  return config;
}

void check_again(Config& config) {
  complete(config);
  std::vector<std::string> faults;
  check(config, faults);
  if (!faults.empty()) throw ConfigError(std::move(faults));
}

Config load_file(std::string const& path, Environment const& variables) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream content;
  bool const is_empty = file && file.peek() == std::ifstream::traits_type::eof() && !file.bad();
  if (!is_empty && !(content << file.rdbuf())) throw ConfigError({path + ": cannot be read"});
  auto config = load(content.str(), path, variables);
  auto const folder = std::filesystem::absolute(path).parent_path();
  resolve(config.store.path, folder);
  for (auto& source : config.sources) {
    resolve(source.address, folder); // of any kind: one that fetches has a scheme in it
    resolve(source.asset_folder, folder);
  }
  return config;
}

} // namespace terracat::config

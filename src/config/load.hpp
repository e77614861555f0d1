#pragma once

#include "config/config.hpp"

#include <map>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace terracat::config {

/// Everything that is wrong with a configuration, one line each with the path of the key and what
/// was expected. Nothing starts.
class ConfigError : public std::runtime_error {
 public:
  explicit ConfigError(std::vector<std::string> faults);

  [[nodiscard]] std::vector<std::string> const& faults() const noexcept { return faults_; }

 private:
  std::vector<std::string> faults_;
};

/// Environment variables by name.
using Environment = std::map<std::string, std::string, std::less<>>;

/// The variables of this process that begin with TERRACAT_.
[[nodiscard]] Environment environment();

/// Reads a TOML text over the defaults, then the environment over both: `TERRACAT_SERVER_LISTEN` is
/// `server.listen`. Lists of texts are separated by commas there.
/// \param name  of the file, for messages
/// \throws ConfigError
[[nodiscard]] Config load(std::string_view toml, std::string const& name,
                          Environment const& variables);

/// load() of a file. Relative paths within it are taken from its folder.
[[nodiscard]] Config load_file(std::string const& path, Environment const& variables);

/// Checks a configuration that the command line has changed.
/// \throws ConfigError
void check_again(Config& config);

/// The configuration as TOML, every key with its meaning as a comment.
[[nodiscard]] std::string to_toml(Config const& config);

/// JSON Schema of the file.
[[nodiscard]] std::string schema();

} // namespace terracat::config

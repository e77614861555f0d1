#include "cli/account.hpp"

#include <pwd.h>
#include <unistd.h>

#include <array>
#include <cstdlib>

namespace terracat::cli {

std::string account() {
  auto const* const name = std::getenv("SUDO_USER"); // NOLINT: there are no threads
  if (name != nullptr && *name != '\0') return name;
  std::array<char, 4'096> room{};
  passwd entry{};
  passwd* found = nullptr;
  auto const user = ::getuid();
  ::getpwuid_r(user, &entry, room.data(), room.size(), &found);
  return found == nullptr ? "user " + std::to_string(user) : std::string(found->pw_name);
}

} // namespace terracat::cli

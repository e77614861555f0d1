#pragma once

#include <string>
#include <string_view>

namespace terracat::cli {

/// Of this program, as CMakeLists.txt says.
extern std::string_view const version;

/// The commit that it was built from; "unknown" outside a repository.
extern std::string_view const commit;

/// What a person is told who asks for the version.
[[nodiscard]] std::string version_line();

/// How terracat introduces itself to sources unless the configuration says more.
[[nodiscard]] std::string default_user_agent();

} // namespace terracat::cli

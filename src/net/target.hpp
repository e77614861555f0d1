#pragma once

#include "net/refusal.hpp"

#include <boost/system/result.hpp>

#include <string_view>

namespace terracat::net {

/// A request target without scheme and authority. The path begins with a slash and has no segment
/// that another reader could understand as a step up or as none at all.
struct Target {
  std::string_view path;  ///< percent-encoded as sent
  std::string_view query; ///< behind "?", as sent
};

/// Reads a target (RFC 9112 3.2) in origin form, in absolute form for http and https, or `*`, which
/// asks of the whole server and is read as its root. Paths with `.` and `..` segments (also
/// percent-encoded), empty segments before the last, NUL, a backslash, a fragment or broken
/// percent-encoding are refused; an encoded slash stays as it is.
[[nodiscard]] boost::system::result<Target, Refusal> parse_target(std::string_view text);

} // namespace terracat::net

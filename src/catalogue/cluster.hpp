#pragma once

#include <terracat/revision.hpp>

#include <string>
#include <vector>

namespace terracat::catalogue {

/// Records of several sources that are the same resource (doc/design.md 6). Never changed once it
/// is made.
struct Cluster {
  struct Member {
    RecordNumber number{};
    std::string source;

    friend bool operator==(Member const&, Member const&) = default;
  };

  std::vector<Member> members; ///< at least two; the canonical one first, the others as they would
                               ///< follow it

  friend bool operator==(Cluster const&, Cluster const&) = default;
};

} // namespace terracat::catalogue

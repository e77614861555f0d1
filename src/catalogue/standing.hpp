#pragma once

#include "catalogue/directory.hpp"
#include "catalogue/scope.hpp"

#include <string_view>
#include <vector>

namespace terracat::catalogue {

/// Which member stands for its cluster in a scope: the first that the scope shows. Lists and counts
/// have that one alone; the others are there for who names them. What is in no cluster stands for
/// itself, and so does whatever a list of members names. Refers to both that it is made of.
class Standing {
 public:
  Standing(Directory const& directory, Scope const& scope) noexcept
      : directory_(directory), scope_(scope) {}

  [[nodiscard]] bool stands(Entry const& entry) const;

  /// \return  the record itself if the scope shows none of its cluster
  [[nodiscard]] RecordNumber standing_for(RecordNumber number) const;

  /// All of the record's cluster that the scope shows, itself among them, in the order in which
  /// they count; nothing if it is in none.
  [[nodiscard]] std::vector<Entry const*> members(RecordNumber number) const;

 private:
  [[nodiscard]] bool shows(Cluster::Member const& member) const;

  Directory const& directory_;
  Scope const& scope_;
};

/// Whether the record, or another of its cluster, is of one of the sources.
[[nodiscard]] bool is_of_any(Entry const& entry, std::vector<std::string> const& sources);

} // namespace terracat::catalogue

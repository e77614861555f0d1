#pragma once

#include "cli/assembly.hpp"
#include "cli/condition.hpp"

#include <thread>

namespace terracat::cli {

/// Reads every page of the catalogue file beside the server, which has begun without it
/// (store::Access::serve). What it finds makes the site unready, and harvests by schedule wait.
class StructureProof {
 public:
  /// \param assembly, condition  must outlive it
  StructureProof(Assembly& assembly, Condition& condition);
  StructureProof(StructureProof const&) = delete;
  StructureProof& operator=(StructureProof const&) = delete;
  StructureProof(StructureProof&&) = delete;
  StructureProof& operator=(StructureProof&&) = delete;

  /// Gives it up, should it not have come to its end.
  ~StructureProof() = default;

 private:
  void run(std::stop_token const& stop) noexcept;
  void judge(std::vector<store::Fault> const& faults, double seconds);

  Assembly& assembly_;
  Condition& condition_;
  std::jthread thread_; ///< last: the others are its own
};

} // namespace terracat::cli

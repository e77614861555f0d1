#pragma once

#include <cstdio>
#include <cstdlib>
#include <string_view>

namespace terracat::fuzz {

/// Tries one input: whatever it is, the program neither crashes nor breaks an invariant. Each file
/// of a target defines it; libFuzzer calls it, or replay.cpp with inputs that were kept.
void try_input(std::string_view input);

/// Ends the process unless the invariant holds, which is how a fuzzer wants to be told.
inline void require(bool holds, std::string_view invariant, std::string_view about = {}) {
  if (holds) return;
  std::fprintf(stderr, "broken: %.*s\n%.*s\n", static_cast<int>(invariant.size()), invariant.data(),
               static_cast<int>(about.size()), about.data());
  std::abort();
}

} // namespace terracat::fuzz

#pragma once

#include <terracat/kind.hpp>

namespace terracat::kinds::command {

/// Harvests what a program prints: one JSON document on each line. The address is the program.
///
/// It is started as it is written, without a shell, in a process group of its own and with an
/// environment of its own; it inherits no file but the pipes that it writes to. It is killed when
/// the run stops or its time or its bytes are used up. What it prints to standard error goes to the
/// log.
///
/// Complete: the program ended with exit code 0 and every line was a document that could be taken.
///
/// \throws ProtocolError  if the program cannot be started
[[nodiscard]] std::unique_ptr<Harvester>
start(Source const& source, Means means, std::string_view checkpoint, What what = What::documents);

} // namespace terracat::kinds::command

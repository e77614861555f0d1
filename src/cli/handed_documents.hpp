#pragma once

#include "jobs/caller.hpp"

#include <terracat/kind.hpp>

#include <memory>
#include <stop_token>

namespace terracat::cli {

/// Answers one question for documents, on the command's side.
void send_page(jobs::Channel& channel, kinds::Harvester& documents, std::stop_token const& stop);

/// The documents of the command that has called, asked for page by page.
/// \param caller  must outlive the harvester
[[nodiscard]] std::unique_ptr<kinds::Harvester> documents_from(jobs::Caller& caller);

} // namespace terracat::cli

#pragma once

#include "api/exchange.hpp"

#include <string>

/// Answers to those who write.
namespace terracat::api {

/// \param address  of what was created; empty: of several
/// \param tag      likewise
[[nodiscard]] Reply created(std::string body, std::string_view media_type, std::string address,
                            std::string tag);

/// Of what was created, if it cannot be shown.
[[nodiscard]] Reply created_unseen(std::string address);

/// It is done.
[[nodiscard]] Reply nothing_to_say();

/// What was changed, as it is now, or its tag alone: RFC 7240 lets clients choose.
[[nodiscard]] Reply changed(Exchange const& exchange, Reply whole);

} // namespace terracat::api

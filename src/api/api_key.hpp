#pragma once

#include "api/http.hpp"
#include "api/site.hpp"

namespace terracat::api {

/// True if the request brings the key by which the site is written to, as X-API-Key or as a bearer
/// token. How long it takes says nothing of the key.
[[nodiscard]] bool has_key(Site const& site, Head const& head) noexcept;

/// \throws ProblemError  unless it does: unauthenticated without a key, forbidden with another
void check_key(Site const& site, Head const& head);

} // namespace terracat::api

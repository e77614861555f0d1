#pragma once

#include "api/exchange.hpp"

namespace terracat::api {

/// The tag of a list (doc/design.md 5): the last change within its scope and type, weak, for
/// codings differ in bytes. Known before the list is made.
[[nodiscard]] std::string list_tag(Exchange const& exchange, Revision revision,
                                   Sequence last_change);

/// The tag of one resource: strong, of this representation (media type and coding).
[[nodiscard]] std::string resource_tag(Exchange const& exchange, Revision revision,
                                       Sequence last_change, std::string_view media_type);

/// "Not modified", if the client has this tag; nothing otherwise.
[[nodiscard]] std::optional<Reply> not_modified(Exchange const& exchange, std::string const& tag);

/// A JSON answer with its tag.
[[nodiscard]] Reply tagged(std::string body, std::string_view media_type, std::string tag);

} // namespace terracat::api

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

/// True if the list of tags of a request has this one, or is `*`. Weak comparison: what is asked is
/// whether the client has the answer already.
[[nodiscard]] bool lists_tag(std::string_view tags, std::string_view tag) noexcept;

/// An answer that changes only with the program or its settings, with its tag, or "not modified".
[[nodiscard]] Reply lasting(Exchange const& exchange, std::string body,
                            std::string_view media_type);

/// A JSON answer with its tag.
[[nodiscard]] Reply tagged(std::string body, std::string_view media_type, std::string tag);

} // namespace terracat::api

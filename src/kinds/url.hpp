#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace terracat::kinds {

using Parameters = std::vector<std::pair<std::string, std::string>>;

/// Percent-encodes everything but letters, digits and `-._~`.
[[nodiscard]] std::string encoded(std::string_view text);

/// The inverse of `encoded`; an escape that is none stays as it is.
[[nodiscard]] std::string decoded(std::string_view text);

/// The URL with these parameters in the place of those it has by the same names, in any case; its
/// others stay, empty ones and the fragment go.
[[nodiscard]] std::string with_parameters(std::string_view url, Parameters const& parameters);

/// `https://a.example:8080` of any URL that starts so, a password included; else empty.
[[nodiscard]] std::string_view origin_of(std::string_view url);

/// True if both are of one host and port, over whatever protocol of the web: `https://a`,
/// `https://a:443` and `http://a` are. What is no address is at no host.
[[nodiscard]] bool is_same_host(std::string_view a, std::string_view b);

/// An address below that of a source, whose query and fragment go.
/// \param path  encoded, without a slash at its beginning
[[nodiscard]] std::string below(std::string_view address, std::string_view path);

/// Where a link leads that was found at `base`. Servers behind a proxy often write `http:` of
/// themselves although they are reached by `https:`; such a link is read as meant.
/// \return  empty if it is no URL of http or https
[[nodiscard]] std::string link_target(std::string_view base, std::string_view href);

/// Without `user:password@`, which an operator may have written into the address of a source: what
/// becomes part of a document must not hold it.
[[nodiscard]] std::string without_credentials(std::string_view url);

/// The URL with those of the source's address, if it is of the same origin, to be fetched and
/// nothing else: links and checkpoints are without them.
[[nodiscard]] std::string with_credentials_of(std::string_view source, std::string_view url);

} // namespace terracat::kinds

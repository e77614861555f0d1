#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace terracat::model {

/// A link of RFC 8288 with the members that STAC and OGC API give it.
struct Link {
  std::string href; ///< absolute
  std::string rel;  ///< registered relation, or a URI
  std::string type; ///< media type; empty if unknown
  std::string title;
  std::string language; ///< of the target (hreflang)

  friend bool operator==(Link const&, Link const&) = default;
};

/// Something to fetch, as a STAC asset.
struct Asset {
  std::string key;
  std::string href; ///< absolute
  std::string title;
  std::string description;
  std::string type;
  std::vector<std::string> roles; ///< "data", "metadata", "thumbnail", "overview" …

  friend bool operator==(Asset const&, Asset const&) = default;
};

/// True for schemes that may stand in an answer: http, https, ftp, mailto, doi, s3, irods. All
/// else that a source may write (javascript:, data:, file:) is refused where it is read.
[[nodiscard]] bool is_public_href(std::string_view href) noexcept;

/// Resolves a reference against an absolute base (RFC 3986 5).
/// \return  empty if the two make no absolute URL
[[nodiscard]] std::string resolve_href(std::string_view base, std::string_view reference);

/// The `user:password` of `https://user:password@host/`; empty if there is none.
[[nodiscard]] std::string_view credentials_in(std::string_view url) noexcept;

/// The address as it may be printed: `***` stands for what is before the host, and for parameters
/// whose names say that they are keys. What is no URL stays as it is.
[[nodiscard]] std::string masked(std::string_view url);

} // namespace terracat::model

#pragma once

#include <terracat/format.hpp>

namespace terracat::formats {

/// Makes the hrefs of one document absolute. What it gives may stand in an answer.
class HrefReader {
 public:
  /// An absolute href, or why it is left out: `href_relative` or `href_refused`.
  using Href = boost::system::result<std::string, FindingCode>;

  /// \param self  the address that the document gives itself; may be empty or relative
  /// Both must outlive the reader.
  HrefReader(ReadContext const& context, std::string_view self);

  /// Of a link. Backslashes count as slashes, as in browsers.
  [[nodiscard]] Href link(std::string_view href) const;

  /// Of an asset. A relative one means a file that the site itself serves, if the context says so:
  /// `terracat-asset:source/path` (model::local_asset_scheme), never outside the source's folder.
  [[nodiscard]] Href asset(std::string_view href) const;

 private:
  [[nodiscard]] Href local(std::string const& relative) const;

  std::string_view base_; ///< public and absolute, or empty
  std::string_view local_assets_;
};

/// True for what needs no change: http, https or s3 with nothing that a URL must encode.
[[nodiscard]] bool is_plain_url(std::string_view href) noexcept;

} // namespace terracat::formats

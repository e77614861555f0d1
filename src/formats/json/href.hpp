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

  /// Of a link. Backslashes count as slashes, as in browsers. What a URL may not hold is encoded,
  /// but for the keys of s3, which are no URLs.
  [[nodiscard]] Href link(std::string_view href) const;

  /// Of an asset. A relative one means a file that the site itself serves, if the context says so:
  /// `terracat-asset:source/path` (model::local_asset_scheme), never outside the source's folder.
  [[nodiscard]] Href asset(std::string_view href) const;

 private:
  [[nodiscard]] Href local(std::string const& relative) const;

  std::string_view base_; ///< public and absolute, or empty
  std::string_view local_assets_;
  bool is_ours_;
};

/// An absolute href as it may stand in an answer: of a public scheme, with what a URL may not hold
/// encoded. The keys of s3 are no URLs and stay as they are.
/// \return  empty if it may not stand in an answer
[[nodiscard]] std::string answerable_href(std::string_view href);

} // namespace terracat::formats

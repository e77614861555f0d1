#pragma once

#include "api/links.hpp"
#include "query/fields.hpp"

namespace terracat::api {

/// The body of an item, or a record, with public addresses in the place of the stand-in for the
/// site's own files.
[[nodiscard]] std::string with_local_assets(Exchange const& exchange, std::string_view body);

/// Writes items into answers; keeps what it needs from one to the next.
class ItemWriter {
 public:
  /// All of them outlive it.
  /// \param projection  to the CRS of footprints; null: they stay as they are
  ItemWriter(Exchange const& exchange, catalogue::View& view, query::Fields const& fields,
             geometry::Projection const* projection = nullptr)
      : exchange_(exchange), view_(view), fields_(fields), projection_(projection) {}

  /// \param collection  its id as shown
  /// \param others      links that it gets besides its own
  void append(ItemNumber number, std::string const& collection, std::string& out,
              Links const& others = {});

 private:
  /// With the links that were written last.
  void append_told(std::string const& collection, std::string& out) const;
  /// Likewise, with the other ways to its files.
  void append_whole(std::string const& collection, std::string& out) const;
  [[nodiscard]] json::Value parsed(std::string const& item) const;
  void write_links(std::string const& collection);

  Exchange const& exchange_;
  catalogue::View& view_;
  query::Fields const& fields_;
  geometry::Projection const* projection_;
  std::string collection_; ///< of the last item
  std::string self_begin_; ///< its link to itself, up to where the id stands
  Links shared_links_;
  std::string links_; ///< of the last item, as JSON
  store::ShownItem item_;
  std::string whole_;
};

} // namespace terracat::api

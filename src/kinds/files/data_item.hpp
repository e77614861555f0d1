#pragma once

#include "kinds/files/data_time.hpp"

#include <terracat/data_file.hpp>
#include <terracat/geometry.hpp>

#include <optional>
#include <string>
#include <vector>

/// STAC items of files of data.
namespace terracat::kinds::files {

/// A file that belongs to an item.
struct DataAsset {
  std::string key;
  std::string href;
  std::string title;
  std::string media_type; ///< may be empty
  std::string role;
  std::uint64_t size = 0;
  std::string checksum; ///< a multihash in hexadecimal; empty: not computed
};

/// All that is known of a file.
struct DataFile {
  std::string id;
  std::string collection;
  std::string name; ///< without its ending
  data::Facts facts;
  DataTime time;                 ///< that somebody said; else it is taken from the facts
  std::vector<DataAsset> assets; ///< the file first; empty: nobody serves them
};

/// Where the data lies; nothing if the file does not say, or not so that it can be believed.
[[nodiscard]] std::optional<model::Geometry> place_of(data::Facts const& facts);

/// \param place  of the file, as place_of tells
[[nodiscard]] std::string item_text(DataFile const& file,
                                    std::optional<model::Geometry> const& place);

/// The collection of such items, where nobody has described it. Its extent follows from the items.
[[nodiscard]] std::string data_collection_text(std::string const& id);

/// By what GDAL calls the driver that read it; empty: nothing certain.
[[nodiscard]] std::string media_type_of(data::Facts const& facts);

} // namespace terracat::kinds::files

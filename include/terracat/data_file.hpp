#pragma once

#include <terracat/finding.hpp>
#include <terracat/geometry.hpp>

#include <boost/system/result.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

/// Files of data, as a reader of their formats sees them.
namespace terracat::data {

/// What a file says of the values of a band; nothing is computed.
struct Statistics {
  std::optional<double> minimum;
  std::optional<double> maximum;
  std::optional<double> mean;
  std::optional<double> deviation;
  std::optional<double> valid_percent;

  friend bool operator==(Statistics const&, Statistics const&) = default;
};

/// One band of a raster, or one variable.
struct Band {
  std::string name;        ///< empty: it has none
  std::string description; ///< may be empty
  std::string type;        ///< as STAC calls it: "uint16"
  std::optional<double> no_data;
  std::string unit; ///< may be empty
  std::optional<double> scale;
  std::optional<double> offset;
  Statistics statistics;

  friend bool operator==(Band const&, Band const&) = default;
};

struct Column {
  std::string name;
  std::string type;

  friend bool operator==(Column const&, Column const&) = default;
};

/// One layer of features.
struct Layer {
  std::string name;
  std::string geometry; ///< "Polygon"; empty: its features have no place
  std::optional<std::int64_t> count;
  std::vector<Column> columns;

  friend bool operator==(Layer const&, Layer const&) = default;
};

/// The raster: row by row from its first corner.
struct Grid {
  std::int64_t rows = 0;
  std::int64_t columns = 0;

  /// From column and row to the file's own system: x = [0] column + [1] row + [2], y likewise by
  /// the other three. Nothing: the file does not say.
  std::optional<std::array<double, 6>> transform;

  friend bool operator==(Grid const&, Grid const&) = default;
};

/// What was found in a file. Texts are UTF-8; lists are bounded.
struct Facts {
  std::string driver;   ///< that read it, as GDAL calls it: "GTiff"
  std::string crs_code; ///< "EPSG:2154"; empty: the system has none
  std::string crs_wkt;  ///< of a system without code, as WKT 2; may be empty
  std::optional<Grid> grid;
  std::optional<std::array<double, 4>> box; ///< west, south, east, north in the file's own system

  /// The outline in degrees of WGS 84, with points along its sides, each side beginning with a
  /// corner; longitudes jump where it crosses the antimeridian. Empty: the place is not known.
  std::array<model::Path, 4> sides;

  std::vector<Band> bands;
  std::vector<Layer> layers;

  /// What the file says by name and value, as it stands there.
  std::vector<std::pair<std::string, std::string>> metadata;

  friend bool operator==(Facts const&, Facts const&) = default;
};

/// A file that somebody has opened for reading.
struct OpenFile {
  std::string ending; ///< behind the name that it shares with the files beside it: ".tif"
  int descriptor = -1;
};

/// Reads files of data. Thread-safe: it may make a caller wait for another one.
class Reader {
 public:
  Reader() = default;
  Reader(Reader const&) = delete;
  Reader& operator=(Reader const&) = delete;
  Reader(Reader&&) = delete;
  Reader& operator=(Reader&&) = delete;
  virtual ~Reader() = default;

  /// \param files  the file, then those beside it that say more about it; at most `most_files`
  /// \return       what it holds, or why that cannot be told: file_unreadable, parser_crash
  [[nodiscard]] virtual boost::system::result<Facts, Finding>
  read(std::span<OpenFile const> files) = 0;

  /// \return  why nothing can be read, in one sentence; empty if it can
  [[nodiscard]] virtual std::string obstacle() = 0;
};

inline constexpr std::size_t most_files = 6;

} // namespace terracat::data

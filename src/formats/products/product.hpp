#pragma once

#include "formats/cut_list.hpp"

#include <terracat/format.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// Products of Earth observation as catalogues of images describe them (RESTO, OData, Atom): each
/// in words of its own, all of the same things. Here they become STAC Items.
namespace terracat::formats::products {

/// A file of a product.
struct File {
  std::string key; ///< of the asset
  std::string href;
  std::string where; ///< of the address in the document
  std::string title;
  std::string media_type; ///< empty: by the ending of the address
  std::string role;
  std::optional<std::int64_t> size;   ///< bytes
  std::string md5;                    ///< 32 digits to base 16, in any case; anything else is none
  std::vector<std::string> elsewhere; ///< the same file at other addresses
};

/// A product in the making. What is not there, says nothing or lies out of its range is left out.
class Product {
 public:
  std::string id;
  std::string collection;
  std::string geometry; ///< GeoJSON; empty if the source says none
  std::string via;      ///< where the source has the description, in JSON or XML

  /// Where the document says what is a member of the item: findings tell of the document.
  void came_from(std::string_view member, std::string where);

  /// The time of the image; one moment if both ends are the same or one is not there.
  void taken(std::string_view start, std::string_view end);

  void text(std::string_view property, std::string_view text);

  /// Of the description, not of the image; only as RFC 3339 has it.
  void moment(std::string_view property, std::string_view text);
  void platform(std::string_view name);

  /// Names of instruments between slashes, commas or blanks.
  void instruments(std::string_view names);

  /// Whoever made it.
  void producer(std::string_view name);

  void type(std::string_view name);
  void level(std::string_view name);

  /// Metres of a pixel.
  void resolution(std::optional<double> metres);

  /// Percent of the image.
  void clouds(std::optional<double> share);
  void snow(std::optional<double> share);

  void absolute_orbit(std::optional<std::int64_t> number);
  void relative_orbit(std::optional<std::int64_t> number);
  void direction(std::string_view word);

  /// Mode and polarisations of a radar: optical ones have a mode as well, which is none of STAC.
  void radar(std::string_view mode, std::string_view polarisations);

  /// A tile of the grid of MGRS: `31TCJ`, `T31TCJ`.
  void tile(std::string_view name);

  void add(File file);

  [[nodiscard]] ReadResult read(ReadContext const& context) const;

 private:
  void raw(std::string_view property, std::string_view json);
  void uses(std::string_view extension);
  [[nodiscard]] std::string to_item() const;
  [[nodiscard]] std::string extensions_text() const;
  [[nodiscard]] std::string assets_text() const;

  std::string properties_; ///< members, without braces
  std::vector<std::string> extensions_;
  std::vector<File> files_;
  std::vector<std::pair<std::string, std::string>> places_;
  CutList cuts_;
};

} // namespace terracat::formats::products

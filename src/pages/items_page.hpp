#pragma once

#include "pages/lists.hpp"

#include <terracat/interval.hpp>

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// The images or files of a data set, as far as the catalogue lists them.
namespace terracat::pages {

enum class ItemSort : std::uint8_t { newest, oldest, clearest };

/// What is asked of the items, as the address of the page says it: every text as it was written.
struct ItemsQuestion {
  std::string from; ///< year, month or day
  std::string to;
  std::string bbox;  ///< west,south,east,north
  std::string area;  ///< corners, in the place of a box
  std::string cloud; ///< per cent at most
  ItemSort sort = ItemSort::newest;
  bool as_table = false; ///< where there are pictures; without any there is nothing but a table

  [[nodiscard]] bool is_empty() const noexcept {
    return from.empty() && to.empty() && bbox.empty() && area.empty() && cloud.empty();
  }
};

/// The value of the parameter `sort`; empty: it is absent.
[[nodiscard]] std::string_view name_of(ItemSort sort) noexcept;
[[nodiscard]] ItemSort item_sort_named(std::string_view name) noexcept;

/// One file of an item.
struct ItemFile {
  std::string key; ///< of the asset
  std::string title;
  std::string address; ///< as of an asset
  std::string type;    ///< media type; may be empty
  std::optional<std::uint64_t> bytes;
};

struct ShownItem {
  std::string id;
  std::string title;   ///< may be empty
  std::string address; ///< of the item itself, below the site
  std::optional<model::Interval> period;
  std::string boxes; ///< "W,S,E,N;…", for the map; may be empty
  std::string platform;
  std::optional<double> cloud; ///< per cent
  std::string picture;         ///< address of a small one; empty: there is none that may be shown
  std::vector<ItemFile> files; ///< those for users of the data
};

struct ItemsFacts {
  Resource const& resource;
  ItemsQuestion question;
  std::string_view wrong = {}; ///< the parameter that cannot be read; empty: none
  bool has_clouds = false;     ///< items say how much of them is under clouds
  std::optional<std::size_t> matched = {};
  std::span<ShownItem const> items = {};         ///< of this page
  std::optional<std::string_view> previous = {}; ///< token of the page before
  std::optional<std::string_view> next = {};
  std::string api_path = {}; ///< below the site: of the same question as an API is asked it
};

/// The page of a data set's items, below the language.
[[nodiscard]] std::string path_of_items(Resource const& resource);

[[nodiscard]] std::string items_page(SiteFacts const& site, Language language,
                                     ItemsFacts const& facts);

} // namespace terracat::pages

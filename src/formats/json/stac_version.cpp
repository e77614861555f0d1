#include "formats/json/stac_version.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace terracat::formats {
namespace {

/// Extensions that were parts of the specification and had short names until 1.0.0-rc.1.
constexpr std::array short_names{
    std::pair<std::string_view, std::string_view>{"asset", "item-assets"},
    std::pair<std::string_view, std::string_view>{"datacube", "datacube"},
    std::pair<std::string_view, std::string_view>{"eo", "eo"},
    std::pair<std::string_view, std::string_view>{"file", "file"},
    std::pair<std::string_view, std::string_view>{"item-assets", "item-assets"},
    std::pair<std::string_view, std::string_view>{"label", "label"},
    std::pair<std::string_view, std::string_view>{"pointcloud", "pointcloud"},
    std::pair<std::string_view, std::string_view>{"processing", "processing"},
    std::pair<std::string_view, std::string_view>{"proj", "projection"},
    std::pair<std::string_view, std::string_view>{"projection", "projection"},
    std::pair<std::string_view, std::string_view>{"sar", "sar"},
    std::pair<std::string_view, std::string_view>{"sat", "sat"},
    std::pair<std::string_view, std::string_view>{"scientific", "scientific"},
    std::pair<std::string_view, std::string_view>{"tiled-assets", "tiled-assets"},
    std::pair<std::string_view, std::string_view>{"timestamps", "timestamps"},
    std::pair<std::string_view, std::string_view>{"version", "version"},
    std::pair<std::string_view, std::string_view>{"view", "view"},
};

struct Rename {
  std::string_view before;
  std::string_view after;
  StacGeneration last; ///< the last one that used the former name
};

/// As the changelog of the specification has it under 0.9.0 and 1.0.0-beta.1, where the value stays
/// the same. `instruments` became an array and is handled where it is written.
constexpr std::array renames{
    Rename{"dtr:start_datetime", "start_datetime", StacGeneration::v0_8},
    Rename{"dtr:end_datetime", "end_datetime", StacGeneration::v0_8},
    Rename{"eo:platform", "platform", StacGeneration::v0_8},
    Rename{"sar:platform", "platform", StacGeneration::v0_8},
    Rename{"eo:instrument", "instruments", StacGeneration::v0_8},
    Rename{"sar:instrument", "instruments", StacGeneration::v0_8},
    Rename{"eo:constellation", "constellation", StacGeneration::v0_8},
    Rename{"sar:constellation", "constellation", StacGeneration::v0_8},
    Rename{"eo:off_nadir", "view:off_nadir", StacGeneration::v0_8},
    Rename{"eo:azimuth", "view:azimuth", StacGeneration::v0_8},
    Rename{"eo:incidence_angle", "view:incidence_angle", StacGeneration::v0_8},
    Rename{"eo:sun_azimuth", "view:sun_azimuth", StacGeneration::v0_8},
    Rename{"eo:sun_elevation", "view:sun_elevation", StacGeneration::v0_8},
    Rename{"sar:type", "sar:product_type", StacGeneration::v0_8},
    Rename{"sar:polarization", "sar:polarizations", StacGeneration::v0_8},
    Rename{"eo:epsg", "proj:epsg", StacGeneration::v0_8},
    Rename{"eo:gsd", "gsd", StacGeneration::v0_9},
};

constexpr std::string_view schema_host = "https://stac-extensions.github.io/";

/// \return  empty if the name stands for nothing that is still there
std::string schema_of_short_name(std::string_view name) {
  auto const* const known =
      std::ranges::find(short_names, name, [](auto const& entry) { return entry.first; });
  if (known == short_names.end()) return {};
  return std::string(schema_host) + std::string(known->second) + "/v1.0.0/schema.json";
}

bool is_short_name(std::string_view text) noexcept {
  return text.find_first_of(":/.") == std::string_view::npos;
}

} // namespace

std::optional<StacGeneration> generation_of(std::string_view version) noexcept {
  if (version.starts_with("0.8.") || version == "0.8") return StacGeneration::v0_8;
  if (version.starts_with("0.9.") || version == "0.9") return StacGeneration::v0_9;
  if (version.starts_with("1.0.0-beta")) return StacGeneration::v1_0_beta;
  if (version.starts_with("1.0.") || version == "1.0") return StacGeneration::v1_0;
  if (version.starts_with("1.")) return StacGeneration::v1_1;
  return std::nullopt;
}

std::vector<std::string> read_extensions(json::Value const& extensions, HrefReader const& hrefs) {
  std::vector<std::string> schemas;
  for (auto const element : extensions.elements()) {
    auto const text = element.string();
    if (!text) continue;
    std::string schema;
    if (is_short_name(*text)) {
      schema = schema_of_short_name(*text);
    } else if (auto href = hrefs.link(*text)) {
      schema = std::move(*href);
    }
    if (!schema.empty() && std::ranges::find(schemas, schema) == schemas.end()) {
      schemas.push_back(std::move(schema));
    }
  }
  return schemas;
}

std::string_view renamed_property(std::string_view name, StacGeneration generation) noexcept {
  if (generation > StacGeneration::v0_9) return {};
  auto const* const found = std::ranges::find(renames, name, &Rename::before);
  return found != renames.end() && generation <= found->last ? found->after : std::string_view();
}

void use_projection_schema(std::vector<std::string>& extensions) {
  auto const is_projection = [](std::string const& schema) {
    return schema.starts_with("https://stac-extensions.github.io/projection/v");
  };
  auto const listed = std::ranges::find_if(extensions, is_projection);
  if (listed == extensions.end()) return;
  *listed = projection_schema;
  extensions.erase(std::remove_if(listed + 1, extensions.end(), is_projection), extensions.end());
}

} // namespace terracat::formats

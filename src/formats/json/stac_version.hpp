#pragma once

#include "formats/json/href.hpp"

#include <terracat/json.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// What changed between the versions of STAC, as far as it can be carried over without loss.
namespace terracat::formats {

/// The version that is answered.
inline constexpr std::string_view stac_version = "1.1.0";

/// Versions that read alike, in their order.
enum class StacGeneration : std::uint8_t {
  v0_8,
  v0_9,
  v1_0_beta,
  v1_0, ///< from the first release candidate on
  v1_1, ///< and later ones of the same major version
};

/// \return  nothing for versions before 0.8 and after 1.x
[[nodiscard]] std::optional<StacGeneration> generation_of(std::string_view version) noexcept;

/// The schemas of `stac_extensions`, each once and absolute. Short names, as they were used before
/// 1.0, become the schema that they stood for; what was merged into the core or withdrawn goes.
[[nodiscard]] std::vector<std::string> read_extensions(json::Value const& extensions,
                                                       HrefReader const& hrefs);

/// The name that a property of an item has today, if that version called it otherwise.
/// \return  empty for a property that keeps its name
[[nodiscard]] std::string_view renamed_property(std::string_view name,
                                                StacGeneration generation) noexcept;

/// The projection extension's only version that knows both `proj:epsg` and `proj:code`, and
/// requires neither.
inline constexpr std::string_view projection_schema =
    "https://stac-extensions.github.io/projection/v1.2.0/schema.json";

/// Replaces whatever version of the projection extension is listed by that one.
void use_projection_schema(std::vector<std::string>& extensions);

} // namespace terracat::formats

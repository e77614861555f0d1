#pragma once

#include <terracat/json.hpp>
#include <terracat/record.hpp>

#include <cstdint>
#include <string>
#include <string_view>

/// Records as the store keeps them: JSON text from which exactly the same record is read again. Not
/// a format of the outside world.
namespace terracat::formats {

/// The version that is written, as the member `record`. It grows when a reader of the version
/// before would misunderstand the text; a new member that may be absent is no new version.
inline constexpr std::int64_t record_json_version = 1;

/// How areas stand in the text.
enum class GeometryText : std::uint8_t {
  kept,    ///< as they are: nothing about them is proven when they are read again
  geojson, ///< for others; what they write is taken as any source's
};

[[nodiscard]] std::string to_record_json(model::Record const& record,
                                         GeometryText geometries = GeometryText::kept);

/// \return  store_corrupt if the text is no record, or one of a version that is not known here
[[nodiscard]] Result<model::Record> from_record_json(std::string_view text, json::Parser& parser);

/// Likewise, of what has been parsed.
[[nodiscard]] Result<model::RecordParts> read_record_parts(json::Value const& root,
                                                           GeometryText geometries);

} // namespace terracat::formats

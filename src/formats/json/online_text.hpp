#pragma once

#include <terracat/record.hpp>

#include <span>
#include <string>
#include <string_view>
#include <vector>

/// Ways to the data: assets and links in answers.
namespace terracat::formats {

/// What an online resource is good for.
enum class OnlineUse : std::uint8_t { data, metadata, picture, link };

/// \return  `link` for everything that is not to be fetched as a file
[[nodiscard]] OnlineUse use_of(model::OnlineResource const& resource) noexcept;

/// The relation of a link to the resource (IANA, and what STAC adds): "about", "service",
/// "related".
[[nodiscard]] std::string_view relation_of(model::OnlineResource const& resource) noexcept;

/// The relation of a link to an asset, by its roles: "enclosure", "preview", "describedby".
[[nodiscard]] std::string_view relation_of(model::Asset const& asset) noexcept;

/// The files among the record's online resources as STAC assets, behind the record's own assets. A
/// key depends on nothing but the resource and whether another claims the same key, so it stays
/// when the order changes.
[[nodiscard]] std::vector<model::Asset> assets_of(model::RecordParts const& record,
                                                  std::span<std::string const> languages);

/// The relation of a link to another resource: "derived_from", "related" …
[[nodiscard]] std::string_view relation_of(model::Relation const& relation) noexcept;

} // namespace terracat::formats

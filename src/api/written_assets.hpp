#pragma once

#include "api/storage.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace terracat::api {

/// What a resource of STAC says itself of where its files lie, as JSON.
struct OwnAssets {
  std::string assets;
  std::string extensions; ///< empty: it needs no `stac_extensions` any more
};

/// Takes away the ways that the rules tell of its assets: who writes what he has read here does not
/// mean to keep them, for they change with the rules. One that he has changed is his.
/// \return  nothing if there is none: it may be kept as it is
[[nodiscard]] std::optional<OwnAssets> own_assets(Storage const& storage,
                                                  json::Value const& resource);

/// True for the members that `write_own` writes instead.
[[nodiscard]] bool is_of_assets(std::string_view member) noexcept;

void write_own(json::Writer& out, OwnAssets const& own);

} // namespace terracat::api

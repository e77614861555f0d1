#pragma once

#include <terracat/json.hpp>

#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace terracat::query {

/// Which members of an item or a collection are answered (STAC API fields 1.0.0).
///
/// - `include` names something: that, and what says which one it is (type, stac_version, id,
///   collection).
/// - `include` is empty or null, or nothing is named at all: what makes a STAC Item, of the
///   properties only its times; or what makes a STAC Collection.
/// - only `exclude` is there: everything.
///
/// What is excluded is then left out. Of two paths that both apply, the longer decides, and of
/// equal ones the inclusion.
class Fields {
 public:
  /// Whose members they are.
  enum class Of : std::uint8_t { item, collection };

  /// Everything.
  Fields() = default;

  /// Reads the parameter `fields`: `id,-geometry,+properties.eo:cloud_cover`.
  /// \return  invalid_parameter beyond 1,000 names
  [[nodiscard]] static Result<Fields> from_parameter(std::string_view text, Of whose = Of::item);

  /// Reads the member `fields` of a body: `{"include": […], "exclude": […]}`.
  [[nodiscard]] static Result<Fields> from_body(json::Value const& member, Of whose = Of::item);

  /// False: the answer has every member, so nothing needs to be looked at.
  [[nodiscard]] bool is_active() const noexcept { return !rules_.empty(); }

  /// `item`, a whole JSON object, with the wanted members only.
  [[nodiscard]] std::string apply(json::Value const& item) const;

 private:
  enum class Extent : std::uint8_t { nothing, part, whole };

  Fields(std::span<std::string_view const> base, std::vector<std::string> const& include,
         std::vector<std::string> const& exclude);

  /// As the longest rule says that applies.
  [[nodiscard]] bool is_wanted(std::string_view path) const;
  [[nodiscard]] Extent extent(std::string_view path) const;
  void write_members(json::Writer& out, json::Value const& object, std::string const& path) const;

  /// By path, such as "properties.datetime", whether it is wanted; the empty path is everything.
  std::map<std::string, bool, std::less<>> rules_;
};

} // namespace terracat::query

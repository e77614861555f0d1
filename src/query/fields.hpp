#pragma once

#include <terracat/json.hpp>

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
  [[nodiscard]] static Fields from_parameter(std::string_view text, Of whose = Of::item);

  /// Reads the member `fields` of a body: `{"include": […], "exclude": […]}`.
  [[nodiscard]] static Result<Fields> from_body(json::Value const& member, Of whose = Of::item);

  /// False: the answer has every member, so nothing needs to be looked at.
  [[nodiscard]] bool is_active() const noexcept { return !rules_.empty(); }

  /// `item`, a whole JSON object, with the wanted members only.
  [[nodiscard]] std::string apply(json::Value const& item) const;

 private:
  struct Rule {
    std::string path; ///< "properties.datetime"; empty: everything
    bool is_wanted = true;
  };

  enum class Extent : std::uint8_t { nothing, part, whole };

  Fields(std::span<std::string_view const> base, std::vector<std::string> const& include,
         std::vector<std::string> const& exclude);

  void rule(std::string_view path, bool is_wanted);
  [[nodiscard]] Extent extent(std::string_view path) const;
  void write_members(json::Writer& out, json::Value const& object, std::string const& path) const;

  std::vector<Rule> rules_; ///< no path twice
};

} // namespace terracat::query

#pragma once

#include <terracat/json.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace terracat::formats {

/// The coordinate reference system of an item or an asset as its two spellings: `proj:epsg` of the
/// projection extension before version 2, `proj:code` since. Clients know one or the other, so both
/// are answered where one is known (design.md 17.5).
class Projection {
 public:
  /// True for the two members that are read here and written by `append`.
  [[nodiscard]] static bool is_member(std::string_view name) noexcept {
    return name == "proj:epsg" || name == "proj:code";
  }

  /// What is null, "None" or not understood says nothing.
  void read(std::string_view name, json::Value const& value);

  /// Appends the members that are known.
  void append(std::string& out) const;

  /// True if one of the two members was there, whatever it said.
  [[nodiscard]] bool was_met() const noexcept { return was_met_; }

 private:
  void read_text(std::string_view text);

  std::optional<std::int64_t> epsg_;
  std::string code_; ///< `authority:code`, or empty
  bool was_met_ = false;
};

} // namespace terracat::formats

#pragma once

#include <terracat/interval.hpp>

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// When the data of a file is of.
namespace terracat::kinds::files {

/// As STAC writes it: a moment, or a period. All are empty if nothing is known.
struct DataTime {
  std::string datetime;
  std::string start;
  std::string end;

  [[nodiscard]] bool is_known() const noexcept {
    return !datetime.empty() || !start.empty() || !end.empty();
  }

  friend bool operator==(DataTime const&, DataTime const&) = default;
};

/// Finds a date in names of files: `S2?_*_{year}{month}{day}T{hour}{minute}{second}_*`. `*` stands
/// for any number of characters, `?` for one, both without slashes; all else for itself.
class NamePattern {
 public:
  /// \param fault  what is wrong with the text, if it is no pattern
  [[nodiscard]] static std::optional<NamePattern> parse(std::string_view text, std::string& fault);

  /// \param path  relative; a pattern without a slash looks at its last name
  [[nodiscard]] DataTime match(std::string_view path) const;

 private:
  enum class Field : std::uint8_t { year, month, day, day_of_year, hour, minute, second };
  static constexpr std::size_t fields = 7;

  struct Token {
    enum class Kind : std::uint8_t { text, any_character, anything, digit };
    Kind kind = Kind::text;
    char text = 0;             ///< of text
    Field field = Field::year; ///< of a digit
  };

  using Values = std::array<std::string, fields>;

  struct FieldName {
    std::string_view name;
    Field field;
    std::size_t digits;
  };

  static std::array<FieldName, fields> const field_names;

  [[nodiscard]] bool has(Field field) const noexcept;
  [[nodiscard]] std::string fault() const;
  [[nodiscard]] std::optional<Values> values_in(std::string_view name) const;

  std::vector<Token> tokens_;
  bool is_of_path_ = false;
};

using Metadata = std::vector<std::pair<std::string, std::string>>;

/// What a file's metadata say, the surest first: coverage, acquisition, the time axis of a NetCDF
/// file, the tag of a TIFF.
[[nodiscard]] DataTime time_in(Metadata const& metadata);

/// The value behind a name, in any case; empty: there is none.
[[nodiscard]] std::string_view value_in(Metadata const& metadata, std::string_view name);

} // namespace terracat::kinds::files

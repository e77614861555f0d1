#pragma once

#include "api/routes.hpp"

#include <terracat/problem.hpp>

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace terracat::api {

/// The parameters of a query string, decoded as forms are (`+` is a blank). Clients leave braces,
/// bars and letters beyond ASCII unencoded; they are taken as they are.
class Parameters {
 public:
  struct Parameter {
    std::string name;
    std::string value;
    std::string encoded;    ///< both, as they may stand in a query string: links repeat it
    bool is_joined = false; ///< of several of that name
  };

  /// More than any route knows, and few enough to look for each name among all others.
  static constexpr std::size_t most_parameters = 200;

  /// What becomes of a name that stands there several times: its values are one list with commas,
  /// as half of the clients send lists, or they stay apart, as forms send what is ticked.
  enum class Names : std::uint8_t { joined, apart };

  /// \return  invalid_parameter for a broken escape, text that is not UTF-8, or too many parameters
  [[nodiscard]] static Result<Parameters> parse(std::string_view query,
                                                Names names = Names::joined);

  /// The first of the name. \return  nothing if the parameter is absent or empty, which is the same
  /// (but for `fields` and `facets`): forms send fields that nobody filled in
  [[nodiscard]] std::optional<std::string_view> get(std::string_view name) const noexcept;

  /// True if the parameter is there, even empty.
  [[nodiscard]] bool has(std::string_view name) const noexcept;

  /// A problem if there is a parameter that is not among the known ones, with those that may have
  /// been meant, or one several times that is no list.
  [[nodiscard]] Result<void> check(std::span<ParameterRow const> known) const;

  [[nodiscard]] std::vector<Parameter> const& all() const noexcept { return parameters_; }

  /// The query string with this parameter set, or with it removed if `value` is empty.
  /// \param without  one that is removed as well
  [[nodiscard]] std::string with(std::string_view name, std::string_view value,
                                 std::string_view without = {}) const;

 private:
  std::vector<Parameter> parameters_;
};

/// That there is no such parameter, with those that may have been meant.
[[nodiscard]] Problem unknown_parameter(std::string_view name, std::span<ParameterRow const> known);

/// One segment of a path, decoded. \return  nothing for a broken escape, NUL, or text that is not
/// UTF-8
[[nodiscard]] std::optional<std::string> decode_segment(std::string_view segment);

/// `text` as it may stand in a path segment or in a query string.
[[nodiscard]] std::string encode(std::string_view text);

} // namespace terracat::api

#pragma once

#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

namespace terracat::json {

/// Something would take longer than it may.
class TooCostly : public std::runtime_error {
 public:
  TooCostly() : std::runtime_error("too costly") {}
};

/// A regular expression of ECMAScript, as JSON Schema has them. Any thread may ask.
class Pattern {
 public:
  /// \return  nothing if it is none
  [[nodiscard]] static std::optional<Pattern> make(std::string_view source);

  Pattern(Pattern const&) = delete;
  Pattern& operator=(Pattern const&) = delete;
  Pattern(Pattern&&) noexcept;
  Pattern& operator=(Pattern&&) noexcept;
  ~Pattern();

  /// Whether any part of the text matches, as is usual with schemas.
  /// \throws TooCostly  for one that tries too many ways
  [[nodiscard]] bool is_in(std::string_view text) const;

  [[nodiscard]] std::string const& source() const noexcept { return source_; }

 private:
  struct Compiled;
  Pattern(std::string source, std::unique_ptr<Compiled const> compiled);

  std::string source_;
  std::unique_ptr<Compiled const> compiled_;
};

} // namespace terracat::json

#include "json/schema_pattern.hpp"

#include <unicode/regex.h>
#include <unicode/unistr.h>

#include <new>

namespace terracat::json {
namespace {

icu::UnicodeString utf16(std::string_view text) {
  return icu::UnicodeString::fromUTF8({text.data(), static_cast<std::int32_t>(text.size())});
}

/// What an escape of ECMAScript is for ICU: letters and digits are those of ASCII there.
std::string escape(char c) {
  switch (c) {
  case 'd':
    return "[0-9]";
  case 'D':
    return "[^0-9]";
  case 'w':
    return "[A-Za-z0-9_]";
  case 'W':
    return "[^A-Za-z0-9_]";
  default:
    return {'\\', c};
  }
}

/// The expression for ICU, whose sets lie in each other and whose `$` passes over the end of a
/// line.
std::string translated(std::string_view source) {
  std::string out;
  bool is_in_set = false;
  for (std::size_t at = 0; at < source.size(); ++at) {
    auto const c = source[at];
    if (c == '\\' && at + 1 < source.size()) {
      out += escape(source[++at]);
    } else if (is_in_set) {
      is_in_set = c != ']';
      if (c == '[' || c == '&') out += '\\';
      out += c;
    } else if (c == '$') {
      out += "\\z";
    } else {
      is_in_set = c == '[';
      out += c;
    }
  }
  return out;
}

} // namespace

struct Pattern::Compiled {
  std::unique_ptr<icu::RegexPattern> pattern;
};

Pattern::Pattern(std::string source, std::unique_ptr<Compiled const> compiled)
    : source_(std::move(source)), compiled_(std::move(compiled)) {}

Pattern::Pattern(Pattern&&) noexcept = default;
Pattern& Pattern::operator=(Pattern&&) noexcept = default;
Pattern::~Pattern() = default;

std::optional<Pattern> Pattern::make(std::string_view source) {
  auto status = U_ZERO_ERROR;
  UParseError fault{};
  std::unique_ptr<icu::RegexPattern> pattern(
      icu::RegexPattern::compile(utf16(translated(source)), 0, fault, status));
  if (status == U_MEMORY_ALLOCATION_ERROR) throw std::bad_alloc();
  if (U_FAILURE(status) != 0 || pattern == nullptr) return std::nullopt;
  return Pattern(std::string(source),
                 std::make_unique<Compiled const>(Compiled{std::move(pattern)}));
}

bool Pattern::is_in(std::string_view text) const {
  constexpr std::int32_t steps = 100; // of ICU, a fraction of a millisecond each
  constexpr std::int32_t stack = 1 << 20;
  auto status = U_ZERO_ERROR;
  auto const units = utf16(text); // outlives the matcher
  std::unique_ptr<icu::RegexMatcher> const matcher(compiled_->pattern->matcher(units, status));
  if (matcher == nullptr || U_FAILURE(status) != 0) throw std::bad_alloc();
  matcher->setTimeLimit(steps, status);
  matcher->setStackLimit(stack, status);
  bool const found = matcher->find(status) != 0;
  if (status == U_REGEX_TIME_OUT || status == U_REGEX_STACK_OVERFLOW) throw TooCostly();
  if (U_FAILURE(status) != 0) throw std::bad_alloc();
  return found;
}

} // namespace terracat::json

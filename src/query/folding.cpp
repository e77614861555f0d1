#include "query/folding.hpp"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>

#include <algorithm>
#include <new>
#include <stdexcept>

namespace terracat::query {
namespace {

constexpr UChar32 dakuten = 0x3099;
constexpr UChar32 handakuten = 0x309A;

void check(UErrorCode status) {
  if (status == U_MEMORY_ALLOCATION_ERROR) throw std::bad_alloc();
  if (U_FAILURE(status)) throw std::runtime_error("ICU cannot normalise a text");
}

icu::UnicodeString normalised(icu::UnicodeString const& text, bool composed) {
  auto status = U_ZERO_ERROR;
  auto const* const form = composed ? icu::Normalizer2::getNFCInstance(status)
                                    : icu::Normalizer2::getNFDInstance(status);
  check(status);
  auto out = form->normalize(text, status);
  check(status);
  return out;
}

icu::UnicodeString taken_apart(std::string_view text) {
  return normalised(
      icu::UnicodeString::fromUTF8({text.data(), static_cast<std::int32_t>(text.size())}), false);
}

std::string put_together(icu::UnicodeString const& text) {
  std::string out;
  normalised(text, true).toUTF8String(out);
  return out;
}

bool is_ascii(std::string_view text) noexcept {
  return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

bool is_accent(UChar32 c) noexcept {
  return u_charType(c) == U_NON_SPACING_MARK && c != dakuten && c != handakuten;
}

} // namespace

void load_normal_forms() {
  using Getter = icu::Normalizer2 const* (*)(UErrorCode&);
  for (Getter const form :
       {&icu::Normalizer2::getNFCInstance, &icu::Normalizer2::getNFDInstance,
        &icu::Normalizer2::getNFKCInstance, &icu::Normalizer2::getNFKDInstance}) {
    auto status = U_ZERO_ERROR;
    static_cast<void>(form(status));
    check(status);
  }
}

std::string without_case(std::string_view text) {
  if (is_ascii(text)) { // no accent to be taken apart, and one small letter for each capital
    std::string out(text);
    for (auto& c : out) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return out;
  }
  return put_together(taken_apart(text).foldCase());
}

std::string without_accents(std::string_view text) {
  if (is_ascii(text)) return std::string(text);
  auto const apart = taken_apart(text);
  icu::UnicodeString out;
  for (std::int32_t i = 0; i < apart.length(); i = apart.moveIndex32(i, 1)) {
    auto const c = apart.char32At(i);
    if (!is_accent(c)) out.append(c);
  }
  return put_together(out);
}

} // namespace terracat::query

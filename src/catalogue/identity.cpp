#include "catalogue/identity.hpp"

#include "query/digest.hpp"

#include <terracat/text.hpp>

#include <algorithm>

namespace terracat::catalogue {
namespace {

constexpr std::size_t longest = 200;

bool is_letter(char c) noexcept {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool is_record_character(char c) noexcept {
  return is_letter(c) || is_digit(c) || c == '_' || c == '.' || c == '-';
}

/// RFC 3986 pchar without percent-encoding; clients paste ids into paths as they are.
bool is_path_character(char c) noexcept {
  return is_record_character(c) ||
         std::string_view("~!$&'()*+,;=:@").find(c) != std::string_view::npos;
}

/// Names that are literals.
bool is_python_name(std::string_view text) noexcept {
  return text == "None" || text == "True" || text == "False" || text == "Ellipsis";
}

/// Whether `ast.literal_eval` may read it as something else than a name. Numbers begin with a
/// digit, a sign or a point; the rest needs brackets or quotes. An id such as 2024-05-01_x is no
/// literal, but nobody should have to know why.
bool may_be_python_literal(std::string_view text) noexcept {
  if (is_python_name(text)) return true;
  if (std::string_view("+-.(\"'").find(text.front()) != std::string_view::npos) return true;
  bool const starts_like_a_number = is_digit(text.front());
  return starts_like_a_number && std::ranges::all_of(text, [](char c) {
           return is_digit(c) ||
                  std::string_view("+-._eEjJxXoObBaAcCdDfF,*").find(c) != std::string_view::npos;
         });
}

std::string fingerprint(std::string_view text) {
  constexpr std::string_view digits = "0123456789abcdef";
  auto const digest = query::digest_of(text);
  std::string out;
  for (unsigned shift = 0; shift < 32; shift += 4) out += digits[(digest >> shift) & 15U];
  return out;
}

/// `text` with "-" in the place of every run of characters that are not allowed.
template<class Allowed>
std::string replaced(std::string_view text, Allowed allowed) {
  std::string out;
  for (auto const c : text) {
    if (allowed(c)) {
      out += c;
    } else if (!out.ends_with('-')) {
      out += '-';
    }
  }
  return out;
}

} // namespace

bool is_record_id(std::string_view text) noexcept {
  return !text.empty() && text.size() <= longest && is_letter(text.front()) &&
         std::ranges::all_of(text, is_record_character) && !is_python_name(text);
}

bool is_item_id(std::string_view text) noexcept {
  return !text.empty() && text.size() <= longest && text != "." && text != ".." &&
         std::ranges::all_of(text, is_path_character) && !may_be_python_literal(text);
}

std::string record_id(std::string_view prefix, std::string_view native_id) {
  auto whole = std::string(prefix) + std::string(native_id);
  if (is_record_id(whole)) return whole;
  auto made = replaced(whole, is_record_character);
  bool const lost = made != whole || made.size() > longest - 20;
  if (made.empty() || !is_letter(made.front()) || is_python_name(made)) made.insert(0, "id-");
  if (lost) made = made.substr(0, longest - 20) + "-" + fingerprint(native_id);
  return made;
}

std::string yielded_id(std::string_view wanted, std::string_view source, std::size_t taken) {
  auto out = std::string(wanted) + "." + std::string(source);
  if (taken > 0) out += "-" + std::to_string(taken + 1);
  return out;
}

std::string_view wanted_id(std::string_view id, std::string_view source) {
  auto const mark = "." + std::string(source);
  auto const end = id.rfind(mark);
  if (end == std::string_view::npos) return {};
  auto const behind = id.substr(end + mark.size());
  bool const has_number =
      behind.size() > 1 && behind.front() == '-' && std::ranges::all_of(behind.substr(1), is_digit);
  return behind.empty() || has_number ? id.substr(0, end) : std::string_view();
}

std::string item_id(std::string_view native_id) {
  if (is_item_id(native_id)) return std::string(native_id);
  auto made = replaced(native_id, is_path_character);
  bool const lost = made != native_id || made.size() > longest - 20;
  if (made.empty() || made == "." || made == ".." || may_be_python_literal(made)) {
    made.insert(0, "id-");
  }
  if (lost) made = made.substr(0, longest - 20) + "-" + fingerprint(native_id);
  return made;
}

} // namespace terracat::catalogue

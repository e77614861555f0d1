// JSON: the reader and the second one, which says where a fault is, agree on what JSON is; what is
// written is read again.

#include "fuzz/fuzz.hpp"

#include "json/fault.hpp"
#include <terracat/json.hpp>

namespace terracat::fuzz {
namespace {

constexpr json::Limits limits{.bytes = std::size_t{1} << 20, .depth = 64};

/// The second reader's verdict, as its message has it. It finds 0e999 too big.
bool is_json_to_the_other(std::string_view text) {
  auto const detail = json::fault_of(text).detail;
  return detail.ends_with("a number is out of range") || detail.find("too big") != detail.npos;
}

/// A number that no double and no 64 bits can hold has many digits or an exponent of three.
bool may_overflow(std::string_view text) {
  std::size_t digits = 0;
  for (auto const c : text) {
    if (c == 'e' || c == 'E') return true;
    digits = c >= '0' && c <= '9' ? digits + 1 : 0;
    if (digits >= 19) return true;
  }
  return false;
}

void check_writing(json::Value const& value) {
  auto const text = value.text();
  auto const again = json::Document::parse(text, limits);
  require(again.has_value(), "what is printed is JSON", text);
  require(again->root().text() == text, "printing again changes nothing", text);
  json::Writer out;
  out.begin_array().value(value).end_array();
  auto const written = out.take();
  require(written == "[" + text + "]", "the writer and the value print the same", written);
}

/// Names and strings through the writer's own escapes.
void check_strings(json::Value const& value) {
  if (auto const text = value.string()) {
    require(json::is_utf8(*text), "a string is UTF-8");
    auto const quoted = json::quoted(*text);
    auto const again = json::Document::parse(quoted, limits);
    require(again && again->root().string() == *text, "a string that is quoted is read the same",
            quoted);
  }
  for (auto const element : value.elements()) check_strings(element);
  for (auto const [name, member] : value.members()) {
    auto const found = value.member(name);
    require(found.has_value(), "a member is found by its name", name);
    check_strings(member);
  }
}

} // namespace

void try_input(std::string_view input) {
  auto const document = json::Document::parse(input, limits);
  bool const is_deep = !document && document.error().detail.find("nested") != std::string::npos;
  if (is_deep) return; // only the first reader counts levels
  if (document) {
    require(is_json_to_the_other(input), "what one reader takes, the other takes", input);
    check_writing(document->root());
    check_strings(document->root());
  } else {
    require(!is_json_to_the_other(input) || may_overflow(input),
            "what one reader refuses, the other refuses, but for numbers out of range", input);
  }
}

} // namespace terracat::fuzz

#include "api/sentence.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <stdexcept>

namespace terracat::test {
namespace {

using json::Kind;
using json::Value;
using MaybeValue = std::optional<Value>;

[[noreturn]] void cannot_read(std::string_view text) {
  throw std::runtime_error("cannot be read: " + std::string(text));
}

bool equal(Value const& a, Value const& b) {
  if (a.kind() != b.kind()) return false;
  if (a.kind() == Kind::object) {
    if (a.size() != b.size()) return false;
    for (auto const [name, value] : a.members()) {
      auto const other = b.member(name);
      if (!other || !equal(value, *other)) return false;
    }
    return true;
  }
  if (a.kind() == Kind::array) {
    if (a.size() != b.size()) return false;
    auto other = b.elements().begin();
    for (auto const element : a.elements()) {
      if (!equal(element, *other)) return false;
      ++other;
    }
    return true;
  }
  if (a.kind() == Kind::number) return a.number() == b.number();
  return a.text() == b.text();
}

std::string shown(MaybeValue const& value) {
  return value ? value->text() : "nothing";
}

std::string shown(Found const& found) {
  std::string out;
  for (auto const& value : found.values) out += (out.empty() ? "" : ", ") + shown(value);
  return found.is_many ? "[" + out + "]" : out;
}

// ---- Paths

std::string_view take_until(std::string_view& text, std::string_view ends) {
  auto const end = std::min(text.find_first_of(ends), text.size());
  auto const taken = text.substr(0, end);
  text.remove_prefix(end);
  return taken;
}

MaybeValue element_of(Value const& array, std::string_view selector) {
  auto const equals = selector.find('=');
  if (equals != std::string_view::npos) {
    for (auto const element : array.elements()) {
      if (element.string(selector.substr(0, equals)) == selector.substr(equals + 1)) return element;
    }
    return std::nullopt;
  }
  int index = 0;
  auto const* const end = selector.data() + selector.size();
  auto const [stop, error] = std::from_chars(selector.data(), end, index);
  if (error != std::errc{} || stop != end) cannot_read(selector);
  if (index < 0) index += static_cast<int>(array.size());
  for (auto const element : array.elements()) {
    if (index-- == 0) return element;
  }
  return std::nullopt;
}

/// Goes one step on from every value.
void step(Found& found, std::string_view name, bool is_selector) {
  Found next{.values = {}, .is_many = found.is_many};
  for (auto const& value : found.values) {
    if (!value) {
      next.values.emplace_back();
    } else if (!is_selector) {
      next.values.push_back(value->member(name));
    } else if (name == "*") {
      for (auto const element : value->elements()) next.values.emplace_back(element);
    } else {
      next.values.push_back(element_of(*value, name));
    }
  }
  if (is_selector && name == "*") next.is_many = true;
  found = std::move(next);
}

// ---- Verbs

json::Document read_json(std::string_view text) {
  auto document = json::Document::parse(text);
  if (!document) cannot_read(text);
  return std::move(*document);
}

bool is_equal(Found const& found, std::string_view given) {
  auto const wanted = read_json(given);
  if (!found.is_many) {
    return found.values.front() && equal(*found.values.front(), wanted.root());
  }
  if (!wanted.root().is_array() || wanted.root().size() != found.values.size()) return false;
  auto value = found.values.begin();
  for (auto const element : wanted.root().elements()) {
    if (!*value || !equal(**value, element)) return false;
    ++value;
  }
  return true;
}

bool has(Value const& value, std::string_view given) {
  return std::to_string(value.size()) == given;
}

bool contains(Value const& value, std::string_view given) {
  auto const wanted = read_json(given);
  if (auto const text = value.string()) {
    return text->find(wanted.root().string().value_or("\x01")) != std::string_view::npos;
  }
  for (auto const element : value.elements()) {
    if (equal(element, wanted.root())) return true;
  }
  return false;
}

bool lacks(Value const& value, std::string_view given) {
  return !contains(value, given);
}

bool matches(Value const& value, std::string_view given) {
  auto const pattern = read_json(given);
  auto const text = value.string();
  return text && fits(*text, pattern.root().string().value_or(""));
}

bool is(Value const& value, std::string_view type) {
  constexpr std::array<std::string_view, 6> names{"null",   "boolean", "number",
                                                  "string", "array",   "object"};
  if (type == "integer") return value.integer().has_value();
  if (std::ranges::find(names, type) == names.end()) cannot_read(type);
  return names.at(static_cast<std::size_t>(value.kind())) == type;
}

/// A verb that is asked of each value that is there.
struct Verb {
  std::string_view name;
  bool (*is_true)(Value const& value, std::string_view given);
};

constexpr std::array verbs{Verb{"has", has}, Verb{"is", is}, Verb{"contains", contains},
                           Verb{"lacks", lacks}, Verb{"matches", matches}};

bool is_true(Found const& found, std::string_view verb, std::string_view given) {
  if (verb == "=") return is_equal(found, given);
  auto const is_there = [](MaybeValue const& value) { return value.has_value(); };
  if (verb == "absent") return std::ranges::none_of(found.values, is_there);
  bool const are_there = std::ranges::all_of(found.values, is_there) && !found.values.empty();
  if (verb == "present") return are_there;
  auto const* const row = std::ranges::find(verbs, verb, &Verb::name);
  if (row == verbs.end()) cannot_read(verb);
  return are_there && std::ranges::all_of(found.values, [&](MaybeValue const& value) {
           return row->is_true(*value, given);
         });
}

} // namespace

Found at_path(Value const& root, std::string_view path) {
  Found found{.values = {root}};
  if (path == ".") return found;
  while (!path.empty()) {
    bool const is_selector = path.front() == '[';
    if (is_selector || path.front() == '.') path.remove_prefix(1);
    auto const name = take_until(path, is_selector ? "]" : ".[");
    if (name.empty()) cannot_read(path);
    if (is_selector && !path.empty()) path.remove_prefix(1);
    step(found, name, is_selector);
  }
  return found;
}

std::optional<std::string> objection(std::string const& sentence, std::string const& body) {
  std::string_view rest = sentence;
  std::string_view path;
  // A selector may hold blanks: `links[title=Sea ice]`.
  auto const bracket = std::min(rest.find('['), rest.size());
  auto const blank = rest.find(' ');
  auto const begin = bracket < blank ? rest.find(']', bracket) : 0;
  auto const end = std::min(rest.find(' ', begin), rest.size());
  path = rest.substr(0, end);
  rest.remove_prefix(std::min(end + 1, rest.size()));
  auto const verb = take_until(rest, " ");
  if (!rest.empty()) rest.remove_prefix(1);

  bool const is_text = path == "body";
  auto const document = json::Document::parse(is_text ? json::quoted(body) : body);
  if (!document) return sentence + "\n  but the body is no JSON: " + body.substr(0, 500);
  auto const found = at_path(document->root(), is_text ? "." : path);
  if (is_true(found, verb, rest)) return std::nullopt;
  return sentence + "\n  but there is " + shown(found).substr(0, 1'000);
}

bool fits(std::string_view text, std::string_view pattern) {
  auto const star = pattern.find('*');
  if (star == std::string_view::npos) return text == pattern;
  if (!text.starts_with(pattern.substr(0, star))) return false;
  text.remove_prefix(star);
  pattern.remove_prefix(star + 1);
  for (;;) {
    if (fits(text, pattern)) return true;
    if (text.empty()) return false;
    text.remove_prefix(1);
  }
}

} // namespace terracat::test

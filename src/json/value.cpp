#include <terracat/json.hpp>

#include "json/fault.hpp"
#include "json/plain.hpp"

#include <simdjson.h>

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <cstring>
#include <utility>
#include <vector>

namespace terracat::json {
namespace {

namespace dom = simdjson::dom;

// Handles of simdjson are a document and an index into its tape, and nothing else.
static_assert(sizeof(dom::element) == sizeof(Place));
static_assert(sizeof(dom::object::iterator) == sizeof(Place));
static_assert(sizeof(dom::array::iterator) == sizeof(Place));

dom::element element_at(Place const& place) noexcept {
  return std::bit_cast<dom::element>(place);
}

template<class Handle>
Place place_of(Handle const& handle) noexcept {
  return std::bit_cast<Place>(handle);
}

// ---- Values as text: what simdjson writes

/// Appends to a text in few pieces, for each costs a look at its room.
class Appender {
 public:
  explicit Appender(std::string& out) : out_(out) {}

  /// As deep as the parser allows.
  void append(dom::element element) {
    switch (element.type()) {
    case dom::element_type::OBJECT:
      return append(dom::object(element));
    case dom::element_type::ARRAY:
      return append(dom::array(element));
    case dom::element_type::STRING:
      return append_quoted(std::string_view(element));
    case dom::element_type::INT64:
      return append_integer(std::int64_t(element));
    case dom::element_type::UINT64:
      return append_integer(std::uint64_t(element));
    case dom::element_type::DOUBLE:
      return append_double(double(element));
    case dom::element_type::BOOL:
      return append_text(bool(element) ? "true" : "false");
    case dom::element_type::NULL_VALUE:
      return append_text("null");
    }
  }

  /// Nothing is appended before.
  void finish() {
    out_.append(buffer_.data(), size_);
    size_ = 0;
  }

 private:
  void append(dom::object object) {
    char before = '{';
    for (auto const [name, value] : object) {
      append_character(std::exchange(before, ','));
      append_quoted(name);
      append_character(':');
      append(value);
    }
    if (before == '{') append_character('{');
    append_character('}');
  }

  void append(dom::array array) {
    char before = '[';
    for (auto const value : array) {
      append_character(std::exchange(before, ','));
      append(value);
    }
    if (before == '[') append_character('[');
    append_character(']');
  }

  void append_quoted(std::string_view text) {
    constexpr std::size_t around = 2 + sizeof(std::uint64_t); // eight are copied where one is left
    if (text.size() + around > buffer_.size()) return append_long(text);
    if (text.size() + around > buffer_.size() - size_) finish();
    auto* to = buffer_.data() + size_;
    *to++ = '"';
    std::uint64_t special = 0;
    for_each_eight(text, [&](std::uint64_t eight) {
      std::memcpy(to, &eight, sizeof eight);
      to += sizeof eight;
      special |= special_among(eight);
    });
    if (special != 0) return append_escaped(text);
    size_ += text.size() + 2;
    buffer_[size_ - 1] = '"';
  }

  void append_long(std::string_view text) {
    if (!is_plain(text)) return append_escaped(text);
    append_character('"');
    append_text(text);
    append_character('"');
  }

  void append_escaped(std::string_view text) {
    simdjson::internal::mini_formatter formatter;
    formatter.string(text);
    append_text(formatter.str());
  }

  template<class Integer>
  void append_integer(Integer value) {
    reserve(longest_number);
    auto* const begin = buffer_.data() + size_;
    auto const written = std::to_chars(begin, begin + longest_number, value);
    size_ += static_cast<std::size_t>(written.ptr - begin);
  }

  void append_double(double value) {
    reserve(longest_number); // simdjson takes no bound; it writes up to 24
    auto* const begin = buffer_.data() + size_;
    auto const* const end = simdjson::internal::to_chars(begin, begin + longest_number, value);
    size_ += static_cast<std::size_t>(end - begin);
  }

  void append_character(char c) {
    reserve(1);
    buffer_[size_++] = c;
  }

  void append_text(std::string_view text) {
    if (text.size() > buffer_.size() - size_) finish();
    if (text.size() > buffer_.size()) {
      out_ += text;
      return;
    }
    text.copy(buffer_.data() + size_, text.size());
    size_ += text.size();
  }

  void reserve(std::size_t size) {
    if (size > buffer_.size() - size_) finish();
  }

  static constexpr std::size_t longest_number = 32;

  std::string& out_;
  std::size_t size_ = 0;
  std::array<char, 1'024> buffer_; // NOLINT: what is not written is not read
};

} // namespace

Kind Value::kind() const noexcept {
  switch (element_at(place_).type()) {
  case dom::element_type::ARRAY:
    return Kind::array;
  case dom::element_type::OBJECT:
    return Kind::object;
  case dom::element_type::STRING:
    return Kind::string;
  case dom::element_type::BOOL:
    return Kind::boolean;
  case dom::element_type::NULL_VALUE:
    return Kind::null;
  default:
    return Kind::number;
  }
}

std::optional<bool> Value::boolean() const noexcept {
  bool value = false;
  if (element_at(place_).get(value) != simdjson::SUCCESS) return std::nullopt;
  return value;
}

std::optional<double> Value::number() const noexcept {
  double value = 0;
  if (element_at(place_).get(value) != simdjson::SUCCESS) return std::nullopt;
  return value;
}

std::optional<std::int64_t> Value::integer() const noexcept {
  std::int64_t value = 0;
  if (element_at(place_).get(value) != simdjson::SUCCESS) return std::nullopt;
  return value;
}

std::optional<std::string_view> Value::string() const noexcept {
  std::string_view value;
  if (element_at(place_).get(value) != simdjson::SUCCESS) return std::nullopt;
  return value;
}

std::optional<Value> Value::member(std::string_view name) const noexcept {
  dom::object object;
  if (element_at(place_).get(object) != simdjson::SUCCESS) return std::nullopt;
  dom::element found;
  if (object.at_key(name).get(found) != simdjson::SUCCESS) return std::nullopt;
  return Value(place_of(found));
}

std::optional<std::string_view> Value::string(std::string_view name) const noexcept {
  auto const found = member(name);
  return found ? found->string() : std::nullopt;
}

Members Value::members() const noexcept {
  dom::object object;
  if (element_at(place_).get(object) != simdjson::SUCCESS) return {place_, place_};
  return {place_of(object.begin()), place_of(object.end())};
}

Elements Value::elements() const noexcept {
  dom::array array;
  if (element_at(place_).get(array) != simdjson::SUCCESS) return {place_, place_};
  return {place_of(array.begin()), place_of(array.end())};
}

std::size_t Value::size() const noexcept {
  dom::array array;
  if (element_at(place_).get(array) == simdjson::SUCCESS) return array.size();
  dom::object object;
  return element_at(place_).get(object) == simdjson::SUCCESS ? object.size() : 0;
}

void Value::append_to(std::string& out) const {
  Appender appender(out);
  appender.append(element_at(place_));
  appender.finish();
}

std::string Value::text() const {
  std::string out;
  append_to(out);
  return out;
}

Member Members::Iterator::operator*() const noexcept {
  auto const iterator = std::bit_cast<dom::object::iterator>(place_);
  return {iterator.key(), Value(place_of(iterator.value()))};
}

Members::Iterator& Members::Iterator::operator++() noexcept {
  auto iterator = std::bit_cast<dom::object::iterator>(place_);
  place_ = place_of(++iterator);
  return *this;
}

Elements::Iterator& Elements::Iterator::operator++() noexcept {
  auto iterator = std::bit_cast<dom::array::iterator>(place_);
  place_ = place_of(++iterator);
  return *this;
}

// ---- Parser, here because simdjson's header costs seconds in each unit that includes it

struct Parser::Implementation {
  Limits limits;
  dom::parser parser;
};

namespace {

/// Whether there is an object anywhere in the array. Looks at the words in which simdjson keeps it,
/// for coordinates are thousands of elements.
bool holds_objects(dom::element array) noexcept {
  auto const [document, index] = place_of(array);
  auto const* const tape = static_cast<dom::document const*>(document)->tape.get();
  auto const end = static_cast<std::uint32_t>(tape[index]); // behind it
  for (auto at = index + 1; at < end; ++at) {
    auto const kind = tape[at] >> 56U;
    if (kind == '{') return true;
    if (kind == 'd' || kind == 'l' || kind == 'u') ++at; // the number is the next word
  }
  return false;
}

/// A name that an object in the value has twice; nothing if there is none.
std::optional<std::string_view> twin_name(dom::element value) {
  if (value.is_array()) {
    if (!holds_objects(value)) return std::nullopt;
    for (auto const element : dom::array(value)) {
      if (auto const twin = twin_name(element)) return twin;
    }
    return std::nullopt;
  }
  if (!value.is_object()) return std::nullopt;
  std::vector<std::string_view> names;
  for (auto const [name, member] : dom::object(value)) {
    if (auto const twin = twin_name(member)) return twin;
    names.push_back(name);
  }
  std::ranges::sort(names);
  auto const twin = std::ranges::adjacent_find(names);
  return twin == names.end() ? std::nullopt : std::optional(*twin);
}

Problem unreadable(std::string detail, std::string where = {}) {
  return {
      .kind = ProblemKind::invalid_body, .detail = std::move(detail), .where = std::move(where)};
}

} // namespace

Parser::Parser(Limits limits) : implementation_(std::make_unique<Implementation>()) {
  implementation_->limits = limits;
}

Parser::Parser(Parser&&) noexcept = default;
Parser& Parser::operator=(Parser&&) noexcept = default;
Parser::~Parser() = default;

Result<Value> Parser::parse(std::string_view text) {
  auto& [limits, parser] = *implementation_;
  if (text.size() > limits.bytes) {
    return unreadable("the text is longer than " + std::to_string(limits.bytes) + " bytes");
  }
  // simdjson reads ahead of the text and keeps the depth it was allocated with.
  if (parser.capacity() < text.size() || parser.max_depth() != limits.depth) {
    if (parser.allocate(text.size() + text.size() / 2 + 1024, limits.depth) != simdjson::SUCCESS) {
      throw std::bad_alloc();
    }
  }
  dom::element root;
  switch (parser.parse(text.data(), text.size(), true).get(root)) {
  case simdjson::SUCCESS:
    break;
  case simdjson::DEPTH_ERROR:
    return unreadable("arrays and objects are nested deeper than " + std::to_string(limits.depth));
  case simdjson::MEMALLOC:
    throw std::bad_alloc();
  default:
    return fault_of(text);
  }
  auto const value = Value(place_of(root));
  auto const twin = limits.unique_names ? twin_name(root) : std::nullopt;
  if (twin) {
    return unreadable("an object has the name '" + std::string(twin->substr(0, 100)) + "' twice");
  }
  return value;
}

Result<Document> Document::parse(std::string_view text, Limits limits) {
  Parser parser(limits);
  auto const root = parser.parse(text);
  if (!root) return root.error();
  return Document(std::move(parser), *root);
}

} // namespace terracat::json

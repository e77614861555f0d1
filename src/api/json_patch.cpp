#include "api/json_patch.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace terracat::api {
namespace {

using json::Value;

constexpr std::size_t most_operations = 1'000;
constexpr std::size_t deepest = 64;

/// Bytes that operations may copy: each could double the document.
constexpr std::size_t most_copied = std::size_t{64} << 20;

struct Node;
struct Member;
using Scalar = std::string; ///< its JSON
using Object = std::vector<Member>;
using Array = std::vector<Node>;

/// A value that can be changed.
struct Node {
  std::variant<Scalar, Object, Array> value;
};

struct Member {
  std::string name;
  Node node;
};

Node node_of(Value const& value) {
  if (value.is_object()) {
    Object out;
    for (auto const [name, member] : value.members()) {
      out.push_back({std::string(name), node_of(member)});
    }
    return {std::move(out)};
  }
  if (value.is_array()) {
    Array out;
    for (auto const element : value.elements()) out.push_back(node_of(element));
    return {std::move(out)};
  }
  return {value.text()};
}

void append(std::string& out, Node const& node) {
  if (auto const* const scalar = std::get_if<Scalar>(&node.value)) {
    out += *scalar;
  } else if (auto const* const object = std::get_if<Object>(&node.value)) {
    out += '{';
    for (auto const& member : *object) {
      if (out.back() != '{') out += ',';
      out += json::quoted(member.name) + ":";
      append(out, member.node);
    }
    out += '}';
  } else {
    out += '[';
    for (auto const& element : std::get<Array>(node.value)) {
      if (out.back() != '[') out += ',';
      append(out, element);
    }
    out += ']';
  }
}

/// Bytes, about.
std::size_t size_of(Node const& node) {
  auto out = sizeof(Node);
  if (auto const* const scalar = std::get_if<Scalar>(&node.value)) {
    out += scalar->size();
  } else if (auto const* const object = std::get_if<Object>(&node.value)) {
    for (auto const& member : *object) {
      out += sizeof(Member) - sizeof(Node) + member.name.size() + size_of(member.node);
    }
  } else {
    for (auto const& element : std::get<Array>(node.value)) out += size_of(element);
  }
  return out;
}

/// Objects and arrays within each other; 0 for a scalar.
std::size_t depth_of(Node const& node) {
  std::size_t within = 0;
  if (std::holds_alternative<Scalar>(node.value)) return 0;
  if (auto const* const object = std::get_if<Object>(&node.value)) {
    for (auto const& member : *object) within = std::max(within, depth_of(member.node));
  } else {
    for (auto const& element : std::get<Array>(node.value)) {
      within = std::max(within, depth_of(element));
    }
  }
  return within + 1;
}

Object::iterator member_of(Object& object, std::string_view name) {
  return std::ranges::find(object, name, &Member::name);
}

template<class Number>
std::optional<Number> number_of(Scalar const& scalar) {
  Number out = 0;
  auto const* const end = scalar.data() + scalar.size();
  auto const [stop, error] = std::from_chars(scalar.data(), end, out);
  return error == std::errc{} && stop == end ? std::optional(out) : std::nullopt;
}

/// As RFC 6902 4.6 has it: 1 is 1.0.
bool is_equal(Scalar const& a, Scalar const& b) {
  if (a == b) return true;
  // A double does not tell large integers apart.
  bool const are_integers = number_of<std::int64_t>(a) && number_of<std::int64_t>(b);
  auto const number = number_of<double>(a);
  return !are_integers && number && number == number_of<double>(b);
}

std::vector<Member const*> by_name(Object const& object) {
  std::vector<Member const*> out;
  out.reserve(object.size());
  for (auto const& member : object) out.push_back(&member);
  std::ranges::sort(out, {}, [](Member const* member) { return std::string_view(member->name); });
  return out;
}

/// Members are in no order.
bool is_equal(Node const& a, Node const& b) {
  if (a.value.index() != b.value.index()) return false;
  if (auto const* const scalar = std::get_if<Scalar>(&a.value)) {
    return is_equal(*scalar, std::get<Scalar>(b.value));
  }
  if (auto const* const array = std::get_if<Array>(&a.value)) {
    return std::ranges::equal(*array, std::get<Array>(b.value),
                              [](Node const& x, Node const& y) { return is_equal(x, y); });
  }
  auto const& object = std::get<Object>(a.value);
  auto const& other = std::get<Object>(b.value);
  return std::ranges::equal(by_name(object), by_name(other), [](Member const* x, Member const* y) {
    return x->name == y->name && is_equal(x->node, y->node);
  });
}

/// RFC 6901. \return  nothing if it is none
std::optional<std::vector<std::string>> tokens_of(std::string_view pointer) {
  std::vector<std::string> out;
  if (pointer.empty()) return out;
  if (pointer.front() != '/') return std::nullopt;
  for (std::size_t at = 0; at < pointer.size(); ++at) {
    if (pointer[at] == '/') {
      out.emplace_back();
    } else if (pointer[at] != '~') {
      out.back() += pointer[at];
    } else if (++at < pointer.size() && (pointer[at] == '0' || pointer[at] == '1')) {
      out.back() += pointer[at] == '0' ? '~' : '/';
    } else {
      return std::nullopt;
    }
  }
  return out;
}

/// \param end  the greatest that is allowed
std::optional<std::size_t> index_of(std::string_view token, std::size_t end) {
  std::size_t out = 0;
  bool const is_plain = token == "0" || !token.starts_with('0');
  auto const [stop, error] = std::from_chars(token.data(), token.data() + token.size(), out);
  bool const is_whole = error == std::errc{} && stop == token.data() + token.size();
  return is_plain && is_whole && out <= end ? std::optional(out) : std::nullopt;
}

using Tokens = std::vector<std::string>;

/// \return  null if there is nothing
Node* find(Node& root, std::span<std::string const> tokens) {
  auto* node = &root;
  for (auto const& token : tokens) {
    if (auto* const object = std::get_if<Object>(&node->value)) {
      auto const member = member_of(*object, token);
      if (member == object->end()) return nullptr;
      node = &member->node;
    } else if (auto* const array = std::get_if<Array>(&node->value)) {
      auto const index = index_of(token, array->size());
      if (!index || *index == array->size()) return nullptr;
      node = &(*array)[*index];
    } else {
      return nullptr;
    }
  }
  return node;
}

class Patcher {
 public:
  explicit Patcher(Node root) : root_(std::move(root)) {}

  void apply(Value const& operation, std::string where) {
    where_ = std::move(where);
    auto const op = operation.string("op");
    auto const path = pointer(operation, "path");
    if (op == "add") {
      add(path, value_in(operation));
    } else if (op == "remove") {
      static_cast<void>(take(path, "path"));
    } else if (op == "replace") {
      auto& place = existing(path, "path");
      place = fitting(path, value_in(operation));
    } else if (op == "move") {
      auto const from = pointer(operation, "from");
      bool const is_within =
          from.size() < path.size() && std::equal(from.begin(), from.end(), path.begin());
      if (is_within) refuse("/path", "nothing can be moved into itself");
      static_cast<void>(existing(from, "from"));
      if (from != path) add(path, take(from, "from"));
    } else if (op == "copy") {
      auto copy = existing(pointer(operation, "from"), "from");
      copied_ += size_of(copy);
      if (copied_ > most_copied) refuse("/from", "more is copied than is accepted");
      add(path, std::move(copy));
    } else if (op == "test") {
      if (!is_equal(existing(path, "path"), value_in(operation))) {
        throw ProblemError({.kind = ProblemKind::conflict,
                            .detail = "the test fails: there is another value",
                            .where = where_ + "/value"});
      }
    } else {
      refuse("/op", "expected add, remove, replace, move, copy or test");
    }
  }

  [[nodiscard]] std::string text() const {
    std::string out;
    append(out, root_);
    return out;
  }

 private:
  [[noreturn]] void refuse(std::string_view member, std::string detail) const {
    throw ProblemError({.kind = ProblemKind::invalid_body,
                        .detail = std::move(detail),
                        .where = where_ + std::string(member)});
  }

  [[nodiscard]] Tokens pointer(Value const& operation, std::string_view name) const {
    auto const text = operation.string(name);
    auto tokens = text ? tokens_of(*text) : std::nullopt;
    if (!tokens || tokens->size() > deepest) {
      refuse("/" + std::string(name), "expected a JSON pointer such as /properties/title");
    }
    return std::move(*tokens);
  }

  [[nodiscard]] Node value_in(Value const& operation) const {
    auto const value = operation.member("value");
    if (!value) refuse("/value", "the operation needs a value");
    return node_of(*value);
  }

  [[nodiscard]] Node& existing(std::span<std::string const> path, std::string_view name) {
    auto* const found = find(root_, path);
    if (found == nullptr) refuse("/" + std::string(name), "there is nothing at this place");
    return *found;
  }

  /// What is put there. Else moves could make a document so deep that it cannot be written.
  [[nodiscard]] Node fitting(Tokens const& path, Node node) const {
    if (path.size() + depth_of(node) > deepest) {
      refuse("/path", "the document would be deeper than is accepted");
    }
    return node;
  }

  void add(Tokens const& path, Node value) {
    auto node = fitting(path, std::move(value));
    if (path.empty()) {
      root_ = std::move(node);
      return;
    }
    auto& parent = existing(std::span(path).first(path.size() - 1), "path");
    auto const& last = path.back();
    if (auto* const object = std::get_if<Object>(&parent.value)) {
      auto const member = member_of(*object, last);
      if (member != object->end()) {
        member->node = std::move(node);
      } else {
        object->push_back({last, std::move(node)});
      }
    } else if (auto* const array = std::get_if<Array>(&parent.value)) {
      auto const index = last == "-" ? array->size() : index_of(last, array->size());
      if (!index) refuse("/path", "the array has no such place");
      array->insert(array->begin() + static_cast<std::ptrdiff_t>(*index), std::move(node));
    } else {
      refuse("/path", "there is nothing at this place");
    }
  }

  [[nodiscard]] Node take(Tokens const& path, std::string_view name) {
    if (path.empty()) refuse("/" + std::string(name), "the whole cannot be removed");
    auto out = std::move(existing(path, name));
    auto& parent = existing(std::span(path).first(path.size() - 1), name);
    if (auto* const object = std::get_if<Object>(&parent.value)) {
      object->erase(member_of(*object, path.back()));
    } else {
      auto& array = std::get<Array>(parent.value);
      auto const index = index_of(path.back(), array.size()).value();
      array.erase(array.begin() + static_cast<std::ptrdiff_t>(index));
    }
    return out;
  }

  Node root_;
  std::string where_; ///< of the operation
  std::size_t copied_ = 0;
};

} // namespace

std::string json_patched(Value const& target, Value const& patch) {
  if (!patch.is_array() || patch.size() > most_operations) {
    throw ProblemError({.kind = ProblemKind::invalid_body,
                        .detail = "expected an array of at most 1000 operations (RFC 6902)",
                        .where = {}});
  }
  Patcher patcher(node_of(target));
  std::size_t index = 0;
  for (auto const operation : patch.elements()) {
    patcher.apply(operation, "/" + std::to_string(index++));
  }
  return patcher.text();
}

} // namespace terracat::api

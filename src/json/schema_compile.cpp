#include "json/schema_compile.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <deque>

namespace terracat::json {
namespace {

template<class Member>
struct Keyword {
  std::string_view name;
  Member SchemaNode::*member;
};

using Count = std::optional<std::size_t>;
using Number = std::optional<double>;
using SubSchema = std::optional<NodeIndex>;
using SubSchemas = std::vector<NodeIndex>;

constexpr std::array<Keyword<Count>, 7> counts{{{"minLength", &SchemaNode::min_length},
                                                {"maxLength", &SchemaNode::max_length},
                                                {"minItems", &SchemaNode::min_items},
                                                {"maxItems", &SchemaNode::max_items},
                                                {"minProperties", &SchemaNode::min_properties},
                                                {"maxProperties", &SchemaNode::max_properties},
                                                {"maxContains", &SchemaNode::max_contains}}};

constexpr std::array<Keyword<Number>, 5> numbers{{{"minimum", &SchemaNode::minimum},
                                                  {"maximum", &SchemaNode::maximum},
                                                  {"exclusiveMinimum", &SchemaNode::above},
                                                  {"exclusiveMaximum", &SchemaNode::below},
                                                  {"multipleOf", &SchemaNode::multiple_of}}};

constexpr std::array<Keyword<SubSchema>, 7> single_parts{
    {{"additionalProperties", &SchemaNode::additional_properties},
     {"propertyNames", &SchemaNode::property_names},
     {"contains", &SchemaNode::contains},
     {"not", &SchemaNode::none_of},
     {"if", &SchemaNode::condition},
     {"then", &SchemaNode::consequence},
     {"else", &SchemaNode::alternative}}};

constexpr std::array<Keyword<SubSchemas>, 4> part_lists{
    {{"allOf", &SchemaNode::all_of},
     {"anyOf", &SchemaNode::any_of},
     {"oneOf", &SchemaNode::one_of},
     {"prefixItems", &SchemaNode::first_items}}};

struct TypeName {
  std::string_view name;
  SchemaNode::Types bit;
};

constexpr std::array<TypeName, 7> type_names{{{"null", SchemaNode::bit(Kind::null)},
                                              {"boolean", SchemaNode::bit(Kind::boolean)},
                                              {"number", SchemaNode::bit(Kind::number)},
                                              {"integer", SchemaNode::whole_number},
                                              {"string", SchemaNode::bit(Kind::string)},
                                              {"array", SchemaNode::bit(Kind::array)},
                                              {"object", SchemaNode::bit(Kind::object)}}};

/// Without these a schema would accept more than it means to.
constexpr std::array<std::string_view, 4> not_understood{
    "$dynamicRef", "$recursiveRef", "unevaluatedItems", "unevaluatedProperties"};

class Compiler {
 public:
  explicit Compiler(SchemaTexts const& texts) : texts_(texts) {}

  CompiledNodes compile(std::size_t count) {
    std::vector<NodeIndex> tops;
    for (std::size_t text = 0; text < count; ++text) tops.push_back(index_of(texts_.top(text)));
    while (!waiting_.empty()) {
      auto const [index, spot] = std::move(waiting_.front());
      waiting_.pop_front();
      nodes_[index] = node_at(spot);
    }
    expect_no_circle();
    return {.nodes = std::move(nodes_), .tops = std::move(tops)};
  }

 private:
  [[noreturn]] void refuse(Spot const& spot, std::string_view name, std::string detail) const {
    texts_.refuse(spot.text, spot.pointer + pointer_step(name), std::move(detail));
  }

  /// Its node is read when its turn comes: references may lead anywhere, back as well.
  NodeIndex index_of(Spot spot) {
    constexpr std::size_t most = 200'000;
    auto const [known, is_new] =
        indices_.emplace(std::pair(spot.text, spot.pointer), nodes_.size());
    if (!is_new) return known->second;
    if (nodes_.size() == most) texts_.refuse(spot.text, spot.pointer, "there are too many schemas");
    nodes_.emplace_back();
    places_.emplace_back(spot.text, spot.pointer);
    waiting_.emplace_back(known->second, std::move(spot));
    return known->second;
  }

  NodeIndex below(Spot const& spot, std::string_view name, Value value) {
    return index_of(
        {.text = spot.text, .pointer = spot.pointer + pointer_step(name), .value = value});
  }

  static Spot at(Spot const& spot, std::string_view name, Value value) {
    return {.text = spot.text, .pointer = spot.pointer + pointer_step(name), .value = value};
  }

  SchemaNode node_at(Spot const& spot) {
    SchemaNode node;
    if (auto const truth = spot.value.boolean()) {
      node.is_never = !*truth;
      return node;
    }
    if (!spot.value.is_object()) {
      texts_.refuse(spot.text, spot.pointer, "expected a schema: an object, true or false");
    }
    auto const reference = spot.value.member("$ref");
    if (reference) {
      if (!reference->string()) refuse(spot, "$ref", "expected a string");
      node.all_of.push_back(index_of(texts_.target(*reference->string(), spot)));
    }
    if (!reference || !texts_.ignores_siblings(spot.text)) read_keywords(node, spot);
    read_definitions(spot);
    return node;
  }

  void read_keywords(SchemaNode& node, Spot const& spot) {
    expect_understood(spot);
    read_values(node, spot);
    read_numbers(node, spot);
    for (auto const& [name, member] : single_parts) {
      if (auto const part = spot.value.member(name)) node.*member = below(spot, name, *part);
    }
    for (auto const& [name, member] : part_lists) {
      if (auto const list = spot.value.member(name)) read_list(node.*member, spot, name, *list);
    }
    read_items(node, spot);
    read_properties(node, spot);
    read_dependencies(node, spot);
  }

  void expect_understood(Spot const& spot) const {
    for (auto const name : not_understood) {
      if (spot.value.member(name)) refuse(spot, name, "this keyword is not supported");
    }
    if (!spot.pointer.empty() && spot.value.member("$id")) {
      refuse(spot, "$id", "an $id is not supported within a schema");
    }
  }

  void read_values(SchemaNode& node, Spot const& spot) {
    node.message = spot.value.string("errorMessage").value_or("");
    if (auto const type = spot.value.member("type")) read_type(node, spot, *type);
    if (auto const one = spot.value.member("const"))
      node.choices.emplace().push_back(canonical(*one));
    if (auto const list = spot.value.member("enum")) {
      if (!list->is_array()) refuse(spot, "enum", "expected an array");
      std::vector<std::string> choices;
      for (auto const value : list->elements()) {
        auto text = canonical(value);
        bool const may = !node.choices || node.choices->front() == text;
        if (may) choices.push_back(std::move(text));
      }
      node.choices = std::move(choices);
    }
    if (auto const pattern = spot.value.member("pattern")) {
      node.pattern = pattern_of(pattern->string(), spot, "pattern");
    }
    if (auto const names = spot.value.member("required")) {
      node.required = strings(at(spot, "required", *names));
    }
    if (auto const unique = spot.value.member("uniqueItems")) {
      node.is_unique = unique->boolean().value_or(false);
    }
  }

  void read_type(SchemaNode& node, Spot const& spot, Value const& type) const {
    auto const add = [&](Value const& name) {
      auto const* const found =
          std::ranges::find(type_names, name.string().value_or(""), &TypeName::name);
      if (found == type_names.end()) refuse(spot, "type", "this is no type: " + name.text());
      node.types |= found->bit;
    };
    if (type.is_array() && type.size() > 0) {
      for (auto const name : type.elements()) add(name);
    } else {
      add(type);
    }
  }

  void read_numbers(SchemaNode& node, Spot const& spot) const {
    for (auto const& [name, member] : counts) {
      if (auto const value = spot.value.member(name)) node.*member = count_of(*value, spot, name);
    }
    if (auto const least = spot.value.member("minContains")) {
      node.min_contains = count_of(*least, spot, "minContains");
    }
    for (auto const& [name, member] : numbers) {
      auto const value = spot.value.member(name);
      if (!value) continue;
      if (!value->number()) refuse(spot, name, "expected a number");
      node.*member = *value->number();
    }
    if (node.multiple_of && *node.multiple_of <= 0) {
      refuse(spot, "multipleOf", "expected a number above 0");
    }
  }

  [[nodiscard]] std::size_t count_of(Value const& value, Spot const& spot,
                                     std::string_view name) const {
    constexpr double most = 9e15;
    auto const number = value.number().value_or(-1);
    if (number < 0 || number > most || number != std::floor(number)) {
      refuse(spot, name, "expected a whole number, 0 or more");
    }
    return static_cast<std::size_t>(number);
  }

  [[nodiscard]] Pattern pattern_of(std::optional<std::string_view> source, Spot const& spot,
                                   std::string_view name) const {
    auto out = source ? Pattern::make(*source) : std::nullopt;
    if (!out) refuse(spot, name, "expected a regular expression");
    return std::move(*out);
  }

  [[nodiscard]] std::vector<std::string> strings(Spot const& spot) const {
    std::vector<std::string> out;
    for (auto const element : spot.value.elements()) {
      if (auto const text = element.string()) out.emplace_back(*text);
    }
    if (!spot.value.is_array() || out.size() != spot.value.size()) {
      texts_.refuse(spot.text, spot.pointer, "expected an array of strings");
    }
    return out;
  }

  void read_list(SubSchemas& out, Spot const& spot, std::string_view name, Value const& list) {
    if (!list.is_array()) refuse(spot, name, "expected an array of schemas");
    auto const parent = at(spot, name, list);
    std::size_t number = 0;
    for (auto const element : list.elements()) {
      out.push_back(below(parent, std::to_string(number++), element));
    }
  }

  /// A list stood in `items` before it was called `prefixItems`.
  void read_items(SchemaNode& node, Spot const& spot) {
    auto const items = spot.value.member("items");
    if (!items) return;
    if (!items->is_array()) {
      node.items = below(spot, "items", *items);
      return;
    }
    read_list(node.first_items, spot, "items", *items);
    if (auto const others = spot.value.member("additionalItems")) {
      node.items = below(spot, "additionalItems", *others);
    }
  }

  /// The schemas that an object has by name.
  template<class Take>
  void for_each_named(Spot const& spot, std::string_view keyword, Take const& take) {
    auto const object = spot.value.member(keyword);
    if (!object) return;
    if (!object->is_object()) refuse(spot, keyword, "expected an object of schemas");
    auto const parent = at(spot, keyword, *object);
    for (auto const& [name, value] : object->members()) take(parent, name, value);
  }

  void read_properties(SchemaNode& node, Spot const& spot) {
    for_each_named(spot, "properties", [&](Spot const& parent, auto name, Value const& value) {
      node.properties.emplace(name, below(parent, name, value));
    });
    for_each_named(spot, "patternProperties",
                   [&](Spot const& parent, auto name, Value const& value) {
                     node.pattern_properties.emplace_back(pattern_of(name, parent, name),
                                                          below(parent, name, value));
                   });
  }

  void read_dependencies(SchemaNode& node, Spot const& spot) {
    auto const add = [&](Spot const& parent, std::string_view name, Value const& value) {
      if (value.is_array()) {
        node.dependent_required.emplace_back(name, strings(at(parent, name, value)));
      } else {
        node.dependent_schemas.emplace_back(name, below(parent, name, value));
      }
    };
    constexpr std::array<std::string_view, 3> keywords{"dependencies", "dependentRequired",
                                                       "dependentSchemas"};
    for (auto const keyword : keywords) for_each_named(spot, keyword, add);
  }

  /// For their faults: what is used is led to by references.
  void read_definitions(Spot const& spot) {
    constexpr std::array<std::string_view, 2> keywords{"definitions", "$defs"};
    for (auto const keyword : keywords) {
      for_each_named(spot, keyword, [&](Spot const& parent, auto name, Value const& value) {
        static_cast<void>(below(parent, name, value));
      });
    }
  }

  // ---- What would never end

  /// Nodes that are asked of the same value.
  static SubSchemas same_place(SchemaNode const& node) {
    auto out = node.all_of;
    out.insert(out.end(), node.any_of.begin(), node.any_of.end());
    out.insert(out.end(), node.one_of.begin(), node.one_of.end());
    for (auto const& [name, index] : node.dependent_schemas) out.push_back(index);
    for (auto const& one : {node.none_of, node.condition, node.consequence, node.alternative}) {
      if (one) out.push_back(*one);
    }
    return out;
  }

  /// Takes away what leads to nothing any more; what is left leads in circles.
  void expect_no_circle() const {
    std::vector<SubSchemas> from(nodes_.size());
    std::vector<std::size_t> leads_to(nodes_.size());
    for (NodeIndex index = 0; index < nodes_.size(); ++index) {
      for (auto const next : same_place(nodes_[index])) {
        from[next].push_back(index);
        ++leads_to[index];
      }
    }
    std::vector<NodeIndex> ends;
    for (NodeIndex index = 0; index < nodes_.size(); ++index) {
      if (leads_to[index] == 0) ends.push_back(index);
    }
    while (!ends.empty()) {
      auto const end = ends.back();
      ends.pop_back();
      for (auto const index : from[end]) {
        if (--leads_to[index] == 0) ends.push_back(index);
      }
    }
    auto const left = std::ranges::find_if(leads_to, [](auto count) { return count != 0; });
    if (left == leads_to.end()) return;
    auto const& [text, pointer] = places_[static_cast<std::size_t>(left - leads_to.begin())];
    texts_.refuse(text, pointer, "this leads back to itself without end");
  }

  SchemaTexts const& texts_;
  std::vector<SchemaNode> nodes_;
  std::vector<std::pair<std::size_t, std::string>> places_; ///< of the nodes
  std::map<std::pair<std::size_t, std::string>, NodeIndex> indices_;
  std::deque<std::pair<NodeIndex, Spot>> waiting_;
};

} // namespace

CompiledNodes compile(SchemaTexts const& texts, std::size_t count) {
  return Compiler(texts).compile(count);
}

} // namespace terracat::json

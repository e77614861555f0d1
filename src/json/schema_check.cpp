#include "json/schema_check.hpp"

#include "json/schema_texts.hpp"

#include <terracat/text.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <set>

namespace terracat::json {
namespace {

/// Whether alternatives are chosen by what does not fit, the surest last.
enum class Choice : std::uint8_t { none, by_type, by_value };

/// What does not fit.
struct Misfit {
  std::string where;
  std::string detail;
  Choice choice = Choice::none;
};

using Found = std::optional<Misfit>;

std::size_t depth_of(Misfit const& misfit) {
  return static_cast<std::size_t>(std::ranges::count(misfit.where, '/'));
}

/// Of two alternatives, what is wrong with the one that was meant.
bool is_closer(Misfit const& a, Misfit const& b) {
  if (depth_of(a) != depth_of(b)) return depth_of(a) > depth_of(b);
  return a.choice < b.choice;
}

bool is_whole(double number) {
  return std::isfinite(number) && number == std::floor(number);
}

std::string digits(double number) {
  Writer out;
  constexpr double most = 9e15; // beyond, a double knows no single numbers
  if (is_whole(number) && std::abs(number) <= most) {
    out.integer(static_cast<std::int64_t>(number));
  } else {
    out.number(number);
  }
  return out.take();
}

std::size_t length_of(std::string_view text) {
  auto const begins = [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; };
  return static_cast<std::size_t>(std::ranges::count_if(text, begins));
}

bool is_multiple(double number, double unit) {
  auto const quotient = number / unit;
  return is_whole(quotient) || std::abs(quotient - std::round(quotient)) < 1e-9;
}

/// "a string, a number or null"
std::string named(SchemaNode::Types types) {
  struct Name {
    SchemaNode::Types bit;
    std::string_view text;
  };

  constexpr std::array<Name, 7> names{{{SchemaNode::bit(Kind::string), "a string"},
                                       {SchemaNode::bit(Kind::number), "a number"},
                                       {SchemaNode::whole_number, "a whole number"},
                                       {SchemaNode::bit(Kind::boolean), "true or false"},
                                       {SchemaNode::bit(Kind::array), "an array"},
                                       {SchemaNode::bit(Kind::object), "an object"},
                                       {SchemaNode::bit(Kind::null), "null"}}};
  std::string out;
  for (auto const& [bit, text] : names) {
    if ((types & bit) == 0) continue;
    if (!out.empty()) out += " or ";
    out += text;
  }
  return out;
}

std::string named(std::vector<std::string> const& choices) {
  constexpr std::size_t most = 300; // of a text that may be a list of hundreds
  auto text = listed(choices);
  if (text.size() > most) {
    text.resize(most);
    while ((static_cast<unsigned char>(text.back()) & 0x80U) != 0) text.pop_back();
    text += "…";
  }
  return choices.size() == 1 ? text : "one of " + text;
}

/// One value and all that is in it. Gives up with TooCostly.
class Check {
 public:
  explicit Check(std::vector<SchemaNode> const& nodes) : nodes_(nodes) {}

  // NOLINTNEXTLINE(misc-no-recursion): depth_ is bounded
  Found of(NodeIndex index, Value const& value) {
    constexpr std::size_t most_deep = 500;
    if (depth_ == most_deep) throw TooCostly();
    charge(1);
    ++depth_;
    auto out = examined(nodes_[index], value);
    --depth_;
    auto const& message = nodes_[index].message;
    if (out && !message.empty() && out->where == where_) out->detail = message;
    return out;
  }

 private:
  void charge(std::size_t steps) {
    constexpr std::size_t most = 5'000'000;
    steps_ += steps;
    if (steps_ > most) throw TooCostly();
  }

  /// The clock bounds many patterns that are each just quick enough.
  bool is_in(std::string_view text, Pattern const& pattern) {
    constexpr std::size_t start = 20; // of a search, in steps
    constexpr std::size_t characters = 64;
    charge(start + text.size() / characters);
    if (Clock::now() > latest_) throw TooCostly();
    return pattern.is_in(text);
  }

  [[nodiscard]] Found misfit(std::string detail, Choice choice = Choice::none) const {
    return Misfit{.where = where_, .detail = std::move(detail), .choice = choice};
  }

  [[nodiscard]] Found missing(std::string const& name,
                              std::string detail = "this is missing") const {
    return Misfit{.where = where_ + pointer_step(name), .detail = std::move(detail)};
  }

  [[nodiscard]] Found misplaced(std::string_view name) const {
    return missing(std::string(name), "a member of this name may not stand here");
  }

  // NOLINTNEXTLINE(misc-no-recursion)
  Found below(std::string_view name, NodeIndex index, Value const& value) {
    auto const length = where_.size();
    where_ += pointer_step(name);
    auto out = of(index, value);
    where_.resize(length);
    return out;
  }

  // NOLINTNEXTLINE(misc-no-recursion)
  Found examined(SchemaNode const& node, Value const& value) {
    if (node.is_never) return misfit("nothing may stand here");
    if (auto found = type_of(node, value)) return found;
    if (auto found = choice_of(node, value)) return found;
    Found found;
    if (auto const number = value.number()) found = number_of(node, *number);
    if (auto const text = value.string()) found = text_of(node, *text);
    if (value.is_array()) found = array_of(node, value);
    if (value.is_object()) found = object_of(node, value);
    return found ? found : parts_of(node, value);
  }

  [[nodiscard]] Found type_of(SchemaNode const& node, Value const& value) const {
    if (node.types == SchemaNode::any_type) return std::nullopt;
    auto types = SchemaNode::bit(value.kind());
    if (auto const number = value.number(); number && is_whole(*number)) {
      types |= SchemaNode::whole_number;
    }
    if ((types & node.types) != 0) return std::nullopt;
    return misfit("expected " + named(node.types), Choice::by_type);
  }

  [[nodiscard]] Found choice_of(SchemaNode const& node, Value const& value) const {
    if (!node.choices) return std::nullopt;
    bool const is_simple = !value.is_array() && !value.is_object();
    bool const may = std::ranges::any_of(*node.choices, [&](std::string const& choice) {
      return is_simple || choice.starts_with('[') || choice.starts_with('{');
    });
    if (may && std::ranges::find(*node.choices, canonical(value)) != node.choices->end()) {
      return std::nullopt;
    }
    return misfit("expected " + named(*node.choices), Choice::by_value);
  }

  [[nodiscard]] Found number_of(SchemaNode const& node, double number) const {
    if (node.minimum && number < *node.minimum) {
      return misfit("expected " + digits(*node.minimum) + " or more");
    }
    if (node.maximum && number > *node.maximum) {
      return misfit("expected " + digits(*node.maximum) + " or less");
    }
    if (node.above && number <= *node.above) {
      return misfit("expected more than " + digits(*node.above));
    }
    if (node.below && number >= *node.below) {
      return misfit("expected less than " + digits(*node.below));
    }
    if (node.multiple_of && !is_multiple(number, *node.multiple_of)) {
      return misfit("expected a multiple of " + digits(*node.multiple_of));
    }
    return std::nullopt;
  }

  Found text_of(SchemaNode const& node, std::string_view text) {
    if (node.min_length || node.max_length) {
      if (auto found = count_of(length_of(text), node.min_length, node.max_length, "characters")) {
        return found;
      }
    }
    if (!node.pattern || is_in(text, *node.pattern)) return std::nullopt;
    return misfit("expected what matches " + node.pattern->source());
  }

  [[nodiscard]] Found count_of(std::size_t count, std::optional<std::size_t> const& least,
                               std::optional<std::size_t> const& most,
                               std::string_view what) const {
    if (least && count < *least) {
      return misfit("expected " + std::to_string(*least) + " " + std::string(what) + " or more");
    }
    if (most && count > *most) {
      return misfit("expected " + std::to_string(*most) + " " + std::string(what) + " or less");
    }
    return std::nullopt;
  }

  // ---- Arrays

  // NOLINTNEXTLINE(misc-no-recursion)
  Found array_of(SchemaNode const& node, Value const& array) {
    if (auto found = count_of(array.size(), node.min_items, node.max_items, "elements")) {
      return found;
    }
    if (!node.first_items.empty() || node.items) {
      std::size_t number = 0;
      for (auto const element : array.elements()) {
        auto const index = number < node.first_items.size() ? node.first_items[number] : node.items;
        if (!index) break;
        if (auto found = below(std::to_string(number++), *index, element)) return found;
      }
    }
    if (node.is_unique) {
      if (auto found = repeated_in(array)) return found;
    }
    return node.contains ? contained_in(node, array) : std::nullopt;
  }

  Found repeated_in(Value const& array) {
    std::set<std::string> seen;
    std::size_t number = 0;
    for (auto const element : array.elements()) {
      if (!seen.insert(canonical(element)).second) {
        return missing(std::to_string(number), "this stands here twice");
      }
      ++number;
    }
    return std::nullopt;
  }

  // NOLINTNEXTLINE(misc-no-recursion)
  Found contained_in(SchemaNode const& node, Value const& array) {
    std::size_t fitting = 0;
    Found first;
    std::size_t number = 0;
    for (auto const element : array.elements()) {
      auto found = below(std::to_string(number++), *node.contains, element);
      if (!found) ++fitting;
      if (found && !first) first = std::move(found);
    }
    if (fitting < node.min_contains) {
      return misfit(first ? "none of the elements is what one has to be: " + first->detail
                          : "expected an element");
    }
    return count_of(fitting, std::nullopt, node.max_contains, "elements of a kind");
  }

  // ---- Objects

  // NOLINTNEXTLINE(misc-no-recursion)
  Found object_of(SchemaNode const& node, Value const& object) {
    for (auto const& name : node.required) {
      if (!object.member(name)) return missing(name);
    }
    for (auto const& [name, others] : node.dependent_required) {
      if (!object.member(name)) continue;
      for (auto const& other : others) {
        if (!object.member(other)) return missing(other, "this is missing beside " + name);
      }
    }
    if (auto found = count_of(object.size(), node.min_properties, node.max_properties, "members")) {
      return found;
    }
    if (node.property_names) {
      if (auto found = names_of(*node.property_names, object)) return found;
    }
    bool const looks_at_members =
        !node.properties.empty() || !node.pattern_properties.empty() || node.additional_properties;
    if (looks_at_members) {
      for (auto const& [name, value] : object.members()) {
        if (auto found = member_of(node, name, value)) return found;
      }
    }
    for (auto const& [name, index] : node.dependent_schemas) {
      if (!object.member(name)) continue;
      if (auto found = of(index, object)) return found;
    }
    return std::nullopt;
  }

  /// Names are values of no text: they are made those of one.
  // NOLINTNEXTLINE(misc-no-recursion)
  Found names_of(NodeIndex index, Value const& object) {
    Writer names;
    names.begin_array();
    for (auto const& [name, value] : object.members()) names.string(name);
    auto const text = Document::parse(names.end_array().take());
    for (auto const name : text.value().root().elements()) {
      if (of(index, name)) return misplaced(*name.string());
    }
    return std::nullopt;
  }

  // NOLINTNEXTLINE(misc-no-recursion)
  Found member_of(SchemaNode const& node, std::string_view name, Value const& value) {
    auto const own = node.properties.find(name);
    bool is_known = own != node.properties.end();
    if (is_known) {
      if (auto found = below(name, own->second, value)) return found;
    }
    for (auto const& [pattern, index] : node.pattern_properties) {
      if (!is_in(name, pattern)) continue;
      is_known = true;
      if (auto found = below(name, index, value)) return found;
    }
    if (is_known || !node.additional_properties) return std::nullopt;
    if (nodes_[*node.additional_properties].is_never) return misplaced(name);
    return below(name, *node.additional_properties, value);
  }

  // ---- What is made of other schemas

  // NOLINTNEXTLINE(misc-no-recursion)
  Found parts_of(SchemaNode const& node, Value const& value) {
    for (auto const index : node.all_of) {
      if (auto found = of(index, value)) return found;
    }
    if (!node.any_of.empty()) {
      if (auto found = one_of(node.any_of, value, false)) return found;
    }
    if (!node.one_of.empty()) {
      if (auto found = one_of(node.one_of, value, true)) return found;
    }
    if (node.none_of && !of(*node.none_of, value))
      return misfit("this may not be so", Choice::by_value);
    if (!node.condition) return std::nullopt;
    auto const& next = of(*node.condition, value) ? node.alternative : node.consequence;
    return next ? of(*next, value) : std::nullopt;
  }

  // NOLINTNEXTLINE(misc-no-recursion)
  Found one_of(std::vector<NodeIndex> const& alternatives, Value const& value, bool just_one) {
    Found closest;
    std::size_t fitting = 0;
    for (auto const index : alternatives) {
      auto found = of(index, value);
      if (!found && !just_one) return std::nullopt;
      if (!found) {
        ++fitting;
      } else if (!closest || is_closer(*found, *closest)) {
        closest = std::move(found);
      }
    }
    if (fitting == 1) return std::nullopt;
    if (fitting == 0) return closest;
    return misfit("this fits more than one of what it may be");
  }

  using Clock = std::chrono::steady_clock;

  std::vector<SchemaNode> const& nodes_;
  Clock::time_point latest_ = Clock::now() + std::chrono::seconds(2);
  std::string where_;
  std::size_t steps_ = 0;
  std::size_t depth_ = 0;
};

// NOLINTNEXTLINE(misc-no-recursion): values are no deeper than their parser lets them be
void append_canonical(std::string& out, Value const& value) {
  if (value.is_array()) {
    char before = '[';
    for (auto const element : value.elements()) {
      out += std::exchange(before, ',');
      append_canonical(out, element);
    }
    out += before == '[' ? "[]" : "]";
  } else if (value.is_object()) {
    std::map<std::string_view, Value> sorted;
    for (auto const& [name, member] : value.members()) sorted.emplace(name, member);
    char before = '{';
    for (auto const& [name, member] : sorted) {
      out += std::exchange(before, ',');
      out += quoted(name) + ":";
      append_canonical(out, member);
    }
    out += before == '{' ? "{}" : "}";
  } else if (auto const number = value.number(); number && !value.integer()) {
    out += digits(*number);
  } else {
    value.append_to(out);
  }
}

} // namespace

std::string canonical(Value const& value) {
  std::string out;
  append_canonical(out, value);
  return out;
}

std::optional<Problem> checked(std::vector<SchemaNode> const& nodes, NodeIndex top,
                               Value const& value) {
  auto const refused = [](std::string detail, std::string where) {
    return Problem{
        .kind = ProblemKind::invalid_body, .detail = std::move(detail), .where = std::move(where)};
  };
  try {
    auto found = Check(nodes).of(top, value);
    if (!found) return std::nullopt;
    return refused(std::move(found->detail), std::move(found->where));
  } catch (TooCostly const&) {
    return refused("this takes too long to be looked at", "");
  }
}

} // namespace terracat::json

#include "formats/rules/place.hpp"

#include "formats/words/text.hpp"
#include "formats/xml/xml_walk.hpp"
#include "json/pointer.hpp"

#include <pugixml.hpp>

#include <algorithm>
#include <charconv>
#include <set>

namespace terracat::formats::rules {
namespace {

constexpr std::size_t longest_place = 1'000; ///< bytes
constexpr std::size_t most_steps = 40;
constexpr std::size_t most_conditions = 5;      ///< of one step
constexpr std::size_t most_said = 500;          ///< at one place
constexpr std::size_t longest_said = 100'000;   ///< bytes of one text
constexpr std::size_t most_of_a_step = 100'000; ///< elements or values that a step may lead to
constexpr std::string_view ends_of_names = "/[]@=$#'\"() \t\r\n,|<>!+&;";

Problem unexpected(std::string detail) {
  return {.kind = ProblemKind::invalid_parameter, .detail = std::move(detail), .where = {}};
}

// ---- Reading XPath

/// Throws Problem as ProblemError at the first fault: a path is short, and read once.
class PathReader {
 public:
  explicit PathReader(std::string_view text) : text_(text) {}

  void read(std::vector<Step>& steps, std::string& attribute) {
    while (at_ < text_.size()) {
      if (!take("/")) fail("'/' or '['");
      bool const anywhere = take("/");
      if (take("@")) {
        if (steps.empty() || anywhere) fail("the name of an element");
        attribute = name();
        break;
      }
      if (!steps.empty() && !anywhere && take("text()")) break;
      if (steps.size() == most_steps) fail("at most " + std::to_string(most_steps) + " steps");
      steps.push_back({.name = name(), .anywhere = anywhere, .conditions = {}});
      while (take("[")) condition(steps.back().conditions);
    }
    if (at_ < text_.size()) fail("the end");
    if (steps.empty()) fail("a path such as /a/b or //b");
  }

 private:
  void condition(std::vector<Condition>& conditions) {
    if (conditions.size() == most_conditions) {
      fail("at most " + std::to_string(most_conditions) + " conditions");
    }
    Condition out;
    skip();
    if (at_ < text_.size() && is_digit(text_[at_])) {
      out.position = number();
    } else {
      bool is_first = true;
      while (is_first || take("/")) {
        is_first = false;
        if (take("@")) {
          out.attribute = name();
          break;
        }
        out.names.push_back(name());
      }
      skip();
      if (take("=")) out.is = literal();
    }
    skip();
    if (!take("]")) fail("']'");
    conditions.push_back(std::move(out));
  }

  std::size_t number() {
    std::size_t out = 0;
    auto const* const begin = text_.data() + at_;
    auto const [stop, error] = std::from_chars(begin, text_.data() + text_.size(), out);
    if (error != std::errc{} || out == 0) fail("a position from 1");
    at_ += static_cast<std::size_t>(stop - begin);
    return out;
  }

  std::string name() {
    auto const end = std::min(text_.find_first_of(ends_of_names, at_), text_.size());
    auto const written = text_.substr(at_, end - at_);
    auto const local = xml::local_part(written);
    bool const is_name = !local.empty() && local.front() != '.' && local.front() != '-' &&
                         !is_digit(local.front()) && local.find(':') == std::string_view::npos;
    if (!is_name || (local.size() > 1 && local.find('*') != std::string_view::npos)) {
      fail("a name or '*'");
    }
    at_ = end;
    return std::string(local);
  }

  std::string literal() {
    skip();
    if (at_ == text_.size() || (text_[at_] != '\'' && text_[at_] != '"')) fail("a text in quotes");
    auto const end = text_.find(text_[at_], at_ + 1);
    if (end == std::string_view::npos) fail("the end of the text in quotes");
    auto out = std::string(text_.substr(at_ + 1, end - at_ - 1));
    at_ = end + 1;
    return out;
  }

  bool take(std::string_view word) {
    if (!text_.substr(at_).starts_with(word)) return false;
    at_ += word.size();
    return true;
  }

  void skip() {
    while (at_ < text_.size() && text_[at_] == ' ') ++at_;
  }

  [[noreturn]] void fail(std::string const& wanted) const {
    throw ProblemError(unexpected("expected " + wanted + " at character " +
                                  std::to_string(at_ + 1) + " of '" + std::string(text_) + "'"));
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

// ---- Reading a JSON pointer

Result<std::vector<std::string>> tokens_of(std::string_view text) {
  std::vector<std::string> out;
  for (std::size_t at = 0; at < text.size();) {
    if (out.size() == most_steps) {
      return unexpected("expected at most " + std::to_string(most_steps) + " steps");
    }
    auto const end = std::min(text.find('/', at + 1), text.size());
    auto& token = out.emplace_back();
    for (auto i = at + 1; i < end; ++i) {
      if (text[i] != '~') {
        token += text[i];
      } else if (i + 1 < end && (text[i + 1] == '0' || text[i + 1] == '1')) {
        token += text[++i] == '0' ? '~' : '/';
      } else {
        return unexpected("expected ~0 or ~1 at character " + std::to_string(i + 1) + " of '" +
                          std::string(text) + "'");
      }
    }
    at = end;
  }
  return out;
}

// ---- Walking through XML

using Nodes = std::vector<xml::Node>;

bool is_called(xml::Node node, std::string_view name) {
  return name == "*" || node.name() == name;
}

/// The node of any kind after this one in the order of the document, within `top`.
pugi::xml_node node_after(pugi::xml_node node, pugi::xml_node top) {
  if (auto const child = node.first_child()) return child;
  while (node != top) {
    if (auto const next = node.next_sibling()) return next;
    node = node.parent();
  }
  return {};
}

/// The text within an element, one byte more than is taken at most.
std::string words_within(xml::Node element, Budget& budget) {
  std::string out;
  auto const top = element.handle();
  bool has_parted = false;
  for (auto node = node_after(top, top); node && budget.spend(); node = node_after(node, top)) {
    if (node.type() == pugi::node_element) has_parted = true;
    if (node.type() != pugi::node_pcdata && node.type() != pugi::node_cdata) continue;
    if (has_parted && !out.empty()) out += ' ';
    has_parted = false;
    auto const before = out.size();
    out += node.value();
    budget.spend((out.size() - before) / Budget::bytes_of_a_step);
    if (out.size() > longest_said) break;
  }
  return out;
}

/// The elements at the end of a condition's names.
Nodes below(xml::Node from, std::vector<std::string> const& names, Budget& budget) {
  Nodes found{from};
  for (auto const& name : names) {
    Nodes next;
    for (auto const node : found) {
      for (auto const child : node.children()) {
        if (!budget.spend()) return {};
        if (is_called(child, name)) next.push_back(child);
      }
    }
    found = std::move(next);
  }
  return found;
}

bool meets(xml::Node node, Condition const& condition, Budget& budget) {
  for (auto const end : below(node, condition.names, budget)) {
    auto const said = condition.attribute.empty() ? words_within(end, budget)
                                                  : std::string(end.attribute(condition.attribute));
    if (condition.is) {
      if (stripped(said) == stripped(*condition.is)) return true;
    } else if (condition.attribute.empty() || !said.empty()) {
      return true;
    }
  }
  return false;
}

/// Of the children of one element those that a step means.
Nodes chosen(Nodes candidates, Step const& step, Budget& budget) {
  for (auto const& condition : step.conditions) {
    if (condition.position > 0) {
      auto const is_there = condition.position <= candidates.size();
      candidates = is_there ? Nodes{candidates[condition.position - 1]} : Nodes{};
      continue;
    }
    std::erase_if(candidates, [&](xml::Node node) { return !meets(node, condition, budget); });
  }
  return candidates;
}

/// Elements that a step leads to, each once, in the order in which they were met.
class Reached {
 public:
  explicit Reached(Step const& step, Budget& budget) : step_(step), budget_(budget) {}

  /// \return  false if there are more than are taken
  bool add(Nodes&& candidates) {
    std::erase_if(candidates, [&](xml::Node node) { return !is_called(node, step_.name); });
    for (auto const node : chosen(std::move(candidates), step_, budget_)) {
      if (nodes_.size() == most_of_a_step) return false;
      if (seen_.insert(node.handle().hash_value()).second) nodes_.push_back(node);
    }
    return !budget_.is_spent();
  }

  /// Adds what the step means among the children of an element.
  bool add_children(xml::Node parent) {
    Nodes children;
    for (auto const child : parent.children()) {
      if (!budget_.spend()) return false;
      children.push_back(child);
    }
    return children.empty() || add(std::move(children));
  }

  /// Likewise of the element and of every one below it.
  bool add_below(xml::Node top) {
    auto const last = top.handle();
    for (auto node = last; node; node = node_after(node, last)) {
      if (node.type() != pugi::node_element) continue;
      if (!add_children(xml::Node(node.internal_object()))) return false;
    }
    return true;
  }

  [[nodiscard]] Nodes take() { return std::move(nodes_); }

 private:
  Step const& step_;
  Budget& budget_;
  Nodes nodes_;
  std::set<std::size_t> seen_;
};

/// \return  nothing if it is too much
std::optional<Nodes> walked(xml::Node root, std::vector<Step> const& steps, Budget& budget) {
  Nodes nodes;
  bool is_first = true;
  for (auto const& step : steps) {
    Reached reached(step, budget);
    bool is_whole = true;
    if (is_first) {
      is_whole = reached.add({root}) && (!step.anywhere || reached.add_below(root));
    }
    for (auto const node : nodes) {
      is_whole = is_whole && (step.anywhere ? reached.add_below(node) : reached.add_children(node));
    }
    if (!is_whole) return std::nullopt;
    is_first = false;
    nodes = reached.take();
  }
  return nodes;
}

/// Keeps a text, unless it is blank or there are enough.
void keep(Finds& finds, std::string&& text, std::function<std::string()> where) {
  if (stripped(text).empty()) return;
  if (finds.said.size() == most_said || text.size() > longest_said) {
    finds.is_cut = true;
    return;
  }
  finds.said.push_back({.text = std::move(text), .where = std::move(where)});
}

// ---- Walking through JSON

struct Spot {
  json::Value value;
  std::string where;
};

/// What a step of a pointer leads to from one value.
void step_into(Spot const& from, std::string_view token, std::vector<Spot>& out, Budget& budget) {
  auto const below = [&](std::string_view name) {
    return from.where + '/' + json::pointer_token(name);
  };
  std::size_t index = 0;
  for (auto const element : from.value.elements()) {
    if (!budget.spend()) return;
    auto const name = std::to_string(index++);
    if (token == "*" || token == name) out.push_back({element, below(name)});
  }
  for (auto const& [name, value] : from.value.members()) {
    if (!budget.spend()) return;
    if (token != "*" && token != name) continue;
    out.push_back({value, below(name)});
    if (token != "*") return; // of a name that occurs twice the first counts
  }
}

void keep(Finds& finds, Spot const& spot, Budget& budget) {
  if (spot.value.is_null() || spot.value.is_object() || spot.value.is_array()) return;
  auto const said = spot.value.string();
  auto text = said ? std::string(*said) : spot.value.text();
  budget.spend(text.size() / Budget::bytes_of_a_step);
  keep(finds, std::move(text), [where = spot.where] { return where; });
}

} // namespace

Result<Place> Place::parse(Syntax syntax, std::string_view text) {
  if (text.size() > longest_place) {
    return unexpected("expected at most " + std::to_string(longest_place) + " bytes");
  }
  Place out;
  if (syntax == Syntax::json) {
    if (!text.starts_with('/')) return unexpected("expected a JSON pointer such as /a/0/b");
    auto tokens = tokens_of(text);
    if (!tokens) return tokens.error();
    out.tokens_ = std::move(*tokens);
    return out;
  }
  try {
    PathReader(text).read(out.steps_, out.attribute_);
  } catch (ProblemError const& error) {
    return error.problem();
  }
  return out;
}

Finds Place::find(xml::Node root, Budget& budget) const {
  Finds out;
  auto const nodes = walked(root, steps_, budget);
  if (!nodes) {
    out.is_cut = true;
    return out;
  }
  for (auto const node : *nodes) {
    if (out.is_cut) break;
    if (attribute_.empty()) {
      keep(out, words_within(node, budget), [node] { return node.pointer(); });
    } else {
      keep(out, std::string(node.attribute(attribute_)),
           [node, name = attribute_] { return node.pointer() + "/@" + name; });
    }
  }
  out.is_cut = out.is_cut || budget.is_spent();
  return out;
}

Finds Place::find(json::Value root, Budget& budget) const {
  std::vector<Spot> spots{{root, {}}};
  Finds out;
  for (auto const& token : tokens_) {
    std::vector<Spot> next;
    for (auto const& spot : spots) {
      step_into(spot, token, next, budget);
      if (next.size() > most_of_a_step) break;
    }
    spots = std::move(next);
    if (budget.is_spent() || spots.size() > most_of_a_step) {
      out.is_cut = true;
      return out;
    }
  }
  for (auto const& spot : spots) {
    std::vector<Spot> elements;
    if (spot.value.is_array()) {
      step_into(spot, "*", elements, budget);
    } else {
      elements.push_back(spot);
    }
    for (auto const& element : elements) keep(out, element, budget);
    if (out.is_cut) break;
  }
  out.is_cut = out.is_cut || budget.is_spent();
  return out;
}

} // namespace terracat::formats::rules

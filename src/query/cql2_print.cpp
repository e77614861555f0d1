#include "query/cql2_wkt.hpp"
#include "query/filter.hpp"

#include <terracat/json.hpp>

#include <span>

namespace terracat::query {
namespace {

/// How strongly an expression holds together, the weakest first.
enum class Binding : std::uint8_t {
  disjunction,
  conjunction,
  negation,
  predicate,
  sum,
  product,
  power,
  value
};

Binding stronger(Binding binding) noexcept {
  return static_cast<Binding>(static_cast<unsigned>(binding) + 1);
}

Binding binding_of(std::string_view op) noexcept {
  switch (operation(op)->notation) {
  case Notation::junction:
    return op == "or" ? Binding::disjunction : Binding::conjunction;
  case Notation::negation:
    return Binding::negation;
  case Notation::comparison:
  case Notation::special:
    return Binding::predicate;
  case Notation::arithmetic:
    return op == "^" ? Binding::power : op == "+" || op == "-" ? Binding::sum : Binding::product;
  case Notation::call:
    break;
  }
  return Binding::value;
}

Binding binding_of(Cql2 const& node) noexcept {
  auto const* const call = std::get_if<Cql2::Call>(&node.node);
  return call == nullptr ? Binding::value : binding_of(call->op);
}

void append_quoted(std::string& out, std::string_view text, char quote) {
  out += quote;
  for (auto const c : text) {
    if (c == quote) out += quote;
    if (c == '\\' && quote == '\'') out += c;
    out += c;
  }
  out += quote;
}

/// `POINT(…)` as text, one overload for each kind of node.
struct TextPrinter {
  std::string& out;

  void print(Cql2 const& node, Binding weakest) const {
    bool const needs_brackets = binding_of(node) < weakest;
    if (needs_brackets) out += '(';
    std::visit(*this, node.node);
    if (needs_brackets) out += ')';
  }

  void operator()(bool flag) const { out += flag ? "TRUE" : "FALSE"; }

  void operator()(double number) const { append_number(out, number); }

  void operator()(std::string const& text) const { append_quoted(out, text, '\''); }

  void operator()(Cql2::Name const& name) const {
    if (is_plain_name(name.text)) {
      out += name.text;
    } else {
      append_quoted(out, name.text, '"');
    }
  }

  void operator()(Cql2::Date const& date) const { instant("DATE(", date.text); }

  void operator()(Cql2::Timestamp const& time) const { instant("TIMESTAMP(", time.text); }

  void instant(std::string_view begin, std::string const& text) const {
    out += begin;
    append_quoted(out, text, '\'');
    out += ')';
  }

  void operator()(Cql2::Interval const& interval) const {
    out += "INTERVAL";
    list(interval.ends);
  }

  void operator()(Cql2::Box const& box) const {
    out += "BBOX(";
    for (std::size_t i = 0; i < box.numbers.size(); ++i) {
      if (i > 0) out += ',';
      append_number(out, box.numbers[i]);
    }
    out += ')';
  }

  void operator()(Cql2::Shape const& shape) const { append_shape(out, shape.geometry); }

  /// Round brackets around a single value would be none of an array.
  void operator()(Cql2::Array const& array) const {
    bool const is_single = array.elements.size() == 1;
    list(array.elements, is_single ? "[" : "(", is_single ? "]" : ")");
  }

  void operator()(Cql2::Call const& call) const {
    auto const& arguments = call.arguments;
    switch (operation(call.op)->notation) {
    case Notation::junction:
      return joined(call);
    case Notation::negation:
      out += "NOT ";
      return print(arguments.front(), Binding::negation);
    case Notation::comparison:
      print(arguments.front(), Binding::sum);
      out += call.op;
      return print(arguments.back(), Binding::sum);
    case Notation::arithmetic:
      return arithmetic(call);
    case Notation::special:
      return special(call);
    case Notation::call:
      break;
    }
    for (auto const c : call.op) out += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    list(arguments);
  }

  void joined(Cql2::Call const& call) const {
    bool const is_or = call.op == "or";
    auto const weakest = is_or ? Binding::conjunction : Binding::negation;
    for (bool is_first = true; auto const& operand : call.arguments) {
      if (!is_first) out += is_or ? " OR " : " AND ";
      is_first = false;
      print(operand, weakest);
    }
  }

  /// From the left, powers from the right.
  void arithmetic(Cql2::Call const& call) const {
    auto const own = binding_of(call.op);
    bool const is_power = own == Binding::power;
    print(call.arguments.front(), is_power ? Binding::value : own);
    out += ' ' + call.op + ' ';
    print(call.arguments.back(), is_power ? own : stronger(own));
  }

  void special(Cql2::Call const& call) const {
    auto const& arguments = call.arguments;
    print(arguments.front(), Binding::sum);
    if (call.op == "isNull") {
      out += " IS NULL";
    } else if (call.op == "like") {
      out += " LIKE ";
      print(arguments[1], Binding::sum);
    } else if (call.op == "between") {
      out += " BETWEEN ";
      print(arguments[1], Binding::sum);
      out += " AND ";
      print(arguments[2], Binding::sum);
    } else {
      out += " IN ";
      auto const* const array = std::get_if<Cql2::Array>(&arguments[1].node);
      if (array == nullptr) {
        list({&arguments[1], 1}); // of which bind will say what is wrong
      } else {
        list(array->elements);
      }
    }
  }

  void list(std::span<Cql2 const> nodes, std::string_view open = "(",
            std::string_view close = ")") const {
    out += open;
    for (std::size_t i = 0; i < nodes.size(); ++i) {
      if (i > 0) out += ", ";
      print(nodes[i], Binding::disjunction);
    }
    out += close;
  }
};

/// One overload for each kind of node.
struct JsonPrinter {
  json::Writer& out;

  void print(Cql2 const& node) const { std::visit(*this, node.node); }

  void operator()(bool flag) const { out.boolean(flag); }

  void operator()(double number) const { out.number(number); }

  void operator()(std::string const& text) const { out.string(text); }

  void operator()(Cql2::Name const& name) const { object("property", name.text); }

  void operator()(Cql2::Date const& date) const { object("date", date.text); }

  void operator()(Cql2::Timestamp const& time) const { object("timestamp", time.text); }

  void object(std::string_view name, std::string const& text) const {
    out.begin_object().name(name).string(text).end_object();
  }

  void operator()(Cql2::Interval const& interval) const {
    out.begin_object().name("interval");
    array(interval.ends);
    out.end_object();
  }

  void operator()(Cql2::Box const& box) const {
    out.begin_object().name("bbox").begin_array();
    for (auto const number : box.numbers) out.number(number);
    out.end_array().end_object();
  }

  void operator()(Cql2::Shape const& shape) const { json::write_geometry(out, shape.geometry); }

  void operator()(Cql2::Array const& list) const { array(list.elements); }

  void operator()(Cql2::Call const& call) const {
    out.begin_object().name("op").string(call.op).name("args");
    array(call.arguments);
    out.end_object();
  }

  void array(std::vector<Cql2> const& nodes) const {
    out.begin_array();
    for (auto const& node : nodes) print(node);
    out.end_array();
  }
};

} // namespace

std::string to_cql2_text(Cql2 const& filter) {
  std::string out;
  TextPrinter{out}.print(filter, Binding::disjunction);
  return out;
}

std::string to_cql2_json(Cql2 const& filter) {
  json::Writer out;
  JsonPrinter{out}.print(filter);
  return out.take();
}

} // namespace terracat::query

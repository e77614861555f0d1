#include "formats/graph/json_ld.hpp"

#include "formats/graph/json_ld_context.hpp"
#include "formats/json/json_document.hpp"
#include "json/pointer.hpp"

#include <terracat/text.hpp>

#include <algorithm>
#include <array>
#include <unordered_map>

namespace terracat::formats::graph {
namespace {

using rdf::Term;
using rdf::TermKind;

constexpr std::size_t most_triples = 2'000'000;
constexpr std::size_t most_bytes = std::size_t{128} << 20; ///< of terms, whose names may be short
constexpr std::string_view rdf_words = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
constexpr std::string_view types = "http://www.w3.org/2001/XMLSchema#";

/// Keywords that say nothing of a node to be read as a property.
bool is_aside(std::string_view keyword) noexcept {
  constexpr std::array<std::string_view, 5> aside{"@context", "@id", "@index", "@value",
                                                  "@language"};
  return std::ranges::find(aside, keyword) != aside.end();
}

/// `fr`, `zh-Hant`: what may stand behind a text.
bool is_language(std::string_view tag) noexcept {
  if (tag.empty() || is_digit(tag[0]) || tag[0] == '-' || tag.back() == '-') return false;
  bool const is_legal =
      std::ranges::all_of(tag, [](char c) { return is_alphanumeric(c) || c == '-'; });
  return is_legal && tag.find("--") == std::string_view::npos;
}

/// Terms and triples in the making, each term once.
class Collector {
 public:
  std::uint32_t number(Term term) {
    auto key = std::to_string(static_cast<int>(term.kind)) + term.language + '\0' + term.datatype +
               '\0' + term.text;
    auto const next = static_cast<std::uint32_t>(graph_.terms.size());
    auto const [place, is_new] = numbers_.try_emplace(std::move(key), next);
    if (is_new) {
      bytes_ += place->first.size();
      if (bytes_ > most_bytes) throw JsonLdError({}, "too long names", FindingCode::too_large);
      graph_.terms.push_back(std::move(term));
    }
    return place->second;
  }

  /// What is no language and no address of a datatype is left out.
  std::uint32_t literal(std::string text, std::string language, std::string datatype) {
    if (!is_language(language)) language.clear();
    if (datatype.starts_with('@') || datatype.starts_with("_:")) datatype.clear();
    return number({.kind = TermKind::literal,
                   .text = std::move(text),
                   .language = std::move(language),
                   .datatype = std::move(datatype)});
  }

  std::uint32_t iri(std::string text) {
    return number({.kind = TermKind::iri, .text = std::move(text)});
  }

  std::uint32_t word(std::string_view name) {
    return iri(std::string(rdf_words) + std::string(name));
  }

  /// \param name  as in `_:name`; empty: one of its own
  std::uint32_t blank(std::string_view name) {
    auto text = name.empty() ? "b" + std::to_string(++blanks_) : "n" + std::string(name);
    return number({.kind = TermKind::blank, .text = std::move(text)});
  }

  void add(std::uint32_t subject, std::uint32_t predicate, std::uint32_t object) {
    if (graph_.triples.size() == most_triples) {
      throw JsonLdError({}, "too many statements", FindingCode::too_large);
    }
    graph_.triples.push_back({.subject = subject, .predicate = predicate, .object = object});
  }

  [[nodiscard]] rdf::Graph take() { return std::move(graph_); }

 private:
  rdf::Graph graph_;
  std::unordered_map<std::string, std::uint32_t> numbers_;
  std::size_t blanks_ = 0;
  std::size_t bytes_ = 0;
};

/// Walks through a document. As deep as that is, which its parser bounds.
class Reader {
 public:
  Reader(std::string base, ContextsElsewhere const& elsewhere)
      : reading_(elsewhere), context_(std::move(base), reading_) {}

  rdf::Graph run(json::Value const& root) {
    read_nodes(root, lacks_context(root) ? context_.with_usual() : context_, "");
    auto graph = collector_.take();
    graph.oddities = reading_.take_oddities();
    return graph;
  }

 private:
  using Number = std::uint32_t;

  /// True if its type is a plain word, which means nothing without a context.
  [[nodiscard]] bool lacks_context(json::Value const& root) const {
    auto const type = root.string("@type").value_or("");
    bool const is_word = !type.empty() && type.find(':') == std::string_view::npos;
    return is_word && !root.member("@context") && !reading_.usual().empty();
  }

  /// Nodes that nothing leads to.
  void read_nodes(json::Value const& value, Context const& context, std::string const& where) {
    if (value.is_array()) {
      std::size_t place = 0;
      for (auto const element : value.elements()) {
        read_nodes(element, context, where + "/" + std::to_string(place++));
      }
    } else if (value.is_object()) {
      static_cast<void>(read_node(value, context, where));
    }
  }

  /// The member of an object by a keyword or by another name of it.
  static std::optional<json::Value> keyword(json::Value const& object, Context const& context,
                                            std::string_view word) {
    if (auto const plain = object.member(word)) return plain;
    for (auto const [name, value] : object.members()) {
      auto const* const term = context.find(name);
      if (term != nullptr && term->iri == word) return value;
    }
    return std::nullopt;
  }

  /// The number of an address, or of `_:name`; nothing if there is none.
  std::optional<Number> number_of(std::string const& address) {
    if (address.empty() || address.front() == '@') return std::nullopt;
    if (address.starts_with("_:")) return collector_.blank(std::string_view(address).substr(2));
    return collector_.iri(address);
  }

  Number read_node(json::Value const& object, Context const& outer, std::string const& where) {
    auto const own = object.member("@context");
    auto const inner = own ? std::optional(outer.with(*own, where + "/@context")) : std::nullopt;
    auto const& context = inner ? *inner : outer;
    auto const id = keyword(object, context, "@id");
    auto const text = id ? id->string() : std::nullopt;
    auto const address = text ? context.address(*text) : std::string();
    auto const known = number_of(address);
    auto const self = known ? *known : collector_.blank({});
    for (auto const [name, value] : object.members()) {
      read_member(self, name, value, context, where + "/" + json::pointer_token(name));
    }
    return self;
  }

  void read_member(Number self, std::string_view name, json::Value const& value,
                   Context const& context, std::string const& where) {
    auto const property = context.property(name);
    if (is_aside(property)) return;
    if (property == "@type") {
      read_types(self, value, context);
    } else if (property == "@graph" || property == "@included") {
      read_nodes(value, context, where);
    } else if (property == "@reverse") {
      for (auto const [inverse, owners] : value.members()) {
        read_reverse(self, context.property(inverse), owners, context, where);
      }
    } else if (property == "@nest") {
      for (auto const [nested, below] : value.members()) {
        read_member(self, nested, below, context, where + "/" + json::pointer_token(nested));
      }
    } else if (property.find(':') != std::string::npos && !property.starts_with("_:")) {
      auto const* const term = context.find(name);
      if (term != nullptr && term->is_reverse) {
        read_reverse(self, property, value, context, where);
      } else {
        read_values(self, collector_.iri(property), value, term == nullptr ? plain_ : *term,
                    context, where);
      }
    }
  }

  void read_types(Number self, json::Value const& value, Context const& context) {
    auto const add = [&](json::Value const& one) {
      auto const text = one.string().value_or("");
      auto address = context.property(text);
      if (address.empty()) address = context.address(text);
      if (auto const type = number_of(address)) {
        collector_.add(self, collector_.word("type"), *type);
      }
    };
    if (value.is_array()) {
      for (auto const element : value.elements()) add(element);
    } else {
      add(value);
    }
  }

  void read_reverse(Number self, std::string const& property, json::Value const& owners,
                    Context const& context, std::string const& where) {
    if (property.find(':') == std::string::npos) return;
    if (owners.is_array()) {
      for (auto const owner : owners.elements()) {
        read_reverse(self, property, owner, context, where);
      }
    } else if (owners.is_object()) {
      auto const owner = read_node(owners, context, where);
      collector_.add(owner, collector_.iri(property), self);
    } else if (auto const owner = number_of(context.address(owners.string().value_or("")))) {
      collector_.add(*owner, collector_.iri(property), self);
    }
  }

  void read_values(Number self, Number predicate, json::Value const& value,
                   TermDefinition const& term, Context const& context, std::string const& where) {
    bool const is_map = (term.has_languages || term.has_keys || term.has_ids) &&
                        value.is_object() && !value.member("@value");
    if (term.is_list) {
      collector_.add(self, predicate, read_list(value, term, context, where));
    } else if (is_map) {
      for (auto const [key, below] : value.members()) {
        read_keyed(self, predicate, key, below, term, context,
                   where + "/" + json::pointer_token(key));
      }
    } else if (value.is_array()) {
      std::size_t place = 0;
      for (auto const element : value.elements()) {
        read_values(self, predicate, element, term, context, where + "/" + std::to_string(place++));
      }
    } else if (auto const set = value.member("@set")) {
      read_values(self, predicate, *set, term, context, where + "/@set");
    } else if (auto const object = read_value(value, term, context, where)) {
      collector_.add(self, predicate, *object);
    }
  }

  /// A value that stands under a key: its language, its address, or nothing.
  void read_keyed(Number self, Number predicate, std::string_view key, json::Value const& value,
                  TermDefinition const& term, Context const& context, std::string const& where) {
    if (value.is_array()) {
      for (auto const element : value.elements()) {
        read_keyed(self, predicate, key, element, term, context, where);
      }
      return;
    }
    auto plain = term;
    plain.has_languages = plain.has_keys = plain.has_ids = false;
    if (term.has_languages) {
      plain.type.clear();
      plain.language = context.property(key) == "@none" ? std::string() : std::string(key);
    }
    auto const object = read_value(value, plain, context, where);
    if (!object) return;
    collector_.add(self, predicate, *object);
  }

  Number read_list(json::Value const& value, TermDefinition const& term, Context const& context,
                   std::string const& where) {
    auto plain = term;
    plain.is_list = false;
    std::vector<Number> objects;
    auto const inner = value.member("@list");
    auto const& list = inner ? *inner : value;
    auto const add = [&](json::Value const& element) {
      if (auto const object = read_value(element, plain, context, where)) {
        objects.push_back(*object);
      }
    };
    if (list.is_array()) {
      for (auto const element : list.elements()) add(element);
    } else {
      add(list);
    }
    auto next = collector_.word("nil");
    for (auto object = objects.rbegin(); object != objects.rend(); ++object) {
      auto const cell = collector_.blank({});
      collector_.add(cell, collector_.word("first"), *object);
      collector_.add(cell, collector_.word("rest"), next);
      next = cell;
    }
    return next;
  }

  /// One value that is no array. \return  nothing if it says nothing
  std::optional<Number> read_value(json::Value const& value, TermDefinition const& term,
                                   Context const& context, std::string const& where) {
    if (value.is_object()) {
      if (auto const inner = keyword(value, context, "@value")) {
        return read_literal(*inner, value, context);
      }
      if (value.member("@list")) return read_list(value, term, context, where);
      return read_node(value, context, where);
    }
    auto const text = value.string();
    if (!text) return native(value, term.type);
    if (term.type == "@id") return number_of(context.address(*text));
    if (term.type == "@vocab") {
      auto const address = context.property(*text);
      return number_of(address.empty() ? context.address(*text) : address);
    }
    auto language = term.type.empty() ? term.language.value_or(context.language()) : std::string();
    return collector_.literal(std::string(*text), std::move(language), term.type);
  }

  std::optional<Number> read_literal(json::Value const& value, json::Value const& object,
                                     Context const& context) {
    auto const type = keyword(object, context, "@type");
    auto const datatype = type ? context.property(type->string().value_or("")) : std::string();
    auto const text = value.string();
    if (!text) return native(value, datatype);
    auto const language = keyword(object, context, "@language");
    return collector_.literal(
        std::string(*text), std::string(language ? language->string().value_or("") : ""), datatype);
  }

  /// A number or a truth value. \return  nothing for null
  std::optional<Number> native(json::Value const& value, std::string const& type) {
    std::string datatype = type.starts_with('@') ? std::string() : type;
    if (value.kind() != json::Kind::number && value.kind() != json::Kind::boolean) {
      return std::nullopt;
    }
    if (datatype.empty()) {
      datatype = types;
      datatype += value.boolean() ? "boolean" : value.integer() ? "integer" : "double";
    }
    return collector_.literal(value.text(), {}, std::move(datatype));
  }

  ContextReading reading_;
  Context context_;
  TermDefinition const plain_; ///< of what is no term
  Collector collector_;
};

Finding refusal(FindingCode code, std::string where, std::string_view text) {
  return {.code = code, .where = std::move(where), .excerpt = excerpt(text)};
}

} // namespace

boost::system::result<rdf::Graph, Finding> read_json_ld(std::string_view document,
                                                        std::string_view base, json::Parser& parser,
                                                        ContextsElsewhere const& elsewhere) {
  auto const root = parse_root(document, parser);
  if (!root) return root.error();
  try {
    return Reader(std::string(base), elsewhere).run(*root);
  } catch (JsonLdError const& error) {
    return refusal(error.code(), error.where(), error.what());
  }
}

} // namespace terracat::formats::graph

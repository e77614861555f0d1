#include "vocabulary/rdf_text.hpp"

#include <terracat/json.hpp>
#include <terracat/text.hpp>
#include <terracat/xml_text.hpp>

#include <algorithm>
#include <array>
#include <vector>

namespace terracat::vocabulary {
namespace {

struct Prefix {
  std::string_view name;
  std::string_view address;
};

constexpr std::array prefixes{Prefix{"dct", "http://purl.org/dc/terms/"},
                              Prefix{"owl", "http://www.w3.org/2002/07/owl#"},
                              Prefix{"skos", "http://www.w3.org/2004/02/skos/core#"},
                              Prefix{"xsd", "http://www.w3.org/2001/XMLSchema#"}};

constexpr std::string_view rdf_namespace = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";

/// Of one subject. Either an address or a text.
struct Statement {
  std::string_view predicate; ///< "skos:prefLabel"
  std::string_view iri;
  std::string_view text;
  std::string_view language;
  std::string_view datatype; ///< "xsd:boolean"
};

struct Description {
  std::string_view uri;
  std::string_view type; ///< "skos:Concept"
  std::vector<std::string_view> classes;
  std::vector<Statement> statements; ///< those of one predicate side by side
};

std::string_view predicate_of(LabelKind kind) noexcept {
  constexpr std::array<std::string_view, 4> names{"skos:prefLabel", "skos:altLabel",
                                                  "skos:hiddenLabel", "skos:notation"};
  return names.at(static_cast<std::size_t>(kind));
}

std::string_view predicate_of(NoteKind kind) noexcept {
  constexpr std::array<std::string_view, 4> names{"skos:definition", "skos:scopeNote",
                                                  "skos:example", "skos:note"};
  return names.at(static_cast<std::size_t>(kind));
}

void add_texts(Concept const& described, std::vector<Statement>& out) {
  for (auto const& label : described.labels()) {
    out.push_back({.predicate = predicate_of(label.kind),
                   .iri = {},
                   .text = label.text,
                   .language = label.language});
  }
  for (auto const notation : described.notations()) {
    out.push_back({.predicate = predicate_of(LabelKind::notation), .iri = {}, .text = notation});
  }
  for (auto const& note : described.notes()) {
    out.push_back({.predicate = predicate_of(note.kind),
                   .iri = {},
                   .text = note.text,
                   .language = note.language});
  }
  if (described.is_deprecated()) {
    out.push_back(
        {.predicate = "owl:deprecated", .iri = {}, .text = "true", .datatype = "xsd:boolean"});
  }
  for (auto const& [predicate, date] : {std::pair("dct:created", described.created()),
                                        std::pair("dct:modified", described.modified())}) {
    if (!date.empty()) out.push_back({.predicate = predicate, .iri = {}, .text = date});
  }
}

Description description_of(Thesaurus const& all, ConceptNumber number) {
  auto const described = all.at(number);
  Description out{.uri = described.uri(),
                  .type = "skos:Concept",
                  .classes = described.classes(),
                  .statements = {}};
  add_texts(described, out.statements);
  auto const refer = [&](std::string_view predicate, std::span<ConceptNumber const> others) {
    for (auto const other : others) {
      out.statements.push_back({.predicate = predicate, .iri = all.at(other).uri()});
    }
  };
  for (auto const place : described.schemes()) {
    auto const& scheme = all.schemes()[place];
    out.statements.push_back({.predicate = "skos:inScheme", .iri = scheme.uri});
    if (std::ranges::find(scheme.top_concepts, number) != scheme.top_concepts.end()) {
      out.statements.push_back({.predicate = "skos:topConceptOf", .iri = scheme.uri});
    }
  }
  refer("skos:broader", described.broader());
  refer("skos:narrower", described.narrower());
  refer("skos:related", described.related());
  refer("dct:isReplacedBy", described.replacements());
  for (auto const& mapping : described.mappings()) {
    out.statements.push_back({.predicate = predicate_of(mapping.kind), .iri = mapping.uri});
  }
  std::ranges::stable_sort(out.statements, {}, &Statement::predicate);
  return out;
}

Description description_of(Thesaurus const& all, Scheme const& scheme) {
  Description out{.uri = scheme.uri, .type = "skos:ConceptScheme", .classes = {}, .statements = {}};
  for (auto const& [language, text] : scheme.title.entries()) {
    out.statements.push_back(
        {.predicate = "dct:title", .iri = {}, .text = text, .language = language});
  }
  for (auto const top : scheme.top_concepts) {
    out.statements.push_back({.predicate = "skos:hasTopConcept", .iri = all.at(top).uri()});
  }
  return out;
}

// ---- Turtle

std::string quoted_turtle(std::string_view text) {
  std::string out = "\"";
  for (auto const c : text) {
    switch (c) {
    case '"':
    case '\\':
      out += '\\';
      out += c;
      break;
    case '\n':
      out += "\\n";
      break;
    case '\r':
      out += "\\r";
      break;
    default:
      out += c;
    }
  }
  return out + '"';
}

/// A tag that Turtle has no form for is left out.
bool is_tag(std::string_view language) noexcept {
  return !language.empty() && language.front() != '-' && language.back() != '-' &&
         std::ranges::all_of(language, [](char c) { return is_alphanumeric(c) || c == '-'; });
}

std::string object_of(Statement const& statement) {
  if (!statement.iri.empty()) return "<" + std::string(statement.iri) + ">";
  auto out = quoted_turtle(statement.text);
  if (is_tag(statement.language)) out.append("@").append(statement.language);
  if (!statement.datatype.empty()) out.append("^^").append(statement.datatype);
  return out;
}

std::string turtle(Description const& described) {
  std::string out;
  for (auto const& [name, address] : prefixes) {
    out.append("@prefix ").append(name).append(": <").append(address).append("> .\n");
  }
  out.append("\n<").append(described.uri).append(">\n    a ").append(described.type);
  for (auto const iri : described.classes) out.append(" , <").append(iri).append(">");
  std::string_view last;
  for (auto const& statement : described.statements) {
    bool const goes_on = statement.predicate == last;
    out += goes_on ? " ,\n        " : " ;\n    " + std::string(statement.predicate) + " ";
    out += object_of(statement);
    last = statement.predicate;
  }
  return out + " .\n";
}

// ---- RDF/XML

/// `skos:Concept` as an address.
std::string address_of(std::string_view name) {
  auto const colon = name.find(':');
  auto const* const prefix = std::ranges::find(prefixes, name.substr(0, colon), &Prefix::name);
  return std::string(prefix->address) + std::string(name.substr(colon + 1));
}

std::string rdf_xml(Description const& described) {
  std::string out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rdf:RDF xmlns:rdf=\"" +
                    std::string(rdf_namespace) + "\"";
  for (auto const& [name, address] : prefixes) {
    out.append("\n    xmlns:").append(name).append("=\"").append(address).append("\"");
  }
  out += ">\n  <" + std::string(described.type) + " rdf:about=\"" + escaped_xml(described.uri) +
         "\">\n";
  for (auto const iri : described.classes) {
    out += "    <rdf:type rdf:resource=\"" + escaped_xml(iri) + "\"/>\n";
  }
  for (auto const& statement : described.statements) {
    auto const name = std::string(statement.predicate);
    out += "    <" + name;
    if (!statement.iri.empty()) {
      out += " rdf:resource=\"" + escaped_xml(statement.iri) + "\"/>\n";
      continue;
    }
    if (is_tag(statement.language)) {
      out += " xml:lang=\"" + escaped_xml(statement.language) + "\"";
    }
    if (!statement.datatype.empty()) {
      out += " rdf:datatype=\"" + address_of(statement.datatype) + "\"";
    }
    out += ">" + escaped_xml(statement.text) + "</" + name + ">\n";
  }
  return out + "  </" + std::string(described.type) + ">\n</rdf:RDF>\n";
}

// ---- JSON-LD

void write_value(json::Writer& out, Statement const& statement) {
  out.begin_object();
  if (!statement.iri.empty()) {
    out.name("@id").string(statement.iri);
  } else {
    out.name("@value").string(statement.text);
    if (is_tag(statement.language)) out.name("@language").string(statement.language);
    if (!statement.datatype.empty()) out.name("@type").string(statement.datatype);
  }
  out.end_object();
}

std::string json_ld(Description const& described) {
  json::Writer out;
  out.begin_object().name("@context").begin_object();
  for (auto const& [name, address] : prefixes) out.name(name).string(address);
  out.end_object().name("@id").string(described.uri);
  out.name("@type").begin_array().string(described.type);
  for (auto const iri : described.classes) out.string(iri);
  out.end_array();
  std::string_view last;
  for (auto const& statement : described.statements) {
    if (statement.predicate != last) {
      if (!last.empty()) out.end_array();
      out.name(statement.predicate).begin_array();
    }
    write_value(out, statement);
    last = statement.predicate;
  }
  if (!last.empty()) out.end_array();
  return out.end_object().take();
}

std::string written(Description const& described, RdfForm form) {
  switch (form) {
  case RdfForm::turtle:
    return turtle(described);
  case RdfForm::rdf_xml:
    return rdf_xml(described);
  case RdfForm::json_ld:
    break;
  }
  return json_ld(described);
}

} // namespace

std::string_view predicate_of(MappingKind kind) noexcept {
  constexpr std::array<std::string_view, 5> names{"skos:exactMatch", "skos:closeMatch",
                                                  "skos:broadMatch", "skos:narrowMatch",
                                                  "skos:relatedMatch"};
  return names.at(static_cast<std::size_t>(kind));
}

std::string to_rdf(Thesaurus const& thesaurus, ConceptNumber number, RdfForm form) {
  return written(description_of(thesaurus, number), form);
}

std::string to_rdf(Thesaurus const& thesaurus, Scheme const& scheme, RdfForm form) {
  return written(description_of(thesaurus, scheme), form);
}

} // namespace terracat::vocabulary

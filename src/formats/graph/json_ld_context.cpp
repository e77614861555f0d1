#include "formats/graph/json_ld_context.hpp"

#include "json/pointer.hpp"

#include <terracat/link.hpp>
#include <terracat/text.hpp>

#include <algorithm>

namespace terracat::formats::graph {
namespace {

constexpr std::size_t most_terms = 2'000;
constexpr unsigned most_steps = 32; ///< of prefixes that are named by prefixes
constexpr std::size_t most_spent = 5'000'000;
constexpr std::size_t most_spent_bytes = std::size_t{128} << 20;
constexpr std::size_t most_oddities = 10;

bool is_keyword(std::string_view name) noexcept {
  return name.starts_with('@');
}

/// `http://…`, `urn:…`; `ex:a` looks like one.
bool has_scheme(std::string_view text) noexcept {
  auto const colon = text.find(':');
  if (colon == 0 || colon == std::string_view::npos) return false;
  if (is_digit(text[0])) return false;
  return std::ranges::all_of(text.substr(0, colon), [](char c) {
    return is_alphanumeric(c) || c == '+' || c == '-' || c == '.';
  });
}

std::size_t bytes_of(std::string_view term, TermDefinition const& definition) noexcept {
  auto const language = definition.language ? definition.language->size() : 0;
  return term.size() + definition.iri.size() + definition.type.size() + language;
}

} // namespace

// ---- ContextReading

std::string_view ContextReading::text_of(std::string_view address, std::string const& where) {
  auto short_address = address;
  if (auto const slashes = address.find("://"); slashes != std::string_view::npos) {
    short_address.remove_prefix(slashes + 3);
  }
  while (short_address.ends_with('/')) short_address.remove_suffix(1);
  auto const found = std::ranges::find(elsewhere_.known, short_address, &NamedContext::address);
  if (found != elsewhere_.known.end()) return found->text;
  pass_over(where, "a context that stands elsewhere: " + std::string(address));
  return elsewhere_.usual;
}

void ContextReading::pass_over(std::string const& where, std::string const& what) {
  if (elsewhere_.usual.empty()) throw JsonLdError(where, what);
  auto text = excerpt(what);
  bool const is_known = std::ranges::find(oddities_, text, &Finding::excerpt) != oddities_.end();
  if (is_known || oddities_.size() == most_oddities) return;
  oddities_.push_back(
      {.code = FindingCode::rdf_repaired, .where = where, .excerpt = std::move(text)});
}

void ContextReading::spend(std::size_t terms, std::string const& where) {
  spent_ += terms;
  if (spent_ > most_spent) throw JsonLdError(where, "too many terms", FindingCode::too_large);
}

void ContextReading::spend_bytes(std::size_t bytes, std::string const& where) {
  spent_bytes_ += bytes;
  if (spent_bytes_ > most_spent_bytes) {
    throw JsonLdError(where, "too long terms", FindingCode::too_large);
  }
}

// ---- Context

TermDefinition const* Context::find(std::string_view term) const {
  auto const found = terms_.find(term);
  return found == terms_.end() ? nullptr : &found->second;
}

std::string Context::expanded(std::string_view name, bool with_vocabulary) const {
  if (is_keyword(name)) return std::string(name);
  if (with_vocabulary) {
    if (auto const* const term = find(name)) return term->iri;
  }
  auto const colon = name.find(':');
  if (colon != std::string_view::npos && colon > 0) {
    auto const prefix = name.substr(0, colon);
    auto const rest = name.substr(colon + 1);
    bool const is_whole = rest.starts_with("//") && has_scheme(name); // else it is no address
    if (prefix == "_" || is_whole) return std::string(name);
    auto const* const term = find(prefix);
    if (term != nullptr && !term->iri.empty() && !is_keyword(term->iri)) {
      return term->iri + std::string(rest);
    }
    if (has_scheme(name)) return std::string(name);
  }
  if (!with_vocabulary || vocabulary_.empty()) return {};
  return vocabulary_ + std::string(name);
}

std::string Context::address(std::string_view text) const {
  auto out = expanded(text, false);
  return out.empty() ? model::resolve_href(base_, text) : out;
}

/// What a copy takes.
std::size_t Context::bytes() const noexcept {
  auto out = base_.size() + vocabulary_.size() + language_.size();
  for (auto const& [term, definition] : terms_) out += bytes_of(term, definition);
  return out;
}

Context Context::with(json::Value const& context, std::string const& where) const {
  reading_->spend(terms_.size(), where);
  reading_->spend_bytes(bytes(), where);
  auto out = *this;
  if (!context.is_array()) {
    out.add(context, where);
    return out;
  }
  std::size_t place = 0;
  for (auto const element : context.elements()) {
    out.add(element, where + "/" + std::to_string(place++));
  }
  return out;
}

Context Context::with_usual() const {
  reading_->pass_over("/@context", "no context");
  auto out = *this;
  out.add_text(reading_->usual(), "/@context");
  return out;
}

void Context::add_text(std::string_view context, std::string const& where) {
  auto const document = json::Document::parse(context);
  if (document) add(document->root(), where);
}

void Context::add(json::Value const& context, std::string const& where) {
  reading_->spend(context.size() + 1, where);
  if (context.is_null()) {
    terms_.clear();
    vocabulary_.clear();
    language_.clear();
    return;
  }
  if (auto const address = context.string()) {
    return add_text(reading_->text_of(*address, where), where);
  }
  if (!context.is_object()) throw JsonLdError(where, "a context that is no object");
  if (context.member("@import")) reading_->pass_over(where, "a context that stands elsewhere");
  if (context.size() + terms_.size() > most_terms) throw JsonLdError(where, "too many terms");
  take_settings(context, where);
  for (auto const [term, definition] : context.members()) {
    if (!is_keyword(term))
      define(term, definition, {context, where + "/" + json::pointer_token(term)});
  }
}

void Context::take_settings(json::Value const& context, std::string const& where) {
  if (auto const base = context.string("@base")) {
    base_ = has_scheme(*base) ? std::string(*base) : model::resolve_href(base_, *base);
    if (base_.empty()) throw JsonLdError(where + "/@base", std::string(*base));
  }
  if (auto const vocabulary = context.member("@vocab")) {
    auto const text = vocabulary->string().value_or("");
    vocabulary_ = text.empty() ? std::string() : resolved(text, {context, where}, 0);
    if (!text.empty() && vocabulary_.empty()) {
      throw JsonLdError(where + "/@vocab", std::string(text));
    }
  }
  if (auto const language = context.member("@language")) {
    language_ = language->string().value_or("");
  }
}

/// What a name stands for in a context that is being read: its terms count before they are defined.
std::string Context::resolved(std::string_view name, Source const& source, unsigned depth) const {
  if (depth == most_steps) throw JsonLdError(source.where, "terms that are named by each other");
  if (is_keyword(name)) return std::string(name);
  auto const id_of = [&](std::string_view term) {
    auto const definition = source.context.member(term);
    if (!definition) return std::optional<std::string_view>();
    return definition->is_object() ? definition->string("@id") : definition->string();
  };
  if (auto const id = id_of(name); id && *id != name) return resolved(*id, source, depth + 1);
  auto const colon = name.find(':');
  if (colon != std::string_view::npos && colon > 0 && !name.substr(colon + 1).starts_with("//")) {
    if (auto const id = id_of(name.substr(0, colon))) {
      auto const iri = resolved(*id, source, depth + 1);
      if (!iri.empty()) return iri + std::string(name.substr(colon + 1));
    }
  }
  return expanded(name, true);
}

void Context::define(std::string_view term, json::Value const& definition, Source const& source) {
  TermDefinition made;
  if (auto const id = definition.string()) {
    made.iri = *id == term ? expanded(term, true) : resolved(*id, source, 0);
  } else if (definition.is_object()) {
    detail(made, definition, source);
    if (made.iri.empty() && !definition.member("@id") && !made.is_reverse) {
      made.iri = resolved(term, source, 0);
    }
  } else if (!definition.is_null()) {
    throw JsonLdError(source.where, "a term that is neither a text nor an object");
  }
  reading_->spend_bytes(bytes_of(term, made), source.where);
  terms_.insert_or_assign(std::string(term), std::move(made));
}

void Context::detail(TermDefinition& made, json::Value const& definition,
                     Source const& source) const {
  if (definition.member("@context")) reading_->pass_over(source.where, "a context within a term");
  if (auto const id = definition.string("@id")) made.iri = resolved(*id, source, 0);
  if (auto const reverse = definition.string("@reverse")) {
    made.iri = resolved(*reverse, source, 0);
    made.is_reverse = true;
  }
  if (auto const type = definition.string("@type")) {
    made.type = *type == "@none" ? std::string() : resolved(*type, source, 0);
  }
  if (auto const language = definition.member("@language")) {
    made.language = std::string(language->string().value_or(""));
  }
  auto const contain = [&](std::string_view container) {
    made.is_list = made.is_list || container == "@list";
    made.has_languages = made.has_languages || container == "@language";
    made.has_ids = made.has_ids || container == "@id";
    made.has_keys = made.has_keys || container == "@index" || container == "@type";
    if (container == "@type") reading_->pass_over(source.where, "a container of types");
  };
  if (auto const container = definition.member("@container")) {
    if (auto const one = container->string()) contain(*one);
    for (auto const element : container->elements()) contain(element.string().value_or(""));
  }
}

} // namespace terracat::formats::graph

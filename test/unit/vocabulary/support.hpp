#pragma once

#include "vocabulary/read.hpp"
#include "vocabulary/thesaurus.hpp"

#include "support/catch.hpp"
#include "support/rdf_parser.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace terracat::test {

inline constexpr std::string_view skos_prefixes = R"(
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xl: <http://www.w3.org/2008/05/skos-xl#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix reg: <http://purl.org/linked-data/registry#> .
@prefix ex: <http://example.org/> .
)";

/// The vocabulary `name` that a document describes.
inline vocabulary::Draft drafted(std::string_view document, std::string_view name = "test") {
  RdfHere parser;
  auto draft = vocabulary::read(document, name, parser);
  INFO((draft ? "" : draft.error().where + " " + draft.error().excerpt));
  REQUIRE(draft);
  return std::move(*draft);
}

/// One of a vocabulary in Turtle, without its prefixes.
inline vocabulary::Thesaurus thesaurus(std::string_view turtle) {
  std::vector const drafts{drafted(std::string(skos_prefixes) + std::string(turtle))};
  return vocabulary::Thesaurus(drafts);
}

/// The concept `ex:name`.
inline vocabulary::ConceptNumber number(vocabulary::Thesaurus const& all, std::string_view name) {
  auto const found = all.find_address("http://example.org/" + std::string(name));
  INFO(name);
  REQUIRE(found);
  return *found;
}

/// `name` of `http://example.org/name`.
inline std::string name(vocabulary::Thesaurus const& all, vocabulary::ConceptNumber number) {
  auto const uri = all.at(number).uri();
  return std::string(uri.substr(uri.rfind('/') + 1));
}

template<class Range>
std::vector<std::string> names(vocabulary::Thesaurus const& all, Range const& numbers) {
  std::vector<std::string> out;
  for (auto const number : numbers) out.push_back(name(all, number));
  return out;
}

using Names = std::vector<std::string>;

} // namespace terracat::test

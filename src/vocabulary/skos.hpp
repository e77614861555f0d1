#pragma once

#include "vocabulary/draft.hpp"
#include "vocabulary/statements.hpp"

#include <terracat/rdf.hpp>

#include <string>
#include <string_view>
#include <unordered_map>

namespace terracat::vocabulary {

/// What the documents of one vocabulary say, gathered piece by piece.
struct Gathering {
  Statements statements;
  Report report;

  /// How addresses were written that are none: an excerpt of each.
  std::unordered_map<Statements::Subject, std::string> mended;

  /// The number of an address, whose signs that no address has are percent-encoded.
  Statements::Subject subject(std::string_view address);

  /// What people read is on one line; nothing is added if it is empty.
  void say(Statements::Subject subject, Property property, std::string_view text,
           std::string_view language);

  void say(Statements::Subject subject, Property property, Statements::Subject object) {
    statements.add(subject, property, object);
  }
};

/// Within what names of things without an address mean one thing.
struct Scope {
  std::string_view document; ///< those that begin with shared_blank
  std::string_view piece;    ///< others
};

/// Adds what a graph says in SKOS and its neighbours (terms.hpp).
void gather(rdf::Graph const& graph, Scope const& scope, Gathering& out);

/// What was gathered: SKOS, SKOS-XL for labels, ISO 25964 for kinds of broader concepts, and
/// `owl:deprecated`, `adms:status` and `reg:status` for what is not to be used any more.
[[nodiscard]] Draft draft_of(Gathering gathered);

} // namespace terracat::vocabulary

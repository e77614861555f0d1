#pragma once

#include "formats/graph/json_ld.hpp"

#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

/// What the words of a document in JSON-LD stand for.
namespace terracat::formats::graph {

/// The document cannot be read. Never leaves read_json_ld.
class JsonLdError : public std::runtime_error {
 public:
  /// \param where  a JSON pointer
  JsonLdError(std::string where, std::string const& what,
              FindingCode code = FindingCode::rdf_malformed)
      : std::runtime_error(what), where_(std::move(where)), code_(code) {}

  [[nodiscard]] std::string const& where() const noexcept { return where_; }

  [[nodiscard]] FindingCode code() const noexcept { return code_; }

 private:
  std::string where_;
  FindingCode code_;
};

/// A term of a context.
struct TermDefinition {
  std::string iri;  ///< or a keyword that the term is another name of; empty: it stands for nothing
  std::string type; ///< of values: an IRI, `@id`, `@vocab`, `@json`, or empty
  std::optional<std::string> language; ///< of texts
  bool is_reverse = false;
  bool is_list = false;
  bool has_keys = false;      ///< values stand in an object, whose names say nothing
  bool has_ids = false;       ///< likewise, names are addresses
  bool has_languages = false; ///< likewise, names are languages
};

/// What all contexts of a document share.
class ContextReading {
 public:
  explicit ContextReading(ContextsElsewhere const& elsewhere) noexcept : elsewhere_(elsewhere) {}

  /// The text of the context of that address. \throws JsonLdError  if nothing stands for it
  [[nodiscard]] std::string_view text_of(std::string_view address, std::string const& where);

  [[nodiscard]] std::string_view usual() const noexcept { return elsewhere_.usual; }

  /// Notes what cannot be read. \throws JsonLdError  if that is not to be passed over
  void pass_over(std::string const& where, std::string const& what);

  /// Counts terms that are looked at or copied: a short document may have a large context for each
  /// of its nodes. \throws JsonLdError  if there are too many
  void spend(std::size_t terms, std::string const& where);

  /// Counts what they stand for, which may be long: each repeats its prefix or `@vocab`.
  /// \throws JsonLdError  likewise
  void spend_bytes(std::size_t bytes, std::string const& where);

  /// A few of them, each once.
  [[nodiscard]] std::vector<Finding> take_oddities() { return std::move(oddities_); }

 private:
  ContextsElsewhere const& elsewhere_;
  std::vector<Finding> oddities_;
  std::size_t spent_ = 0;
  std::size_t spent_bytes_ = 0;
};

/// A context. Whoever reads a node keeps a copy with what the node changes.
class Context {
 public:
  /// \param reading  outlives it and its copies
  Context(std::string base, ContextReading& reading) : base_(std::move(base)), reading_(&reading) {}

  /// What it is with this beside. \param where  of the context in the document
  /// \throws JsonLdError
  [[nodiscard]] Context with(json::Value const& context, std::string const& where) const;

  /// What it is with the context that is meant where there is none.
  [[nodiscard]] Context with_usual() const;

  /// \return  null if it is no term
  [[nodiscard]] TermDefinition const* find(std::string_view term) const;

  /// A keyword (`@id`), an absolute IRI, `_:name`, or empty for what stands for nothing.
  [[nodiscard]] std::string property(std::string_view name) const { return expanded(name, true); }

  /// Likewise of an address, which may be relative to the document.
  [[nodiscard]] std::string address(std::string_view text) const;

  [[nodiscard]] std::string const& language() const noexcept { return language_; }

 private:
  using Terms = std::map<std::string, TermDefinition, std::less<>>;

  /// A context that is being read.
  struct Source {
    json::Value const& context;
    std::string where; ///< what is read of it
  };

  [[nodiscard]] std::string expanded(std::string_view name, bool with_vocabulary) const;
  [[nodiscard]] std::size_t bytes() const noexcept;
  void add(json::Value const& context, std::string const& where);
  void add_text(std::string_view context, std::string const& where);
  void take_settings(json::Value const& context, std::string const& where);
  [[nodiscard]] std::string resolved(std::string_view name, Source const& source,
                                     unsigned depth) const;
  void define(std::string_view term, json::Value const& definition, Source const& source);
  void detail(TermDefinition& made, json::Value const& definition, Source const& source) const;

  Terms terms_;
  std::string base_;
  std::string vocabulary_;
  std::string language_;
  ContextReading* reading_;
};

} // namespace terracat::formats::graph

#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace terracat::vocabulary {

struct Tables;

/// The number of a concept in one Thesaurus. Another one, as after a reload, has other numbers.
using ConceptNumber = std::uint32_t;

enum class LabelKind : std::uint8_t { preferred, alternate, hidden, notation };

struct Label {
  std::string_view text;
  std::string_view language; ///< BCP 47 in lower case; empty if nobody said
  LabelKind kind = LabelKind::preferred;
};

enum class NoteKind : std::uint8_t { definition, scope, example, other };

struct Note {
  std::string_view text;
  std::string_view language;
  NoteKind kind = NoteKind::definition;
};

enum class MappingKind : std::uint8_t { exact, close, broad, narrow, related };

/// What a concept is to one of another vocabulary.
struct Mapping {
  MappingKind kind;
  std::string_view uri;                ///< as written
  std::optional<ConceptNumber> number; ///< if its vocabulary is there
};

/// The tag is the language or one of its regions and scripts: `en-gb` of `en`.
[[nodiscard]] bool is_of_language(std::string_view tag, std::string_view language) noexcept;

/// `c_1234` of `https://example.org/voc/c_1234`
[[nodiscard]] std::string_view local_name(std::string_view uri) noexcept;

/// One concept. Valid as long as its Thesaurus is.
class Concept {
 public:
  Concept(Tables const& tables, ConceptNumber number) noexcept
      : tables_(&tables), number_(number) {}

  [[nodiscard]] ConceptNumber number() const noexcept { return number_; }

  /// Its address, as its vocabulary writes it.
  [[nodiscard]] std::string_view uri() const;

  /// Of the vocabulary that describes it: its place in Thesaurus::vocabularies().
  [[nodiscard]] std::uint16_t vocabulary() const;

  /// Places in Thesaurus::schemes().
  [[nodiscard]] std::span<std::uint32_t const> schemes() const;

  /// Preferred ones first, each kind in the order of its vocabulary; without notations.
  [[nodiscard]] std::vector<Label> labels() const;
  [[nodiscard]] std::vector<std::string_view> notations() const;
  [[nodiscard]] std::vector<Note> notes() const;

  /// Addresses of what it is beside a `skos:Concept`: a variable, an instrument.
  [[nodiscard]] std::vector<std::string_view> classes() const;

  /// \param role  the address of a class
  [[nodiscard]] bool has_role(std::string_view role) const;

  /// The preferred label in the first of these languages that there is one in, else in French, in
  /// English, in any; else any label; else the end of its address, as a label without language.
  [[nodiscard]] Label label(std::span<std::string const> languages = {}) const;

  /// What it means, in the same order of languages. \return  nothing if it does not say
  [[nodiscard]] std::optional<Note> definition(std::span<std::string const> languages = {}) const;

  [[nodiscard]] bool is_deprecated() const;

  [[nodiscard]] std::span<ConceptNumber const> broader() const;
  [[nodiscard]] std::span<ConceptNumber const> narrower() const;
  [[nodiscard]] std::span<ConceptNumber const> related() const;

  /// The next ones that replace it; Thesaurus::current follows on.
  [[nodiscard]] std::span<ConceptNumber const> replacements() const;
  [[nodiscard]] std::vector<Mapping> mappings() const;

  [[nodiscard]] std::string_view created() const;  ///< a date as written, or empty
  [[nodiscard]] std::string_view modified() const; ///< likewise

 private:
  Tables const* tables_;
  ConceptNumber number_;
};

} // namespace terracat::vocabulary

#pragma once

#include "vocabulary/concept.hpp"
#include "vocabulary/vocabulary.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// Vocabularies in SKOS: read once, then asked for labels, relations and what means the same.
namespace terracat::vocabulary {

class Draft;
struct Tables;

/// A label that a text stands for.
struct Match {
  ConceptNumber number;
  Label label;

  /// The text has the letters of the label in the same case. What tells "ICE" from "ice" to who
  /// asks for an acronym.
  bool is_same_case = false;
};

/// A concept of which a label begins like a text.
struct Completion {
  ConceptNumber number;
  Label label; ///< that begins so
};

struct CompletionRules {
  std::size_t limit = 20;

  /// Labels of one language and its regions only. Empty: of all languages.
  std::string_view language;

  /// Concepts of one vocabulary only: its place in Thesaurus::vocabularies().
  std::optional<std::uint16_t> vocabulary;
};

/// What else labels have to be that fit a pattern.
struct PatternRules {
  std::size_t limit = 100;
  std::size_t offset = 0; ///< of those that fit, so many are passed over

  /// Labels of one language and its regions only. Empty: of all languages.
  std::string_view language;

  /// Each concept once, by the first of its labels.
  bool is_unique = false;

  /// Concepts that count. Null: all
  std::function<bool(ConceptNumber)> counts;
};

/// How a concept is related to one that was asked for.
enum class Relation : std::uint8_t { same, equivalent, narrower, broader };

/// A text that says what another one says, in the words of a vocabulary.
struct Expansion {
  Label label;
  ConceptNumber number;
  Relation relation;

  /// How much it says what was asked for: 1 for the text itself, less for each step away from it.
  double weight = 0;
};

struct ExpansionRules {
  std::size_t limit = 200;          ///< texts; those of the least weight are left out
  double alternate = 0.9;           ///< of a label that is not the preferred one
  double hidden = 0.7;              ///< of a misspelling and the like
  double equivalent = 0.9;          ///< of what another vocabulary calls exactly the same
  double narrower = 0.6;            ///< of each step to narrower concepts
  std::uint32_t narrower_depth = 2; ///< steps

  double broader = 0; ///< of what lies next above; 0: it does not speak

  /// Concepts that speak, in all: those that the text stands for first, then what is the same
  /// elsewhere, then narrower ones, the nearest first, then broader ones.
  std::size_t concepts = 100;
};

/// A concept on the way from another one.
struct Step {
  ConceptNumber number;
  std::uint32_t distance; ///< steps, from 1
};

struct ClosureBounds {
  std::uint32_t depth = 64;
  std::size_t limit = 10'000;
};

/// All vocabularies of a site as one. Immutable, so any number of threads may ask; what it gives
/// points into it.
class Thesaurus {
 public:
  /// One without vocabularies.
  Thesaurus();

  /// A concept that several of them describe is one concept, of the first of them.
  explicit Thesaurus(std::span<Draft const> drafts);

  /// Likewise; each draft gives up its memory as soon as it is taken over.
  explicit Thesaurus(std::vector<Draft>&& drafts);
  Thesaurus(Thesaurus const&) = delete;
  Thesaurus& operator=(Thesaurus const&) = delete;
  Thesaurus(Thesaurus&&) noexcept;
  Thesaurus& operator=(Thesaurus&&) noexcept;
  ~Thesaurus();

  [[nodiscard]] std::span<Vocabulary const> vocabularies() const noexcept;
  [[nodiscard]] std::span<Scheme const> schemes() const noexcept;
  [[nodiscard]] std::span<Group const> groups() const noexcept;

  /// The parts of the Earth system that people begin with (role::compartment), in the order of
  /// their vocabularies; of those that are exactly the same, or have the same local_name, the
  /// first.
  [[nodiscard]] std::span<ConceptNumber const> compartments() const noexcept;

  /// Another one for other content: what answers are made of.
  [[nodiscard]] std::uint64_t digest() const noexcept;

  /// Concepts have the numbers below. \return  how many there are
  [[nodiscard]] std::size_t size() const noexcept;

  /// \pre number < size()
  [[nodiscard]] Concept at(ConceptNumber number) const;

  /// The concept of an address in any of its forms: with http or https, with a slash at the end or
  /// without, a former host, `SDN:P01::TEMPPR01`. Deprecated ones are found for ever.
  [[nodiscard]] std::optional<ConceptNumber> find_address(std::string_view address) const;

  /// The group of an address, likewise: its place in groups().
  [[nodiscard]] std::optional<std::uint32_t> find_group(std::string_view address) const;

  /// The first concept of a vocabulary whose address ends so (local_name).
  /// \param vocabulary  its place in vocabularies()
  [[nodiscard]] std::optional<ConceptNumber> find_name(std::uint16_t vocabulary,
                                                       std::string_view name) const;

  /// Concepts of which a label, in any language, has the words of the text, without the difference
  /// of case and accents; and those of which it is a notation, to the letter. Those of which it is
  /// the preferred label come first, deprecated ones last. An acronym (`ICE`) is found by other
  /// case
  /// (`ice`) only if the text is no label that is none.
  [[nodiscard]] std::vector<Match> find(std::string_view text) const;

  /// Concepts, each once, of which a label begins like the text, in the order of these labels.
  /// Hidden labels and deprecated concepts are left out.
  [[nodiscard]] std::vector<Completion> complete(std::string_view beginning,
                                                 CompletionRules const& rules = {}) const;

  /// Labels, hidden ones among them, that fit a pattern in which `*` stands for any text, in the
  /// order of their words; deprecated concepts are left out. A pattern that begins with `*` looks
  /// at all labels.
  [[nodiscard]] std::vector<Completion> fitting(std::string_view pattern,
                                                PatternRules const& rules = {}) const;

  /// What else says what a text says: the labels of its concepts in all languages, of those that
  /// are exactly the same elsewhere and of narrower ones, of broader ones on request, each text
  /// once with its greatest weight, the greatest first. The text itself is among them. For a
  /// deprecated concept those that replace it speak, too. Notations are no texts. \return  empty if
  /// the text is no label
  [[nodiscard]] std::vector<Expansion> expansions(std::string_view text,
                                                  ExpansionRules const& rules = {}) const;

  /// What lies below, nearest first, each once and without the concept itself.
  [[nodiscard]] std::vector<Step> all_narrower(ConceptNumber number,
                                               ClosureBounds const& bounds = {}) const;

  /// What lies above, likewise.
  [[nodiscard]] std::vector<Step> all_broader(ConceptNumber number,
                                              ClosureBounds const& bounds = {}) const;

  /// The concepts that are exactly the same by `skos:exactMatch`, from wherever it is said and over
  /// any number of steps, without the concept itself.
  [[nodiscard]] std::vector<ConceptNumber> equivalents(ConceptNumber number) const;

  /// What stands for the concept today: itself, or for a deprecated one those that replace it, over
  /// any number of steps. \return  empty if nothing does
  [[nodiscard]] std::vector<ConceptNumber> current(ConceptNumber number) const;

 private:
  std::unique_ptr<Tables const> tables_;
};

} // namespace terracat::vocabulary

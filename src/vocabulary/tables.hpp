#pragma once

#include "vocabulary/vocabulary.hpp"

#include <cstdint>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

/// How a Thesaurus is kept: a few large arrays, for there may be millions of labels.
namespace terracat::vocabulary {

class Draft;

/// A text in Texts.
struct TextSpan {
  std::uint32_t begin = 0;
  std::uint32_t size = 0;
};

/// Texts one after the other.
class Texts {
 public:
  /// \throws std::length_error  beyond four gigabytes
  TextSpan add(std::string_view text) {
    if (text.size() > UINT32_MAX - bytes_.size()) throw std::length_error("the vocabularies");
    TextSpan const span{.begin = static_cast<std::uint32_t>(bytes_.size()),
                        .size = static_cast<std::uint32_t>(text.size())};
    bytes_ += text;
    return span;
  }

  [[nodiscard]] std::string_view of(TextSpan span) const noexcept {
    return {bytes_.data() + span.begin, span.size};
  }

  void shrink() { bytes_.shrink_to_fit(); }

 private:
  std::string bytes_;
};

/// A list for each of many things, all in one array.
template<class Value>
class Lists {
 public:
  Lists() = default;

  /// \param pairs  of a thing and what is in its list, in the order of the list
  Lists(std::size_t things, std::vector<std::pair<std::uint32_t, Value>> const& pairs)
      : begins_(things + 1), values_(pairs.size()) {
    for (auto const& [thing, value] : pairs) ++begins_.at(thing + 1);
    for (std::size_t i = 0; i < things; ++i) begins_[i + 1] += begins_[i];
    auto next = begins_;
    for (auto const& [thing, value] : pairs) values_[next[thing]++] = value;
  }

  [[nodiscard]] std::span<Value const> of(std::size_t thing) const {
    return std::span(values_).subspan(begins_.at(thing), begins_.at(thing + 1) - begins_[thing]);
  }

  [[nodiscard]] std::span<Value const> all() const noexcept { return values_; }

 private:
  std::vector<std::uint32_t> begins_;
  std::vector<Value> values_;
};

struct LabelRow {
  TextSpan text;
  ConceptNumber owner = 0;
  std::uint32_t key = 0;      ///< place in Tables::keys
  std::uint16_t language = 0; ///< place in Tables::languages
  LabelKind kind = LabelKind::preferred;
};

struct NoteRow {
  TextSpan text;
  std::uint16_t language = 0;
  NoteKind kind = NoteKind::definition;
};

struct MappingRow {
  static constexpr std::uint32_t nobody = UINT32_MAX;

  TextSpan uri;
  std::uint32_t number = nobody;
  MappingKind kind = MappingKind::exact;
};

struct ConceptRow {
  TextSpan uri;
  TextSpan address; ///< address_key of it
  TextSpan created;
  TextSpan modified;
  std::uint32_t equals = 0; ///< place in Tables::equals
  std::uint16_t vocabulary = 0;
  bool is_deprecated = false;
};

struct Tables {
  using Numbers = Lists<std::uint32_t>;

  Texts texts;
  std::vector<std::string> languages;
  std::vector<Vocabulary> vocabularies;
  std::vector<Scheme> schemes;
  std::vector<Group> groups;
  std::unordered_map<std::string, std::uint32_t> group_of; ///< of an address_key
  std::vector<ConceptRow> concepts;
  std::vector<ConceptNumber> by_address; ///< all concepts, by ConceptRow::address
  std::vector<ConceptNumber> by_name;    ///< by vocabulary, then by local_name, then by number

  std::vector<LabelRow> labels;     ///< by concept, then by kind
  std::vector<std::uint32_t> owned; ///< where the labels of each concept begin, and the end
  std::vector<TextSpan> keys;       ///< folded texts of labels, each once, in order
  Numbers of_key;                   ///< labels of each key, by language
  Numbers of_language;              ///< labels of each language, by key

  std::vector<std::string> classes; ///< addresses
  Numbers in_classes;               ///< of each concept
  std::vector<ConceptNumber> compartments;

  Lists<NoteRow> notes;
  Lists<MappingRow> mappings;
  Numbers in_schemes;
  Numbers broader;
  Numbers narrower;
  Numbers related;
  Numbers replacements;
  Numbers equals; ///< concepts that are exactly the same: each is in one list, alone or not

  std::uint64_t digest = 0; ///< of all that was described

  [[nodiscard]] Label label(std::uint32_t place) const {
    auto const& row = labels.at(place);
    return {.text = texts.of(row.text), .language = languages.at(row.language), .kind = row.kind};
  }

  [[nodiscard]] std::span<LabelRow const> labels_of(ConceptNumber number) const {
    return std::span(labels).subspan(owned.at(number), owned.at(number + 1) - owned.at(number));
  }

  [[nodiscard]] std::string_view key(std::size_t place) const { return texts.of(keys.at(place)); }
};

/// The form in which labels are compared: their words without case and accents, one blank between
/// them.
[[nodiscard]] std::string folded(std::string_view text);

/// The tables of what documents describe.
/// \param to_empty  the same drafts, to be emptied one by one as they are taken over; or none
[[nodiscard]] Tables build(std::span<Draft const> drafts, std::span<Draft> to_empty);

} // namespace terracat::vocabulary

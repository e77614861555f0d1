#pragma once

#include "index/record_words.hpp"
#include "index/word_lookup.hpp"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// What a person asks for in a few words, as records are ranked by it.
namespace terracat::index {

/// What says the same as a part of a question, or nearly.
struct Expansion {
  std::string label;
  std::string language; ///< BCP 47; empty if nobody said
  double weight = 0;    ///< 1: exactly the same; less if it only comes near
  /// Of the name of a place: what lies there is as good as what says it.
  std::optional<model::Bbox> bbox = {};
};

/// Tells what else says the same as a text. Empty: it knows no such text. Asked of runs of a few
/// words of the question, the longest first.
using Expander = std::function<std::vector<Expansion>(std::string_view text)>;

/// A word as it stands in a table.
struct TableWord {
  WordTable table;
  std::string word;
};

/// A part of a question: a word, or several of which an expander knows that they belong together.
struct QuestionPart {
  std::string text;             ///< as typed
  std::vector<Word> words;      ///< none of them empty
  std::vector<TableWord> meant; ///< what the one word was taken for that nobody knows
  std::vector<Expansion> expansions;

  /// Where the place is that it names. \return  null: it names none
  [[nodiscard]] model::Bbox const* place() const noexcept;
};

struct Question {
  std::string text;
  std::vector<QuestionPart> parts;
  std::vector<std::string> exact; ///< what has to be found as it was written (Words::exact)
};

/// Takes a question apart. A word that stands in no record and that the expander does not know is
/// taken for a mistyped one, if others differ from it by a letter or two.
/// \param expand  may be empty
[[nodiscard]] Question read_question(std::string_view text, WordMaker const& maker,
                                     WordLookup const& lookup, Expander const& expand);

/// How many letters have to be put in, taken out or replaced to make one of the other; more than
/// `most` count as `most` + 1.
[[nodiscard]] std::size_t distance(std::u32string_view a, std::u32string_view b, std::size_t most);

} // namespace terracat::index

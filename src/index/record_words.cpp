#include "index/record_words.hpp"

#include "index/language.hpp"
#include "query/folding.hpp"

namespace terracat::index {
namespace {

constexpr std::size_t longest_text = std::size_t{1} << 16; ///< bytes of one text that are looked at

std::string_view bounded(std::string_view text) noexcept {
  if (text.size() <= longest_text) return text;
  auto end = longest_text;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  return text.substr(0, end);
}

void append(std::string& texts, std::string_view word) {
  if (word.empty()) return;
  if (!texts.empty()) texts += ' ';
  texts += word;
}

/// Snowball takes the end of a verb off what is left of a plural or of a singular, not off both
/// (débits, débit): so there are no plurals.
std::string_view without_plural(std::string_view word) noexcept {
  bool const is_plural = word.size() > 3 && word.ends_with('s') && !word.ends_with("ss");
  return is_plural ? word.substr(0, word.size() - 1) : word;
}

/// The language that most of what the record says is in.
WordTable main_table(model::Record const& record) {
  for (auto const* const text : {&record->description, &record->title}) {
    for (auto const& entry : text->entries()) {
      if (auto const table = guessed_language(words_of(bounded(entry.text)).words)) return *table;
    }
  }
  auto const& languages = record->metadata_languages;
  return languages.empty() ? WordTable::english : table_of(languages.front());
}

} // namespace

bool is_empty_word(Word const& word) noexcept {
  bool const is_letter = word.small.size() == 1 && word.small[0] >= 'a' && word.small[0] <= 'z';
  return is_letter || is_stop_word(word.small);
}

/// The words of one record, as they are gathered.
class WordMaker::Filling {
 public:
  Filling(WordMaker const& maker, WordTable main) : maker_(maker), main_(main) {
    out_.version = word_rules;
  }

  void add(WordField field, model::LocalText const& text) {
    for (auto const& entry : text.entries()) {
      add(field, entry.language.empty() ? main_ : table_of(entry.language), entry.text);
    }
  }

  void add(WordField field, std::vector<model::LocalText> const& texts) {
    for (auto const& text : texts) add(field, text);
  }

  /// In the language of the record.
  void add(WordField field, std::string_view text) { add(field, main_, text); }

  /// An identifier is found as it is, whatever it looks like.
  void add_identifier(std::string_view id) {
    if (id.size() > longest_text) return;
    add(WordField::text, main_, id);
  }

  RecordWords take() { return std::move(out_); }

 private:
  void add(WordField field, WordTable table, std::string_view text) {
    auto const words = words_of(bounded(text));
    auto const place = static_cast<std::size_t>(field);
    append(out_[table].at(place), maker_.in(table, words.words));
    for (auto const& exact : words.exact) append(out_[WordTable::exact].at(place), exact);
  }

  WordMaker const& maker_;
  WordTable main_;
  RecordWords out_;
};

std::string WordMaker::in(WordTable table, std::string_view small) const {
  auto plain = query::without_accents(small);
  switch (table) {
  case WordTable::french:
    return french_(without_plural(plain));
  case WordTable::english:
    return english_(plain);
  case WordTable::other:
  case WordTable::exact:
    break;
  }
  return plain;
}

std::string WordMaker::in(WordTable table, std::vector<Word> const& words) const {
  std::string out;
  for (auto const& word : words) {
    if (!is_empty_word(word)) append(out, in(table, word.small));
  }
  return out;
}

RecordWords WordMaker::of(model::Record const& record) const {
  Filling out(*this, main_table(record));
  out.add(WordField::title, record->title);
  out.add(WordField::title, record->alternate_title);
  out.add(WordField::subject, record->variables);
  out.add(WordField::subject, record->platforms);
  out.add(WordField::subject, record->instruments);
  for (auto const& set : record->keyword_sets) {
    for (auto const& keyword : set.keywords) out.add(WordField::keyword, keyword.label);
  }
  out.add(WordField::text, record->description);
  out.add(WordField::text, record->purpose);
  for (auto const& extent : record->spatial) out.add(WordField::text, extent.place);
  for (auto const& contact : record->contacts) out.add(WordField::text, contact.organisation);
  for (auto const& [scheme, value] : record->identifiers) out.add_identifier(value);
  out.add_identifier(record->native_id);
  return out.take();
}

} // namespace terracat::index

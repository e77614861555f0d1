#include "enrich/language.hpp"

#include <terracat/text.hpp>

#include <algorithm>
#include <array>
#include <string>

namespace terracat::enrich {
namespace {

constexpr std::size_t longest_text = 10'000; ///< bytes; what stands behind tells nothing new
constexpr std::size_t few_words = 3;
constexpr double least_share = 0.1; ///< of all words, that speak for the language
constexpr double least_lead = 0.3;

struct Language {
  std::string_view tag;
  std::string_view words; ///< each between blanks
};

// Words that stand in most sentences of one language; some stand in several.
constexpr std::array languages{
    Language{"fr", " au aux avec ce ces cette dans de des du elle en entre est et il ils l d la le "
                   "les leur leurs mais ne ou où par pas plus pour qu que qui sa se ses son sont "
                   "sous sur un une à été "},
    Language{"en", " a an and are as at be been between by for from has have in into is it its of "
                   "on or over than that the their these this those to was were which with within "
                   "we not can "},
    Language{"de", " als am an auf aus bei das dem den der des die durch ein eine einer für im in "
                   "ist mit nach nicht oder sich sind sowie über und unter vom von war werden wird "
                   "zu zum zur "},
    Language{"es", " a al como con de del desde el en entre es esta este han la las los más no o "
                   "para por que se sobre son su sus un una y "},
    Language{"it", " a al alla che con da dal dalla dei del della delle di e gli i il in la le lo "
                   "nel nella non o per più sono su sul sulla tra un una "},
    Language{"pt", " a ao as com como da das de do dos e em entre foi mais na nas no não nos o os "
                   "ou para pela pelo por que se são um uma "},
    Language{"nl", " aan als bij dat de deze die door een en er het in is met naar niet of om ook "
                   "op over te tot uit van voor werd worden wordt zijn "},
};

/// Takes a text apart at all that is no letter. Letters beyond ASCII stay as they are, but for the
/// signs of punctuation among them.
class Words {
 public:
  explicit Words(std::string_view text) : text_(text.substr(0, longest_text)) {}

  /// \return  in small letters; empty at the end
  std::string next() {
    std::string word;
    while (at_ < text_.size()) {
      auto const length = punctuation();
      if (length == 0) {
        word += text_[at_++];
        continue;
      }
      at_ += length;
      if (!word.empty()) break;
    }
    return lowered(word);
  }

 private:
  /// How many bytes of no word stand here.
  [[nodiscard]] std::size_t punctuation() const noexcept {
    auto const rest = text_.substr(at_);
    auto const first = static_cast<unsigned char>(rest.front());
    if (first < 0x80) return is_letter(rest.front()) ? 0 : 1;
    if (rest.starts_with("\xE2\x80")) return std::min<std::size_t>(3, rest.size()); // ’ “ – …
    return rest.starts_with("\xC2") ? std::min<std::size_t>(2, rest.size())
                                    : 0; // no-break space, «
  }

  static bool is_letter(char c) noexcept {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

} // namespace

std::optional<GuessedLanguage> guess_language(std::string_view text) {
  std::array<std::size_t, languages.size()> counts{};
  std::size_t all = 0;
  Words words(text);
  for (auto word = words.next(); !word.empty(); word = words.next()) {
    ++all;
    auto const whole = " " + word + " ";
    for (std::size_t i = 0; i < languages.size(); ++i) {
      if (languages[i].words.find(whole) != std::string_view::npos) ++counts[i];
    }
  }
  auto const* const best = std::ranges::max_element(counts);
  std::size_t next = 0;
  for (auto const& count : counts) {
    if (&count != best) next = std::max(next, count);
  }
  if (*best < few_words || static_cast<double>(*best) < least_share * static_cast<double>(all)) {
    return std::nullopt;
  }
  auto const lead = static_cast<double>(*best - next) / static_cast<double>(*best);
  if (lead < least_lead) return std::nullopt;
  auto const& language = languages.at(static_cast<std::size_t>(best - counts.data()));
  return GuessedLanguage{.language = language.tag, .score = lead, .words = *best};
}

std::optional<GuessedLanguage> guess_language(model::Record const& record) {
  if (!record->metadata_languages.empty()) return std::nullopt;
  std::string text;
  for (auto const* const part : {&record->title, &record->description}) {
    for (auto const& [language, words] : part->entries()) {
      if (!language.empty()) return std::nullopt;
      text += words.substr(0, longest_text) + "\n";
    }
  }
  return guess_language(text);
}

} // namespace terracat::enrich

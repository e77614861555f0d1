#include "vocabulary/guess.hpp"

#include "vocabulary/tables.hpp"

#include <algorithm>
#include <string>
#include <unordered_set>

namespace terracat::vocabulary {
namespace {

constexpr std::size_t longest_mended = 40; ///< bytes: each one more costs fifty look-ups
constexpr std::size_t shortest_mended = 5; ///< letters of a word that may be mistyped
constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyz";

/// Guesses in the making: each concept once, by the label that was found first.
class Guesses {
 public:
  Guesses(Thesaurus const& all, std::size_t limit) : all_(all), limit_(limit) {}

  [[nodiscard]] bool is_full() const noexcept { return out_.size() >= limit_; }

  [[nodiscard]] bool is_empty() const noexcept { return out_.empty(); }

  void add_same(std::string_view text) {
    for (auto const& match : all_.find(text)) add(match.number, match.label, Nearness::same);
  }

  void add_beginning(std::string_view text, Nearness nearness) {
    for (auto const& one : all_.complete(text, {.limit = limit_})) {
      add(one.number, one.label, nearness);
    }
  }

  [[nodiscard]] std::vector<Guess> take() { return std::move(out_); }

 private:
  void add(ConceptNumber number, Label const& label, Nearness nearness) {
    if (is_full() || all_.at(number).is_deprecated() || !seen_.insert(number).second) return;
    out_.push_back({.number = number, .label = label, .nearness = nearness});
  }

  Thesaurus const& all_;
  std::size_t limit_;
  std::vector<Guess> out_;
  std::unordered_set<ConceptNumber> seen_;
};

/// Calls `visit` with the text in each way in which one letter at the place may have been meant.
template<class Visit>
void visit_edits(std::string const& text, std::size_t at, Visit const& visit) {
  auto const edited = [&](std::size_t removed, std::string_view added) {
    auto other = text;
    visit(other.replace(at, removed, added));
  };
  edited(1, "");
  if (at + 1 < text.size() && text[at + 1] != ' ') {
    edited(2, std::string{text[at + 1], text[at]});
  }
  for (std::size_t place = 0; place < letters.size(); ++place) {
    edited(1, letters.substr(place, 1));
    edited(0, letters.substr(place, 1));
  }
}

void add_mistyped(std::string const& words, Guesses& out) {
  if (words.size() > longest_mended) return;
  for (std::size_t begin = 0; begin < words.size();) {
    auto const end = std::min(words.find(' ', begin), words.size());
    for (auto at = begin; end - begin >= shortest_mended && at < end && !out.is_full(); ++at) {
      visit_edits(words, at,
                  [&](std::string const& other) { out.add_beginning(other, Nearness::mistyped); });
    }
    begin = end + 1;
  }
}

} // namespace

std::string without_plurals(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    bool const is_end = at + 1 == text.size() || text[at + 1] == ' ' || text[at + 1] == '-';
    bool const is_plural = is_end && (text[at] == 's' || text[at] == 'x');
    if (!is_plural) out += text[at];
  }
  return out;
}

std::vector<Guess> guesses(Thesaurus const& thesaurus, std::string_view typed, std::size_t limit) {
  Guesses out(thesaurus, limit);
  auto const words = folded(typed);
  if (words.empty()) return {};
  auto const one = without_plurals(words);
  out.add_same(typed);
  if (out.is_empty()) out.add_same(one);
  out.add_beginning(words, Nearness::begins);
  if (out.is_empty() && one != words) out.add_beginning(one, Nearness::begins);
  if (out.is_empty()) add_mistyped(words, out);
  if (out.is_empty() && one != words) add_mistyped(one, out);
  return out.take();
}

} // namespace terracat::vocabulary

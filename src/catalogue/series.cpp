#include "catalogue/series.hpp"

#include "catalogue/roll.hpp"
#include "index/words.hpp"
#include "query/digest.hpp"

#include <boost/unordered/unordered_flat_map.hpp>

#include <algorithm>

namespace terracat::catalogue {
namespace {

/// How much a hit loses for each one like it that comes before, and what is left of it at least.
struct Damping {
  double by_each;
  double least;
};

constexpr Damping of_titles{.by_each = 0.1, .least = 0.5};
constexpr Damping of_keywords{.by_each = 0.01, .least = 0.95};

constexpr std::size_t longest_title = 500; ///< bytes that are looked at
constexpr std::size_t fewest_words = 2;    ///< of a title that tells a series
constexpr std::size_t fewest_keywords = 3; ///< of a block

double factor(Damping const& damping, std::size_t before) noexcept {
  return std::max(damping.least, 1 / (1 + damping.by_each * static_cast<double>(before)));
}

bool is_digit(char c) noexcept {
  return c >= '0' && c <= '9';
}

/// Counts those that are alike as they come. \param key  0: like none
class Likes {
 public:
  explicit Likes(std::size_t most) { counts_.reserve(most); }

  std::size_t before(std::uint64_t key) { return key == 0 ? 0 : counts_[key]++; }

 private:
  boost::unordered_flat_map<std::uint64_t, std::uint32_t> counts_;
};

std::uint64_t mixed(std::uint64_t print, std::uint32_t number) {
  if (print == 0) return 0;
  constexpr std::uint64_t far_apart = 0x9E37'79B9'7F4A'7C15; // the golden ratio, of 64 bits
  return print ^ ((std::uint64_t{number} + 1) * far_apart);
}

/// Of the keywords of a row, if they are so many that they tell something.
std::uint64_t print_of_keywords(RollColumn const& keywords, std::uint32_t row) {
  auto const value = keywords.values[row];
  bool const is_block =
      value != RollColumn::none && keywords.texts_of(value).size() >= fewest_keywords;
  return is_block ? std::uint64_t{value} + 1 : 0;
}

} // namespace

std::uint64_t print_of_title(model::LocalText const& title) {
  if (title.entries().empty()) return 0;
  std::string_view const text = title.entries().front().text;
  query::Digest out;
  std::size_t words = 0;
  for (auto const& word : index::words_of(text.substr(0, longest_title)).words) {
    if (word.small.size() < 2 || std::ranges::any_of(word.small, is_digit)) continue;
    out.add(std::string_view(word.small));
    ++words;
  }
  return words < fewest_words ? 0 : out.value();
}

void damp_series(std::vector<Hit>& hits, Roll const& roll) {
  constexpr auto producers = kept_column("producers");
  constexpr auto keywords = kept_column("keywords");
  Likes titles(hits.size());
  Likes blocks(hits.size());
  bool is_changed = false;
  for (auto& hit : hits) {
    auto const producer = roll.column(producers).values[hit.row];
    auto const title = titles.before(mixed(roll.title_prints()[hit.row], producer));
    auto const block =
        blocks.before(mixed(print_of_keywords(roll.column(keywords), hit.row), producer));
    hit.alike_before = static_cast<std::uint32_t>(title);
    hit.damping = std::min(factor(of_titles, title), factor(of_keywords, block));
    hit.score *= hit.damping;
    is_changed = is_changed || hit.damping < 1;
  }
  if (!is_changed) return;
  std::ranges::stable_sort(hits, [&](Hit const& a, Hit const& b) {
    auto const number = [&](Hit const& hit) { return roll.numbers()[hit.row]; };
    return a.score != b.score ? a.score > b.score : number(a) > number(b);
  });
}

} // namespace terracat::catalogue

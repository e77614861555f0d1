// How fast what is typed is completed, beside the least that a completion can be: a binary search
// in a sorted array of the same labels. Both are asked the same, one after the other.

#include "vocabulary/thesaurus.hpp"
#include "bench/arguments.hpp"
#include "bench/chance.hpp"
#include "helper/rdf_answer.hpp"
#include "vocabulary/files.hpp"
#include "vocabulary/guess.hpp"
#include "vocabulary/tables.hpp"

#include <chrono>
#include <iomanip>
#include <stdexcept>
#include <unordered_set>

namespace {

using namespace terracat;
using Clock = std::chrono::steady_clock;
using vocabulary::ConceptNumber;
using vocabulary::Thesaurus;

constexpr std::size_t wanted = 10; ///< guesses, as /api/v1/suggest gives them

/// Reads RDF in this process.
class ParserHere : public rdf::Parser {
 public:
  [[nodiscard]] boost::system::result<rdf::Graph, Finding>
  parse(std::string_view document, rdf::Syntax syntax, std::string_view base) override {
    return reader_.read({.syntax = syntax, .base = base, .document = document});
  }

 private:
  helper::RdfReader reader_;
};

/// The labels of a thesaurus in their order, and whose each is.
class SortedArray {
 public:
  explicit SortedArray(Thesaurus const& all) {
    for (ConceptNumber number = 0; number < all.size(); ++number) {
      for (auto const& label : all.at(number).labels()) {
        labels_.emplace_back(vocabulary::folded(label.text), number);
      }
    }
    std::ranges::sort(labels_);
  }

  [[nodiscard]] std::vector<ConceptNumber> find(std::string_view typed) const {
    auto const words = vocabulary::folded(typed);
    std::vector<ConceptNumber> out;
    auto at = std::ranges::lower_bound(labels_, words, {}, &Entry::first);
    for (; at != labels_.end() && out.size() < wanted && at->first.starts_with(words); ++at) {
      if (std::ranges::find(out, at->second) == out.end()) out.push_back(at->second);
    }
    return out;
  }

  [[nodiscard]] std::size_t size() const noexcept { return labels_.size(); }

  [[nodiscard]] std::string const& text(std::size_t place) const { return labels_[place].first; }

 private:
  using Entry = std::pair<std::string, ConceptNumber>;
  std::vector<Entry> labels_;
};

/// How long answers took, in microseconds.
class Times {
 public:
  void add(Clock::duration time) {
    values_.push_back(std::chrono::duration<double, std::micro>(time).count());
  }

  [[nodiscard]] double at(double share) {
    std::ranges::sort(values_);
    auto const last = static_cast<double>(values_.size() - 1);
    return values_[static_cast<std::size_t>(share * last)];
  }

 private:
  std::vector<double> values_;
};

/// The first letters of a label, or all of it with a wrong one.
std::string typed(bench::Chance& chance, std::string const& label, std::string_view kind) {
  constexpr std::size_t few = 2;
  constexpr std::size_t word = 6;
  if (kind == "two letters") return label.substr(0, few);
  if (kind == "a word") return label.substr(0, word);
  if (kind == "a label") return label;
  auto out = label.substr(0, word);
  out[chance.below(static_cast<std::uint32_t>(out.size()))] = 'q';
  return out;
}

void measure(std::string_view kind, Thesaurus const& all, SortedArray const& array,
             std::uint64_t rounds) {
  bench::Chance chance(rounds);
  Times ours;
  Times least;
  std::size_t found = 0;
  for (std::uint64_t i = 0; i < rounds; ++i) {
    auto const text =
        typed(chance, array.text(chance.below(static_cast<std::uint32_t>(array.size()))), kind);
    auto const begin = Clock::now();
    found += array.find(text).size();
    auto const middle = Clock::now();
    found += vocabulary::guesses(all, text, wanted).size();
    auto const end = Clock::now();
    least.add(middle - begin);
    ours.add(end - middle);
  }
  if (found == 0) throw std::runtime_error("nothing was found");
  constexpr double half = 0.5;
  constexpr double most = 0.99;
  std::cout << std::left << std::setw(16) << kind << std::right << std::fixed
            << std::setprecision(1);
  for (double const share : {half, most}) {
    std::cout << std::setw(12) << ours.at(share) << std::setw(12) << least.at(share)
              << std::setw(10) << ours.at(share) / least.at(share);
  }
  std::cout << '\n';
}

void run(std::string_view path, std::uint64_t rounds) {
  ParserHere parser;
  std::vector<vocabulary::Place> const places{{"bench", std::string(path)}};
  auto const begin = Clock::now();
  auto loaded = vocabulary::load(places, parser);
  if (!loaded.failures.empty()) throw std::runtime_error("the thesaurus cannot be read");
  Thesaurus const all(std::move(loaded.drafts));
  auto const seconds = std::chrono::duration<double>(Clock::now() - begin).count();
  SortedArray const array(all);
  std::cout << all.size() << " concepts, " << array.size() << " labels, "
            << all.vocabularies()[0].languages.size() << " languages, read in " << std::fixed
            << std::setprecision(1) << seconds << " s\n"
            << "microseconds        terracat p50  array p50     ratio  terracat p99  array p99  "
               "ratio\n";
  for (auto const* const kind : {"two letters", "a word", "a label", "a wrong letter"}) {
    measure(kind, all, array, rounds);
  }
}

} // namespace

int main(int count, char** values) {
  try {
    bench::Arguments arguments(count, values, "thesaurus [--rounds N] FILE");
    constexpr std::uint64_t enough = 20'000;
    auto const rounds = arguments.number("--rounds", enough);
    run(arguments.rest(1).front(), rounds);
    return 0;
  } catch (std::exception const& error) {
    std::cerr << "thesaurus: " << error.what() << '\n';
    return 1;
  }
}

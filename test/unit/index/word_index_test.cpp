// Words of records in memory find what the tables of a store find.

#include "index/word_index.hpp"

#include "store/stores.hpp"

#include "support/catch.hpp"
#include "support/stores.hpp"

#include <map>
#include <random>

using namespace terracat;
using index::WordIndex;

namespace {

RecordWords english(FieldWords const& fields) {
  RecordWords out;
  out[WordTable::english] = fields;
  return out;
}

std::vector<RecordNumber> numbers(std::vector<WordMatch> const& matches) {
  std::vector<RecordNumber> out;
  out.reserve(matches.size());
  for (auto const& match : matches) out.push_back(match.record);
  std::ranges::sort(out);
  return out;
}

/// Texts of a few letters, so that phrases and repetitions are frequent.
class Texts {
 public:
  std::string word() {
    std::string out(1, static_cast<char>('a' + random_() % 9));
    if (random_() % 4 == 0) out += static_cast<char>('a' + random_() % 3);
    return out;
  }

  std::string text(std::size_t most) {
    std::string out;
    for (auto left = random_() % (most + 1); left > 0; --left) {
      out += (out.empty() ? "" : " ") + word();
    }
    return out;
  }

  RecordWords words() {
    RecordWords out;
    for (auto& table : out.tables) table = {text(2), text(2), text(3), text(9)};
    return out;
  }

  std::size_t below(std::size_t end) { return random_() % end; }

 private:
  std::mt19937 random_{11}; // NOLINT: the same each time
};

std::map<RecordNumber, double> scores(std::vector<WordMatch> const& matches) {
  std::map<RecordNumber, double> out;
  for (auto const& match : matches) out.emplace(match.record, match.score);
  return out;
}

} // namespace

TEST_CASE("words in memory: phrases, fields, and what is gone") {
  WordIndex words;
  words.put(RecordNumber{1}, english({"sea ice extent", "", "", ""}));
  words.put(RecordNumber{2}, english({"sea", "ice", "", "sea of ice"}));
  words.put(RecordNumber{3}, english({"ice sea", "", "", ""}));
  words.put(RecordNumber{4}, english({"rain", "", "", ""}));
  using Numbers = std::vector<RecordNumber>;
  CHECK(numbers(words.find({.phrase = "sea ice"})) == Numbers{RecordNumber{1}});
  CHECK(numbers(words.find({.phrase = "ice"})) ==
        Numbers{RecordNumber{1}, RecordNumber{2}, RecordNumber{3}});
  CHECK(numbers(words.find({.phrase = "ice", .only_title = true})) ==
        Numbers{RecordNumber{1}, RecordNumber{3}});
  CHECK(words.find({.phrase = "sea icy"}).empty());
  CHECK(words.find({.table = WordTable::french, .phrase = "ice"}).empty());
  CHECK(words.find({.phrase = ""}).empty());
  words.put(RecordNumber{1}, english({"rain", "", "", ""}));
  words.remove(RecordNumber{3});
  CHECK(words.find({.phrase = "sea ice"}).empty());
  CHECK(numbers(words.find({.phrase = "rain"})) == Numbers{RecordNumber{1}, RecordNumber{4}});
  CHECK(words.known(WordTable::english, "e", 9).empty());
  CHECK(words.known(WordTable::english, "", 2) == std::vector<KnownWord>{{"ice", 1}, {"of", 1}});
  CHECK(words.size() == 3);
}

TEST_CASE("words in memory: a frequent word beside one that is not") {
  WordIndex words;
  for (int number = 1; number <= 200; ++number) {
    auto const* const text = number % 37 == 0 ? "sea ice drift" : "ice sea ice ice drift";
    words.put(RecordNumber{number}, english({"", "", "", number == 5 ? "sea drift" : text}));
  }
  words.put(RecordNumber{201}, english({"sea ice", "drift", "", "drift sea"}));
  using Numbers = std::vector<RecordNumber>;
  auto const all_but = [](std::vector<int> const& gone) {
    Numbers out;
    for (int number = 1; number <= 200; ++number) {
      if (std::ranges::find(gone, number) == gone.end()) out.push_back(RecordNumber{number});
    }
    return out;
  };
  CHECK(numbers(words.find({.phrase = "sea ice drift"})) ==
        Numbers{RecordNumber{37}, RecordNumber{74}, RecordNumber{111}, RecordNumber{148},
                RecordNumber{185}});
  CHECK(numbers(words.find({.phrase = "ice ice drift"})) == all_but({5, 37, 74, 111, 148, 185}));
  CHECK(numbers(words.find({.phrase = "sea drift"})) == Numbers{RecordNumber{5}});
  CHECK(numbers(words.find({.phrase = "drift sea"})) == Numbers{RecordNumber{201}});
}

TEST_CASE("words in memory: the last word may go on") {
  WordIndex words;
  words.put(RecordNumber{1}, english({"sea ice extent", "", "", "exact seasons"}));
  words.put(RecordNumber{2}, english({"ice", "", "sea icicles", ""}));
  words.put(RecordNumber{3}, english({"seasonal snow", "", "", "ice ice"}));
  using Numbers = std::vector<RecordNumber>;
  auto const find = [&](std::string_view phrase, bool only_title) {
    return numbers(words.find({.phrase = phrase, .is_open = true, .only_title = only_title}));
  };
  CHECK(find("sea ic", false) == Numbers{RecordNumber{1}, RecordNumber{2}});
  CHECK(find("sea ic", true) == Numbers{RecordNumber{1}});
  CHECK(find("sea", true) == Numbers{RecordNumber{1}, RecordNumber{3}});
  CHECK(find("sea", false) == Numbers{RecordNumber{1}, RecordNumber{2}, RecordNumber{3}});
  CHECK(find("ice ice", false) == Numbers{RecordNumber{3}});
  CHECK(find("extent ex", false).empty()); // no phrase goes from one field into the next
  CHECK(find("snow z", false).empty());
  words.remove(RecordNumber{1});
  CHECK(find("sea ic", false) == Numbers{RecordNumber{2}});
}

TEST_CASE("words in memory: who is in a hurry looks at what was put last") {
  WordIndex index;
  for (int number = 1; number <= 9; ++number) {
    index.put(RecordNumber{number}, english({"sea ice", "", "", "sea wind"}));
  }
  index.put(RecordNumber{10}, english({"", "", "", "soil and grass"}));
  auto const find = [&](std::string_view phrase, std::size_t looked_at) {
    return index.find({.phrase = phrase, .looked_at = looked_at});
  };
  using Numbers = std::vector<RecordNumber>;
  Numbers const last_two{RecordNumber{8}, RecordNumber{9}};
  CHECK(numbers(find("sea", 2)) == last_two);
  CHECK(numbers(find("sea ice", 2)) == last_two);
  CHECK(numbers(find("sea wind", 2)) == last_two);
  CHECK(find("sea", 9).size() == 9);
  CHECK(find("sea ice", 20).size() == 9);
  CHECK(find("ice sea", 20).empty());
  for (bool const is_open : {true, false}) {
    CHECK(numbers(index.find(
              {.phrase = "sea", .is_open = is_open, .only_title = true, .looked_at = 2})) ==
          last_two);
  }
  CHECK(index.find({.phrase = "s", .is_open = true, .looked_at = 100}).size() == 10); // sea, soil
  // A word is as rare as it is, however few are looked at.
  CHECK(find("sea", 2).front().score == find("sea", 9).front().score);
  index.remove(RecordNumber{9});
  CHECK(numbers(find("sea", 2)) == Numbers{RecordNumber{7}, RecordNumber{8}});
}

TEST_CASE("words in memory: the score is BM25 with the weights of the fields") {
  WordIndex words;
  words.put(RecordNumber{1}, english({"ice", "", "", "ice x x"})); // 4 words, of weight 5 + 1
  words.put(RecordNumber{2}, english({"", "", "", "x x"}));
  words.put(RecordNumber{3}, english({"", "", "", "x x x"}));
  auto const found = words.find({.phrase = "ice"});
  REQUIRE(found.size() == 1);
  // ln((3 - 1 + 0.5) / (1 + 0.5)) * 6 * 2.2 / (6 + 1.2 * (0.25 + 0.75 * 4 / 3))
  CHECK(found.at(0).score == Approx(0.5108256237659907 * 13.2 / 7.5));
}

TEST_CASE("words in memory find what the stores find, while records change") {
  Texts texts;
  for (auto const& under_test : test::stores()) {
    INFO(under_test.name);
    auto const store = under_test.make();
    auto const writer = store->writer();
    auto const reader = store->reader();
    WordIndex words;
    std::map<std::string, RecordNumber> there;
    for (int round = 0; round < 120; ++round) {
      auto const id = std::to_string(texts.below(40));
      auto const known = there.find(id);
      writer->begin();
      if (known != there.end() && texts.below(4) == 0) {
        writer->remove(known->second);
        words.remove(known->second);
        there.erase(known);
      } else {
        auto write = test::record_write(id);
        if (known != there.end()) write.number = known->second;
        write.words = texts.words();
        there[id] = writer->put(write);
        words.put(there[id], write.words);
      }
      writer->commit();
      reader->begin();
      for (int question = 0; question < 6; ++question) {
        auto const table = all_word_tables.at(texts.below(4));
        auto phrase = texts.word();
        for (auto more = texts.below(3); more > 0; --more) phrase += " " + texts.word();
        bool const only_title = texts.below(4) == 0;
        bool const is_open = texts.below(3) == 0;
        WordSearch asked{
            .table = table, .phrases = {phrase}, .is_open = is_open, .field = {}, .limit = 100};
        if (only_title) asked.field = WordField::title;
        auto const expected = scores(reader->find_words(asked));
        auto const found = scores(words.find({.table = table,
                                              .phrase = phrase,
                                              .is_open = is_open,
                                              .only_title = only_title,
                                              .limit = 100}));
        INFO(phrase);
        REQUIRE(found.size() == expected.size());
        for (auto const& [record, score] : expected) CHECK(found.at(record) == Approx(score));
        auto const begins = texts.word();
        CHECK(words.known(table, begins, 5) == reader->known_words(table, begins, 5));
      }
      reader->end();
    }
  }
}

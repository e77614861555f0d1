#include "catalogue/word_condition.hpp"

#include "catalogue/roll.hpp"
#include "query/free_text.hpp"
#include "query/words.hpp"

#include "support/catch.hpp"

#include <memory>

namespace {

using namespace terracat;
using catalogue::SaidWords;
using catalogue::WordNumbers;

/// Texts as a record says them.
std::string words(std::vector<std::string> const& texts) {
  std::string out;
  for (auto const& text : texts) query::add_words(text, out);
  return out;
}

std::vector<std::uint32_t> phrase(WordNumbers const& numbers, std::string_view text) {
  return numbers.find(text).value();
}

} // namespace

TEST_CASE("words of records have a number as long as some record has them") {
  auto const numbers = std::make_shared<WordNumbers>();
  auto rain = std::make_unique<SaidWords>(numbers, words({"Rain over rain", "Snow"}));
  auto const snow = std::make_unique<SaidWords>(numbers, words({"snow depth"}));
  CHECK(phrase(*numbers, "rain over") == std::vector<std::uint32_t>{1, 2});
  CHECK(phrase(*numbers, "snow") == std::vector<std::uint32_t>{3});
  CHECK(phrase(*numbers, "depth") == std::vector<std::uint32_t>{4});
  CHECK_FALSE(numbers->find("snow fall"));

  rain.reset();
  CHECK_FALSE(numbers->find("rain"));
  CHECK(phrase(*numbers, "snow") == std::vector<std::uint32_t>{3}); // another has it still
  SaidWords const hail(numbers, words({"hail"}));
  CHECK(phrase(*numbers, "hail")[0] <= 2); // a number that is free again
  CHECK(hail.have(phrase(*numbers, "hail")));
  CHECK_FALSE(snow->have(phrase(*numbers, "hail")));
}

TEST_CASE("a phrase stands in one text, its words one behind the other") {
  auto const numbers = std::make_shared<WordNumbers>();
  SaidWords const said(numbers, words({"sea sea surface temperature", "Ice, daily"}));
  CHECK(said.have(phrase(*numbers, "sea")));
  CHECK(said.have(phrase(*numbers, "sea surface")));
  CHECK(said.have(phrase(*numbers, "sea surface temperature")));
  CHECK(said.have(phrase(*numbers, "ice daily")));
  CHECK(said.have(phrase(*numbers, "daily")));
  CHECK_FALSE(said.have(phrase(*numbers, "sea temperature")));
  CHECK_FALSE(said.have(phrase(*numbers, "temperature ice"))); // over the end of a text
  CHECK_FALSE(said.have(phrase(*numbers, "daily daily")));
  CHECK_FALSE(said.have(phrase(*numbers, "sea sea surface temperature daily")));
  SaidWords const silent(numbers, "");
  CHECK_FALSE(silent.have(phrase(*numbers, "sea")));
}

TEST_CASE("words are found by numbers of any size") {
  auto const numbers = std::make_shared<WordNumbers>();
  constexpr int many = 70'000; // more than two bytes tell apart
  std::string text;
  for (int word = 1; word <= many; ++word) text += "w" + std::to_string(word) + " ";
  SaidWords const all(numbers, words({text, "w1"}));
  CHECK(all.size() == many + 2);
  CHECK(all.at(0) == 1);
  CHECK(all.at(many - 1) == many);
  CHECK(all.at(many) == WordNumbers::text_end);
  CHECK(all.have(phrase(*numbers, "w69999 w70000")));
  CHECK(all.have(phrase(*numbers, "w65535 w65536 w65537")));
  CHECK_FALSE(all.have(phrase(*numbers, "w70000 w1")));
  {
    SaidWords const few(numbers, words({"w1 w2"}));
    SaidWords const rare(numbers, words({"w1 w65537 hail"}));
    CHECK(few.have(phrase(*numbers, "w1 w2")));
    CHECK_FALSE(few.have(phrase(*numbers, "w65537"))); // whose lower half is the number of w1
    CHECK(rare.have(phrase(*numbers, "w65537 hail")));
    CHECK_FALSE(rare.have(phrase(*numbers, "w1 hail")));
  }
  CHECK_FALSE(numbers->find("hail"));
  CHECK(numbers->find("w65537"));
}

TEST_CASE("conditions on words are looked up for all records at once") {
  catalogue::ValuePool pool;
  std::vector<catalogue::Roll::Row> rows;
  for (auto const* const title : {"Rain over the sea", "Snow and sea ice", "Sea, rain"}) {
    auto const number = RecordNumber{static_cast<std::int64_t>(rows.size() + 1)};
    catalogue::Entry entry{.number = number};
    entry.title_key = std::string(1, static_cast<char>('a' + rows.size())); // rows stand so
    model::RecordParts parts;
    parts.native_id = "n";
    parts.type = "dataset";
    parts.title = model::LocalText("en", title);
    auto const record = model::Record::make(std::move(parts)).value();
    rows.push_back({.entry = std::make_shared<catalogue::Entry>(std::move(entry)),
                    .facts = std::make_shared<catalogue::RecordFacts const>(
                        record, nullptr, std::span<std::string const>(), pool)});
  }
  catalogue::Roll const roll({}, std::move(rows));
  using Rows = std::vector<std::uint8_t>;
  auto const having = [&](std::string_view text) {
    return rows_that_say(query::read_free_text(text).value(), roll, *pool.words()).value();
  };
  CHECK(having("rain") == Rows{1, 0, 1});
  CHECK(having("the") == Rows{1, 0, 0}); // the last word but one of the first record
  CHECK(having("ice") == Rows{0, 1, 0});
  CHECK(having("sea rain") == Rows{1, 1, 1}); // one of them
  CHECK(having("\"sea rain\"") == Rows{0, 0, 1});
  CHECK(having("snow,rain") == Rows{1, 1, 1});
  CHECK(having("snow AND sea") == Rows{0, 1, 0});
  CHECK(having("rain AND snow") == Rows{0, 0, 0});
  CHECK(having("-rain") == Rows{0, 1, 0});
  CHECK(having("+sea -snow") == Rows{1, 0, 1});
  CHECK(having("hail") == Rows{0, 0, 0}); // nobody has it
  CHECK(having("-hail") == Rows{1, 1, 1});
  CHECK(roll.words()->rows_of(1'000'000).empty());

  query::Like title;
  title.property.name = "title";
  title.pattern = "%rain%";
  auto const is_other = [&](query::Expression const& condition) {
    return !rows_that_say(condition, roll, *pool.words());
  };
  CHECK(is_other({title}));
  query::Or mixed;
  mixed.of = {query::says("rain").value(), {title}};
  CHECK(is_other({mixed}));
  CHECK(is_other({query::Always{}}));
}

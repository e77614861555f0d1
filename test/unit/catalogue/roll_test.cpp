// What searches among records ask of all of them is read once, and follows what changes.

#include "catalogue/roll.hpp"
#include "catalogue/word_keeper.hpp"

#include "index/record_words.hpp"

#include "support/catch.hpp"
#include "support/stores.hpp"

#include <map>

using namespace terracat;
using catalogue::Directory;
using catalogue::Entry;
using catalogue::Roll;
using catalogue::RollKeeper;
using catalogue::WordKeeper;

namespace {

Entry entry(int number, std::string const& title, Sequence change) {
  return {.number = RecordNumber{number},
          .id = "r" + std::to_string(number),
          .source = "source",
          .title = title,
          .record_change = change};
}

/// Says of each record its title as a keyword, and counts who is read.
class Reading {
 public:
  std::shared_ptr<Roll const> roll(Directory const& directory, std::uint64_t epoch = 1) {
    read_.clear();
    return keeper_.at(
        directory, {epoch, directory.last_record_change(), {"en"}}, [this](Entry const& one, bool) {
          read_.push_back(one.id);
          model::RecordParts parts;
          parts.native_id = one.id;
          parts.type = "dataset";
          parts.title = model::LocalText("en", one.title);
          parts.platforms = {model::LocalText("en", one.title)};
          std::vector<std::string> const languages{"en"};
          return std::make_shared<catalogue::RecordFacts const>(
              model::Record::make(std::move(parts)).value(), nullptr, languages, keeper_.pool());
        });
  }

  [[nodiscard]] std::vector<std::string> const& read() const { return read_; }

 private:
  RollKeeper keeper_;
  std::vector<std::string> read_;
};

std::vector<std::string> ids(Roll const& roll) {
  std::vector<std::string> out;
  for (auto const& row : roll.rows()) out.push_back(row.entry->id);
  return out;
}

using Ids = std::vector<std::string>;

} // namespace

TEST_CASE("a roll has all records by title, and reads those alone that changed") {
  Directory directory;
  directory.put(entry(1, "snow", 1));
  directory.put(entry(2, "Ice", 1));
  directory.put_other(entry(3, "ice", 2));
  directory.put(entry(4, "rain", 3));
  Reading reading;
  auto const first = reading.roll(directory);
  CHECK(ids(*first) == Ids{"r3", "r2", "r4", "r1"}); // of one title the newest first
  CHECK(first->numbers()[0] == RecordNumber{3});
  CHECK_FALSE(first->rows()[0].is_collection);
  CHECK_FALSE(first->traits()[0].is_collection);
  CHECK(first->traits()[1].is_collection);
  CHECK(reading.read().size() == 4);
  CHECK(reading.roll(directory) == first);
  CHECK(reading.read().empty());

  directory.put(entry(4, "hail", 5));
  directory.remove(RecordNumber{1});
  directory.note_record_change(6);
  auto const next = reading.roll(directory);
  CHECK(ids(*next) == Ids{"r4", "r3", "r2"});
  CHECK(reading.read() == Ids{"r4"});
  CHECK(next->find(RecordNumber{4}) == 0U);
  CHECK_FALSE(next->find(RecordNumber{1}));
  auto const& platforms = next->column(catalogue::kept_column("platform"));
  CHECK(platforms.kept.at(platforms.values.at(0))->texts.at(0)->text == "hail");
  CHECK(next->column(catalogue::kept_column("formats")).values.at(0) ==
        catalogue::RollColumn::none);

  reading.roll(directory, 2); // another epoch: nothing is known of it
  CHECK(reading.read().size() == 3);
}

TEST_CASE("rows have ranks by what they are sorted by, equal values the same") {
  Directory directory;
  for (int number = 1; number <= 4; ++number) {
    directory.put(entry(number, std::string(1, static_cast<char>('a' + number)), 1));
  }
  Reading reading;
  auto const roll = reading.roll(directory);
  std::vector<query::SortValue> const values{
      std::int64_t{7}, {}, std::int64_t{-3}, std::int64_t{7}};
  std::size_t asked = 0;
  auto const value = [&](std::uint32_t row) {
    ++asked;
    return values.at(row);
  };
  constexpr auto none = Roll::Ranks::none;
  auto const ranks = roll->ranks("updated", value);
  CHECK(ranks->of_rows == std::vector<std::uint32_t>{1, none, 0, 1});
  CHECK(asked == 4);
  CHECK(roll->ranks("updated", value) == ranks);
  CHECK(asked == 4);
  auto const words = [](std::uint32_t row) { return std::string(row < 2 ? "b" : "a"); };
  CHECK(roll->ranks("license", words)->of_rows == std::vector<std::uint32_t>{1, 1, 0, 0});
}

TEST_CASE("periods meet by their ends as by themselves") {
  std::vector<model::Interval> periods;
  for (auto const* const text :
       {"2000-01-01T00:00:00Z/..", "../2000-01-01T00:00:00Z",
        "1999-12-31T23:59:59.999Z/1999-12-31T23:59:59.999Z", "1990-01-01T00:00:00Z",
        "1990-01-01T00:00:00.001Z/2010-01-01T00:00:00Z"}) {
    periods.push_back(
        model::parse_datetime_parameter(text, model::DatetimeReading::strict).value());
  }
  auto const open = model::Bound::open();
  periods.push_back(model::Interval::make(open, open).value());
  auto const year = model::Bound::at(model::Instant(0), model::Precision::year); // 1970
  periods.push_back(model::Interval::instant(year));
  periods.push_back(model::Interval::make(model::Bound::unknown(), year).value());
  periods.push_back(model::Interval::make(year, open).value());
  for (auto const& a : periods) {
    for (auto const& b : periods) {
      CHECK(catalogue::Lasting(a).intersects(catalogue::Lasting(b)) == a.intersects(b));
    }
  }
  CHECK(catalogue::Lasting(model::Interval::instant(year)).last ==
        31'535'999'999); // the last moment of 1970
}

TEST_CASE("words are kept in memory of that state which was read whole") {
  auto const under_test = GENERATE(from_range(test::stores()));
  INFO(under_test.name);
  auto const store = under_test.make();
  auto const writer = store->writer();
  auto const reader = store->reader();
  Directory directory;
  std::map<std::string, RecordNumber> numbers;
  auto const put = [&](std::string const& id, std::string const& word, std::int64_t rules) {
    auto write = test::record_write(id);
    if (numbers.contains(id)) write.number = numbers.at(id);
    write.words.version = rules;
    write.words[WordTable::english] = {word, "", "", ""};
    writer->begin();
    auto const number = writer->put(write);
    auto const sequence = writer->pending().sequence;
    writer->commit();
    numbers[id] = number;
    directory.put({.number = number, .id = id, .title = id, .record_change = sequence});
  };
  auto const found = [&](WordKeeper& keeper, std::string_view word) -> std::optional<std::size_t> {
    reader->begin();
    auto const use = keeper.at(*reader, directory, 1);
    if (use.words() == nullptr) return std::nullopt;
    return use.words()->find({.phrase = word}).size();
  };
  WordKeeper keeper;
  put("a", "ice", index::word_rules);
  put("b", "rain", index::word_rules);
  CHECK(found(keeper, "ice") == 1U);
  put("b", "ice", index::word_rules);
  CHECK(found(keeper, "ice") == 2U);
  CHECK(found(keeper, "rain") == 0U);

  put("b", "ice", index::word_rules - 1); // it is still to get the words of today
  CHECK_FALSE(found(keeper, "ice"));
  put("b", "hail", index::word_rules);
  CHECK(found(keeper, "hail") == 1U);

  directory.remove(numbers.at("a"));
  directory.note_record_change(directory.last_record_change() + 1);
  CHECK(found(keeper, "ice") == 0U);
}

TEST_CASE("who asks reads the words of few records, and leaves many to who prepares") {
  auto const store = test::stores().front().make();
  auto const writer = store->writer();
  Directory directory;
  writer->begin();
  for (int number = 0; number < 300; ++number) {
    auto write = test::record_write("r" + std::to_string(number));
    write.words.version = index::word_rules;
    write.words[WordTable::english] = {"ice", "", "", ""};
    auto const put = writer->put(write);
    directory.put({.number = put, .id = write.id, .record_change = writer->pending().sequence});
  }
  writer->commit();
  auto const reader = store->reader();
  reader->begin();
  WordKeeper keeper;
  CHECK(keeper.at(*reader, directory, 1).words() == nullptr);
  keeper.prepare(*reader, directory, 1);
  auto const use = keeper.at(*reader, directory, 1);
  REQUIRE(use.words() != nullptr);
  CHECK(use.words()->find({.phrase = "ice"}).size() == 300);
}

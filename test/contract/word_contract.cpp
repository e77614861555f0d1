// Which records are found by words, and how well each fits. Each case runs over all stores.

#include "support/catch.hpp"
#include "support/stores.hpp"

#include <random>

using namespace terracat;
using namespace terracat::test;

namespace {

using Table = WordTable;

RecordWords words(Table table, FieldWords const& fields) {
  RecordWords out;
  out.version = 1;
  out[table] = fields;
  return out;
}

/// Records of one store, each with its words.
class Shelf {
 public:
  explicit Shelf(StoreUnderTest const& under_test)
      : store_(under_test.make()), reader_(store_->reader()), writer_(store_->writer()) {}

  RecordNumber put(std::string const& id, RecordWords const& record_words,
                   std::optional<RecordNumber> number = {}) {
    auto write = record_write(id);
    write.number = number;
    write.words = record_words;
    writer_->begin();
    auto const put = writer_->put(write);
    writer_->commit();
    return put;
  }

  RecordNumber put(std::string const& id, FieldWords const& fields) {
    return put(id, words(Table::english, fields));
  }

  store::Writer& writer() { return *writer_; }

  store::Store& store() { return *store_; }

  store::Reader& reader() {
    reader_->begin();
    return *reader_;
  }

  std::vector<RecordNumber> found(WordSearch const& search) {
    std::vector<RecordNumber> out;
    for (auto const& match : reader().find_words(search)) out.push_back(match.record);
    return out;
  }

 private:
  std::unique_ptr<store::Store> store_;
  std::unique_ptr<store::Reader> reader_;
  std::unique_ptr<store::Writer> writer_;
};

using Numbers = std::vector<RecordNumber>;

} // namespace

#define FOR_EACH_SHELF(shelf)                                                                      \
  auto const under_test = GENERATE(from_range(stores()));                                          \
  INFO(under_test.name);                                                                           \
  Shelf shelf(under_test)

TEST_CASE("a record is found by its words, and the better the more they are of it") {
  FOR_EACH_SHELF(shelf);
  auto const once = shelf.put("once", {"sea", "", "", "ice and much else that is said of it"});
  auto const title = shelf.put("title", {"ice", "", "", "short"});
  auto const none = shelf.put("none", {"rain", "", "", "wind"});
  for (auto const* const other : {"a", "b", "c"}) shelf.put(other, {"wind", "", "", ""});
  CHECK(shelf.found({.phrases = {"ice"}}) == Numbers{title, once});
  CHECK(shelf.found({.phrases = {"ice", "rain"}}) == Numbers{none, title, once});
  CHECK(shelf.found({.phrases = {"ic"}}).empty());
  CHECK(shelf.found({.table = Table::french, .phrases = {"ice"}}).empty());
  CHECK(shelf.found({.phrases = {"ice"}, .limit = 1}) == Numbers{title});
}

TEST_CASE("a phrase stands in one field, its words one behind the other") {
  FOR_EACH_SHELF(shelf);
  auto const whole = shelf.put("whole", {"sea ice extent", "", "", ""});
  shelf.put("apart", {"sea", "ice", "", "sea of ice"});
  shelf.put("turned", {"ice sea", "", "", ""});
  CHECK(shelf.found({.phrases = {"sea ice"}}) == Numbers{whole});
  CHECK(shelf.found({.phrases = {"sea ice exten"}}).empty());
  CHECK(shelf.found({.phrases = {"sea ice ex"}, .is_open = true}) == Numbers{whole});
  CHECK(shelf.found({.phrases = {"extent"}, .field = WordField::text}).empty());
  CHECK(shelf.found({.phrases = {"extent"}, .field = WordField::title}) == Numbers{whole});
}

TEST_CASE("the score is BM25 with the weights of the fields") {
  FOR_EACH_SHELF(shelf);
  shelf.put("a", {"ice", "", "", "ice x x"}); // 4 words, of weight 5 + 1
  shelf.put("b", {"", "", "", "x x"});
  shelf.put("c", {"", "", "", "x x x"});
  auto const found = shelf.reader().find_words({.phrases = {"ice"}});
  REQUIRE(found.size() == 1);
  // ln((3 - 1 + 0.5) / (1 + 0.5)) * 6 * 2.2 / (6 + 1.2 * (0.25 + 0.75 * 4 / 3))
  CHECK(found.at(0).score == Approx(0.5108256237659907 * 13.2 / 7.5));
}

TEST_CASE("capitals beyond ASCII and signs of identifiers are kept") {
  FOR_EACH_SHELF(shelf);
  auto const acronym = shelf.put("a", words(Table::exact, {"ＥＴ", "", "", "10.5555/x.y-1_2"}));
  shelf.put("b", words(Table::exact, {"et", "", "", "10.5555/x"}));
  CHECK(shelf.found({.table = Table::exact, .phrases = {"ＥＴ"}}) == Numbers{acronym});
  CHECK(shelf.found({.table = Table::exact, .phrases = {"10.5555/x.y-1_2"}}) == Numbers{acronym});
}

TEST_CASE("a record that is replaced or gone is not found by what it said") {
  FOR_EACH_SHELF(shelf);
  auto const number = shelf.put("a", {"ice", "", "", ""});
  shelf.put("b", {"rain", "", "", ""});
  shelf.put("a", words(Table::french, {"glac", "", "", ""}), number);
  CHECK(shelf.found({.phrases = {"ice"}}).empty());
  CHECK(shelf.found({.table = Table::french, .phrases = {"glac"}}) == Numbers{number});
  CHECK(shelf.reader().record_words(number)->tables[0][0] == "glac");
  shelf.writer().begin();
  shelf.writer().remove(number);
  shelf.writer().commit();
  CHECK(shelf.found({.table = Table::french, .phrases = {"glac"}}).empty());
  CHECK_FALSE(shelf.reader().record_words(number));
  CHECK(shelf.store().check(store::Depth::whole, [](double) {}).empty());
}

TEST_CASE("a transaction finds what it put by its words, and not what it removed") {
  FOR_EACH_SHELF(shelf);
  auto const a = shelf.put("a", {"ice", "", "", ""});
  auto const b = shelf.put("b", {"rain", "", "", ""});
  auto& writer = shelf.writer();
  auto const put = [&](std::string const& id, std::string const& title,
                       std::optional<RecordNumber> number) {
    auto write = record_write(id);
    write.number = number;
    write.words = words(Table::english, {title, "", "", ""});
    return writer.put(write);
  };
  auto const found = [&](std::string const& word) {
    Numbers out;
    for (auto const& match : writer.reader().find_words({.phrases = {word}})) {
      out.push_back(match.record);
    }
    return out;
  };
  writer.begin();
  auto const c = put("c", "ice", {});
  put("a", "snow", a);
  CHECK(found("ice") == Numbers{c});
  CHECK(found("snow") == Numbers{a});
  put("a", "hail", a);
  put("a", "sleet", a); // of several, the last one counts
  writer.remove(b);
  auto const d = put("d", "rain", {});
  writer.remove(put("e", "rain", {}));
  CHECK(writer.reader().known_words(Table::english, "rain", 10) ==
        std::vector<KnownWord>{{"rain", 1}});
  writer.commit();
  CHECK(shelf.found({.phrases = {"sleet"}}) == Numbers{a});
  CHECK(shelf.found({.phrases = {"rain"}}) == Numbers{d});
  for (auto const* const gone : {"snow", "hail"}) CHECK(shelf.found({.phrases = {gone}}).empty());
  CHECK(shelf.store().check(store::Depth::whole, [](double) {}).empty());
}

TEST_CASE("a transaction may put more words than are worth waiting for") {
  FOR_EACH_SHELF(shelf);
  std::string long_text;
  while (long_text.size() < 400'000) long_text += "ice ";
  shelf.writer().begin();
  Numbers numbers;
  for (auto const* const id : {"a", "b", "c", "d"}) {
    auto write = record_write(id);
    write.words = words(Table::english, {id, "", "", long_text});
    numbers.push_back(shelf.writer().put(write));
  }
  shelf.writer().commit();
  CHECK(shelf.found({.phrases = {"ice"}}).size() == 4);
  CHECK(shelf.found({.phrases = {"d"}}) == Numbers{numbers.back()});
  CHECK(shelf.store().check(store::Depth::whole, [](double) {}).empty());
}

TEST_CASE("what a transaction did that was rolled back nobody finds") {
  FOR_EACH_SHELF(shelf);
  auto const number = shelf.put("a", {"ice", "", "", ""});
  shelf.writer().begin();
  auto write = record_write("a");
  write.number = number;
  write.words = words(Table::english, {"snow", "", "", ""});
  shelf.writer().put(write);
  shelf.writer().rollback();
  CHECK(shelf.found({.phrases = {"ice"}}) == Numbers{number});
  shelf.put("b", {"rain", "", "", ""}); // whose transaction knows nothing of the one before
  CHECK(shelf.found({.phrases = {"snow"}}).empty());
  CHECK(shelf.store().check(store::Depth::whole, [](double) {}).empty());
}

TEST_CASE("words of other rules are told, and put in their place without a change of the record") {
  FOR_EACH_SHELF(shelf);
  auto const a = shelf.put("a", {"ice", "", "", ""});
  auto const b = shelf.put("b", {"rain", "", "", ""});
  auto const before = shelf.reader().begin();
  CHECK(shelf.reader().records_of_other_words(2, {}, 10) == Numbers{a, b});
  CHECK(shelf.reader().records_of_other_words(2, {}, 1) == Numbers{a});
  auto newer = words(Table::english, {"snow", "", "", ""});
  newer.version = 2;
  shelf.writer().begin();
  shelf.writer().put_words(a, newer);
  shelf.writer().commit();
  CHECK(shelf.reader().records_of_other_words(2, {}, 10) == Numbers{b});
  CHECK(shelf.reader().records_of_other_words(1, {}, 10) == Numbers{a});
  CHECK(shelf.found({.phrases = {"snow"}}) == Numbers{a});
  CHECK(shelf.reader().begin() == before);
}

TEST_CASE("words that other rules made are waited for, and no damage") {
  FOR_EACH_SHELF(shelf);
  auto const number = shelf.put("a", {"ice", "", "", ""});
  auto write = record_write("a");
  write.words = words(Table::english, {"snow", "", "", ""});
  CHECK(shelf.reader().differences(number, write) == std::vector<std::string>{"words"});
  write.words.version = 2;
  CHECK(shelf.reader().differences(number, write).empty());
}

TEST_CASE("the words of a table are known by how they begin") {
  FOR_EACH_SHELF(shelf);
  shelf.put("a", {"sea ice", "", "season", "sea sea"});
  shelf.put("b", {"seal", "", "", "ice"});
  CHECK(shelf.reader().known_words(Table::english, "sea", 10) ==
        std::vector<KnownWord>{{"sea", 1}, {"seal", 1}, {"season", 1}});
  CHECK(shelf.reader().known_words(Table::english, "ice", 10) ==
        std::vector<KnownWord>{{"ice", 2}});
  CHECK(shelf.reader().known_words(Table::english, "", 1) == std::vector<KnownWord>{{"ice", 2}});
  CHECK(shelf.reader().known_words(Table::french, "", 10).empty());
}

TEST_CASE("mending makes the index of words anew") {
  FOR_EACH_SHELF(shelf);
  auto const number = shelf.put("a", {"ice", "", "", ""});
  shelf.writer().begin();
  static_cast<void>(shelf.writer().mend([] {})); // the shelf has no identifiers
  CHECK(shelf.writer().mend([] {}) == std::vector<std::string>{});
  shelf.writer().commit();
  CHECK(shelf.found({.phrases = {"ice"}}) == Numbers{number});
}

TEST_CASE("all stores find the same records with the same scores") {
  std::mt19937 random(7); // NOLINT: the same each time
  auto const word = [&] { return std::string(1, static_cast<char>('a' + random() % 12)); };
  auto const text = [&](std::size_t most) {
    std::string out;
    for (auto left = random() % (most + 1); left > 0; --left) out += word() + " ";
    return out;
  };
  auto const all = stores();
  std::vector<std::unique_ptr<Shelf>> shelves;
  for (auto const& one : all) shelves.push_back(std::make_unique<Shelf>(one));
  for (int record = 0; record < 60; ++record) {
    RecordWords made;
    made.version = 1;
    for (auto& table : made.tables) table = {text(2), text(2), text(3), text(12)};
    for (auto const& shelf : shelves) shelf->put(std::to_string(record), made);
  }
  for (int question = 0; question < 200; ++question) {
    WordSearch search{.table = all_word_tables.at(random() % 4),
                      .phrases = {word()},
                      .is_open = random() % 4 == 0,
                      .field = {},
                      .limit = 40};
    if (random() % 2 == 0) search.phrases.front() += " " + word();
    if (random() % 3 == 0) search.phrases.push_back(word());
    if (random() % 4 == 0) search.field = static_cast<WordField>(random() % 4);
    auto const expected = shelves.at(0)->reader().find_words(search);
    for (auto const& shelf : shelves) {
      auto const found = shelf->reader().find_words(search);
      REQUIRE(found.size() == expected.size());
      for (std::size_t place = 0; place < found.size(); ++place) {
        CHECK(found[place].score == Approx(expected[place].score));
      }
    }
  }
}

// What is made of records and documents ahead of the writer.

#include "catalogue_file.hpp"

using namespace terracat;
using namespace terracat::store;

namespace {

RecordWrite whole_record(std::string const& id) {
  auto write = test::record_write(id, "Sea ice");
  write.texts = {
      .record = R"({"id":"ice"})", .body = R"({"type":)", .extent = "{}", .summaries = ""};
  write.words.version = 7;
  write.words[WordTable::french] = {"glace mer", "", "", "glace"};
  return write;
}

Document document() {
  return {.source = "source-a", .native_id = "ice", .bytes = "<ice/>"};
}

/// The values that the file keeps, as bytes.
std::vector<std::string> kept(File const& file) {
  Connection const connection(file.path(), Connection::Use::read);
  auto select = connection.prepare("SELECT whole, body, extent, summaries, w.words, d.bytes FROM "
                                   "record_text AS t JOIN record_words AS w USING (record), "
                                   "document AS d");
  Execution run(select);
  REQUIRE(run.step());
  std::vector<std::string> out;
  for (int column = 0; column < 6; ++column) out.emplace_back(run.row().text(column));
  return out;
}

} // namespace

TEST_CASE("a file is the same whether or not records and documents were made ready") {
  std::vector<std::vector<std::string>> files;
  for (bool const is_prepared : {false, true}) {
    File const file;
    auto const store = file.open();
    auto const writer = store->writer();
    auto record = whole_record("ice");
    auto read = document();
    if (is_prepared) {
      auto const preparer = store->preparer();
      preparer->prepare(record);
      preparer->prepare(read);
      CHECK(record.prepared.has_value());
      CHECK_FALSE(read.prepared.empty());
    }
    writer->begin();
    auto const number = writer->put(record);
    writer->put_document(read);
    writer->commit();
    auto const reader = store->reader();
    reader->begin();
    CHECK(reader->record_texts(number) == record.texts);
    CHECK(reader->record_words(number) == record.words);
    CHECK(reader->document("source-a", "ice")->bytes == "<ice/>");
    CHECK(store->check(Depth::values, [](double) {}).empty());
    files.push_back(kept(file));
  }
  CHECK(files.front() == files.back());
}

TEST_CASE("the writer takes what was made ready as it is") {
  File const file;
  auto const store = file.open();
  auto const preparer = store->preparer();
  auto other = whole_record("ice");
  other.texts.extent = R"({"other":1})";
  preparer->prepare(other);
  auto record = whole_record("ice");
  record.prepared = other.prepared;
  auto const writer = store->writer();
  writer->begin();
  auto const number = writer->put(record);
  writer->commit();
  auto const reader = store->reader();
  reader->begin();
  CHECK(reader->record_texts(number)->extent == other.texts.extent);
}

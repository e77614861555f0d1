// What a catalogue file keeps of an index, when it rots.

#include "store/sqlite/database.hpp"
#include "store/stores.hpp"
#include "support/catch.hpp"
#include "support/stores.hpp"
#include "support/temporary_folder.hpp"

using namespace terracat;
using namespace terracat::store;
using Catch::Matchers::Contains;

namespace {

std::string some_bytes() {
  std::string out;
  for (int i = 0; i < 600; ++i) out += static_cast<char>(i * 37);
  return out;
}

/// A catalogue whose segments somebody else changes.
class File {
 public:
  File() {
    writer_->begin();
    writer_->put_segment(SegmentNumber{1}, some_bytes());
    writer_->put_segment(SegmentNumber{2}, some_bytes());
    writer_->commit();
  }

  void change(std::size_t at) const {
    auto bytes = some_bytes();
    bytes[at] = static_cast<char>(bytes[at] ^ 0x10);
    Connection const connection(path_, Connection::Use::write);
    auto update = connection.prepare("UPDATE segment SET bytes = ? WHERE number = 2");
    Execution run(update);
    update.bind_blob(1, bytes);
    run.finish();
  }

  [[nodiscard]] std::string read(std::int64_t number) const {
    auto const reader = store_->reader();
    reader->begin();
    std::string out;
    reader->segment(SegmentNumber{number}, [&](std::string_view bytes) { out = bytes; });
    return out;
  }

  [[nodiscard]] Store& store() const { return *store_; }

  [[nodiscard]] Writer& writer() const { return *writer_; }

 private:
  test::TemporaryFolder folder_;
  std::string path_ = (folder_.path() / "c.sqlite").string();
  std::unique_ptr<Store> store_ = open_store(path_, Access::write);
  std::unique_ptr<Writer> writer_ = store_->writer();
};

} // namespace

TEST_CASE("every byte of a segment that is not what was written is noticed") {
  File const file;
  CHECK(file.read(2) == some_bytes());
  for (std::size_t at = 0; at < some_bytes().size(); ++at) {
    file.change(at);
    REQUIRE_THROWS_WITH(file.read(2), Contains("segment 2 is damaged"));
  }
  CHECK(file.read(1) == some_bytes());
}

TEST_CASE("a damaged segment is told by a check, and dropped by a repair") {
  File const file;
  CHECK(file.store().check(Depth::whole, [](double) {}).empty());
  file.change(100);
  for (auto const& faults : {file.store().check(Depth::whole, [](double) {}),
                             file.store().check(Depth::values, [](double) {})}) {
    REQUIRE(faults.size() == 1);
    CHECK_THAT(faults.front(), Contains("segment 2") && Contains("derived"));
  }
  file.writer().begin();
  CHECK(file.writer().mend([] {}) ==
        std::vector<std::string>{"1 damaged segments dropped, which are made anew"});
  file.writer().commit();
  CHECK(file.store().check(Depth::whole, [](double) {}).empty());
  CHECK(file.read(2).empty());
  CHECK(file.read(1) == some_bytes());
}

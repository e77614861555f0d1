#include "run/sparing.hpp"

#include "support/catch.hpp"

#include <memory>
#include <string>
#include <utility>
#include <vector>

/// Checkpoints that grow with what a run has seen.
using namespace terracat;

namespace {

constexpr std::size_t on_page = 100; ///< documents
constexpr std::size_t of_id = 12;    ///< bytes

/// Brings pages of documents, each with a checkpoint that has room for all ids up to there.
class Growing : public kinds::Harvester {
 public:
  explicit Growing(std::size_t pages) : pages_(pages) {}

  [[nodiscard]] std::optional<kinds::Page> next(std::stop_token) override {
    if (page_ == pages_) return std::nullopt;
    ++page_;
    kinds::Page out;
    out.documents.resize(on_page);
    out.checkpoint = std::string(page_ * on_page * of_id, 'x');
    return out;
  }

  [[nodiscard]] bool complete() const noexcept override { return page_ == pages_; }

 private:
  std::size_t pages_;
  std::size_t page_ = 0;
};

/// The numbers of the pages whose checkpoints are stored, from 1.
std::vector<std::size_t> stored(std::size_t pages) {
  run::Sparing sparing(std::make_unique<Growing>(pages));
  std::vector<std::size_t> out;
  for (std::size_t page = 1; auto const one = sparing.next({}); ++page) {
    CHECK(one->documents.size() == on_page);
    if (!one->checkpoint.empty()) out.push_back(page);
  }
  CHECK(sparing.complete());
  return out;
}

} // namespace

TEST_CASE("small checkpoints are all stored, and of large ones those that lead far enough") {
  // 54 pages have 64,800 bytes, the 55th is the first that is large: 343 documents have to come.
  // Four pages on they are 400, and the checkpoint has 69,600 bytes, for which 362 are enough.
  auto const pages = stored(70);
  REQUIRE(pages.size() > 55);
  CHECK(pages[53] == 54);
  CHECK(pages[54] == 58);
  CHECK(pages[55] == 62); // 74,400 bytes: 387
}

TEST_CASE("what is stored in all is some times the last one, and little is walked again") {
  constexpr std::size_t all = 1'000; // pages, 1.2 MB at the end
  auto const pages = stored(all);
  std::size_t bytes = 0;
  std::size_t before = 0;
  for (auto const page : pages) {
    bytes += page * on_page * of_id;
    CHECK(page - before <= page / 16 + 1);
    before = page;
  }
  CHECK(all - before <= all / 16 + 1);
  CHECK(bytes < 22'000'000); // 1.8 MB of small ones, then 16 times 1.2 MB; of all pages 600 MB
}

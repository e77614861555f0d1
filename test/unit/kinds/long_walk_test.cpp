#include "kinds/csw/csw.hpp"
#include "kinds/oai_pmh/oai_pmh.hpp"
#include "kinds/peer/peer.hpp"

#include "fake_csw.hpp"
#include "fake_oai.hpp"
#include "support/catch.hpp"
#include "support/harvest.hpp"

#include <set>

/// Sources of so many ids that a checkpoint of theirs is large.
using namespace terracat;
using namespace terracat::kinds;
using namespace terracat::test;

namespace {

constexpr std::size_t count = 21'000;
constexpr std::size_t on_page = 700;
constexpr std::size_t cut_after = 29; ///< pages, which have 20,300

Source source_at(std::string address, std::string options = "{}") {
  Source source;
  source.name = "s";
  source.address = std::move(address);
  source.options = std::move(options);
  return source;
}

/// The ids of a run that is cut after its 29th page and gone on with.
void check(Starter const& start) {
  auto const run = killed_and_resumed(start, cut_after);
  CHECK(run.complete);
  CHECK(run.documents.size() == count);
  auto const ids = run.ids();
  CHECK(std::set(ids.begin(), ids.end()).size() == count);
}

/// A feed of records, of which the last one has gone.
std::string feed(std::string const& url) {
  constexpr auto epoch = "0123456789abcdef-";
  auto const at = url.find("since=");
  auto const since = at == std::string::npos ? 0 : std::stoul(url.substr(at + 6 + 17));
  auto const next = std::min(since + on_page, count + 1);
  std::string told;
  for (auto i = since + 1; i <= next; ++i) {
    told += (told.empty() ? R"({"cursor":")" : R"(,{"cursor":")") + (epoch + std::to_string(i)) +
            R"(","op":")" + (i > count ? "delete" : "upsert") + R"(","type":"record","id":"r)" +
            std::to_string(i > count ? 1 : i) + R"("})";
  }
  return R"({"changes":[)" + told + R"(],"next":")" + epoch + std::to_string(next) +
         R"(","at_end":)" + (next > count ? "true" : "false") + R"(,"held":{"records":)" +
         std::to_string(count - 1) + "}}";
}

} // namespace

TEST_CASE("a long list that is cut is proven all the same: csw") {
  FakeCsw csw(count);
  auto fetcher = csw.fetcher();
  auto const source = source_at("https://csw.example/csw", R"({"page_size":700})");
  check([&](auto checkpoint) { return csw::start(source, fetcher, checkpoint, What::ids); });
}

TEST_CASE("a long list that is cut is proven all the same: oai-pmh") {
  FakeOai oai(count);
  oai.page = on_page;
  auto fetcher = oai.fetcher();
  auto const source = source_at("https://repository.example/oai");
  check([&](auto checkpoint) { return oai_pmh::start(source, fetcher, checkpoint, What::ids); });
}

TEST_CASE("a long list that is cut is proven all the same: terracat") {
  CannedFetcher fetcher([](fetch::Request const& request) {
    return fetch::Response{.status = 200, .body = feed(request.url), .url = request.url};
  });
  auto const source = source_at("https://peer.example", R"({"page_size":700})");
  check([&](auto checkpoint) { return peer::start(source, fetcher, checkpoint, What::ids); });
}

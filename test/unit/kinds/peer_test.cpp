#include "kinds/peer/peer.hpp"

#include "support/canned_fetcher.hpp"
#include "support/catch.hpp"
#include "support/harvest.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

/// Another catalogue as a source. Its feed is made up here, change by change.
using namespace terracat;
using namespace terracat::test;
using Strings = std::vector<std::string>;

namespace {

constexpr auto epoch = "0123456789abcdef";

Source source_with(std::string options = R"({"page_size":2})") {
  Source source;
  source.address = "https://peer.example/base";
  source.options = std::move(options);
  return source;
}

struct Change {
  std::int64_t sequence = 0;
  std::string id;
  std::string collection = {}; ///< of an item
  bool is_gone = false;
  bool has_content = true;
  bool has_moved = false;
  int made = 0;       ///< which record it is; 0: not told
  int yielded_to = 0; ///< which record took its id; 0: none
};

/// A catalogue that has seen these changes, in order; its traps are members.
struct FakePeer {
  std::vector<Change> changes;
  std::size_t records = 0; ///< that it says it has
  std::size_t items = 0;
  std::string history = epoch;
  bool is_stuck = false;             ///< the cursor does not move
  std::string began = {};            ///< what its cursors end with
  std::int64_t forgets_from = 1'000; ///< no cursor is known from there on

  [[nodiscard]] std::string text_of(Change const& change) const {
    auto out = R"({"cursor":")" + history + "-" + std::to_string(change.sequence) + began +
               R"(","op":")" + (change.is_gone ? "delete" : "upsert") + R"(","type":")" +
               (change.collection.empty() ? "record" : "item") + R"(","id":")" + change.id + '"';
    if (!change.collection.empty()) out += R"(,"collection":")" + change.collection + '"';
    if (change.has_moved) out += R"(,"moved":true)";
    if (change.made != 0) out += R"(,"made":)" + std::to_string(change.made);
    if (change.yielded_to != 0) out += R"(,"yielded_to":)" + std::to_string(change.yielded_to);
    if (!change.is_gone && change.has_content) {
      out += change.collection.empty() ? R"(,"record":{"record":1,"native_id":"x"})"
                                       : R"(,"item":{"id":")" + change.id + R"("})";
    }
    return out + "}";
  }

  [[nodiscard]] std::string page(std::string const& url) const {
    auto const at = url.find("since=");
    std::int64_t since = 0;
    if (at != std::string::npos) {
      auto const text = url.substr(at + 6);
      if (!text.starts_with(history)) throw CannedFetcher::status(410);
      since = std::stoll(text.substr(17));
      if (since >= forgets_from) throw CannedFetcher::status(410);
    }
    std::string told;
    std::size_t count = 0;
    auto next = since;
    bool is_at_end = true;
    for (auto const& change : changes) {
      if (change.sequence <= since) continue;
      if (count == 2) {
        is_at_end = false;
        break;
      }
      told += (count++ == 0 ? "" : ",") + text_of(change);
      next = change.sequence;
    }
    if (is_stuck) next = since;
    return R"({"changes":[)" + told + R"(],"next":")" + history + "-" + std::to_string(next) +
           began + R"(","at_end":)" + (is_at_end && !is_stuck ? "true" : "false") +
           R"(,"held":{"records":)" + std::to_string(records) + R"(,"items":)" +
           std::to_string(items) + "}}";
  }

  /// It must outlive its fetchers.
  [[nodiscard]] CannedFetcher fetcher() const {
    return CannedFetcher([this](fetch::Request const& request) {
      return fetch::Response{.status = 200, .body = page(request.url), .url = request.url};
    });
  }
};

Harvest run_over(FakePeer const& peer, std::string options = R"({"page_size":2})") {
  auto fetcher = peer.fetcher();
  return harvest(*kinds::peer::start(source_with(std::move(options)), fetcher, {}));
}

std::string cursor_after(FakePeer const& peer, std::string options = R"({"page_size":2})") {
  auto fetcher = peer.fetcher();
  auto const harvester = kinds::peer::start(source_with(std::move(options)), fetcher, {});
  CHECK(harvest(*harvester).complete);
  return harvester->cursor();
}

struct Changes {
  Strings ids;
  Strings gone;
  bool complete = false;
  std::string cursor;
};

Changes changes_since(FakePeer const& peer, std::string_view cursor,
                      std::string options = R"({"page_size":2})") {
  auto fetcher = peer.fetcher();
  auto const harvester = kinds::peer::start_changes(source_with(std::move(options)), fetcher,
                                                    cursor, model::Instant(0));
  Changes out;
  while (auto page = harvester->next({})) {
    for (auto const& document : page->documents) out.ids.push_back(document.native_id);
    for (auto const& gone : page->gone) out.gone.push_back(gone.native_id);
  }
  out.complete = harvester->complete();
  out.cursor = harvester->cursor();
  return out;
}

} // namespace

TEST_CASE("terracat: the feed from its beginning on is all that the other catalogue has") {
  FakePeer const peer{.changes = {{1, "a"}, {2, "old", "", true}, {4, "b"}, {7, "c"}},
                      .records = 3};
  auto fetcher = peer.fetcher();
  auto const harvester = kinds::peer::start(source_with(), fetcher, {});
  CHECK(harvester->coverage() == kinds::Coverage::records);
  auto const all = harvest(*harvester);
  CHECK(all.ids() == Strings{"a", "b", "c"});
  CHECK(all.complete);
  CHECK(all.codes().empty());
  CHECK(all.announced == 3);
  CHECK(all.documents[0].format == "terracat");
  CHECK(all.documents[0].address == "https://peer.example/base/d/a");
  CHECK(all.documents[0].bytes == R"({"id":"a","terracat:record":{"record":1,"native_id":"x"}})");
  CHECK(fetcher.urls() ==
        Strings{"https://peer.example/base/changes?limit=2&items=false&content=true",
                "https://peer.example/base/changes?limit=2&items=false&content=true&since="
                "0123456789abcdef-2"});
}

TEST_CASE("terracat: items come if they are wanted, and are counted, too") {
  std::string const options = R"({"items":true})";
  FakePeer peer{.changes = {{1, "a"}, {2, "i", "a"}, {3, "j", "a"}}, .records = 1, .items = 2};
  auto const all = run_over(peer, options);
  CHECK(all.ids() == Strings{"a", "i", "j"});
  CHECK(all.documents[1].format == "stac-item");
  CHECK(all.documents[1].collection == "a");
  CHECK(all.documents[1].address == "https://peer.example/base/stac/collections/a/items/i");
  CHECK(all.complete);
  peer.items = 3;
  CHECK_FALSE(run_over(peer, options).complete);
  CHECK(run_over(peer).ids() == Strings{"a"}); // told all the same, and passed over
  CHECK(run_over(peer).complete);
}

TEST_CASE("terracat: a feed that is not what it says is not complete") {
  FakePeer peer{.changes = {{1, "a"}, {2, "b"}, {3, "c"}}, .records = 4};
  CHECK(run_over(peer).codes() == Strings{"list-cut-short"});
  CHECK_FALSE(run_over(peer).complete);
  peer.records = 2;
  CHECK_FALSE(run_over(peer).complete);
  peer.records = 3;
  peer.is_stuck = true;
  auto const stuck = run_over(peer);
  CHECK_FALSE(stuck.complete);
  CHECK(stuck.checkpoints.size() < 3);
  CHECK_FALSE(run_over({.changes = {}, .records = 0}).complete); // nothing proves nothing
}

TEST_CASE("terracat: a change that goes back in history, or cannot be read, is reported") {
  FakePeer peer{.changes = {{3, "a"}, {5, "b"}, {9, "c"}}, .records = 3};
  peer.changes[2].has_content = false;
  CHECK(run_over(peer).codes() == Strings{"not-delivered"});
  CHECK_FALSE(run_over(peer).complete);
  CannedFetcher circles([](fetch::Request const& request) {
    return fetch::Response{
        .status = 200,
        .body = R"({"changes":[{"cursor":"0123456789abcdef-9","op":"upsert","type":"record",)"
                R"("id":"a","record":{}}],"next":"0123456789abcdef-4","at_end":false,)"
                R"("held":{"records":1}})",
        .url = request.url};
  });
  auto const all = harvest(*kinds::peer::start(source_with(), circles, {}));
  CHECK(all.ids().empty());
  CHECK(all.codes() == Strings{"list-in-circles", "list-in-circles", "list-in-circles"});
  CHECK_FALSE(all.complete);
}

TEST_CASE("terracat: what is no feed ends the run") {
  for (auto const* const body : {"", "{}", "[]", R"({"changes":[],"next":"x","at_end":true})",
                                 R"({"changes":{},"next":"0123456789abcdef-4","at_end":true})",
                                 R"({"changes":[],"next":"0123456789abcdef-4"})",
                                 R"({"changes":[],"next":"0123456789abcdef-4-","at_end":true})",
                                 R"({"changes":[],"next":"0123456789abcdef-4-5-6","at_end":true})",
                                 "<html>Sign in</html>"}) {
    CannedFetcher fetcher([body](fetch::Request const& request) {
      return fetch::Response{.status = 200, .body = body, .url = request.url};
    });
    auto const harvester = kinds::peer::start(source_with(), fetcher, {});
    CHECK_THROWS_AS(harvester->next({}), kinds::ProtocolError);
  }
}

TEST_CASE("terracat: a run that is killed goes on, and knows what it has seen") {
  FakePeer const peer{.changes = {{1, "a"}, {2, "b"}, {3, "c"}, {4, "d"}, {6, "e"}}, .records = 5};
  for (std::size_t pages = 0; pages < 4; ++pages) {
    auto fetcher = peer.fetcher();
    auto const all = killed_and_resumed(
        [&](std::string_view checkpoint) {
          return kinds::peer::start(source_with(), fetcher, checkpoint);
        },
        pages);
    CHECK(all.ids() == Strings{"a", "b", "c", "d", "e"});
    CHECK(all.complete);
  }
}

TEST_CASE("terracat: what changes while the feed is read comes once more, and counts once") {
  FakePeer peer{.changes = {{1, "a"}, {2, "b"}, {3, "c"}}, .records = 3};
  auto fetcher = peer.fetcher();
  auto const harvester = kinds::peer::start(source_with(), fetcher, {});
  CHECK(harvester->next({}).has_value());
  // "a" is changed, "b" goes, "d" comes.
  peer.changes = {{3, "c"}, {4, "a"}, {5, "b", "", true}, {6, "d"}};
  auto const rest = harvest(*harvester);
  CHECK(rest.ids() == Strings{"c", "a", "d"});
  CHECK(rest.complete);
}

TEST_CASE("terracat: behind the cursor of a complete run come changes alone, and what has gone") {
  FakePeer peer{.changes = {{1, "a"}, {2, "b"}, {3, "c"}}, .records = 3};
  auto const cursor = cursor_after(peer);
  auto const none = changes_since(peer, cursor);
  CHECK(none.ids.empty());
  CHECK(none.complete);
  peer.changes = {{1, "a"}, {3, "c"}, {4, "b"}, {5, "a", "", true}, {6, "d"}};
  auto const some = changes_since(peer, none.cursor);
  CHECK(some.ids == Strings{"b", "d"});
  CHECK(some.gone == Strings{"a"});
  CHECK(some.complete);
  CHECK(changes_since(peer, some.cursor).ids.empty());
}

TEST_CASE("terracat: without a cursor that means something everything is asked for") {
  FakePeer peer{.changes = {{1, "a"}}, .records = 1};
  auto const cursor = cursor_after(peer);
  CHECK_THROWS_AS(changes_since(peer, {}), kinds::ChangesUnknown);
  CHECK_THROWS_AS(changes_since(peer, cursor, R"({"pole":"ocean"})"), kinds::StaleCheckpoint);
  auto fetcher = peer.fetcher();
  CHECK_THROWS_AS(kinds::peer::start(source_with(), fetcher, cursor), kinds::StaleCheckpoint);
  peer.history = "fedcba9876543210"; // it was restored
  CHECK_THROWS_AS(changes_since(peer, cursor), kinds::ChangesUnknown);
}

TEST_CASE("terracat: a cursor is given back as it came") {
  FakePeer const peer{.changes = {{1, "a"}, {2, "b"}, {3, "c"}}, .records = 3, .began = "-7"};
  auto fetcher = peer.fetcher();
  auto const all = killed_and_resumed(
      [&](std::string_view checkpoint) {
        return kinds::peer::start(source_with(), fetcher, checkpoint);
      },
      1);
  CHECK(all.complete);
  CHECK(fetcher.urls().back().ends_with("&since=0123456789abcdef-2-7"));
  CHECK(cursor_after(peer).find("0123456789abcdef-3-7") != std::string::npos);
}

TEST_CASE("terracat: a cursor that is not known any more ends a run that has brought a page") {
  FakePeer peer{.changes = {{1, "a"}, {2, "b"}, {3, "c"}, {4, "d"}, {5, "e"}}, .records = 5};
  auto const cursor = cursor_after(peer);
  peer.changes = {{6, "a"}, {7, "b"}, {8, "c"}};
  peer.forgets_from = 7;
  auto fetcher = peer.fetcher();
  auto const harvester =
      kinds::peer::start_changes(source_with(), fetcher, cursor, model::Instant(0));
  std::string checkpoint;
  try {
    while (auto page = harvester->next({})) checkpoint = page->checkpoint;
    FAIL("it went on");
  } catch (kinds::ChangesUnknown const&) {
    FAIL("something was brought");
  } catch (kinds::ProtocolError const&) {
    CHECK_FALSE(checkpoint.empty());
  }
  auto const rest =
      kinds::peer::start_changes(source_with(), fetcher, checkpoint, model::Instant(0));
  CHECK_THROWS_AS(rest->next({}), kinds::ChangesUnknown);
}

TEST_CASE("terracat: items of what got another id are not told anew, and all is asked for") {
  std::string const options = R"({"items":true})";
  FakePeer peer{.changes = {{1, "a"}, {2, "i", "a"}}, .records = 1, .items = 1};
  auto const with_items = cursor_after(peer, options);
  auto const records = cursor_after(peer);
  peer.changes = {{2, "i", "b"}, {3, "a", "", true, true, true}, {4, "b"}};
  auto const changes = changes_since(peer, with_items, options);
  CHECK(changes.gone == Strings{"a"});
  CHECK_FALSE(changes.complete);
  CHECK(changes_since(peer, records).complete); // it wants none
  CHECK(run_over({.changes = {{2, "i", "b"}, {3, "a", "", true, true, true}, {4, "b"}},
                  .records = 1,
                  .items = 1},
                 options)
            .complete); // they were told
}

TEST_CASE("terracat: what was made anew under its own id takes the place of what bore it") {
  std::string const options = R"({"items":true})";
  auto const record = [](std::int64_t sequence, std::string id, int made) {
    return Change{.sequence = sequence, .id = std::move(id), .made = made};
  };
  FakePeer peer{
      .changes = {record(1, "a", 1), {2, "i", "a"}, record(3, "b", 2)}, .records = 2, .items = 1};
  auto const before = cursor_after(peer, options);
  // "a" was removed with its item and made again, "b" is changed, "c" is new.
  peer.changes = {record(5, "a", 3), {6, "j", "a"}, record(7, "b", 2), record(8, "c", 4)};
  auto const changes = changes_since(peer, before, options);
  CHECK(changes.ids == Strings{"a", "j", "b", "c"});
  CHECK(changes.gone == Strings{"a", "c"}); // of which the second was never there
  CHECK(changes.complete);
  // Whoever was told of it is not told again that another one has gone.
  peer.changes = {{6, "j", "a"}, record(9, "a", 3), record(10, "c", 4)};
  CHECK(changes_since(peer, changes.cursor, options).gone.empty());
  CHECK(changes_since(peer, cursor_after(peer)).gone.empty()); // it has no items
}

TEST_CASE("terracat: what was made anew is told once in a walk, before its page") {
  std::string const options = R"({"items":true})";
  FakePeer peer{.changes = {{.sequence = 1, .id = "a", .made = 1}}, .records = 1};
  auto const cursor = cursor_after(peer, options);
  // It is told before its items, out of turn, and once more when its turn comes.
  peer.changes = {{.sequence = 4, .id = "a", .made = 2},
                  {5, "i", "a"},
                  {6, "j", "a"},
                  {.sequence = 9, .id = "a", .made = 2},
                  {.sequence = 10, .id = "a", .made = 3}};
  auto fetcher = peer.fetcher();
  Strings told;
  std::string place = cursor;
  for (std::size_t runs = 0; runs < 4; ++runs) { // each is cut after what it brought
    auto const harvester =
        kinds::peer::start_changes(source_with(options), fetcher, place, model::Instant(0));
    while (auto page = harvester->next({})) {
      for (auto const& gone : page->gone) told.push_back("-" + gone.native_id);
      for (auto const& document : page->documents) told.push_back(document.native_id);
      if (page->checkpoint.empty()) {
        CHECK(page->documents.empty());
        continue;
      }
      place = page->checkpoint;
      break;
    }
  }
  CHECK(told == Strings{"-a", "a", "i", "j", "a", "-a", "a"});
}

TEST_CASE("terracat: a collection that lost its id to a newer one is missed with its items") {
  std::string const options = R"({"items":true})";
  FakePeer peer{.changes = {{.sequence = 1, .id = "a", .made = 1},
                            {2, "i", "a"},
                            {.sequence = 3, .id = "z", .made = 4}},
                .records = 2,
                .items = 1};
  auto const before = cursor_after(peer, options);
  peer.changes = {{.sequence = 5, .id = "a.local", .made = 1, .yielded_to = 5},
                  {.sequence = 6, .id = "a", .made = 5}};
  auto const changes = changes_since(peer, before, options);
  CHECK(changes.ids == Strings{"a.local", "a"});
  CHECK(changes.gone == Strings{"a"});
  CHECK_FALSE(changes.complete);
  // One that lost it before is known by its name.
  peer.changes = {{.sequence = 7, .id = "b.local", .made = 2, .yielded_to = 3}};
  CHECK(changes_since(peer, before, options).complete);
}

TEST_CASE("terracat: only ids are asked for where only ids are wanted") {
  FakePeer const peer{.changes = {{1, "a", "", false, false}, {2, "b", "", false, false}},
                      .records = 2};
  auto fetcher = peer.fetcher();
  auto const harvester = kinds::peer::start(source_with(), fetcher, {}, kinds::What::ids);
  auto const all = harvest(*harvester);
  CHECK(all.ids() == Strings{"a", "b"});
  CHECK(all.bodies() == Strings{"", ""});
  CHECK(all.complete);
  CHECK(fetcher.urls()[0].find("content=false") != std::string::npos);
  CHECK(harvester->cursor().empty()); // what has changed since was not seen
}

TEST_CASE("terracat: a walk ends where it has become too long") {
  FakePeer const peer{.changes = {{1, "a"}, {2, "b"}, {3, "c"}}, .records = 3};
  auto const all = run_over(peer, R"({"max_changes":2})");
  CHECK(all.ids() == Strings{"a", "b"});
  CHECK(all.codes() == Strings{"list-cut-short"});
  CHECK_FALSE(all.complete);
}

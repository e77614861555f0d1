#include "backup/folder.hpp"
#include "backup/manifest.hpp"
#include "backup/part.hpp"
#include "backup/schedule.hpp"

#include "support/catch.hpp"
#include "support/temporary_folder.hpp"

#include <terracat/store_error.hpp>

#include <unistd.h>

#include <array>
#include <atomic>
#include <fstream>
#include <set>
#include <thread>

using namespace terracat;
using namespace terracat::backup;

namespace {

model::Instant at(std::string const& text) {
  return model::parse_rfc3339(text).value();
}

auto const noon = at("2026-11-26T12:00:00Z");

std::vector<model::Instant> all(std::vector<std::string> const& texts) {
  std::vector<model::Instant> out;
  for (auto const& text : texts) out.push_back(at(text));
  return out;
}

void touch(std::filesystem::path const& path) {
  std::ofstream(path) << "x";
}

/// A backup with its manifest.
void make(std::filesystem::path const& folder, std::string const& name, std::size_t faults = 0) {
  touch(folder / name);
  std::ofstream(manifest_of(folder / name)) << to_json({.file = name,
                                                        .bytes = 1,
                                                        .xxh128 = "0",
                                                        .revision = {},
                                                        .made = noon,
                                                        .terracat = "1",
                                                        .sqlite = "3",
                                                        .faults = faults});
}

std::set<std::string> names_in(std::filesystem::path const& folder) {
  std::set<std::string> out;
  for (auto const& entry : std::filesystem::directory_iterator(folder)) {
    out.insert(entry.path().filename().string());
  }
  return out;
}

std::set<std::string> backups_in(std::filesystem::path const& folder) {
  auto out = names_in(folder);
  std::erase_if(out, [](auto const& name) { return !name.ends_with(".sqlite"); });
  return out;
}

} // namespace

TEST_CASE("of each day, week and month the newest backup stays") {
  // 2026-11-23 is a Monday.
  auto const times = all({"2026-11-27T03:00:00Z", "2026-11-27T15:00:00Z", // Friday
                          "2026-11-26T03:00:00Z",                         // Thursday
                          "2026-11-22T23:00:00Z", "2026-11-22T01:00:00Z", // Sunday before
                          "2026-11-16T12:00:00Z",                         // the same week
                          "2026-10-31T12:00:00Z", "2026-10-01T12:00:00Z", //
                          "2025-10-05T12:00:00Z"});
  CHECK(superfluous(times, {.days = 2, .weeks = 2, .months = 2}) ==
        all({"2025-10-05T12:00:00Z", "2026-10-01T12:00:00Z", "2026-11-16T12:00:00Z",
             "2026-11-22T01:00:00Z", "2026-11-27T03:00:00Z"}));
  CHECK(superfluous(times, {.days = 0, .weeks = 0, .months = 3}) ==
        all({"2026-10-01T12:00:00Z", "2026-11-16T12:00:00Z", "2026-11-22T01:00:00Z",
             "2026-11-22T23:00:00Z", "2026-11-26T03:00:00Z", "2026-11-27T03:00:00Z"}));
}

TEST_CASE("the newest backup stays whatever is asked for") {
  auto const times = all({"2026-11-27T03:00:00Z", "2026-11-26T03:00:00Z"});
  CHECK(superfluous(times, {.days = 0, .weeks = 0, .months = 0}) == all({"2026-11-26T03:00:00Z"}));
  CHECK(superfluous({}, {}).empty());
}

TEST_CASE("a folder knows its backups by name and manifest, and removes nothing else") {
  test::TemporaryFolder const temporary;
  auto const& path = temporary.path();
  Folder const folder(path, "site");
  make(path, "site-20261126T030000Z.sqlite");
  make(path, "site-20261126T090000Z.sqlite");
  make(path, "other-20261119T030000Z.sqlite");
  touch(path / "site-2026.sqlite");
  touch(path / "site-20261399T030000Z.sqlite");
  touch(path / "site-20261118T030000Z.sqlite.part"); // its process was killed
  touch(path / "mine.part");
  CHECK(folder.newest(noon) == at("2026-11-26T09:00:00Z"));
  CHECK(folder.free_name(at("2026-11-26T08:59:59.700Z")) == path / "site-20261126T085959Z.sqlite");
  CHECK(folder.free_name(at("2026-11-26T09:00:00.100Z")) == path / "site-20261126T090001Z.sqlite");
  CHECK(folder.prune({}, noon) == std::vector<std::string>{"site-20261126T030000Z.sqlite"});
  CHECK(names_in(path) ==
        std::set<std::string>{"site-20261126T090000Z.sqlite", "site-20261126T090000Z.sqlite.json",
                              "other-20261119T030000Z.sqlite", "other-20261119T030000Z.sqlite.json",
                              "site-2026.sqlite", "site-20261399T030000Z.sqlite", "mine.part"});
  CHECK_FALSE(Folder(path / "nowhere", "site").newest(noon));
}

TEST_CASE("a backup of a time to come counts for nothing until then, and stays") {
  test::TemporaryFolder const temporary;
  auto const& path = temporary.path();
  Folder const folder(path, "site");
  make(path, "site-20261126T110000Z.sqlite");
  make(path, "site-20261126T120059Z.sqlite"); // free_name: a minute is no other clock
  make(path, "site-20261126T120101Z.sqlite");
  make(path, "site-20361126T120000Z.sqlite");
  CHECK(folder.newest(noon) == at("2026-11-26T12:00:59Z"));
  CHECK(folder.last_made(noon) == at("2026-11-26T12:00:59Z"));
  CHECK(folder.prune({.days = 1, .weeks = 1, .months = 1}, noon) ==
        std::vector<std::string>{"site-20261126T110000Z.sqlite"});
  CHECK(backups_in(path) == std::set<std::string>{"site-20261126T120059Z.sqlite",
                                                  "site-20261126T120101Z.sqlite",
                                                  "site-20361126T120000Z.sqlite"});
  CHECK(folder.newest(at("2036-11-27T00:00:00Z")) == at("2036-11-26T12:00:00Z"));
}

TEST_CASE("a backup of a damaged catalogue is no success, and takes no sound one's place") {
  test::TemporaryFolder const temporary;
  auto const& path = temporary.path();
  Folder const folder(path, "site");
  make(path, "site-20261124T030000Z.sqlite");
  make(path, "site-20261124T090000Z.sqlite");
  make(path, "site-20261125T030000Z.sqlite", 2);
  make(path, "site-20261125T090000Z.sqlite", 2);
  make(path, "site-20261126T030000Z.sqlite", 3);
  CHECK(folder.newest(noon) == at("2026-11-24T09:00:00Z"));
  CHECK(folder.last_made(noon) == at("2026-11-26T03:00:00Z"));

  // Damaged for days: sound ones stay, all of them; the others are thinned out among themselves.
  CHECK(folder.prune({.days = 7, .weeks = 1, .months = 1}, noon) ==
        std::vector<std::string>{"site-20261125T030000Z.sqlite"});
  CHECK(backups_in(path) ==
        std::set<std::string>{"site-20261124T030000Z.sqlite", "site-20261124T090000Z.sqlite",
                              "site-20261125T090000Z.sqlite", "site-20261126T030000Z.sqlite"});

  make(path, "site-20261126T110000Z.sqlite"); // repaired
  CHECK(folder.newest(noon) == at("2026-11-26T11:00:00Z"));
  CHECK(folder.prune({.days = 7, .weeks = 1, .months = 1}, noon) ==
        std::vector<std::string>{"site-20261124T030000Z.sqlite", "site-20261125T090000Z.sqlite",
                                 "site-20261126T030000Z.sqlite"});
  CHECK(backups_in(path) ==
        std::set<std::string>{"site-20261124T090000Z.sqlite", "site-20261126T110000Z.sqlite"});
}

TEST_CASE("a backup whose manifest nobody understands neither counts nor goes") {
  test::TemporaryFolder const temporary;
  auto const& path = temporary.path();
  Folder const folder(path, "site");
  make(path, "site-20261126T030000Z.sqlite");
  touch(path / "site-20261126T040000Z.sqlite");
  std::ofstream(path / "site-20261126T040000Z.sqlite.json") << "{}";
  CHECK(folder.newest(noon) == at("2026-11-26T03:00:00Z"));
  CHECK(folder.prune({.days = 0, .weeks = 0, .months = 0}, noon).empty());
  CHECK(names_in(path).size() == 4);
}

TEST_CASE("what a kill left between a backup and its manifest goes when there is a newer one") {
  test::TemporaryFolder const temporary;
  auto const& path = temporary.path();
  Folder const folder(path, "site");
  touch(path / "site-20261120T030000Z.sqlite"); // killed before the manifest
  touch(path / "site-20261121T030000Z.sqlite"); // killed while it was written
  touch(path / "site-20261121T030000Z.sqlite.json.part");
  touch(path / "site-20261122T030000Z.sqlite.json.part"); // of one that somebody removed
  touch(path / "other-20261119T030000Z.sqlite.json.part");
  auto const before = names_in(path);
  CHECK(folder.prune({}, noon).empty());
  CHECK(names_in(path) == before); // nothing newer: it may be all that there is

  make(path, "site-20261123T030000Z.sqlite");
  touch(path / "site-20261124T030000Z.sqlite");
  CHECK(folder.prune({}, noon).empty());
  CHECK(names_in(path) == std::set<std::string>{"site-20261123T030000Z.sqlite",
                                                "site-20261123T030000Z.sqlite.json",
                                                "site-20261124T030000Z.sqlite",
                                                "other-20261119T030000Z.sqlite.json.part"});
}

TEST_CASE("a backup that still waits for its manifest is no leftover") {
  test::TemporaryFolder const temporary;
  auto const& path = temporary.path();
  Folder const folder(path, "site");
  make(path, "site-20261126T030000Z.sqlite");
  {
    Part slow(path / "site-20261125T030000Z.sqlite");
    slow.publish();
    CHECK(folder.prune({}, noon).empty());
    CHECK(backups_in(path).contains("site-20261125T030000Z.sqlite"));
  }
  CHECK(folder.prune({}, noon).empty());
  CHECK_FALSE(backups_in(path).contains("site-20261125T030000Z.sqlite"));
}

TEST_CASE("what a kill left goes although no backup can be made: it takes the room for one") {
  test::TemporaryFolder const temporary;
  auto const& path = temporary.path();
  auto const left = path / "site-20261118T030000Z.sqlite.part";
  touch(left);
  touch(path / "mine.part");
  Part const busy(path / "site-20261119T030000Z.sqlite");
  std::array<int, 2> ends{};
  REQUIRE(::pipe(ends.data()) == 0);
  std::array<char, 1'000> said{};
  {
    log::Logger log({.level = log::Level::error, .descriptor = ends[1]});
    Schedule const schedule({.catalogue = path / "nowhere" / "site.sqlite",
                             .folder = path,
                             .interval = std::chrono::hours(1),
                             .retention = {},
                             .version = "1"},
                            log);
    REQUIRE(::read(ends[0], said.data(), said.size() - 1) > 0); // waits for it
  }
  for (auto const end : ends) ::close(end);
  CHECK(std::string_view(said.data()).find("backup.failed") != std::string_view::npos);
  CHECK(names_in(path) == std::set<std::string>{"mine.part", busy.path().filename().string()});
}

TEST_CASE("who clears away never takes a part that another has begun meanwhile") {
  test::TemporaryFolder const temporary;
  auto const target = temporary.path() / "b";
  std::atomic<bool> is_over = false;
  std::jthread const clearing([&] {
    while (!is_over) Part::remove_if_abandoned(Part::name_of(target));
  });
  int missing = 0;
  for (int i = 0; i < 3'000; ++i) {
    try {
      Part const part(target);
      for (int look = 0; look < 20; ++look) missing += std::filesystem::exists(part.path()) ? 0 : 1;
    } catch (store::StoreError const& error) {
      CHECK(error.reason() == store::StoreError::Reason::locked); // met three times in a row
    }
  }
  is_over = true;
  CHECK(missing == 0);
}

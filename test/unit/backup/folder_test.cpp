#include "backup/folder.hpp"

#include "support/catch.hpp"
#include "support/temporary_folder.hpp"

#include <fstream>
#include <set>

using namespace terracat;
using namespace terracat::backup;

namespace {

model::Instant at(std::string const& text) {
  return model::parse_rfc3339(text).value();
}

std::vector<model::Instant> all(std::vector<std::string> const& texts) {
  std::vector<model::Instant> out;
  for (auto const& text : texts) out.push_back(at(text));
  return out;
}

void touch(std::filesystem::path const& path) {
  std::ofstream(path) << "x";
}

std::set<std::string> names_in(std::filesystem::path const& folder) {
  std::set<std::string> out;
  for (auto const& entry : std::filesystem::directory_iterator(folder)) {
    out.insert(entry.path().filename().string());
  }
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
  touch(path / "site-20261126T030000Z.sqlite");
  touch(path / "site-20261126T030000Z.sqlite.json");
  touch(path / "site-20261126T090000Z.sqlite");
  touch(path / "site-20261126T090000Z.sqlite.json");
  touch(path / "site-20261120T030000Z.sqlite"); // without manifest: unfinished, or somebody's
  touch(path / "other-20261119T030000Z.sqlite");
  touch(path / "other-20261119T030000Z.sqlite.json");
  touch(path / "site-2026.sqlite");
  touch(path / "site-20261399T030000Z.sqlite");
  touch(path / "site-20261118T030000Z.sqlite.part"); // its process was killed
  touch(path / "mine.part");
  CHECK(folder.times() == all({"2026-11-26T03:00:00Z", "2026-11-26T09:00:00Z"}));
  CHECK(folder.newest() == at("2026-11-26T09:00:00Z"));
  CHECK(folder.free_name(at("2026-11-26T08:59:59.700Z")) == path / "site-20261126T085959Z.sqlite");
  CHECK(folder.free_name(at("2026-11-26T09:00:00.100Z")) == path / "site-20261126T090001Z.sqlite");
  CHECK(folder.prune({}) == std::vector<std::string>{"site-20261126T030000Z.sqlite"});
  CHECK(names_in(path) ==
        std::set<std::string>{"site-20261126T090000Z.sqlite", "site-20261126T090000Z.sqlite.json",
                              "site-20261120T030000Z.sqlite", "other-20261119T030000Z.sqlite",
                              "other-20261119T030000Z.sqlite.json", "site-2026.sqlite",
                              "site-20261399T030000Z.sqlite", "mine.part"});
  CHECK_FALSE(Folder(path / "nowhere", "site").newest());
}

#include "catalogue/directory.hpp"
#include "catalogue/entry_map.hpp"

#include "support/catch.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

using terracat::RecordNumber;
using terracat::catalogue::Directory;
using terracat::catalogue::Entry;
using terracat::catalogue::EntryMap;

namespace {

void put(EntryMap& map, std::int64_t number, std::string title) {
  map.put(RecordNumber{number}, std::make_shared<Entry const>(Entry{.number = RecordNumber{number},
                                                                    .title = std::move(title)}));
}

std::vector<std::pair<std::int64_t, std::string>> all(EntryMap const& map) {
  std::vector<std::pair<std::int64_t, std::string>> out;
  for (auto const& [number, entry] : map) {
    out.emplace_back(static_cast<std::int64_t>(number), entry->title);
  }
  return out;
}

Entry named(std::int64_t number, std::string id) {
  return {.number = RecordNumber{number}, .id = std::move(id)};
}

/// 0: none has it.
std::int64_t holder(Directory const& directory, std::string const& id) {
  auto const* const entry = directory.find(id);
  return entry == nullptr ? 0 : static_cast<std::int64_t>(entry->number);
}

} // namespace

TEST_CASE("entries are gone through by number, over pages that have none") {
  EntryMap map;
  REQUIRE(all(map).empty());
  for (auto const number : {70'000, 1, 256, 255, 257}) put(map, number, std::to_string(number));
  REQUIRE(map.size() == 5);
  REQUIRE(all(map) == std::vector<std::pair<std::int64_t, std::string>>{
                          {1, "1"}, {255, "255"}, {256, "256"}, {257, "257"}, {70'000, "70000"}});
  map.erase(RecordNumber{70'000});
  map.erase(RecordNumber{1});
  map.erase(RecordNumber{2}); // there is none
  map.erase(RecordNumber{1'000'000});
  REQUIRE(map.size() == 3);
  REQUIRE_FALSE(map.contains(RecordNumber{1}));
  REQUIRE(all(map) == std::vector<std::pair<std::int64_t, std::string>>{
                          {255, "255"}, {256, "256"}, {257, "257"}});
  put(map, 255, "anew");
  REQUIRE(map.size() == 3);
  REQUIRE(map.find(RecordNumber{255})->title == "anew");
}

TEST_CASE("a copy of entries does not see what changes in another") {
  EntryMap first;
  put(first, 1, "one");
  put(first, 300, "two");
  auto second = first;
  put(second, 1, "changed");
  put(second, 2, "added");
  second.erase(RecordNumber{300});
  REQUIRE(all(first) ==
          std::vector<std::pair<std::int64_t, std::string>>{{1, "one"}, {300, "two"}});
  REQUIRE(all(second) ==
          std::vector<std::pair<std::int64_t, std::string>>{{1, "changed"}, {2, "added"}});

  // Nor does the copy see what changes in the one that it was taken of.
  auto third = first;
  put(first, 1, "later");
  put(first, 301, "later");
  REQUIRE(all(third) ==
          std::vector<std::pair<std::int64_t, std::string>>{{1, "one"}, {300, "two"}});
  REQUIRE(all(first) == std::vector<std::pair<std::int64_t, std::string>>{
                            {1, "later"}, {300, "two"}, {301, "later"}});
  // What moved takes its pages along.
  auto fourth = std::move(third);
  put(fourth, 1, "moved");
  REQUIRE(fourth.find(RecordNumber{1})->title == "moved");
  REQUIRE(first.find(RecordNumber{1})->title == "later");
  first = fourth;
  put(fourth, 1, "last");
  REQUIRE(first.find(RecordNumber{1})->title == "moved");
}

TEST_CASE("a page is shared as long as nothing in it changes") {
  EntryMap first;
  put(first, 1, "one");
  put(first, 300, "two");
  auto const* const one = first.find(RecordNumber{1});
  auto second = first;
  put(second, 300, "changed");
  REQUIRE(second.find(RecordNumber{1}) == one);
}

TEST_CASE("an id is that of the collection that has it now") {
  Directory first;
  for (std::int64_t number = 1; number <= 3'000; ++number) {
    first.put(named(number, "id-" + std::to_string(number)));
  }
  REQUIRE(holder(first, "id-1") == 1);
  REQUIRE(holder(first, "id-3000") == 3'000);
  REQUIRE(holder(first, "id-3001") == 0);

  auto second = first;
  second.put(named(1, "renamed"));
  REQUIRE(holder(second, "id-1") == 0);
  REQUIRE(holder(second, "renamed") == 1);
  REQUIRE(holder(first, "id-1") == 1);
  REQUIRE(holder(first, "renamed") == 0);

  second.put(named(2, "id-3")); // the third has to be called otherwise next
  REQUIRE(holder(second, "id-3") == 2);
  second.put(named(3, "id-3-2"));
  REQUIRE(holder(second, "id-3") == 2);
  REQUIRE(holder(second, "id-3-2") == 3);

  second.remove(RecordNumber{2});
  REQUIRE(holder(second, "id-3") == 0);
  second.put_other(named(4, "id-4")); // it is no collection any more
  REQUIRE(holder(second, "id-4") == 0);
  REQUIRE(second.any(RecordNumber{4}) != nullptr);
  REQUIRE(holder(first, "id-4") == 4);
  second.put(named(4, "id-4"));
  REQUIRE(holder(second, "id-4") == 4);
  REQUIRE(second.others().size() == 0);
}

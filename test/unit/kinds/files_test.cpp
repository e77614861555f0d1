#include "kinds/files/files.hpp"

#include "support/canned_fetcher.hpp"
#include "support/corpus.hpp"
#include "support/harvest.hpp"
#include "support/temporary_folder.hpp"

#include <terracat/json.hpp>

#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

#include <sstream>

using namespace terracat;
using namespace terracat::test;
using kinds::ProtocolError;
using Strings = std::vector<std::string>;
namespace fs = std::filesystem;

namespace {

/// Writes a file, with the folders on its way.
fs::path write(TemporaryFolder const& folder, fs::path const& relative, std::string_view text) {
  auto file = folder.path() / relative;
  fs::create_directories(file.parent_path());
  std::ofstream(file, std::ios::binary) << text;
  return file;
}

std::unique_ptr<kinds::Harvester> started(fs::path const& address, std::string options = "{}",
                                          std::string_view checkpoint = {}) {
  CannedFetcher unused(std::map<std::string, std::string>{});
  Source source;
  source.address = address;
  source.options = std::move(options);
  return kinds::files::start(source, unused, checkpoint);
}

Harvest run_over(fs::path const& address, std::string options = "{}") {
  return harvest(*started(address, std::move(options)));
}

Strings addresses(Harvest const& all) {
  Strings out;
  for (auto const& document : all.documents) out.push_back(document.address);
  return out;
}

std::string numbered_lines(int count) {
  std::string text;
  for (int i = 0; i < count; ++i) text += "{\"n\":" + std::to_string(i) + "}\n";
  return text;
}

} // namespace

TEST_CASE("a folder is read with its folders, in the order of names") {
  TemporaryFolder folder;
  write(folder, "b.json", R"({"n":3})");
  write(folder, "a/z.xml", "<n>2</n>");
  write(folder, "a/a b.ndjson", "{\"n\":0}\n{\"n\":1}\n");
  write(folder, "a.json", R"([{"n":"4"}])");
  write(folder, "a/.hidden.json", "{}");
  write(folder, ".git/config.json", "{}");
  write(folder, "picture.png", "\x89PNG");
  auto const all = run_over(folder.path());
  CHECK(all.bodies() ==
        Strings{R"({"n":0})", R"({"n":1})", "<n>2</n>", R"({"n":"4"})", R"({"n":3})"});
  CHECK(addresses(all) == Strings{"file:a/a%20b.ndjson", "file:a/a%20b.ndjson", "file:a/z.xml",
                                  "file:a.json", "file:b.json"});
  CHECK(all.ids() == Strings(5, ""));
  CHECK(all.failures.empty());
  CHECK(all.complete);
}

TEST_CASE("the collection of a folder is read before its items") {
  TemporaryFolder folder;
  write(folder, "a.json", R"({"n":2})");
  write(folder, "b/0.json", R"({"n":4})");
  write(folder, "b/collection.json", R"({"n":3})");
  write(folder, "collection.json", R"({"n":1})");
  CHECK(run_over(folder.path()).bodies() ==
        Strings{R"({"n":1})", R"({"n":2})", R"({"n":3})", R"({"n":4})"});
}

TEST_CASE("one file is read, whatever it is called") {
  TemporaryFolder folder;
  auto const file = write(folder, "metadata.txt", "anything");
  auto const all = run_over(file);
  CHECK(all.bodies() == Strings{"anything"});
  CHECK(addresses(all) == Strings{"file:metadata.txt"});
  CHECK(all.complete);
}

TEST_CASE("documents get the format of their source") {
  TemporaryFolder folder;
  write(folder, "a.json", "{}");
  CannedFetcher unused(std::map<std::string, std::string>{});
  Source source;
  source.address = folder.path();
  source.format = "stac-item";
  CHECK(harvest(*kinds::files::start(source, unused, {})).documents.at(0).format == "stac-item");
}

TEST_CASE("a list of files is followed, relative to itself") {
  TemporaryFolder folder;
  TemporaryFolder elsewhere;
  write(folder, "in/one.json", R"({"n":1})");
  write(folder, "in/two.json", R"({"n":2})");
  auto const far = write(elsewhere, "far.json", R"({"n":3})");
  auto const list =
      write(folder, "in/files.txt", "# chosen by hand\n\ntwo.json\n  one.json\r\n" + far.string());
  auto const all = run_over(list, R"({"list":true})");
  CHECK(all.bodies() == Strings{R"({"n":2})", R"({"n":1})", R"({"n":3})"});
  CHECK(addresses(all) == Strings{"file:two.json", "file:one.json", "file:far.json"});
  CHECK(all.complete);
}

TEST_CASE("a file of a list that is not there is reported") {
  TemporaryFolder folder;
  write(folder, "one.json", "{}");
  auto const all = run_over(write(folder, "files.txt", "gone.json\none.json"), R"({"list":true})");
  CHECK(all.documents.size() == 1);
  CHECK(all.codes() == Strings{"file-unreadable"});
  CHECK(all.failures.at(0).finding.where == "gone.json");
  CHECK_FALSE(all.complete);
}

TEST_CASE("an address where nothing is cannot be started, and is not repeated") {
  TemporaryFolder folder;
  CHECK_THROWS_AS(started(folder.path() / "nothing"), ProtocolError);
  CHECK_THROWS_AS(started(folder.path() / "nothing", R"({"list":true})"), ProtocolError);
  try {
    static_cast<void>(started(folder.path() / "nothing"));
  } catch (ProtocolError const& error) {
    CHECK(std::string(error.what()).find(folder.path().string()) == std::string::npos);
  }
}

TEST_CASE("an empty folder is complete") {
  TemporaryFolder folder;
  auto const all = run_over(folder.path());
  CHECK(all.documents.empty());
  CHECK(all.complete);
}

TEST_CASE("links to files are followed within the folder only") {
  TemporaryFolder folder;
  TemporaryFolder outside;
  auto const inside = write(folder, "sub/a.json", R"({"n":1})");
  auto const secret = write(outside, "secret.json", R"({"n":"secret"})");
  fs::create_symlink("sub/a.json", folder.path() / "relative.json");
  fs::create_symlink(inside, folder.path() / "absolute.json");
  fs::create_symlink(secret, folder.path() / "out.json");
  fs::create_symlink("../" + outside.path().filename().string() + "/secret.json",
                     folder.path() / "out2.json");
  fs::create_symlink("nowhere.json", folder.path() / "broken.json");
  fs::create_directory_symlink(".", folder.path() / "loop");
  fs::create_directory_symlink(outside.path(), folder.path() / "out");
  auto const all = run_over(folder.path());
  CHECK(all.bodies() == Strings(3, R"({"n":1})"));
  CHECK(addresses(all) == Strings{"file:absolute.json", "file:relative.json", "file:sub/a.json"});
  CHECK(all.codes() == Strings(3, "file-unreadable"));
  CHECK_FALSE(all.complete);
}

TEST_CASE("what is no regular file is passed by") {
  TemporaryFolder folder;
  write(folder, "a.json", "{}");
  REQUIRE(::mkfifo((folder.path() / "pipe.json").c_str(), 0600) == 0);
  auto const all = run_over(folder.path());
  CHECK(all.documents.size() == 1);
  CHECK(all.complete);
}

TEST_CASE("a file that cannot be read does not keep the others back") {
  TemporaryFolder folder;
  write(folder, "a.json", "{}");
  fs::permissions(write(folder, "b.json", "{}"), fs::perms::none);
  write(folder, "c.json", "{}");
  auto const all = run_over(folder.path());
  if (::geteuid() == 0) {
    WARN("skipped: nothing is unreadable to root");
    CHECK(all.documents.size() == 3);
    return;
  }
  CHECK(addresses(all) == Strings{"file:a.json", "file:c.json"});
  CHECK(all.codes() == Strings{"file-unreadable"});
  CHECK_FALSE(all.complete);
}

TEST_CASE("a broken part of a file is reported with its place") {
  TemporaryFolder folder;
  write(folder, "sub/a.json", R"([{"n":1},{"n":)");
  auto const all = run_over(folder.path());
  CHECK(all.bodies() == Strings{R"({"n":1})"});
  CHECK(all.codes() == Strings{"json-malformed"});
  CHECK(all.failures.at(0).finding.where == "sub/a.json: byte 14");
  CHECK_FALSE(all.complete);
}

TEST_CASE("pages hold a thousand documents at most") {
  TemporaryFolder folder;
  write(folder, "a.ndjson", numbered_lines(1'500));
  write(folder, "b.ndjson", numbered_lines(600));
  auto const all = run_over(folder.path());
  CHECK(all.page_sizes == std::vector<std::size_t>{1'000, 1'000, 100});
  CHECK(all.documents.at(2'099).bytes == R"({"n":599})");
}

TEST_CASE("pages end when they are large") {
  TemporaryFolder folder;
  auto const large = R"({"x":")" + std::string(6'000'000, 'x') + "\"}\n";
  write(folder, "a.ndjson", large + large + large + large);
  CHECK(run_over(folder.path()).page_sizes == std::vector<std::size_t>{3, 1});
}

// ---- Checkpoints

TEST_CASE("a run over files that is killed after any page goes on without loss or repetition") {
  TemporaryFolder folder;
  write(folder, "a/first.ndjson", numbered_lines(2'500));
  write(folder, "a/lo\xFFst \xC3\xA9.json", R"([{"n":1},{"n":)");
  write(folder, "b.json", R"({"features":[{"n":2},{"n":3}]})");
  fs::create_symlink("/etc/hostname", folder.path() / "c.json");
  write(folder, "d.ndjson", numbered_lines(1'500));
  auto const whole = run_over(folder.path());
  REQUIRE(whole.page_sizes.size() == 5);
  for (std::size_t k = 0; k <= whole.checkpoints.size(); ++k) {
    CAPTURE(k);
    auto const resumed = killed_and_resumed(
        [&folder](std::string_view checkpoint) { return started(folder.path(), "{}", checkpoint); },
        k);
    CHECK(resumed.bodies() == whole.bodies());
    CHECK(addresses(resumed) == addresses(whole));
    CHECK(resumed.codes() == whole.codes());
    CHECK(resumed.complete == whole.complete);
  }
}

TEST_CASE("a file that was changed in between is read again from its beginning") {
  TemporaryFolder folder;
  write(folder, "a.ndjson", numbered_lines(1'500));
  write(folder, "b.json", "{\"n\":\"b\"}");
  auto const first = harvest(*started(folder.path()), 1);
  write(folder, "a.ndjson", "{\"n\":\"new\"}\n");
  auto const rest = harvest(*started(folder.path(), "{}", first.checkpoints.at(0)));
  CHECK(rest.bodies() == Strings{R"({"n":"new"})", R"({"n":"b"})"});
}

TEST_CASE("a file that is gone in between is passed by") {
  TemporaryFolder folder;
  auto const gone = write(folder, "b.ndjson", numbered_lines(1'500));
  write(folder, "a.json", "{\"n\":\"a\"}");
  write(folder, "c.json", "{\"n\":\"c\"}");
  auto const first = harvest(*started(folder.path()), 1);
  fs::remove(gone);
  CHECK(harvest(*started(folder.path(), "{}", first.checkpoints.at(0))).bodies() ==
        Strings{R"({"n":"c"})"});
}

TEST_CASE("a checkpoint of another folder or another list is refused") {
  TemporaryFolder folder;
  write(folder, "one/a.json", "{}");
  write(folder, "two/a.json", "{}");
  auto const list = write(folder, "list.txt", "one/a.json\n");
  auto const of_folder = run_over(folder.path() / "one").checkpoints.at(0);
  CHECK_NOTHROW(started(folder.path() / "one", "{}", of_folder));
  CHECK_THROWS_AS(started(folder.path() / "two", "{}", of_folder), kinds::StaleCheckpoint);

  auto const of_list = run_over(list, R"({"list":true})").checkpoints.at(0);
  CHECK_NOTHROW(started(list, R"({"list":true})", of_list));
  write(folder, "list.txt", "two/a.json\none/a.json\n");
  CHECK_THROWS_AS(started(list, R"({"list":true})", of_list), kinds::StaleCheckpoint);
}

TEST_CASE("a checkpoint of files names no path of the machine") {
  TemporaryFolder folder;
  write(folder, "sub/a.json", "{}");
  auto const all = run_over(folder.path());
  CHECK(all.checkpoints.at(0).find(folder.path().string()) == std::string::npos);
  CHECK_THROWS_AS(started(folder.path(), "{}", "x"), ProtocolError);
  CHECK_THROWS_AS(started(folder.path(), "{}", R"({"version":1})"), ProtocolError);
}

TEST_CASE("a stop ends the reading of files") {
  TemporaryFolder folder;
  write(folder, "a.json", "{}");
  std::stop_source stop;
  stop.request_stop();
  CHECK_THROWS_AS(started(folder.path())->next(stop.get_token()), fetch::FetchError);
}

// ---- What people name on a command line

TEST_CASE("files and folders that are named are read in the order given") {
  TemporaryFolder folder;
  write(folder, "set/b.json", R"({"n":1})");
  write(folder, "set/a.json", R"({"n":0})");
  auto const single = write(folder, "z.json", R"({"n":2})");
  std::vector<fs::path> const paths{single, folder.path() / "set/", folder.path() / "missing.json"};
  auto const all = harvest(*kinds::files::from_paths(paths, "stac-item"));
  CHECK(all.bodies() == Strings{R"({"n":2})", R"({"n":0})", R"({"n":1})"});
  CHECK(addresses(all) == Strings{"file:z.json", "file:set/a.json", "file:set/b.json"});
  CHECK(all.documents.at(0).format == "stac-item");
  CHECK(all.codes() == Strings{"file-unreadable"});
  CHECK(all.failures.at(0).finding.where == "missing.json");
}

TEST_CASE("a stream is read like a file") {
  for (auto const& [text, count] : std::vector<std::pair<std::string, std::size_t>>{
           {"{\"a\":1}\n{\"a\":2}\n", 2}, {"[{},{},{}]", 3}, {"<a/>", 1}, {"plain", 1}, {"", 1}}) {
    CAPTURE(text);
    std::istringstream stream(text);
    auto const all = harvest(*kinds::files::from_stream(stream, {}));
    CHECK(all.documents.size() == count);
    CHECK(all.complete);
  }
}

// ---- Real files

TEST_CASE("a real collection of features is split into its items") {
  auto const folder = corpus();
  if (!folder) return;
  auto const file =
      *folder / "geonetwork+geonetwork-ui/apps/datahub-e2e/src/fixtures/stac-items-page-1.json";
  auto const all = run_over(file);
  CHECK(all.documents.size() == 12);
  for (auto const& document : all.documents) {
    auto const parsed = json::Document::parse(document.bytes);
    REQUIRE(parsed);
    CHECK(parsed->root().string("type") == "Feature");
  }
}

TEST_CASE("a real tree of a static catalogue and a real answer of a CSW are read") {
  auto const folder = corpus();
  if (!folder) return;
  auto const tree = run_over(*folder / "CS-SI+eodag/tests/resources/stac/country");
  CHECK(tree.documents.size() == 9);
  CHECK(tree.complete);
  auto const pages = run_over(*folder / "opendatateam+udata/udata/harvest/tests/csw_dcat");
  CHECK(pages.complete);
  auto const records = std::ranges::count_if(pages.documents, [](auto const& document) {
    return document.address.find("geonetwork-iso19139-page") != std::string::npos &&
           document.bytes.find("?>\n<gmd:MD_Metadata") != std::string::npos;
  });
  CHECK(records == 6);
}

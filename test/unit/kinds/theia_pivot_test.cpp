#include "kinds/inflate.hpp"
#include "kinds/theia_pivot/archive.hpp"
#include "kinds/theia_pivot/theia_pivot.hpp"

#include "formats/readers.hpp"

#include "support/canned_fetcher.hpp"
#include "support/catch.hpp"
#include "support/corpus.hpp"
#include "support/harvest.hpp"
#include "support/temporary_folder.hpp"

#include <algorithm>
#include <map>
#include <set>

using namespace terracat;
using namespace terracat::test;
using Strings = std::vector<std::string>;

namespace {

std::string little(std::size_t number, std::size_t bytes) {
  std::string out;
  for (; bytes > 0; --bytes, number >>= 8U) out += static_cast<char>(number & 0xffU);
  return out;
}

/// An archive of files as they are, without packing.
class Archive {
 public:
  Archive& add(std::string const& name, std::string const& bytes, std::size_t flags = 0,
               std::size_t method = 0) {
    return add_packed(name, bytes, kinds::checksum_of(bytes), flags, method);
  }

  Archive& add_packed(std::string const& name, std::string const& bytes, std::size_t checksum,
                      std::size_t flags, std::size_t method) {
    auto const about = little(flags, 2) + little(method, 2) + little(0, 4) + little(checksum, 4) +
                       little(bytes.size(), 4) + little(bytes.size(), 4) + little(name.size(), 2);
    auto const start = files_.size();
    last_ = little(20, 2) + little(20, 2) + about + little(0, 2) + little(0, 2) + little(0, 2) +
            little(0, 2) + little(0, 4) + little(start, 4);
    files_ += "PK\x03\x04" + little(20, 2) + about + little(0, 2) + name + bytes;
    return again(name);
  }

  /// The bytes of the file before under another name, which is as long.
  Archive& again(std::string const& name) {
    list_ += "PK\x01\x02" + last_ + name;
    ++count_;
    return *this;
  }

  [[nodiscard]] std::string bytes() const {
    return files_ + list_ + "PK\x05\x06" + little(0, 4) + little(count_, 2) + little(count_, 2) +
           little(list_.size(), 4) + little(files_.size(), 4) + little(0, 2);
  }

 private:
  std::string files_;
  std::string list_;
  std::string last_; ///< its entry of the list, between sign and name
  std::size_t count_ = 0;
};

/// A file of data sets, whose titles tell the language.
std::string pivot(Strings const& ids, std::string const& language = "en") {
  std::string out = R"({"version":"1.0","producer":{"name":"P"},"datasets":[)";
  for (auto const& id : ids) {
    if (id != ids.front()) out += ',';
    out += R"({"datasetId":")" + id + R"(","metadata":{"title":")" + id + ' ' + language +
           R"(","description":"D"},"observations":[]})";
  }
  return out + "]}";
}

Source source_at(std::string address, std::string options = "{}") {
  Source source;
  source.address = std::move(address);
  source.options = std::move(options);
  source.language = "fr";
  return source;
}

constexpr auto at = "https://data.example/SNOW_en.json";
constexpr auto zip_at = "https://data.example/SNOW.zip";

Harvest run_over(std::string const& address, std::string body, std::string options = "{}") {
  CannedFetcher fetcher(std::map<std::string, std::string>{{address, std::move(body)}});
  return harvest(*kinds::theia_pivot::start(source_at(address, std::move(options)), fetcher, {}));
}

model::RecordParts record_of(kinds::RawDocument const& document) {
  json::Parser json;
  auto const reading = formats::read_theia_pivot(
      document.bytes, {.address = {}, .language = {}, .local_assets = {}, .json = json});
  REQUIRE(reading);
  return *std::get<model::Record>(reading->resource);
}

/// The real file of 8 data sets with 642 observations; empty without the folder of real documents.
std::string real_file() {
  auto const folder = corpus();
  if (!folder) return {};
  return read_file(*folder / "theia-ozcar-is+backend-springboot" / "mongodb-repository" / "src" /
                   "test" / "resources" / "CRYO_en.json");
}

} // namespace

TEST_CASE("Theia pivot: each data set of a file is a document in the language of its name") {
  auto const all = run_over(at, "\xEF\xBB\xBF" + pivot({"A_DAT_1", "A_DAT_2"}));
  CHECK(all.ids() == Strings{"A_DAT_1", "A_DAT_2"});
  CHECK(all.complete);
  CHECK(all.failures.empty());
  CHECK(all.announced == 2U);
  CHECK(all.documents[0].format == "theia-pivot");
  CHECK(all.documents[0].address == at);
  CHECK(record_of(all.documents[1]).title == model::LocalText("en", "A_DAT_2 en"));
}

TEST_CASE("Theia pivot: an archive's files of several languages become one record each") {
  auto const archive = Archive()
                           .add("SNOW/SNOW_fr.json", pivot({"A_DAT_2", "A_DAT_1"}, "fr"))
                           .add("SNOW/", "")
                           .add("SNOW/SNOW_OBS_1.txt", "1;2")
                           .add("__MACOSX/SNOW/._SNOW_en.json", "junk")
                           .add("SNOW/SNOW_en.json", pivot({"A_DAT_1", "A_DAT_3"}))
                           .bytes();
  auto const all = run_over(zip_at, archive);
  // The language of the source leads.
  CHECK(all.ids() == Strings{"A_DAT_2", "A_DAT_1", "A_DAT_3"});
  CHECK(all.complete);
  model::LocalText both("fr", "A_DAT_1 fr");
  both.add("en", "A_DAT_1 en");
  CHECK(record_of(all.documents[1]).title == both);
  CHECK(record_of(all.documents[2]).title == model::LocalText("en", "A_DAT_3 en"));
  // The order within the archive changes nothing.
  auto const other = Archive()
                         .add("SNOW/SNOW_en.json", pivot({"A_DAT_1", "A_DAT_3"}))
                         .add("SNOW/SNOW_fr.json", pivot({"A_DAT_2", "A_DAT_1"}, "fr"))
                         .bytes();
  CHECK(run_over(zip_at, other).bodies() == all.bodies());
}

TEST_CASE("Theia pivot: files lie here as well, and further ones are named") {
  TemporaryFolder const folder;
  auto const write = [&](std::string const& name, std::string const& text) {
    std::ofstream(folder.path() / name, std::ios::binary) << text;
  };
  write("SNOW_en.json", pivot({"A_DAT_1"}));
  write("SNOW_fr.json", pivot({"A_DAT_1"}, "fr"));
  CannedFetcher fetcher(std::map<std::string, std::string>{});
  auto const path = (folder.path() / "SNOW_en.json").string();
  auto const all = harvest(
      *kinds::theia_pivot::start(source_at(path, R"({"also":["SNOW_fr.json"]})"), fetcher, {}));
  REQUIRE(all.ids() == Strings{"A_DAT_1"});
  CHECK(all.complete);
  CHECK(all.documents[0].address == "file:SNOW_en.json");
  CHECK(record_of(all.documents[0]).title.in("fr") == "A_DAT_1 fr");
  CHECK(fetcher.requests.empty());
  auto const run = [&](std::string const& address, std::string options = "{}") {
    return harvest(*kinds::theia_pivot::start(source_at(address, std::move(options)), fetcher, {}));
  };
  CHECK_THROWS_AS(run((folder.path() / "none.json").string()), kinds::ProtocolError);
  CHECK_THROWS_AS(run(folder.path().string()), kinds::ProtocolError);
  CHECK_THROWS_AS(run(path, R"({"also":["https://data.example/x_fr.json"]})"),
                  kinds::ProtocolError);
}

TEST_CASE("Theia pivot: what cannot be read is told, and then the run is no proof") {
  SECTION("a data set without a name, and one that is there twice") {
    auto const all = run_over(at, R"({"producer":{},"datasets":[{"datasetId":"A"},{"x":1},)"
                                  R"({"datasetId":"A"}]})");
    CHECK(all.ids() == Strings{"A"});
    CHECK(all.codes() == Strings{"no-identifier", "record-repeated"});
    CHECK_FALSE(all.complete);
  }
  SECTION("a file of an archive") {
    auto const all = run_over(zip_at, Archive()
                                          .add("A_en.json", pivot({"A_DAT_1"}))
                                          .add("B_en.json", "{")
                                          .add("C_en.json", R"({"datasets":3})")
                                          .add("D_en.json", pivot({"A_DAT_4"}), 1)
                                          .add("E_en.json", pivot({"A_DAT_5"}), 0, 14)
                                          .add_packed("F_en.json", pivot({"A_DAT_6"}), 1, 0, 0)
                                          .add("G_en.json", "not deflated", 0, 8)
                                          .bytes());
    CHECK(all.ids() == Strings{"A_DAT_1"});
    CHECK(all.codes() == Strings{"json-malformed", "unexpected-root", "file-unreadable",
                                 "file-unreadable", "file-unreadable", "too-large"});
    CHECK(all.failures[0].finding.where == "SNOW.zip/B_en.json");
    CHECK_FALSE(all.complete);
  }
  SECTION("two files in one language") {
    auto const all = run_over(zip_at, Archive()
                                          .add("A_en.json", pivot({"A_DAT_1"}))
                                          .add("B_en.json", pivot({"A_DAT_1"}))
                                          .add("C.json", pivot({"A_DAT_1"}))
                                          .bytes());
    CHECK(all.ids() == Strings{"A_DAT_1"});
    CHECK(all.codes() == Strings{"record-repeated", "record-repeated"});
    CHECK_FALSE(all.complete);
  }
  SECTION("a producer that would be written too often") {
    auto text = pivot({"A_DAT_1"});
    std::string more;
    for (int i = 0; i < 30; ++i) more += ",{}";
    text.insert(text.rfind("]}"), more);
    text.replace(text.find("\"P\""), 3, '"' + std::string(std::size_t{9} << 20, 'p') + '"');
    auto const all = run_over(at, text);
    CHECK(all.documents.empty());
    CHECK(all.codes() == Strings{"too-large", "list-cut-short"});
  }
  SECTION("nothing at all") {
    for (auto const& body :
         {pivot({}), std::string("{"), Archive().bytes(), Archive().add("a.txt", "x").bytes()}) {
      auto const all = run_over(at, body);
      CHECK(all.documents.empty());
      CHECK(all.codes().back() == "list-cut-short");
      CHECK_FALSE(all.complete);
    }
  }
  CHECK_THROWS_AS(run_over(at, "<!DOCTYPE html><html>Sign in</html>"), kinds::ProtocolError);
}

TEST_CASE("Theia pivot: an archive that was cut or spoiled at any byte ends as a report") {
  auto const whole = Archive().add("A_en.json", pivot({"A_DAT_1"})).bytes();
  REQUIRE(run_over(zip_at, whole).complete);
  for (std::size_t i = 0; i < whole.size(); ++i) {
    auto const cut = run_over(zip_at, whole.substr(0, i));
    CHECK_FALSE(cut.complete);
    CHECK(cut.documents.empty());
    auto spoiled = whole;
    spoiled[i] = static_cast<char>(~spoiled[i]);
    auto const read = run_over(zip_at, spoiled);
    CHECK((read.complete ? read.ids() == Strings{"A_DAT_1"} : !read.failures.empty()));
  }
}

TEST_CASE("Theia pivot: what is packed is unpacked, but never more than is accepted") {
  // 20,000 times `a`, as zlib's raw deflate writes them.
  std::string const packed(
      "\xed\xc1\x31\x01\x00\x00\x00\xc2\xa0\xac\xeb\x5f\xc2\x1a\x1e\x40\x01\x00\x00\x00\x00\x00\x00"
      "\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\xf0\x60",
      37);
  CHECK(kinds::inflated(packed, kinds::Deflated::raw, 20'000) == std::string(20'000, 'a'));
  CHECK_FALSE(kinds::inflated(packed, kinds::Deflated::raw, 19'999));
  CHECK_FALSE(kinds::inflated("", kinds::Deflated::raw, 10));
  CHECK_FALSE(kinds::inflated("\x1f\x8b\x08", kinds::Deflated::gzip, 10));
  // "hello" in one block as it is, with its end.
  std::string const plain("\x01\x05\x00\xfa\xffhello", 10);
  CHECK(kinds::inflated(plain, kinds::Deflated::raw, 5) == "hello");
  CHECK_FALSE(kinds::inflated(plain, kinds::Deflated::raw, 4));
  CHECK_FALSE(kinds::inflated(plain.substr(0, 8), kinds::Deflated::raw, 5));
  CHECK(kinds::checksum_of("123456789") == 0xcbf43926U);
}

TEST_CASE("Theia pivot: what is unpacked in vain counts, and a stop is looked for") {
  auto const name = [](int i) { return std::to_string(i) + "_en.json"; };
  // 16 MiB of 192 with a wrong checksum, again and again.
  std::string const much(std::size_t{16} << 20, ' ');
  Archive damaged;
  damaged.add_packed(name(10), much, 1, 0, 0);
  for (int i = 11; i < 30; ++i) damaged.again(name(i));
  auto const all = run_over(zip_at, damaged.add(name(30), pivot({"A_DAT_1"})).bytes());
  CHECK(all.documents.empty());
  REQUIRE(all.failures.size() == 12 + 2);
  CHECK(all.codes()[11] == "file-unreadable");
  CHECK(all.codes()[12] == "too-large");
  CHECK(all.failures[12].finding.where == "SNOW.zip/22_en.json");
  CHECK(all.codes()[13] == "list-cut-short");
  // The same with blocks of deflate as they are, behind which the last one is missing.
  std::string blocks;
  for (int i = 0; i < 512; ++i) {
    blocks += std::string("\0\0\x80\xff\x7f", 5) + std::string(32'768, ' ');
  }
  Archive cut;
  cut.add_packed(name(10), blocks, 1, 0, 8);
  for (int i = 11; i < 30; ++i) cut.again(name(i));
  auto const none = run_over(zip_at, cut.bytes());
  REQUIRE(none.failures.size() == 12 + 2);
  CHECK(none.failures[12].finding.where == "SNOW.zip/22_en.json");
  CHECK(none.failures[12].finding.excerpt == "and what stands behind it");

  TemporaryFolder const folder;
  auto const path = (folder.path() / "SNOW.zip").string();
  std::ofstream(path, std::ios::binary) << Archive().add(name(1), pivot({"A_DAT_1"})).bytes();
  CannedFetcher fetcher(std::map<std::string, std::string>{});
  auto const harvester = kinds::theia_pivot::start(source_at(path), fetcher, {});
  std::stop_source stop;
  stop.request_stop();
  CHECK_THROWS_AS(harvester->next(stop.get_token()), fetch::FetchError);
}

TEST_CASE("Theia pivot: killed after any page, a run loses and doubles nothing") {
  Strings ids;
  for (int i = 100; i < 230; ++i) ids.push_back("A_DAT_" + std::to_string(i));
  std::map<std::string, std::string> pages{{at, pivot(ids)}};
  CannedFetcher fetcher([&](fetch::Request const& request) {
    return fetch::Response{.status = 200, .body = pages.at(request.url), .url = request.url};
  });
  auto const start = [&](std::string_view checkpoint) {
    return kinds::theia_pivot::start(source_at(at), fetcher, checkpoint);
  };
  auto const whole = harvest(*start({}));
  CHECK(whole.ids() == ids);
  CHECK(whole.page_sizes == std::vector<std::size_t>{50, 50, 30});
  for (std::size_t k = 0; k <= whole.page_sizes.size(); ++k) {
    auto const resumed = killed_and_resumed(start, k);
    CHECK(resumed.ids() == ids);
    CHECK(resumed.complete);
  }
  // Another file than the one that was begun is read from its beginning.
  pages[at] = pivot({"A_DAT_1", "A_DAT_2"});
  auto const other = harvest(*start(whole.checkpoints.front()));
  CHECK(other.ids() == Strings{"A_DAT_1", "A_DAT_2"});
  CHECK_THROWS_AS(kinds::theia_pivot::start(source_at(zip_at), fetcher, whole.checkpoints.front()),
                  kinds::StaleCheckpoint);
}

TEST_CASE("Theia pivot: passwords of addresses stay out of documents") {
  auto const address = "https://me:secret@data.example/SNOW_en.json";
  auto const all = run_over(address, pivot({"A_DAT_1"}));
  CHECK(all.documents.at(0).address == at);
}

TEST_CASE("Theia pivot: the real file of a producer becomes 8 records of 642 observations") {
  auto const text = real_file();
  if (text.empty()) return;
  auto const all = run_over("https://data.example/CRYO_en.json", text);
  CHECK(all.complete);
  REQUIRE(all.documents.size() == 8);
  auto const document = json::Document::parse(text);
  REQUIRE(document);
  std::size_t observations = 0;
  std::size_t stations = 0;
  std::size_t told = 0;
  std::size_t variables = 0;
  std::size_t told_variables = 0;
  auto next = all.documents.begin();
  for (auto const dataset : document->root().member("datasets")->elements()) {
    auto const record = record_of(*next++);
    CHECK(record.native_id == dataset.string("datasetId"));
    // One DOI stands for all eight.
    CHECK(record.identifiers.empty());
    CHECK(record.relations.at(0).id == "10.17178/cryobsclim.clb.all");
    std::set<std::string> features;
    std::set<std::string> names;
    for (auto const observation : dataset.member("observations")->elements()) {
      ++observations;
      auto const feature = *observation.member("featureOfInterest")->member("samplingFeature");
      features.insert(std::string(*feature.string("name")));
      names.insert(std::string(*observation.member("observedProperty")->string("name")));
    }
    stations += features.size();
    variables += names.size();
    told_variables += record.variables.size();
    std::set<std::string> places;
    for (auto const& extent : record.spatial) places.insert(std::string(extent.place.first()));
    places.erase("");
    told += places.size();
    CHECK(record.temporal.size() == 1);
  }
  CHECK(observations == 642);
  CHECK(told == stations);
  CHECK(told_variables == variables);
}

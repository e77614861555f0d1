// Maps every STAC and OGC API Records document of a collection of real ones, and compares what
// became of them with what was looked at and found good.
//
//   stac_corpus EXPECTED [--bless]
//
// The environment variable TERRACAT_CORPUS names the folder. Without it the test is skipped, unless
// CI=true says that it must run. --bless writes EXPECTED anew.

#include <terracat/format.hpp>

#include "formats/record_json.hpp"
#include "formats/stac_text.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>
#include <sstream>
#include <string>
#include <vector>

namespace {

namespace fs = std::filesystem;

using namespace terracat;

constexpr int exit_skipped = 77; // CTest's SKIP_RETURN_CODE

constexpr std::array<std::string_view, 3> json_formats{"stac-item", "stac-collection",
                                                       "ogc-record"};

std::string bytes_of(fs::path const& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// What became of the documents of one format.
struct Tally {
  std::size_t documents = 0;
  std::size_t mapped = 0; ///< with or without warnings
  std::size_t warned = 0;
  std::size_t refused = 0;
  std::map<std::string, std::size_t> codes; ///< documents with a finding of that code
};

class Corpus {
 public:
  /// Reads the file itself and the features and collections that it lists.
  void add(fs::path const& path, std::string const& address) {
    auto const bytes = bytes_of(path);
    for (auto const name : json_formats) {
      // Whatever the file is, the reader must come back with a reading or a reason.
      auto const result = formats::find(name)->read(bytes, context(address));
      if (!result && severity(result.error().code) != Severity::refused) {
        fault(address, "is refused for what is only a warning");
      }
    }
    map(bytes, address);
    auto const document = json::Document::parse(bytes);
    if (!document) return;
    for (auto const list : {"features", "collections"}) {
      auto const members = document->root().member(list);
      if (!members) continue;
      for (auto const member : members->elements()) map(member.text(), address);
    }
  }

  [[nodiscard]] std::string table() const {
    std::ostringstream out;
    for (auto const name : json_formats) {
      auto const found = tallies_.find(std::string(name));
      auto const tally = found == tallies_.end() ? Tally() : found->second;
      out << name << ": " << tally.documents << " documents, " << tally.mapped << " mapped, "
          << tally.warned << " of them warned, " << tally.refused << " refused\n";
      for (auto const& [code, documents] : tally.codes) {
        out << "  " << code << " " << documents << "\n";
      }
    }
    return out.str();
  }

  [[nodiscard]] bool has_faults() const noexcept { return has_faults_; }

 private:
  formats::ReadContext context(std::string const& address) {
    return {.address = address, .language = {}, .local_assets = {}, .json = parser_};
  }

  void map(std::string_view bytes, std::string const& address) {
    auto const* const format = formats::recognise(bytes);
    if (format == nullptr || std::ranges::find(json_formats, format->name) == json_formats.end()) {
      return;
    }
    auto& tally = tallies_[std::string(format->name)];
    ++tally.documents;
    auto const result = format->read(bytes, context(address));
    if (!result) {
      ++tally.refused;
      count(tally, {result.error()});
      return;
    }
    ++tally.mapped;
    if (!result->findings.empty()) ++tally.warned;
    count(tally, result->findings);
    check_answer(*result, address);
  }

  static void count(Tally& tally, std::vector<Finding> const& findings) {
    std::vector<std::string> codes;
    for (auto const& finding : findings) codes.emplace_back(name(finding.code));
    std::ranges::sort(codes);
    codes.erase(std::ranges::unique(codes).begin(), codes.end());
    for (auto const& code : codes) ++tally.codes[code];
  }

  /// Whatever is mapped can be answered, and read again.
  void check_answer(formats::Reading const& reading, std::string const& address) {
    if (auto const* const item = std::get_if<model::Item>(&reading.resource)) {
      std::string text;
      formats::append_item(text, (*item)->body, (*item)->native_id, "collection", {});
      check(text, address);
      check_replay(**item, text, address);
      return;
    }
    auto const& record = std::get<model::Record>(reading.resource);
    for (auto const& format : formats::all()) {
      if (format.write == nullptr) continue;
      if (format.name == "terracat") {
        check_told(record, format.write(record, record->native_id), address);
        continue;
      }
      auto const text = format.write(record, "id");
      if (format.media_type.find("json") != std::string_view::npos) check(text, address);
    }
  }

  /// What other catalogues are told reads there as the same record.
  void check_told(model::Record const& record, std::string_view text, std::string const& address) {
    auto const result = formats::find("terracat")->read(text, context(address));
    auto const* const again = result ? std::get_if<model::Record>(&result->resource) : nullptr;
    if (again == nullptr) return fault(address, "cannot be read by another catalogue");
    auto const told = formats::to_record_json(*again);
    if (told == formats::to_record_json(record)) return;
    fault(address, "is another record in another catalogue: " + told);
  }

  /// What a reading made reads as the same item.
  void check_replay(model::ItemParts const& item, std::string_view text,
                    std::string const& address) {
    auto const result = formats::find("stac-item")->read(text, {.is_ours = true, .json = parser_});
    auto const* const again = result ? std::get_if<model::Item>(&result->resource) : nullptr;
    if (again == nullptr) return fault(address, "cannot be read again");
    bool const is_same = (*again)->body == item.body && (*again)->datetime == item.datetime &&
                         (*again)->start == item.start && (*again)->end == item.end &&
                         (*again)->footprint == item.footprint;
    if (!is_same) fault(address, "is another item when it is read again");
  }

  void check(std::string_view text, std::string const& address) {
    auto const document = json::Document::parse(text);
    if (!document) fault(address, "is answered with text that is no JSON");
    if (document && !document->root().member("links")) fault(address, "is answered without links");
  }

  void fault(std::string const& address, std::string_view what) {
    std::cerr << address << " " << what << "\n";
    has_faults_ = true;
  }

  json::Parser parser_;
  std::map<std::string, Tally> tallies_;
  bool has_faults_ = false;
};

std::vector<fs::path> files_below(fs::path const& folder) {
  std::vector<fs::path> files;
  for (auto const& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file()) files.push_back(entry.path());
  }
  std::ranges::sort(files);
  return files;
}

int skip() {
  auto const* const ci = std::getenv("CI");
  bool const must_run = ci != nullptr && std::string_view(ci) == "true";
  std::cout << (must_run ? "failed" : "skipped")
            << ": TERRACAT_CORPUS does not name the folder of real documents\n";
  return must_run ? EXIT_FAILURE : exit_skipped;
}

int compare(Corpus const& corpus, fs::path const& expected, bool bless) {
  auto const table = corpus.table();
  std::cout << table;
  if (bless) std::ofstream(expected) << table;
  if (table == bytes_of(expected)) return corpus.has_faults() ? EXIT_FAILURE : EXIT_SUCCESS;
  std::cerr << "differs from " << expected.filename().string() << ", which says\n"
            << bytes_of(expected);
  return EXIT_FAILURE;
}

} // namespace

int main(int argc, char** argv) {
  std::vector<std::string_view> const arguments(argv + 1, argv + argc);
  if (arguments.empty()) {
    std::cerr << "usage: stac_corpus EXPECTED [--bless]\n";
    return EXIT_FAILURE;
  }
  auto const* const folder = std::getenv("TERRACAT_CORPUS");
  if (folder == nullptr || !fs::is_directory(folder)) return skip();
  Corpus corpus;
  for (auto const& path : files_below(folder)) {
    corpus.add(path, "https://corpus.example.org/" + fs::relative(path, folder).string());
  }
  return compare(corpus, arguments[0], arguments.size() > 1 && arguments[1] == "--bless");
}

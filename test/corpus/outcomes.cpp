// Says of every file of a folder of real documents what a harvest makes of it, document by
// document, and compares it with the table that is kept: `corpus_outcomes EXPECTED [--bless]`. The
// folder is named by TERRACAT_CORPUS. None may crash, and each document is mapped or refused for a
// reason.

#include "corpus/text.hpp"

#include "kinds/files/files.hpp"
#include "run/harvest.hpp"
#include "store/stores.hpp"
#include "support/rdf_parser.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <limits>
#include <map>
#include <set>
#include <sstream>

namespace {

namespace fs = std::filesystem;

using namespace terracat;

constexpr int skipped = 77; // what CTest is told to take for a skipped test

/// A catalogue that nothing is written to.
class Bench {
 public:
  std::string outcome_of(fs::path const& file) {
    std::vector<fs::path> const files{file};
    std::map<std::string, std::size_t> counts;
    try {
      auto const documents = kinds::files::from_paths(files, {});
      auto const previews =
          harvest_.preview(source_, *documents, std::numeric_limits<std::size_t>::max(), {});
      for (auto const& preview : previews) ++counts[words(preview)];
    } catch (kinds::ProtocolError const& error) {
      return std::string("not read: ") + error.what();
    }
    if (counts.empty()) return "no document";
    std::string out;
    for (auto const& [what, count] : counts) {
      out += (out.empty() ? "" : ", ") + std::to_string(count) + ' ' + what;
    }
    return out;
  }

 private:
  static std::string words(run::Preview const& preview) {
    auto const format = preview.format.empty() ? std::string("unknown") : preview.format;
    if (preview.mapped.empty()) {
      auto const code =
          preview.findings.empty() ? "without a reason" : name(preview.findings.front().code);
      return format + " refused: " + std::string(code);
    }
    std::set<std::string> codes;
    for (auto const& finding : preview.findings) codes.emplace(name(finding.code));
    std::string out = format + " mapped";
    for (auto const& code : codes) out += (code == *codes.begin() ? ": " : " ") + code;
    return out;
  }

  static Source source() {
    Source out;
    out.name = "corpus";
    out.kind = "push";
    return out;
  }

  Source source_ = source();
  int nowhere_ = ::open("/dev/null", O_WRONLY | O_CLOEXEC); // NOLINT: C interface
  log::Logger log_{{.level = log::Level::error, .descriptor = nowhere_}};
  metrics::Metrics metrics_{{}};
  test::RdfHere rdf_;
  catalogue::Catalogue catalogue_{store::open_store("memory:", store::Access::write),
                                  {},
                                  [](std::string const&) { std::abort(); }};
  run::Harvest harvest_{catalogue_, {.site = {}, .rdf = &rdf_}, log_, metrics_};
};

std::string table_of(fs::path const& folder) {
  std::vector<fs::path> files;
  for (auto const& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file()) files.push_back(entry.path());
  }
  std::ranges::sort(files);
  Bench bench;
  std::string out;
  for (auto const& file : files) {
    out += fs::relative(file, folder).string() + '\t' + bench.outcome_of(file) + '\n';
  }
  return out;
}

/// Lines that only one of the two has.
void explain(std::string const& found, std::string const& expected) {
  auto const lines_of = [](std::string const& text) {
    std::set<std::string> out;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) out.insert(line);
    return out;
  };
  auto const ours = lines_of(found);
  auto const theirs = lines_of(expected);
  for (auto const& line : theirs) {
    if (!ours.contains(line)) std::cerr << "expected " << line << '\n';
  }
  for (auto const& line : ours) {
    if (!theirs.contains(line)) std::cerr << "found    " << line << '\n';
  }
}

} // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    std::cerr << "usage: corpus_outcomes EXPECTED [--bless]\n";
    return 2;
  }
  auto const* const folder = std::getenv("TERRACAT_CORPUS");
  if (folder == nullptr || !fs::is_directory(folder)) {
    std::cout << "skipped: TERRACAT_CORPUS names no folder of real documents\n";
    auto const* const ci = std::getenv("CI");
    return ci != nullptr && std::string_view(ci) == "true" ? 1 : skipped;
  }
  auto const found = table_of(folder);
  if (found.find("without a reason") != std::string::npos) {
    std::cerr << "a document was refused without a reason\n";
    return 1;
  }
  if (argc > 2 && std::string_view(argv[2]) == "--bless") {
    std::ofstream(argv[1], std::ios::binary) << found;
    return 0;
  }
  auto const expected = corpus::contents_of(argv[1]);
  if (found == expected) return 0;
  std::cerr << "documents become something else than " << argv[1] << " says\n";
  explain(found, expected);
  return 1;
}

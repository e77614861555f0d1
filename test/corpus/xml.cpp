// Reads every record in XML of a folder of real documents and compares what came of it, in numbers,
// with an expectation: `corpus_xml <expected.txt> [--bless]`. The folder is named by
// TERRACAT_CORPUS. Besides, every file of the folder, whatever it is, is given to each reader:
// none may crash.

#include "corpus/documents.hpp"
#include "corpus/tally.hpp"
#include "corpus/text.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>

namespace {

using namespace terracat;

constexpr int skipped = 77; // what CTest is told to take for a skipped test
constexpr std::array<std::string_view, 5> format_names{"iso19139", "iso19115-3", "datacite",
                                                       "dublin-core", "eml"};

std::vector<std::string> files_below(std::string const& folder) {
  std::vector<std::string> files;
  for (auto const& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file()) files.push_back(entry.path().string());
  }
  std::ranges::sort(files);
  return files;
}

/// The tallies of the documents of each format, and of all files given to each reader.
class Survey {
 public:
  void add(std::string const& bytes) {
    for (auto const& document : corpus::documents_in(bytes)) {
      auto const* const format = formats::recognise(document);
      if (format == nullptr ||
          std::ranges::find(format_names, format->name) == format_names.end()) {
        continue;
      }
      documents_[std::string(format->name)].add(format->read(document, context_));
    }
    for (auto const name : format_names) {
      files_[std::string(name)].add(formats::find(name)->read(bytes, context_));
    }
  }

  [[nodiscard]] std::string as_text() const {
    std::string out;
    for (auto const& [name, tally] : documents_) {
      out += tally.outcome("documents of format " + name) + tally.details() + '\n';
    }
    for (auto const& [name, tally] : files_) {
      out += tally.outcome("all files, whole, given to the reader of " + name) + '\n';
    }
    return out;
  }

 private:
  json::Parser parser_;
  formats::ReadContext context_{.address = {}, .language = {}, .local_assets = {}, .json = parser_};
  std::map<std::string, corpus::Tally> documents_;
  std::map<std::string, corpus::Tally> files_;
};

/// The first line that differs, both ways.
void explain(std::string const& found, std::string const& expected) {
  std::istringstream found_lines(found);
  std::istringstream expected_lines(expected);
  std::string a;
  std::string b;
  bool more = true;
  while (more) {
    bool const has_a = static_cast<bool>(std::getline(found_lines, a));
    bool const has_b = static_cast<bool>(std::getline(expected_lines, b));
    more = has_a && has_b && a == b;
    if (has_a && has_b && a != b) std::cerr << "found    " << a << "\nexpected " << b << '\n';
  }
}

int run(std::string const& folder, std::string const& expected_path, bool bless) {
  Survey survey;
  for (auto const& file : files_below(folder)) survey.add(corpus::contents_of(file));
  auto const found = survey.as_text();
  std::cout << found;
  if (bless) {
    std::ofstream(expected_path, std::ios::binary) << found;
    return 0;
  }
  auto const expected = corpus::contents_of(expected_path);
  if (found == expected) return 0;
  std::cerr << "the documents become something else than " << expected_path << " says\n";
  explain(found, expected);
  return 1;
}

std::string environment(char const* name) {
  auto const* const value = std::getenv(name);
  return value == nullptr ? std::string() : value;
}

} // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    std::cerr << "usage: corpus_xml <expected.txt> [--bless]\n";
    return 2;
  }
  auto const folder = environment("TERRACAT_CORPUS");
  if (folder.empty() || !std::filesystem::is_directory(folder)) {
    std::cout << "skipped: TERRACAT_CORPUS names no folder of real documents\n";
    return environment("CI") == "true" ? 1 : skipped;
  }
  try {
    return run(folder, argv[1], argc > 2 && std::string_view(argv[2]) == "--bless");
  } catch (std::exception const& error) {
    std::cerr << error.what() << '\n';
    return 1;
  }
}

// Documents that were spoilt, through every reader of formats: each becomes a record or an item
// that holds together, or is refused with a code, and neither takes long nor much memory.
//
//   malformed COUNT SEED FOLDER...   with TERRACAT_CORPUS, documents of that folder as well
//   malformed =NUMBER SEED FOLDER... tries that one alone and prints it

#include "fuzz/fuzz.hpp"
#include "fuzz/mutators.hpp"
#include "fuzz/readings.hpp"

#include "kinds/xml_answer.hpp"

#include <sys/resource.h>

#include <algorithm>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <vector>

namespace terracat::fuzz {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t largest = 256 << 10;  ///< bytes of a document before it is spoilt
constexpr double most_seconds = 2;          ///< of processor time for one document in one format
constexpr long most_kilobytes = 512L << 10; ///< of memory for the process

struct Document {
  std::string name;
  std::string bytes;
};

void add_documents(fs::path const& folder, std::vector<Document>& out) {
  std::vector<fs::path> paths;
  for (auto const& entry : fs::recursive_directory_iterator(folder)) {
    auto const kind = entry.path().extension();
    if (entry.is_regular_file() && (kind == ".xml" || kind == ".json")) {
      paths.push_back(entry.path());
    }
  }
  std::ranges::sort(paths);
  for (auto const& path : paths) {
    std::ifstream file(path, std::ios::binary);
    std::string bytes{std::istreambuf_iterator<char>(file), {}};
    if (!bytes.empty() && bytes.size() <= largest) {
      out.push_back({fs::relative(path, folder).string(), std::move(bytes)});
    }
  }
}

double processor_seconds() {
  timespec now{};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

long peak_kilobytes() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  return usage.ru_maxrss;
}

/// Through every reader, whatever its format: a reader may be told a wrong one.
class Doors {
 public:
  void enter(std::string const& document, std::string const& about) {
    for (auto const& format : formats::all()) {
      if (format.split != nullptr) {
        enter_foreign(format, document);
        continue;
      }
      timed(about + " as " + std::string(format.name), [&] { check_format(format, document); });
    }
    timed(about + " as a page", [&] { (void)kinds::read_answer(document); });
  }

  [[nodiscard]] double slowest() const noexcept { return slowest_; }

 private:
  /// Its parser is another's, whose time the helper process bounds: what it does with text of any
  /// other kind is not ours to measure.
  static void enter_foreign(formats::Format const& format, std::string const& document) {
    if (!format.recognises(document)) return;
    check_format(format, document);
    check_split(format, document);
  }

  template<class Reading>
  void timed(std::string const& about, Reading const& read) {
    auto const begin = processor_seconds();
    read();
    auto const taken = processor_seconds() - begin;
    slowest_ = std::max(slowest_, taken);
    require(taken <= most_seconds, "a document is read in bounded time", about);
  }

  double slowest_ = 0;
};

/// The document of that number, spoilt once or twice; the same each time.
Document spoilt(std::vector<Document> const& documents, std::size_t number, unsigned seed) {
  auto const all = mutators();
  test::Random dice(seed + static_cast<unsigned>(number));
  auto out = documents[number % documents.size()];
  auto spoil = [&](Mutator const& mutator) {
    out.name += std::string(", ") + std::string(mutator.name);
    if (!out.bytes.empty()) out.bytes = mutator.apply(out.bytes, dice);
  };
  spoil(all[(number + number / documents.size()) % all.size()]);
  if (dice.once_in(3)) {
    spoil(all[static_cast<std::size_t>(dice.between(0, static_cast<int>(all.size()) - 1))]);
  }
  out.name = std::to_string(number) + ": " + out.name;
  return out;
}

int run(std::string const& count, unsigned seed, std::vector<fs::path> const& folders) {
  std::vector<Document> documents;
  for (auto const& folder : folders) add_documents(folder, documents);
  if (documents.empty()) return 1;
  bool const is_single = count.starts_with('=');
  auto const number = std::stoull(count.substr(is_single ? 1 : 0));
  Doors doors;
  for (auto i = is_single ? number : 0; i < number + (is_single ? 1 : 0); ++i) {
    auto const document = spoilt(documents, i, seed);
    std::cerr << document.name << std::endl; // the last line names the culprit
    if (is_single) std::cout << document.bytes << std::flush;
    doors.enter(document.bytes, document.name);
    require(peak_kilobytes() <= most_kilobytes, "documents are read in bounded memory",
            document.name);
  }
  std::cerr << documents.size() << " documents, " << number << " spoilt; the slowest took "
            << doors.slowest() << " s, at most " << peak_kilobytes() / 1024 << " MB\n";
  return 0;
}

} // namespace
} // namespace terracat::fuzz

int main(int count, char** arguments) {
  std::vector<std::string> const given(arguments + 1, arguments + count); // NOLINT: C interface
  if (given.size() < 3) {
    std::cerr << "usage: malformed COUNT SEED FOLDER...\n";
    return 2;
  }
  std::vector<std::filesystem::path> folders(given.begin() + 2, given.end());
  if (auto const* const corpus = std::getenv("TERRACAT_CORPUS")) folders.emplace_back(corpus);
  return terracat::fuzz::run(given[0], static_cast<unsigned>(std::stoul(given[1])), folders);
}

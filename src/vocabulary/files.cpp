#include "vocabulary/files.hpp"

#include "vocabulary/read.hpp"

#include <terracat/embedded.hpp>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <system_error>

namespace terracat::embedded {

[[nodiscard]] std::span<EmbeddedFile const> shipped_vocabularies() noexcept;

} // namespace terracat::embedded

namespace terracat::vocabulary {
namespace {

namespace fs = std::filesystem;

/// What no parser takes need not be read.
constexpr std::uintmax_t most_bytes = std::uintmax_t{64} << 20U;

bool is_document(fs::path const& path) {
  constexpr std::array<std::string_view, 7> endings{".ttl", ".nt",     ".rdf", ".owl",
                                                    ".xml", ".jsonld", ".json"};
  return std::ranges::find(endings, path.extension().string()) != endings.end();
}

Finding refusal(FindingCode code) {
  return {.code = code, .where = {}, .excerpt = {}};
}

boost::system::result<std::vector<fs::path>, Finding> documents_of(fs::path const& place) {
  std::error_code error;
  if (!fs::is_directory(place, error)) return std::vector{place};
  std::vector<fs::path> out;
  fs::directory_iterator entry(place, error);
  for (; !error && entry != fs::directory_iterator(); entry.increment(error)) {
    if (entry->is_regular_file(error) && is_document(entry->path())) out.push_back(entry->path());
  }
  if (error || out.empty()) return refusal(FindingCode::file_unreadable);
  std::ranges::sort(out);
  return out;
}

boost::system::result<std::string, Finding> contents_of(fs::path const& path) {
  std::error_code error;
  if (!fs::is_regular_file(path, error)) return refusal(FindingCode::file_unreadable);
  auto const size = fs::file_size(path, error);
  if (!error && size > most_bytes) return refusal(FindingCode::too_large);
  std::ifstream file(path, std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(file), {}};
  if (error || !file.good()) return refusal(FindingCode::file_unreadable);
  return text;
}

/// What several documents say is said by one vocabulary.
void add(Draft& whole, Draft part) {
  std::ranges::move(part.concepts, std::back_inserter(whole.concepts));
  std::ranges::move(part.schemes, std::back_inserter(whole.schemes));
  whole.report.add(part.report);
}

class Loader {
 public:
  explicit Loader(rdf::Parser& parser) : parser_(parser) {}

  void load(Place const& place) {
    Draft whole{.name = place.name, .concepts = {}, .schemes = {}, .report = {}};
    if (place.text.empty()) return load_files(place, std::move(whole));
    if (take(place, place.path, std::string(place.text), whole)) {
      loaded_.drafts.push_back(std::move(whole));
    }
  }

  [[nodiscard]] Loaded take() { return std::move(loaded_); }

 private:
  using Text = boost::system::result<std::string, Finding>;

  void load_files(Place const& place, Draft whole) {
    auto const documents = documents_of(place.path);
    if (!documents) return fail(place, place.path, documents.error());
    bool is_whole = true;
    for (auto const& path : *documents) {
      is_whole = take(place, path.string(), contents_of(path), whole) && is_whole;
    }
    if (is_whole) loaded_.drafts.push_back(std::move(whole));
  }

  /// \return  false if it could not be read
  bool take(Place const& place, std::string const& path, Text const& text, Draft& whole) {
    auto draft = text ? read(*text, place.name, parser_)
                      : boost::system::result<Draft, Finding>(text.error());
    if (!draft) {
      fail(place, path, draft.error());
      return false;
    }
    add(whole, std::move(*draft));
    return true;
  }

  void fail(Place const& place, std::string const& path, Finding const& finding) {
    loaded_.failures.push_back({.vocabulary = place.name, .path = path, .finding = finding});
  }

  rdf::Parser& parser_;
  Loaded loaded_;
};

} // namespace

std::vector<Place> shipped() {
  std::vector<Place> out;
  for (auto const& file : embedded::shipped_vocabularies()) {
    out.push_back({.name = std::string(file.name), .path = "(shipped)", .text = file.bytes});
  }
  return out;
}

Loaded load(std::span<Place const> places, rdf::Parser& parser) {
  Loader loader(parser);
  for (auto const& place : places) loader.load(place);
  return loader.take();
}

} // namespace terracat::vocabulary

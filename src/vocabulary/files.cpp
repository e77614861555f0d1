#include "vocabulary/files.hpp"

#include "vocabulary/read.hpp"

#include <terracat/embedded.hpp>

#include <algorithm>
#include <array>
#include <filesystem>
#include <optional>
#include <system_error>
#include <utility>

namespace terracat::embedded {

[[nodiscard]] std::span<EmbeddedFile const> shipped_vocabularies() noexcept;

} // namespace terracat::embedded

namespace terracat::vocabulary {
namespace {

namespace fs = std::filesystem;

bool is_document(fs::path const& path) {
  constexpr std::array<std::string_view, 8> endings{".ttl", ".nt",     ".rdf",  ".owl",
                                                    ".xml", ".jsonld", ".json", ".csv"};
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

class Loader {
 public:
  explicit Loader(rdf::Parser& parser) : parser_(parser) {}

  void load(Place const& place) {
    Reader reader(parser_);
    bool is_whole = true;
    if (!place.text.empty()) {
      is_whole = add(place, place.path, Document(place.text), reader);
    } else {
      auto const documents = documents_of(place.path);
      if (!documents) return fail(place, place.path, documents.error());
      for (auto const& path : *documents) {
        // After a failure the others are tried by themselves, so that each is told.
        Reader apart(parser_);
        is_whole =
            add(place, path.string(), Document::open(path), is_whole ? reader : apart) && is_whole;
      }
    }
    if (!is_whole) return;
    auto draft = reader.finish(place.name);
    if (!draft) return fail(place, place.path, draft.error());
    loaded_.drafts.push_back(std::move(*draft));
  }

  [[nodiscard]] Loaded take() { return std::move(loaded_); }

 private:
  /// \return  false if it could not be read
  bool add(Place const& place, std::string const& path,
           boost::system::result<Document, Finding> document, Reader& reader) {
    auto refusal = document ? reader.add(*document) : document.error();
    if (refusal) fail(place, path, *refusal);
    return !refusal;
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

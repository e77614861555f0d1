#include "formats/theia/pivot.hpp"
#include "formats/words/languages.hpp"
#include "kinds/checkpoint.hpp"
#include "kinds/files/input.hpp"
#include "kinds/options.hpp"
#include "kinds/theia_pivot/archive.hpp"
#include "kinds/theia_pivot/options.hpp"
#include "kinds/theia_pivot/theia_pivot.hpp"
#include "kinds/url.hpp"
#include "kinds/xml_answer.hpp"

#include <terracat/text.hpp>

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>
#include <system_error>
#include <utility>

namespace terracat::kinds::theia_pivot {
namespace {

namespace fs = std::filesystem;
using formats::theia::DatasetVersion;

constexpr std::int64_t version = 1;
constexpr std::size_t most_on_page = 50;
constexpr std::size_t most_bytes_on_page = std::size_t{16} << 20;
constexpr std::size_t most_bytes = std::size_t{64} << 20;         ///< of one file
constexpr std::size_t most_bytes_in_all = std::size_t{192} << 20; ///< of all files, unpacked

/// The producer of a file is written for each of its data sets.
constexpr std::size_t most_shared_bytes = std::size_t{256} << 20;

bool is_web(std::string_view address) {
  return address.starts_with("http://") || address.starts_with("https://");
}

std::string_view name_of(std::string_view path) {
  path = path.substr(0, path.find_first_of("?#"));
  return path.substr(path.rfind('/') + 1);
}

/// `fr` of "CRYO_fr.json"; empty if the name says nothing.
std::string language_in(std::string_view name) {
  constexpr std::string_view ending = ".json";
  constexpr std::size_t letters = 2;
  auto const lower = lowered(name);
  std::string_view stem = lower;
  if (!stem.ends_with(ending)) return {};
  stem.remove_suffix(ending.size());
  if (stem.size() <= letters || stem[stem.size() - letters - 1] != '_') return {};
  return formats::read_language(stem.substr(stem.size() - letters));
}

/// What stands beside the files of an archive: of macOS, and hidden.
bool is_pivot_name(std::string_view path) {
  return lowered(path).ends_with(".json") && !path.starts_with("__MACOSX/") &&
         !name_of(path).starts_with('.');
}

/// A file as it came.
struct File {
  std::string name; ///< for reports
  std::string bytes;
};

/// A file that was read.
struct Read {
  std::string name;
  std::string language;
  json::Document document;
};

struct Dataset {
  std::string id;
  std::vector<DatasetVersion> versions;
};

class PivotHarvester : public Harvester {
 public:
  PivotHarvester(Source const& source, fetch::Fetcher& fetcher, std::string_view checkpoint,
                 What what)
      : fetcher_(fetcher), what_(what), language_(source.language) {
    auto const options = read_options(options_schema, source.options);
    addresses_.push_back(source.address);
    for (auto const also : options.root().member("also")->elements()) add_address(*also.string());
    for (auto const& address : addresses_) query_ += address + '\n';
    if (what_ == What::ids) query_ += "ids";
    if (checkpoint.empty()) return;
    Checkpoint const read(checkpoint, version, query_);
    taken_ = read.needed_count("taken");
    stamp_ = read.root().string("stamp").value_or("");
    done_ = read.flag("done");
    complete_ = read.flag("complete");
  }

  [[nodiscard]] std::optional<Page> next(std::stop_token stop) override {
    if (done_) return std::nullopt;
    Page page;
    if (!std::exchange(loaded_, true)) load(page, stop);
    std::size_t bytes = 0;
    for (; taken_ < datasets_.size(); ++taken_) {
      if (page.documents.size() >= most_on_page || bytes >= most_bytes_on_page) break;
      auto document = document_of(datasets_[taken_]);
      bytes += document.bytes.size();
      page.documents.push_back(std::move(document));
    }
    done_ = taken_ == datasets_.size();
    complete_ = done_ && failed_ == 0 && !datasets_.empty();
    page.announced = datasets_.size();
    page.checkpoint = to_checkpoint();
    return page;
  }

  [[nodiscard]] bool complete() const noexcept override { return complete_; }

  [[nodiscard]] Coverage coverage() const noexcept override { return Coverage::records; }

 private:
  [[nodiscard]] std::string to_checkpoint() const {
    auto out = begin_checkpoint(version, query_);
    out.name("taken").integer(static_cast<std::int64_t>(taken_)).name("stamp").string(stamp_);
    out.name("done").boolean(done_).name("complete").boolean(complete_);
    return out.end_object().take();
  }

  // ---- Files

  /// A path is one from the folder of the first file.
  void add_address(std::string_view text) {
    if (is_web(text) != is_web(addresses_.front())) {
      throw ProtocolError("the files of a source are all here or all on the web");
    }
    auto const folder = fs::path(addresses_.front()).parent_path();
    addresses_.push_back(is_web(text) ? std::string(text) : (folder / text).string());
  }

  /// All files are read before the first document: any of them may have the other language of a
  /// data set. Where they have changed since a run broke off, it begins again.
  void load(Page& page, std::stop_token const& stop) {
    std::string hashes;
    std::size_t left = most_bytes_in_all;
    for (auto const& address : addresses_) {
      auto bytes = is_web(address) ? fetched(address, stop) : from_file(address);
      hashes += std::to_string(stable_hash(bytes)) + ' ';
      File file{std::string(name_of(without_credentials(address))), std::move(bytes)};
      if (starts_like_archive(file.bytes)) {
        unpack(file, left, page, stop);
      } else if (file.bytes.size() > std::min(most_bytes, left)) {
        fail(page, {FindingCode::too_large, excerpt(file.name), {}});
      } else {
        left -= file.bytes.size();
        take(std::move(file), page);
      }
    }
    if (stamp_ != hashes) taken_ = 0;
    stamp_ = std::move(hashes);
    // The same order each time, whatever that in the archive is: what has not changed has the same
    // bytes.
    std::ranges::stable_sort(files_, {}, [this](Read const& file) {
      return std::pair(file.language != language_, file.language);
    });
    gather(page);
    if (datasets_.empty()) fail(page, {FindingCode::list_cut_short, {}, "no data set"});
    taken_ = std::min(taken_, datasets_.size());
    if (taken_ > 0) page.failures.clear(); // they were told before the run broke off
  }

  [[nodiscard]] std::string fetched(std::string const& address, std::stop_token const& stop) {
    fetch::Request request;
    request.url = address;
    request.accept = "application/json, application/zip;q=0.9, */*;q=0.1";
    auto body = fetcher_.fetch(request, stop).body;
    if (starts_like_html(body)) {
      throw ProtocolError("the answer is no file of Theia/OZCAR but an HTML page");
    }
    return body;
  }

  [[nodiscard]] static std::string from_file(std::string const& address) {
    try {
      files::Buffered input(files::open_file(fs::canonical(address)));
      auto bytes = input.take(most_bytes_in_all + 1);
      if (bytes.size() > most_bytes_in_all) throw ProtocolError("the file is too large");
      return bytes;
    } catch (std::system_error const& error) {
      throw ProtocolError("the file cannot be read: " + error.code().message());
    }
  }

  /// \param left  of the bytes that may be unpacked
  void unpack(File const& archive, std::size_t& left, Page& page, std::stop_token const& stop) {
    auto entries = entries_of(archive.bytes);
    if (!entries) {
      fail(page, at(archive.name, entries.error()));
      return;
    }
    std::ranges::sort(*entries, {}, &Entry::name);
    for (auto const& entry : *entries) {
      if (!is_pivot_name(entry.name)) continue;
      if (stop.stop_requested()) {
        throw fetch::FetchError(fetch::FetchError::Reason::stopped, 0, "stopped");
      }
      auto const name = archive.name + '/' + entry.name;
      if (left == 0) {
        fail(page, {FindingCode::too_large, excerpt(name), "and what stands behind it"});
        return;
      }
      std::size_t spent = 0;
      auto contents = contents_of(archive.bytes, entry, std::min(most_bytes, left), spent);
      left -= std::min(left, spent);
      if (contents) {
        take({name, std::move(*contents)}, page);
      } else {
        fail(page, at(name, contents.error()));
      }
    }
  }

  void take(File file, Page& page) {
    constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
    std::string_view text = file.bytes;
    if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
    auto document = json::Document::parse(text);
    if (!document) {
      fail(page,
           {FindingCode::json_malformed, excerpt(file.name), excerpt(document.error().where)});
      return;
    }
    auto const list = document->root().member("datasets");
    if (!list || !list->is_array()) {
      fail(page, {FindingCode::unexpected_root, excerpt(file.name + ": /datasets"), {}});
      return;
    }
    auto const producer = document->root().member("producer");
    if (producer && producer->text().size() * list->size() > most_shared_bytes) {
      fail(page, {FindingCode::too_large, excerpt(file.name + ": /producer"), {}});
      return;
    }
    auto language = language_in(name_of(file.name));
    files_.push_back({std::move(file.name), std::move(language), std::move(*document)});
  }

  // ---- Data sets

  void gather(Page& page) {
    std::map<std::string, std::size_t, std::less<>> places;
    for (auto const& file : files_) {
      for (auto const dataset : file.document.root().member("datasets")->elements()) {
        std::string const id(trimmed(dataset.string("datasetId").value_or("")));
        if (id.empty()) {
          fail(page, {FindingCode::no_identifier, excerpt(file.name), excerpt(dataset.text())});
          continue;
        }
        auto const place = places.try_emplace(id, datasets_.size()).first->second;
        if (place == datasets_.size()) datasets_.push_back({id, {}});
        add(datasets_[place], {file.language, file.document.root(), dataset}, file.name, page);
        if (counted_.insert(id).second) dois_.add(dataset);
      }
    }
  }

  void add(Dataset& dataset, DatasetVersion told, std::string const& file, Page& page) {
    auto& versions = dataset.versions;
    bool const is_there =
        std::ranges::find(versions, told.language, &DatasetVersion::language) != versions.end();
    // One that does not say its language is in none beside others.
    bool const is_alone =
        !versions.empty() && (told.language.empty() || versions.front().language.empty());
    if (is_there || is_alone) {
      ++failed_;
      page.failures.push_back(
          {.native_id = dataset.id,
           .finding = {FindingCode::record_repeated, excerpt(file), excerpt(dataset.id)}});
      return;
    }
    versions.push_back(std::move(told));
  }

  [[nodiscard]] RawDocument document_of(Dataset const& dataset) const {
    RawDocument out{.native_id = dataset.id,
                    .format = "theia-pivot",
                    .bytes = {},
                    .address = is_web(addresses_.front())
                                   ? without_credentials(addresses_.front())
                                   : "file:" + encoded(name_of(addresses_.front())),
                    .collection = {}};
    if (what_ == What::documents) {
      out.bytes = formats::theia::document_of(dataset.versions, dois_);
    }
    return out;
  }

  [[nodiscard]] static Finding at(std::string const& file, Finding finding) {
    finding.where = excerpt(file);
    return finding;
  }

  void fail(Page& page, Finding finding) {
    ++failed_;
    page.failures.push_back({.native_id = {}, .finding = std::move(finding)});
  }

  fetch::Fetcher& fetcher_;
  What what_;
  std::string language_;
  std::vector<std::string> addresses_;
  std::string query_; ///< what a checkpoint refers to

  bool loaded_ = false;
  std::vector<Read> files_;
  std::vector<Dataset> datasets_; ///< values of the files' documents
  formats::theia::DoiCounts dois_;
  std::set<std::string, std::less<>> counted_; ///< data sets whose DOI is among them

  std::string stamp_;     ///< of all files
  std::size_t taken_ = 0; ///< data sets that were handed out
  std::size_t failed_ = 0;
  bool done_ = false;
  bool complete_ = false;
};

} // namespace

std::unique_ptr<Harvester> start(Source const& source, Means means, std::string_view checkpoint,
                                 What what) {
  return std::make_unique<PivotHarvester>(source, means.fetcher, checkpoint, what);
}

} // namespace terracat::kinds::theia_pivot

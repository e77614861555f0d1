#include "kinds/checkpoint.hpp"
#include "kinds/files/data_files.hpp"
#include "kinds/files/files.hpp"
#include "kinds/files/options.hpp"
#include "kinds/files/splitter.hpp"
#include "kinds/files/supply.hpp"
#include "kinds/options.hpp"
#include "kinds/url.hpp"

#include <new>
#include <system_error>
#include <unordered_set>
#include <utility>

namespace terracat::kinds::files {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t version = 1;
constexpr std::size_t most_on_page = 1'000;
constexpr std::size_t most_bytes_on_page = std::size_t{16} << 20;

/// Each is opened by a process of its own and read to its end: a page is not to take for ever.
constexpr std::size_t most_data_on_page = 50;

/// `file:` and the path that reports may show, each name of it percent-encoded.
std::string address_of(std::string_view shown) {
  std::string out = "file:";
  for (auto rest = shown; !rest.empty();) {
    auto const name = rest.substr(0, rest.find('/'));
    out += encoded(name);
    rest.remove_prefix(name.size());
    if (rest.starts_with('/')) {
      out += '/';
      rest.remove_prefix(1);
    }
  }
  return out;
}

/// Where a run stands: all that a checkpoint holds.
struct State {
  Place place;           ///< of the file that was read last
  std::string stamp;     ///< of its content
  std::size_t taken = 0; ///< how many of its parts were handed out
  std::size_t failed = 0;

  [[nodiscard]] std::string to_checkpoint(std::string_view query) const {
    auto const integer = [](std::size_t value) { return static_cast<std::int64_t>(value); };
    auto out = begin_checkpoint(version, query);
    out.name("root").integer(integer(place.root));
    // Names of files are bytes, which JSON cannot write.
    out.name("path").string(encoded(place.relative.generic_string()));
    out.member("stamp", stamp).name("taken").integer(integer(taken));
    return out.name("failed").integer(integer(failed)).end_object().take();
  }

  /// \throws StaleCheckpoint  if the text is none of to_checkpoint, or of another query
  [[nodiscard]] static State from_checkpoint(std::string_view text, std::string_view query) {
    Checkpoint const checkpoint(text, version, query);
    auto const path = checkpoint.root().string("path");
    if (!path) throw StaleCheckpoint("the checkpoint is not one of kind files");
    return {.place = {.root = checkpoint.needed_count("root"), .relative = decoded(*path)},
            .stamp = std::string(checkpoint.root().string("stamp").value_or("")),
            .taken = checkpoint.needed_count("taken"),
            .failed = checkpoint.count("failed").value_or(0)};
  }
};

/// What places refer to: the files and folders to start from, in their order.
std::string query_of(std::vector<Root> const& roots) {
  std::string out;
  for (auto const& root : roots) out += root.path.generic_string() + '\0';
  return out;
}

class FilesHarvester : public Harvester {
 public:
  /// \param query       what the places of the supply refer to
  /// \param data        makes items of files of data; null: files are documents
  /// \param may_repeat  two places of the supply may be shown by the same path
  FilesHarvester(std::unique_ptr<Supply> supply, std::string query, std::string format,
                 std::string_view checkpoint, std::unique_ptr<DataFiles> data = nullptr,
                 bool may_repeat = false)
      : supply_(std::move(supply)),
        query_(std::move(query)),
        format_(std::move(format)),
        data_(std::move(data)),
        may_repeat_(may_repeat) {
    if (checkpoint.empty()) return;
    resume_at_ = State::from_checkpoint(checkpoint, query_);
    state_ = *resume_at_;
  }

  [[nodiscard]] std::optional<Page> next(std::stop_token stop) override {
    Page page;
    std::size_t bytes = 0;
    stop_ = stop;
    if (data_ && !std::exchange(has_begun_, true)) begin(page);
    auto const most = data_ ? most_data_on_page : most_on_page;
    while (page.documents.size() + page.failures.size() < most && bytes < most_bytes_on_page) {
      if (stop.stop_requested()) {
        throw fetch::FetchError(fetch::FetchError::Reason::stopped, 0, "stopped");
      }
      auto cut = next_cut();
      if (!cut) break;
      bytes += cut->bytes.size();
      add(std::move(*cut), page);
    }
    if (page.documents.empty() && page.failures.empty()) {
      done_ = true;
      return std::nullopt;
    }
    page.checkpoint = state_.to_checkpoint(query_);
    return page;
  }

  [[nodiscard]] bool complete() const noexcept override { return done_ && state_.failed == 0; }

 private:
  /// \return  nothing when all files are read
  [[nodiscard]] std::optional<Cut> next_cut() {
    while (splitter_ || open_next_file()) {
      auto cut = cut_from_file();
      if (cut) {
        ++state_.taken;
        return cut;
      }
      splitter_.reset();
    }
    return std::nullopt;
  }

  /// A file that cannot be read to its end ends with a fault.
  [[nodiscard]] std::optional<Cut> cut_from_file() {
    try {
      return splitter_->next();
    } catch (std::system_error const& error) {
      splitter_ = only_fault(unreadable(error.code().message()));
      return splitter_->next();
    }
  }

  [[nodiscard]] bool open_next_file() {
    while (!splitter_) {
      auto file = supply_->next();
      if (!file) return false;
      if (resume_at_ && file->place < resume_at_->place) {
        pass_over(*file);
        continue;
      }
      open(std::move(*file));
    }
    return true;
  }

  /// A file that an earlier part of the run has read: its id is taken.
  void pass_over(FoundFile const& file) {
    if (!may_repeat_ || !data_ || !file.fault.empty() || is_description(file)) return;
    try {
      if (data_->split(file, {})) static_cast<void>(is_new(file));
    } catch (std::system_error const&) {
      return; // without an item it has no id
    }
  }

  /// False if another file has had the id of this one.
  [[nodiscard]] bool is_new(FoundFile const& file) {
    return !may_repeat_ || ids_.insert(data_id(file.shown)).second;
  }

  void open(FoundFile file) {
    file_ = std::move(file);
    state_.place = file_.place;
    state_.stamp.clear();
    state_.taken = 0;
    if (file_.fault.empty()) {
      try {
        splitter_ = split();
      } catch (std::system_error const& error) {
        splitter_ = only_fault(unreadable(error.code().message()));
      }
    } else {
      splitter_ = only_fault(unreadable(file_.fault));
    }
    if (splitter_) pass_over_what_was_taken();
  }

  /// \return  null if there is nothing in the file for this source
  [[nodiscard]] std::unique_ptr<Splitter> split() {
    if (data_ && !is_description(file_)) {
      auto item = data_->split(file_, stop_);
      return item && !is_new(file_) ? only_fault(repeated(file_.place.root)) : std::move(item);
    }
    auto input = supply_->open(file_);
    state_.stamp = input->stamp();
    return splitter_for(file_.shown, Buffered(std::move(input)), file_.is_given);
  }

  /// The file in which somebody has described the collection of the items.
  [[nodiscard]] static bool is_description(FoundFile const& file) {
    return file.place.relative == collection_file;
  }

  /// What the items belong to, unless a file of the folder says so.
  void begin(Page& page) {
    if (auto collection = data_->collection()) page.documents.push_back(std::move(*collection));
    if (auto remark = data_->remark(); !remark.empty()) page.remarks.push_back(std::move(remark));
  }

  /// In the file where a run goes on, unless it has changed since.
  void pass_over_what_was_taken() {
    auto const before = std::exchange(resume_at_, std::nullopt);
    if (!before || before->place != state_.place || before->stamp != state_.stamp) return;
    for (; state_.taken < before->taken; ++state_.taken) {
      if (!cut_from_file()) return;
    }
  }

  [[nodiscard]] static Finding unreadable(std::string why) {
    return {.code = FindingCode::file_unreadable, .where = {}, .excerpt = std::move(why)};
  }

  /// Where the file lies is not told, but which path of the list led there.
  [[nodiscard]] static Finding repeated(std::size_t root) {
    return {.code = FindingCode::record_repeated,
            .where = {},
            .excerpt = "an item before it has this id; it is of path " + std::to_string(root + 1) +
                       " of the list"};
  }

  void add(Cut cut, Page& page) {
    if (cut.warning) {
      cut.warning->where = file_.shown;
      page.failures.push_back({.native_id = cut.native_id, .finding = std::move(*cut.warning)});
    }
    if (!cut.fault) {
      page.documents.push_back({.native_id = std::move(cut.native_id),
                                .format = cut.format.empty() ? format_ : std::move(cut.format),
                                .bytes = std::move(cut.bytes),
                                .address = address_of(file_.shown),
                                .collection = std::move(cut.collection)});
      return;
    }
    // Of a file whose item has a name nothing is missing from the list: only its content is.
    if (cut.native_id.empty()) ++state_.failed;
    auto& where = cut.fault->where;
    where = file_.shown + (where.empty() ? "" : ": " + where);
    page.failures.push_back({.native_id = std::move(cut.native_id),
                             .finding = std::move(*cut.fault),
                             .collection = std::move(cut.collection)});
  }

  std::unique_ptr<Supply> supply_;
  std::string query_;
  std::string format_;
  std::unique_ptr<DataFiles> data_;
  bool may_repeat_;
  std::unordered_set<std::string> ids_; ///< of the files so far, if they may repeat
  std::stop_token stop_;                ///< of the step
  bool has_begun_ = false;
  State state_;
  std::optional<State> resume_at_; ///< until the file is reached
  FoundFile file_;
  std::unique_ptr<Splitter> splitter_; ///< of the file; null between two
  bool done_ = false;
};

/// The paths in a list, one on a line; blank lines and lines that start with `#` are none.
std::vector<Root> roots_in_list(fs::path const& list) {
  std::vector<Root> roots;
  auto const folder = fs::absolute(list).parent_path();
  auto const lines = split_lines(Buffered(open_file(fs::canonical(list))));
  while (auto line = lines->next()) {
    if (line->fault || line->bytes.starts_with('#')) continue;
    auto const path = (folder / line->bytes).lexically_normal();
    auto shown = path.lexically_relative(folder);
    // What lies elsewhere is called by its name only: where it lies is nobody's business.
    if (shown.empty() || *shown.begin() == "..") shown = path.filename();
    roots.push_back({.path = path, .shown = std::move(shown)});
  }
  return roots;
}

/// What items are made by: a run that has begun by other options is not gone on with.
std::string data_options(Source const& source, json::Value options) {
  std::string out = source.asset_folder.empty() ? "" : "\nserved";
  for (std::string_view const name : {"collection", "time_pattern", "base_url"}) {
    out += '\0' + std::string(options.string(name).value_or(""));
  }
  return out + (options.member("checksum")->boolean().value_or(true) ? "\nchecksum" : "");
}

std::unique_ptr<Harvester> below(std::vector<Root> roots, std::string format,
                                 std::string_view checkpoint, What what,
                                 std::unique_ptr<DataFiles> data = nullptr,
                                 std::string_view made_by = {}) {
  auto query = query_of(roots);
  if (what == What::ids) query += "ids";
  if (data) query += "data" + std::string(made_by);
  bool const may_repeat = roots.size() > 1;
  auto const links = data ? InnerLinks::passed_by : InnerLinks::followed;
  return std::make_unique<FilesHarvester>(files_below(std::move(roots), links), std::move(query),
                                          std::move(format), checkpoint, std::move(data),
                                          may_repeat);
}

} // namespace

std::unique_ptr<Harvester> start(Source const& source, Means means, std::string_view checkpoint,
                                 What what) {
  auto const options = read_options(options_schema, source.options);
  bool const is_list = *options.root().member("list")->boolean();
  std::error_code error;
  fs::path const path = source.address;
  auto const status = fs::status(path, error);
  if (error == std::errc::not_enough_memory) throw std::bad_alloc();
  if (error || !fs::exists(status)) {
    throw ProtocolError("there is no file or folder at the address: " + error.message());
  }
  std::vector<Root> roots;
  if (is_list) {
    try {
      roots = roots_in_list(path);
    } catch (std::system_error const& failure) {
      throw ProtocolError("the list cannot be read: " + failure.code().message());
    }
  } else {
    roots.push_back({.path = path, .shown = fs::is_directory(status) ? "" : path.filename()});
  }
  auto data = data_files(source, options.root(), means.data, what);
  return below(std::move(roots), source.format, checkpoint, what, std::move(data),
               data_options(source, options.root()));
}

std::unique_ptr<Harvester> from_paths(std::span<fs::path const> paths, std::string format,
                                      std::string_view checkpoint) {
  std::vector<Root> roots;
  for (auto const& path : paths) {
    auto const whole = fs::absolute(path).lexically_normal();
    // A slash at the end stands before an empty name.
    auto const shown = whole.has_filename() ? whole.filename() : whole.parent_path().filename();
    roots.push_back({.path = path, .shown = shown});
  }
  return below(std::move(roots), std::move(format), checkpoint, What::documents);
}

std::unique_ptr<Harvester> from_stream(std::istream& stream, std::string format) {
  return std::make_unique<FilesHarvester>(only_stream(stream), "", std::move(format), "");
}

} // namespace terracat::kinds::files

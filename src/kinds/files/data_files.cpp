#include "kinds/files/data_files.hpp"

#include "formats/words/media_types.hpp"
#include "kinds/files/data_item.hpp"
#include "kinds/files/sha256.hpp"
#include "kinds/url.hpp"

#include <terracat/descriptor.hpp>
#include <terracat/json.hpp>
#include <terracat/text.hpp>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cerrno>
#include <functional>
#include <system_error>
#include <utility>
#include <vector>

namespace terracat::kinds::files {

/// A regular file, and what it was like when it was opened.
struct Opened {
  Descriptor descriptor;
  std::uint64_t size = 0;
  timespec changed{};
};

namespace {

namespace fs = std::filesystem;

/// Endings that promise data: a file with one of these that cannot be read is a fault.
constexpr std::array<std::string_view, 18> data_endings{
    ".las", ".laz",

    ".tif", ".tiff", ".gtiff", ".jp2",  ".j2k", ".nc",  ".nc4",     ".cdf",
    ".h5",  ".hdf5", ".he5",   ".gpkg", ".shp", ".fgb", ".geojson", ".geotiff"};

/// Files that are nothing but names of other files.
constexpr std::array<std::string_view, 1> pointer_endings{".vrt"};

/// How files of data begin whose names say nothing.
constexpr std::array<std::string_view, 10> beginnings{
    std::string_view("LASF", 4),  std::string_view("II*\0", 4),
    std::string_view("MM\0*", 4), std::string_view("II+\0", 4),
    std::string_view("MM\0+", 4), std::string_view("CDF\1", 4),
    std::string_view("CDF\2", 4), std::string_view("\x89HDF", 4),
    std::string_view("fgb\3", 4), std::string_view("\0\0\0\x0CjP  ", 8)};

/// What lies beside a file, by what takes the place of its ending or follows it.
struct SideFile {
  std::string_view ending;
  bool replaces; ///< the ending of the file
};

constexpr std::array side_files{SideFile{".shx", true}, SideFile{".dbf", true},
                                SideFile{".prj", true}, SideFile{".cpg", true},
                                SideFile{".aux.xml", false}};

constexpr std::array<std::string_view, 11> picture_suffixes{
    "",    ".thumb",     "_thumb",     "-thumb",   "_thumbnail", "-thumbnail",
    "_ql", "_quicklook", "-quicklook", "_preview", "-preview"};

constexpr std::array<std::string_view, 4> picture_endings{".png", ".jpg", ".jpeg", ".webp"};

template<std::size_t Size>
bool has_ending(std::array<std::string_view, Size> const& endings, std::string_view ending) {
  return std::ranges::any_of(
      endings, [ending](std::string_view one) { return equal_ignoring_case(one, ending); });
}

/// A regular file; nothing else, and no symbolic link.
std::optional<Opened> open_regular(fs::path const& path) {
  Descriptor file(::open(path.c_str(), // NOLINT: variadic as the system has it
                         O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));

  struct stat about {};

  if (file.number() < 0 || ::fstat(file.number(), &about) != 0) return std::nullopt;
  if (!S_ISREG(about.st_mode)) {
    errno = EINVAL;
    return std::nullopt;
  }
  return Opened{.descriptor = std::move(file),
                .size = static_cast<std::uint64_t>(about.st_size),
                .changed = about.st_mtim};
}

/// False if somebody has written to it since it was opened.
bool is_as_it_was(Opened const& file) {
  struct stat about {};

  return ::fstat(file.descriptor.number(), &about) == 0 &&
         static_cast<std::uint64_t>(about.st_size) == file.size &&
         about.st_mtim.tv_sec == file.changed.tv_sec &&
         about.st_mtim.tv_nsec == file.changed.tv_nsec;
}

[[noreturn]] void refuse(int error) {
  throw std::system_error(error, std::generic_category());
}

bool begins_like_data(int descriptor) {
  constexpr std::size_t application = 68; // where a file of SQLite says whose it is
  std::array<char, application + 4> head{};
  auto const count = ::pread(descriptor, head.data(), head.size(), 0);
  if (count <= 0) return false;
  std::string_view const text(head.data(), static_cast<std::size_t>(count));
  if (text.starts_with("SQLite format 3") &&
      text.substr(std::min(text.size(), application)) == "GPKG") {
    return true;
  }
  return std::ranges::any_of(beginnings, [text](auto one) { return text.starts_with(one); });
}

/// Of as many bytes as the file had when it was opened, or fewer if it has become shorter.
std::string checksum_of(Opened const& file, std::stop_token const& stop) {
  constexpr std::uint64_t piece = std::uint64_t{1} << 20;
  std::vector<char> buffer(std::min(piece, file.size));
  Sha256 sum;
  for (std::uint64_t at = 0; at < file.size;) {
    if (stop.stop_requested()) {
      throw fetch::FetchError(fetch::FetchError::Reason::stopped, 0, "stopped");
    }
    auto const count =
        ::pread(file.descriptor.number(), buffer.data(),
                std::min<std::uint64_t>(buffer.size(), file.size - at), static_cast<off_t>(at));
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) refuse(errno);
    if (count == 0) break;
    sum.add(std::span(buffer).first(static_cast<std::size_t>(count)));
    at += static_cast<std::uint64_t>(count);
  }
  return sum.multihash();
}

/// A splitter that makes its one document when it is asked for it.
class OneItem : public Splitter {
 public:
  explicit OneItem(std::function<Cut()> make) : make_(std::move(make)) {}

  [[nodiscard]] std::optional<Cut> next() override {
    auto const make = std::exchange(make_, nullptr);
    return make ? std::optional(make()) : std::nullopt;
  }

 private:
  std::function<Cut()> make_;
};

/// The files beside a file of data that are a part of it.
struct Beside {
  fs::path name;
  std::string ending;
  Opened file;
};

/// \param own  ending of the file
std::vector<Beside> sides_of(FoundFile const& found, std::string const& own) {
  std::vector<Beside> out;
  bool const shouts = found.name.extension() == ".SHP";
  for (auto const& [ending, replaces] : side_files) {
    if (replaces && own != ".shp") continue;
    auto other = found.name;
    std::string written(ending);
    if (shouts && replaces) std::ranges::transform(written, written.begin(), ::toupper);
    if (replaces) {
      other.replace_extension(written);
    } else {
      other += written;
    }
    auto file = open_regular(beside(found, other));
    if (!file || file->size == 0) continue;
    out.push_back({.name = std::move(other),
                   .ending = replaces ? std::string(ending) : own + std::string(ending),
                   .file = std::move(*file)});
  }
  return out;
}

/// By which the reader may know what a file is; none if its name is of no use.
std::string reading_ending(fs::path const& path) {
  auto const ending = lowered(path.extension().native());
  return has_ending(data_endings, ending) ? ending : std::string();
}

/// The last name of a path, percent-encoded.
std::string name_in_url(fs::path const& path) {
  return encoded(path.filename().native());
}

std::string path_in_url(std::string_view path) {
  return percent_encoded(path, "-._~/");
}

DataAsset asset_of(Beside const& side, std::string href) {
  return {.key = side.ending.substr(side.ending.starts_with('.') ? 1 : 0),
          .href = std::move(href),
          .title = {},
          .media_type = formats::media_type_of_name(side.name.native()),
          .role = side.ending.ends_with(".xml") ? "metadata" : "data",
          .size = side.file.size,
          .checksum = {}};
}

/// A picture of the data, by its name; empty: there is none.
fs::path picture_beside(FoundFile const& found) {
  auto const& path = found.name;
  for (auto const suffix : picture_suffixes) {
    for (auto const ending : picture_endings) {
      auto picture = path.parent_path() / path.stem();
      picture += std::string(suffix) + std::string(ending);
      std::error_code error;
      if (fs::symlink_status(beside(found, picture), error).type() == fs::file_type::regular) {
        return picture;
      }
    }
  }
  return {};
}

DataAsset asset_of_picture(fs::path const& path, std::string href) {
  std::error_code error;
  auto const size = fs::file_size(path, error);
  return {.key = "thumbnail",
          .href = std::move(href),
          .title = {},
          .media_type = formats::media_type_of_name(path.native()),
          .role = "thumbnail",
          .size = error ? 0 : size,
          .checksum = {}};
}

/// A name of bytes as text.
std::string shown_name(fs::path const& name) {
  return json::is_utf8(name.native()) ? name.native() : encoded(name.native());
}

/// The id of the collection that a file describes; empty: there is none.
std::string described_collection(fs::path const& path) {
  if (!open_regular(path)) return {};
  auto const text = Buffered(open_file(path)).take(most_document_bytes);
  auto const document = json::Document::parse(text);
  return document ? std::string(document->root().string("id").value_or("")) : std::string();
}

} // namespace

std::string data_id(std::string_view path) {
  std::string out;
  for (bool is_first = true; !path.empty(); is_first = false) {
    auto const name = path.substr(0, path.find('/'));
    path.remove_prefix(std::min(name.size() + 1, path.size()));
    if (!is_first) out += ':';
    bool const is_plain = json::is_utf8(name) && name.find_first_of(":%") == std::string_view::npos;
    out += is_plain ? std::string(name) : encoded(name);
  }
  return out;
}

std::unique_ptr<Splitter> DataFiles::split(FoundFile const& file, std::stop_token stop) const {
  auto const ending = file.name.extension().native();
  auto const named = [&](Cut cut) {
    cut.native_id = data_id(file.shown);
    cut.collection = options_.collection;
    return std::make_unique<OneItem>([cut] { return cut; });
  };
  if (has_ending(pointer_endings, ending)) {
    return named({.bytes = {},
                  .fault = Finding{.code = FindingCode::unexpected_root,
                                   .where = {},
                                   .excerpt = "a file that only names other files"}});
  }
  auto opened = open_regular(file.path);
  bool const is_promised = file.is_given || has_ending(data_endings, ending);
  if (!opened) refuse(errno);
  if (!is_promised && !begins_like_data(opened->descriptor.number())) return nullptr;
  if (!options_.has_contents) {
    Cut id{.bytes = {}, .fault = {}};
    id.format = "stac-item";
    return named(std::move(id));
  }
  auto const shared = std::make_shared<Opened>(std::move(*opened)); // a std::function is copied
  return std::make_unique<OneItem>([this, file, shared, stop = std::move(stop)] {
    auto cut = read(file, *shared, stop);
    cut.native_id = data_id(file.shown);
    cut.collection = options_.collection;
    return cut;
  });
}

Cut DataFiles::read(FoundFile const& file, Opened const& opened,
                    std::stop_token const& stop) const {
  auto const own = reading_ending(file.name);
  auto const sides = sides_of(file, own);
  std::vector<data::OpenFile> files{{.ending = own, .descriptor = opened.descriptor.number()}};
  for (auto const& side : sides) {
    files.push_back({.ending = side.ending, .descriptor = side.file.descriptor.number()});
  }
  auto facts = reader_->read(files);
  if (!facts) return {.bytes = {}, .fault = facts.error()};
  auto const stem = shown_name(file.name.stem());
  for (auto& layer : facts->layers) {
    if (layer.name == "data") layer.name = stem; // as the reader was told to call the file
  }
  DataFile item{.id = data_id(file.shown),
                .collection = options_.collection,
                .name = stem,
                .facts = std::move(*facts),
                .time = {},
                .assets = {}};
  if (options_.time_pattern) item.time = options_.time_pattern->match(file.shown);
  if (options_.is_served || !options_.base_url.empty()) {
    item.assets.push_back({.key = "data",
                           .href = href_of(file, file.name),
                           .title = shown_name(file.name.filename()),
                           .media_type = media_type_of(item.facts),
                           .role = "data",
                           .size = opened.size,
                           .checksum = options_.has_checksums ? checksum_of(opened, stop) : ""});
    for (auto const& side : sides) {
      item.assets.push_back(asset_of(side, href_of(file, side.name)));
    }
    if (auto const picture = picture_beside(file); !picture.empty()) {
      item.assets.push_back(asset_of_picture(picture, href_of(file, picture)));
    }
  }
  if (!is_as_it_was(opened)) {
    return {.bytes = {},
            .fault = Finding{.code = FindingCode::file_unreadable,
                             .where = {},
                             .excerpt = "it was written to while it was read"}};
  }
  auto const place = place_of(item.facts);
  Cut cut{.bytes = item_text(item, place), .fault = {}};
  cut.format = "stac-item";
  if (!place) {
    cut.warning = {.code = FindingCode::geometry_unreadable,
                   .where = {},
                   .excerpt = "the file does not say where on the Earth it lies"};
  }
  return cut;
}

/// Of the file itself or of one beside it.
std::string DataFiles::href_of(FoundFile const& file, fs::path const& path) const {
  if (options_.base_url.empty()) return name_in_url(path);
  auto const slash = file.shown.rfind('/');
  auto const folder = slash == std::string::npos ? "" : file.shown.substr(0, slash + 1);
  return options_.base_url + path_in_url(folder) + name_in_url(path);
}

std::optional<RawDocument> DataFiles::collection() const {
  if (options_.is_described) return std::nullopt;
  return RawDocument{.native_id = options_.collection,
                     .format = "stac-collection",
                     .bytes = data_collection_text(options_.collection),
                     .address = "file:",
                     .collection = {}};
}

std::string DataFiles::remark() const {
  if (options_.is_served || !options_.base_url.empty()) return {};
  return "items have no assets: neither base_url nor asset_folder says where the files are served";
}

std::unique_ptr<DataFiles> data_files(Source const& source, json::Value options,
                                      data::Reader* reader, What what) {
  if (options.string("read") != "data") return nullptr;
  DataOptions out;
  out.collection = options.string("collection").value_or("");
  out.base_url = options.string("base_url").value_or("");
  out.is_served = !source.asset_folder.empty();
  out.has_checksums = options.member("checksum")->boolean().value_or(true);
  out.has_contents = what != What::ids;
  if (!out.base_url.empty() && !out.base_url.ends_with('/')) out.base_url += '/';
  if (auto const pattern = *options.string("time_pattern"); !pattern.empty()) {
    std::string fault;
    out.time_pattern = NamePattern::parse(pattern, fault);
    if (!out.time_pattern) throw ProtocolError("the option time_pattern: " + fault);
  }
  fs::path const path = source.address;
  auto const described = described_collection(path / collection_file);
  out.is_described = !described.empty() && (out.collection.empty() || out.collection == described);
  if (out.is_described) out.collection = described;
  if (out.collection.empty()) {
    auto const folder = path.has_filename() ? path : path.parent_path();
    out.collection = shown_name(fs::is_directory(path) ? folder.filename() : folder.stem());
  }
  if (out.has_contents) {
    auto const obstacle = reader == nullptr ? "no reader of data is at hand" : reader->obstacle();
    if (!obstacle.empty()) throw ProtocolError("files of data cannot be read: " + obstacle);
  }
  return std::make_unique<DataFiles>(std::move(out), reader);
}

} // namespace terracat::kinds::files

#include "helper/data_reader.hpp"

#include "helper/data_raster.hpp"
#include "helper/data_text.hpp"
#include "helper/gdal.hpp"
#include "helper/las.hpp"

#include <terracat/descriptor.hpp>

#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <system_error>
#include <vector>

namespace terracat::helper {
namespace {

using data::Facts;

/// What the library said last, without addresses of its own making.
std::string& last_complaint() {
  static std::string text; // of the one thread: its handler of errors takes no argument in C
  return text;
}

void hear(int severity, int /*number*/, char const* message) {
  constexpr int failure = 3; // CE_Failure
  if (severity >= failure && last_complaint().empty()) last_complaint() = text_of(message);
}

Finding unreadable(std::string_view why) {
  return {.code = FindingCode::file_unreadable, .where = {}, .excerpt = excerpt(why)};
}

/// A file that is open, as one that the library finds under a name of its own.
class MappedFile {
 public:
  MappedFile(gdal::Library const& library, std::string name, int descriptor)
      : library_(library), name_(std::move(name)) {
    auto const end = ::lseek(descriptor, 0, SEEK_END);
    if (end <= 0) return;
    if (!map(descriptor, static_cast<std::size_t>(end))) return;
    auto* const file =
        library_->file_from_buffer(name_.c_str(), static_cast<unsigned char*>(bytes_), length_, 0);
    if (file != nullptr) library_->close_file(file);
    is_there_ = file != nullptr;
  }

  MappedFile(MappedFile const&) = delete;
  MappedFile& operator=(MappedFile const&) = delete;
  MappedFile(MappedFile&&) = delete;
  MappedFile& operator=(MappedFile&&) = delete;

  ~MappedFile() {
    if (is_there_) library_->unlink(name_.c_str());
    if (bytes_ != nullptr) ::munmap(bytes_, mapped_);
  }

  [[nodiscard]] bool is_there() const noexcept { return is_there_; }

  [[nodiscard]] std::string const& name() const noexcept { return name_; }

  [[nodiscard]] std::span<unsigned char const> bytes() const noexcept {
    return {static_cast<unsigned char const*>(bytes_), length_};
  }

 private:
  gdal::Library const& library_;
  std::string name_;

  /// \return  false if the file cannot be mapped
  bool map(int descriptor, std::size_t length) {
    constexpr std::size_t page = 4096;
    auto const whole = (length + page - 1) / page * page;
    mapped_ = whole + page;
    auto* const room = ::mmap(nullptr, mapped_, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (room == MAP_FAILED) return false; // NOLINT: a macro with a cast
    bytes_ = room;
    length_ = length;
    if (::mmap(room, length, PROT_READ, MAP_SHARED | MAP_FIXED, descriptor, 0) ==
        MAP_FAILED) { // NOLINT
      return false;
    }
    // Classic NetCDF is read in pieces, the last of which may be longer than what is left; from
    // memory the library then refuses all of it.
    bool const is_classic = length > 3 && std::memcmp(room, "CDF", 3) == 0;
    if (is_classic) length_ = mapped_;
    return true;
  }

  void* bytes_ = nullptr;
  std::size_t length_ = 0; ///< as the library is told
  std::size_t mapped_ = 0; ///< with a page of nothing behind the file
  bool is_there_ = false;
};

/// A data set of GDAL's.
class DataSet {
 public:
  DataSet(gdal::Library const& library, std::string const& name)
      : library_(library),
        handle_(library->open(name.c_str(), gdal::open_raster | gdal::open_vector, nullptr, nullptr,
                              nullptr)) {}

  DataSet(DataSet const&) = delete;
  DataSet& operator=(DataSet const&) = delete;
  DataSet(DataSet&&) = delete;
  DataSet& operator=(DataSet&&) = delete;

  ~DataSet() {
    if (handle_ != nullptr) library_->close(handle_);
  }

  [[nodiscard]] gdal::Handle get() const noexcept { return handle_; }

 private:
  gdal::Library const& library_;
  gdal::Handle handle_;
};

/// To be read before nothing may be opened any more: what asks for a reference system.
constexpr std::string_view sample = R"({"type":"FeatureCollection",
"crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::32631"}},
"features":[{"type":"Feature","properties":{"a":1},
"geometry":{"type":"Point","coordinates":[500000,4800000]}}]})";

} // namespace

class DataReader::Implementation {
 public:
  Implementation() : outliner_(library_) {
    library_->set_error_handler(hear);
    auto const name = std::string(folder) + "sample.geojson";
    std::string bytes(sample);
    auto* const file = library_->file_from_buffer(
        name.c_str(), reinterpret_cast<unsigned char*>(bytes.data()), // NOLINT: as GDAL has it
        bytes.size(), 0);
    if (file != nullptr) library_->close_file(file);
    auto const facts = look_at(name);
    library_->unlink(name.c_str());
    if (!facts || facts->sides.front().empty()) {
      throw std::system_error(ELIBBAD, std::generic_category(), "GDAL knows no reference system");
    }
  }

  [[nodiscard]] FactsOrFinding read(std::span<data::OpenFile const> files) const {
    std::vector<std::unique_ptr<MappedFile>> mapped;
    for (auto const& file : files) {
      mapped.push_back(std::make_unique<MappedFile>(
          library_, std::string(folder) + "data" + file.ending, file.descriptor));
    }
    if (mapped.empty() || !mapped.front()->is_there()) return unreadable("an empty file");
    if (is_las(mapped.front()->bytes())) return look_at_points(mapped.front()->bytes());
    return look_at(mapped.front()->name());
  }

 private:
  static constexpr std::string_view folder = "/vsimem/terracat/";

  [[nodiscard]] FactsOrFinding look_at(std::string const& name) const {
    last_complaint().clear();
    DataSet const opened(library_, name);
    if (opened.get() == nullptr) {
      return unreadable(last_complaint().empty() ? "no reader of data knows the file"
                                                 : last_complaint());
    }
    Facts facts;
    facts.driver = text_of(library_->driver_name(library_->driver_of(opened.get())));
    add_metadata(library_, opened.get(), nullptr, facts);
    add_metadata(library_, opened.get(), "IMAGERY", facts);
    add_metadata(library_, opened.get(), "IMAGE_STRUCTURE", facts);
    add_raster(library_, outliner_, opened.get(), facts);
    add_layers(library_, outliner_, opened.get(), facts);
    if (facts.bands.empty()) add_parts(opened.get(), facts);
    return facts;
  }

  /// GDAL reads no point clouds.
  [[nodiscard]] FactsOrFinding look_at_points(std::span<unsigned char const> bytes) const {
    Facts facts;
    if (!add_points(library_, outliner_, bytes, facts)) return unreadable("a header that is none");
    return facts;
  }

  /// The variables of a file that holds several.
  void add_parts(gdal::Handle container, Facts& facts) const {
    constexpr int most_parts = 64;
    for (int i = 1; i <= most_parts; ++i) {
      auto const name =
          value_of(library_, container, "SUBDATASETS", "SUBDATASET_" + std::to_string(i) + "_NAME");
      if (name.empty()) return;
      // Not what a file may name beside itself.
      if (name.find(folder) == std::string::npos) continue;
      DataSet const part(library_, name);
      if (part.get() == nullptr) continue;
      add_metadata(library_, part.get(), nullptr, facts);
      auto const before = facts.bands.size();
      add_raster(library_, outliner_, part.get(), facts);
      auto variable = name.substr(name.rfind(':') + 1);
      variable.erase(0, std::min(variable.find_first_not_of('/'), variable.size())); // of HDF5
      for (auto at = before; at < facts.bands.size(); ++at) {
        if (facts.bands[at].name.empty()) facts.bands[at].name = variable;
      }
    }
  }

  gdal::Library library_;
  Outliner outliner_;
};

DataReader::DataReader() : implementation_(std::make_unique<Implementation>()) {}

DataReader::DataReader(DataReader&&) noexcept = default;
DataReader& DataReader::operator=(DataReader&&) noexcept = default;
DataReader::~DataReader() = default;

boost::system::result<Facts, Finding> DataReader::read(std::span<data::OpenFile const> files) {
  return implementation_->read(files);
}

FileAnswer make_data_answer() {
  auto const reader = std::make_shared<DataReader>(); // a std::function is copied
  return [reader](std::string_view request, std::span<Descriptor const> descriptors) {
    auto const endings = endings_in(request);
    if (!endings || endings->size() != descriptors.size()) {
      return data_answer(unreadable("a request that is none"));
    }
    std::vector<data::OpenFile> files;
    for (std::size_t i = 0; i < endings->size(); ++i) {
      files.push_back({.ending = endings->at(i), .descriptor = descriptors[i].number()});
    }
    return data_answer(reader->read(files));
  };
}

} // namespace terracat::helper

#pragma once

#include "kinds/files/data_time.hpp"
#include "kinds/files/splitter.hpp"
#include "kinds/files/supply.hpp"

#include <terracat/data_file.hpp>
#include <terracat/json.hpp>
#include <terracat/kind.hpp>

#include <memory>
#include <optional>
#include <stop_token>
#include <string>

namespace terracat::kinds::files {

/// What the options say of files of data.
struct DataOptions {
  std::string collection;    ///< never empty
  bool is_described = false; ///< by a file of the folder
  std::optional<NamePattern> time_pattern;
  std::string base_url; ///< below which the files are served, with a slash at its end; empty: none
  bool is_served = false; ///< by the site itself
  bool has_checksums = true;
  bool has_contents = true; ///< false: of items only the ids are wanted
};

struct Opened;

/// Makes items of files of data. One thread.
class DataFiles {
 public:
  /// \param reader  outlives this; may be null if only ids are wanted
  DataFiles(DataOptions options, data::Reader* reader)
      : options_(std::move(options)), reader_(reader) {}

  /// Opens the file; it is read when its item is asked for, which ends with a FetchError if it is
  /// stopped.
  /// \return  null if the file is none of data, or one beside another one
  /// \throws std::system_error  if the file cannot be opened
  [[nodiscard]] std::unique_ptr<Splitter> split(FoundFile const& file, std::stop_token stop) const;

  /// The collection of all items as a document, unless a file of the folder describes it.
  [[nodiscard]] std::optional<RawDocument> collection() const;

  /// What the operator may have forgotten; empty: nothing.
  [[nodiscard]] std::string remark() const;

 private:
  [[nodiscard]] Cut read(FoundFile const& file, Opened const& opened,
                         std::stop_token const& stop) const;
  [[nodiscard]] std::string href_of(FoundFile const& file, std::filesystem::path const& path) const;

  DataOptions options_;
  data::Reader* reader_;
};

/// The file of a folder that describes the collection of its items, if there is one.
inline constexpr std::string_view collection_file = "collection.json";

/// \param options  of the kind
/// \param reader   may be null
/// \param what     of ids no file is read
/// \return         null if the source's files are documents
/// \throws ProtocolError  if an option makes no sense, or files of data cannot be read here
[[nodiscard]] std::unique_ptr<DataFiles> data_files(Source const& source, json::Value options,
                                                    data::Reader* reader, What what);

/// The native id of an item: the names of the path with colons between them.
[[nodiscard]] std::string data_id(std::string_view path);

} // namespace terracat::kinds::files

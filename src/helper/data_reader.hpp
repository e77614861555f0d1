#pragma once

#include "helper/serve.hpp"

#include <terracat/data_file.hpp>

#include <memory>
#include <span>

namespace terracat::helper {

/// GDAL in this process: only helpers and tests have one. One thread.
class DataReader {
 public:
  /// Loads the library, and lets it load and open what it needs by using it.
  /// \throws std::system_error  ELIBACC if there is no such library
  DataReader();
  DataReader(DataReader const&) = delete;
  DataReader& operator=(DataReader const&) = delete;
  DataReader(DataReader&&) noexcept;
  DataReader& operator=(DataReader&&) noexcept;
  ~DataReader();

  /// Files are mapped, so that of large ones only what is looked at comes into memory.
  [[nodiscard]] boost::system::result<data::Facts, Finding>
  read(std::span<data::OpenFile const> files);

 private:
  class Implementation;
  std::unique_ptr<Implementation> implementation_;
};

/// What a helper answers that reads files of data.
[[nodiscard]] FileAnswer make_data_answer();

} // namespace terracat::helper

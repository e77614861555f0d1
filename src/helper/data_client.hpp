#pragma once

#include "helper/pool.hpp"

#include <terracat/data_file.hpp>

namespace terracat::helper {

/// The word that makes the program a helper that reads files of data.
inline constexpr std::string_view data_mode = "read-data";

/// Reads files of data in helper processes.
class DataClient : public data::Reader {
 public:
  explicit DataClient(Pool::Settings settings) : pool_(std::move(settings)) {}

  [[nodiscard]] boost::system::result<data::Facts, Finding>
  read(std::span<data::OpenFile const> files) override;

  [[nodiscard]] std::string obstacle() override;

 private:
  Pool pool_;
};

/// This program, run as a helper that reads files of data.
[[nodiscard]] process::Program data_program();

} // namespace terracat::helper

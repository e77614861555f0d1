#pragma once

#include "store/files.hpp"

#include <filesystem>
#include <string_view>

namespace terracat::backup {

/// A backup that is being written, under a name beside the one that it will have. It is locked as
/// long as somebody writes it, and on until its manifest is written, so that what a killed process
/// left can be told and removed; unless it is published it goes away.
class Part {
 public:
  static constexpr std::string_view ending = ".part";

  [[nodiscard]] static std::filesystem::path name_of(std::filesystem::path const& target);

  /// \throws store::StoreError  locked, if somebody writes it
  explicit Part(std::filesystem::path target);
  Part(Part const&) = delete;
  Part& operator=(Part const&) = delete;
  Part(Part&&) = delete;
  Part& operator=(Part&&) = delete;
  ~Part();

  [[nodiscard]] std::filesystem::path const& path() const noexcept { return path_; }

  /// Gives it the name of the target, in place of what bears it. \pre it is synced
  void publish();

  /// Removes a part, or a backup that has no manifest yet, unless somebody is writing it.
  /// \return  true if it was removed
  static bool remove_if_abandoned(std::filesystem::path const& file);

 private:
  std::filesystem::path target_;
  std::filesystem::path path_;
  Descriptor lock_;
  bool is_published_ = false;
};

} // namespace terracat::backup

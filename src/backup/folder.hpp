#pragma once

#include <terracat/instant.hpp>

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace terracat::backup {

/// How many backups stay: the newest of each of the last days, weeks (from Monday) and months (UTC)
/// that have one. The newest of all stays in any case.
struct Retention {
  std::size_t days = 7;
  std::size_t weeks = 4;
  std::size_t months = 6;
};

/// \param times  of all backups, in any order
/// \return       those that may go, oldest first
[[nodiscard]] std::vector<model::Instant> superfluous(std::vector<model::Instant> times,
                                                      Retention const& retention);

/// A folder of backups of one catalogue: `catalogue-20261127T031500Z.sqlite`, each with its
/// manifest. What is called otherwise is nobody's here and stays.
class Folder {
 public:
  /// \param stem  what names begin with: that of the catalogue file
  Folder(std::filesystem::path path, std::string stem)
      : path_(std::move(path)), stem_(std::move(stem)) {}

  /// A name for a backup made now, or in the first second after that is free.
  [[nodiscard]] std::filesystem::path free_name(model::Instant now) const;

  /// Of the backups that have a manifest, oldest first; none if there is no folder.
  [[nodiscard]] std::vector<model::Instant> times() const;

  [[nodiscard]] std::optional<model::Instant> newest() const;

  /// Removes what need not stay, and what backups that were killed have left.
  /// \return  the names of the backups that were removed
  /// \throws store::StoreError
  [[nodiscard]] std::vector<std::string> prune(Retention const& retention) const;

 private:
  [[nodiscard]] std::string name_of(model::Instant time) const;
  [[nodiscard]] std::optional<model::Instant> time_in(std::string_view name) const;

  std::filesystem::path path_;
  std::string stem_;
};

} // namespace terracat::backup

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

  friend bool operator==(Retention const&, Retention const&) = default;
};

/// \param times  of all backups, in any order
/// \return       those that may go, oldest first
[[nodiscard]] std::vector<model::Instant> superfluous(std::vector<model::Instant> times,
                                                      Retention const& retention);

/// A folder of backups of one catalogue: `catalogue-20261127T031500Z.sqlite`, each with its
/// manifest. What is called otherwise is nobody's here and stays. So does a backup of a time to
/// come, which a clock that was ahead has made; until then it counts for nothing.
class Folder {
 public:
  /// \param stem  what names begin with: that of the catalogue file
  Folder(std::filesystem::path path, std::string stem)
      : path_(std::move(path)), stem_(std::move(stem)) {}

  /// A name for a backup made now, or in the first second after that is free.
  [[nodiscard]] std::filesystem::path free_name(model::Instant now) const;

  /// The newest of a sound catalogue.
  [[nodiscard]] std::optional<model::Instant>
  newest(model::Instant now = model::Instant::now()) const;

  /// The newest, sound or of a damaged catalogue.
  [[nodiscard]] std::optional<model::Instant> last_made(model::Instant now) const;

  /// Removes parts that nobody is writing any more: before a backup is made, for they take the room
  /// that it needs.
  /// \throws store::StoreError
  void clear_abandoned() const;

  /// Removes what need not stay, and what backups that were killed have left. Of a damaged
  /// catalogue, no backup stays that is older than the newest sound one; while the newest is of a
  /// damaged one, every sound one stays.
  /// \return  the names of the backups that were removed
  /// \throws store::StoreError
  [[nodiscard]] std::vector<std::string> prune(Retention const& retention,
                                               model::Instant now) const;

 private:
  /// Times of what is there, oldest first.
  struct Content {
    std::vector<model::Instant> sound;
    std::vector<model::Instant> faulty;     ///< of a damaged catalogue
    std::vector<model::Instant> unfinished; ///< no manifest, or the beginning of one
    std::vector<std::filesystem::path> parts;
  };

  [[nodiscard]] Content content(model::Instant now) const;
  void remove_unfinished(Content const& content) const;
  [[nodiscard]] std::string name_of(model::Instant time) const;
  [[nodiscard]] std::optional<model::Instant> time_in(std::string_view name) const;

  std::filesystem::path path_;
  std::string stem_;
};

} // namespace terracat::backup

#pragma once

#include "kinds/files/input.hpp"

#include <algorithm>
#include <compare>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace terracat::kinds::files {

/// The order of two names in one folder: alphabetical, but `collection.json`, which STAC catalogues
/// keep beside the items of the collection, comes before them.
[[nodiscard]] std::strong_ordering order_of_names(std::filesystem::path const& a,
                                                  std::filesystem::path const& b);

/// Where a file stands in the order in which files are read.
struct Place {
  std::size_t root = 0;           ///< which of the files and folders that were given
  std::filesystem::path relative; ///< below that folder; empty for a file that was given itself

  friend std::strong_ordering operator<=>(Place const& a, Place const& b) {
    if (auto const roots = a.root <=> b.root; roots != 0) return roots;
    return std::lexicographical_compare_three_way(
        a.relative.begin(), a.relative.end(), b.relative.begin(), b.relative.end(), order_of_names);
  }

  friend bool operator==(Place const&, Place const&) = default;
};

struct FoundFile {
  Place place;
  std::string shown;          ///< relative path for reports and addresses
  std::filesystem::path path; ///< to open
  std::filesystem::path name; ///< as it is called: of a symbolic link, where that stands
  bool is_given = false;      ///< by its own name, and not found in a folder
  std::string fault;          ///< why it cannot be opened; empty if it may
};

/// Files, one after the other, in the order of their places.
class Supply {
 public:
  Supply() = default;
  Supply(Supply const&) = delete;
  Supply& operator=(Supply const&) = delete;
  Supply(Supply&&) = delete;
  Supply& operator=(Supply&&) = delete;
  virtual ~Supply() = default;

  [[nodiscard]] virtual std::optional<FoundFile> next() = 0;

  /// \throws std::system_error  if it cannot be opened
  [[nodiscard]] virtual std::unique_ptr<Input> open(FoundFile const& file) = 0;
};

/// A file or a folder to start from.
struct Root {
  std::filesystem::path path;
  std::filesystem::path shown; ///< what stands for it in reports and addresses; empty: nothing
};

/// What becomes of symbolic links to files within the root that are met there by themselves. Those
/// to files in hidden folders, which are not, are always followed; those that lead out of the root
/// are faults.
enum class InnerLinks : std::uint8_t { followed, passed_by };

/// Files below the roots. Of each folder only the names are held in memory.
[[nodiscard]] std::unique_ptr<Supply> files_below(std::vector<Root> roots,
                                                  InnerLinks links = InnerLinks::followed);

/// What a name beside a file stands for: itself, or where a symbolic link leads.
/// \return  empty if that is nowhere, or out of the root in which the file was found
[[nodiscard]] std::filesystem::path beside(FoundFile const& file,
                                           std::filesystem::path const& name);

/// \param stream  must outlive the supply
[[nodiscard]] std::unique_ptr<Supply> only_stream(std::istream& stream);

} // namespace terracat::kinds::files

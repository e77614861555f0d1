#pragma once

#include <terracat/json.hpp>
#include <terracat/record.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace terracat::api {

/// What lies below an address can be had by another one, too.
struct StorageRule {
  std::string prefix; ///< ends with a slash
  std::string name;   ///< of the way, as key of alternate assets
  std::string href;   ///< `{path}` stands for what follows the prefix; without it, it follows
  std::string title;  ///< for people; may be empty
};

/// The rules of a site, applied when it answers: they change without a harvest. What no rule is
/// about costs a search for the prefixes in its text.
class Storage {
 public:
  /// One address of something that is told under another.
  struct Way {
    std::string name;
    std::string href;
    std::string title;
  };

  Storage() = default;
  explicit Storage(std::vector<StorageRule> rules);

  [[nodiscard]] std::vector<StorageRule> const& rules() const noexcept { return rules_; }

  /// The other addresses of what lies at this one; of two rules of one name, the longer prefix
  /// counts.
  [[nodiscard]] std::vector<Way> ways_to(std::string_view href) const;

  /// False if nothing that the text names lies where the rules are about.
  [[nodiscard]] bool may_concern(std::string_view text) const noexcept;

  /// Appends an item or collection of STAC with alternate assets (extension 1.2).
  void append_stac(json::Value const& resource, std::string& out) const;

  /// Appends a record of OGC API Records with further links.
  void append_record(json::Value const& record, std::string& out) const;

  /// Adds the ways to the places that the record itself names.
  void add_to(model::Record& record) const;

 private:
  std::vector<StorageRule> rules_; ///< longest prefixes first
};

} // namespace terracat::api

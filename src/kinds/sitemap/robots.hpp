#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace terracat::kinds::sitemap {

/// What a site wants of programs that walk through it (RFC 9309).
class Robots {
 public:
  /// Nothing is forbidden.
  Robots() = default;

  /// \param text    of robots.txt; no more than its first 512 KiB counts
  /// \param called  by which names the site may mean this program
  [[nodiscard]] static Robots read(std::string_view text, std::span<std::string const> called);

  /// \param path  with its query, beginning with a slash
  [[nodiscard]] bool allows(std::string_view path) const noexcept;

  /// The site maps that are named, for whomever.
  [[nodiscard]] std::vector<std::string> const& maps() const noexcept { return maps_; }

  /// False if there may be more: the text or the list of maps is too long, or one's address.
  [[nodiscard]] bool has_all_maps() const noexcept { return has_all_maps_; }

 private:
  struct Rule {
    std::string pattern; ///< `*` stands for anything, `$` at its end for the end
    bool allows = false;
  };

  void add_rules(std::string_view text, std::span<std::string const> called);

  std::vector<Rule> rules_;
  std::vector<std::string> maps_;
  bool has_all_maps_ = true;
};

} // namespace terracat::kinds::sitemap

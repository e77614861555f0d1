#pragma once

#include <terracat/query.hpp>

#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace terracat::catalogue {

/// What a principal may see. No answer can be made without one. Until people can sign in there is
/// only one.
class Visibility {
 public:
  [[nodiscard]] static Visibility everything() noexcept { return {}; }

 private:
  Visibility() = default;
};

/// What one API root shows. Ids, links, counts, queryables and page tokens follow it.
class Scope {
 public:
  /// One collection of a list, perhaps under another id, perhaps only some of its items.
  struct Member {
    std::string collection; ///< its public id
    std::string shown_as;
    query::Expression where{query::Always{}};
  };

  [[nodiscard]] static Scope everything() { return Scope(Everything{}); }

  /// What these sources own: a pole.
  [[nodiscard]] static Scope of_sources(std::vector<std::string> sources) {
    return Scope(Sources{std::move(sources)});
  }

  /// No collection stands there twice, and no two are shown under the same id.
  [[nodiscard]] static Scope of_members(std::vector<Member> members) {
    return Scope(Members{std::move(members)});
  }

  /// The same, without collections that have no items.
  [[nodiscard]] Scope with_items_only() const {
    auto copy = *this;
    copy.with_items_only_ = true;
    return copy;
  }

  [[nodiscard]] bool shows_empty_collections() const noexcept { return !with_items_only_; }

  /// Null: not limited to sources.
  [[nodiscard]] std::vector<std::string> const* sources() const noexcept {
    auto const* const sources = std::get_if<Sources>(&what_);
    return sources == nullptr ? nullptr : &sources->names;
  }

  /// Null: not a list of members.
  [[nodiscard]] std::vector<Member> const* members() const noexcept {
    auto const* const members = std::get_if<Members>(&what_);
    return members == nullptr ? nullptr : &members->list;
  }

  /// Two scopes that show different things have different digests: it goes into page tokens.
  [[nodiscard]] std::uint64_t digest() const;

 private:
  struct Everything {};

  struct Sources {
    std::vector<std::string> names;
  };

  struct Members {
    std::vector<Member> list;
  };

  explicit Scope(std::variant<Everything, Sources, Members> what) : what_(std::move(what)) {}

  std::variant<Everything, Sources, Members> what_;
  bool with_items_only_ = false;
};

} // namespace terracat::catalogue

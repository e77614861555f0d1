#pragma once

#include <terracat/query.hpp>

#include <string>
#include <vector>

namespace terracat::query {

/// What a client asks of items, whatever syntax it used. All conditions hold together.
struct Criteria {
  std::vector<std::string> collections; ///< ids as the client sees them; empty: all
  std::vector<std::string> ids;
  std::optional<model::Bbox3> bbox;
  std::optional<model::Geometry> intersects;
  std::optional<model::Interval> datetime;
  std::vector<Expression> filters; ///< of the query extension and of CQL2
};

/// Whether what says nothing of its place or time is found by place or time.
enum class Silence : std::uint8_t { is_left_out, is_found };

/// Everything but the collections, whose ids only a view of the catalogue can resolve.
[[nodiscard]] Expression condition(Criteria const& criteria,
                                   Silence silence = Silence::is_left_out);

/// A fingerprint for page tokens: two requests with the same criteria have the same, in whatever
/// syntax they were written.
/// \param scope  fingerprint of the API root, so that a token of one root is none of another
[[nodiscard]] std::uint64_t digest(Criteria const& criteria, std::uint64_t scope);

} // namespace terracat::query

#pragma once

#include <terracat/query.hpp>

#include <span>
#include <string>

namespace terracat::query {

/// A collection, and what clients call it.
struct NamedCollection {
  RecordNumber number{};
  std::string id;
};

/// So many collections at most may be told apart where a condition compares their ids with what
/// each item has.
inline constexpr std::size_t most_told_apart = 100;

/// Puts collections in the place of what a condition says of their ids (Property::Place::
/// collection), for neither stores nor indexes know these.
/// \param names  all that there are
/// \throws ProblemError  if there are more than can be told apart
[[nodiscard]] Expression by_collection(Expression condition,
                                       std::span<NamedCollection const> names);

/// The condition asks for ids of collections.
[[nodiscard]] bool names_collections(Expression const& condition);

} // namespace terracat::query

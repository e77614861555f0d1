#pragma once

#include "pages/sheet.hpp"

#include <terracat/record.hpp>

#include <span>
#include <string>
#include <vector>

/// What a record itself names: the series that it is part of, what it was made from, publications.
/// That is apart from what the catalogue finds to be like it (pages/similar.hpp).
namespace terracat::pages {

/// A relation of a record, with the resource in this catalogue that it means.
struct RelatedResource {
  model::Relation const* relation = nullptr; ///< of the record that the page is of
  std::string path = {};                     ///< of the page, below the language; empty: not here
  model::LocalText title = {};               ///< of the resource; empty: it is not here
};

/// Lists of links by what each is to the record. \pre there are some
void write_related(Sheet& sheet, std::span<RelatedResource const> related);

} // namespace terracat::pages

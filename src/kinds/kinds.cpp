#include "kinds/command/command.hpp"
#include "kinds/command/options.hpp"
#include "kinds/csw/csw.hpp"
#include "kinds/csw/options.hpp"
#include "kinds/files/files.hpp"
#include "kinds/files/options.hpp"
#include "kinds/stac_api/options.hpp"
#include "kinds/stac_api/stac_api.hpp"

#include <terracat/kind.hpp>

#include <algorithm>
#include <array>

namespace terracat::kinds {
namespace {

constexpr std::string_view no_options =
    R"({"type": "object", "additionalProperties": false, "properties": {}})";

constexpr std::array table{
    Kind{.name = "csw",
         .summary = "a Catalogue Service for the Web (CSW 2.0.2), with records of any schema",
         .options_schema = csw::options_schema,
         .proof = "the number of distinct identifiers is the number announced",
         .start = csw::start},
    Kind{.name = "stac-api",
         .summary = "a STAC API: its collections and, if asked for, their items",
         .options_schema = stac_api::options_schema,
         .proof = "every list ends without a next page, as long as announced, and nothing fails",
         .start = stac_api::start},
    Kind{.name = "files",
         .summary = "a folder, a file or a list of files, with documents of any format",
         .options_schema = files::options_schema,
         .proof = "all files were found and read to their ends",
         .start = files::start},
    Kind{.name = "command",
         .summary = "a program that prints one JSON document on each line",
         .options_schema = command::options_schema,
         .proof = "the program ended with exit code 0, and every line was a document",
         .start = command::start},
    Kind{.name = "push",
         .summary = "nothing is fetched: records come by import or by transactions",
         .options_schema = no_options,
         .proof = "",
         .start = nullptr},
};

} // namespace

std::span<Kind const> all() noexcept {
  return table;
}

Kind const* find(std::string_view name) noexcept {
  auto const* const found = std::ranges::find(table, name, &Kind::name);
  return found == table.end() ? nullptr : found;
}

} // namespace terracat::kinds

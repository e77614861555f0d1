#pragma once

#include "formats/readers.hpp"
#include "formats/stac_text.hpp"

#include "support/catch.hpp"

#include <fstream>
#include <iterator>
#include <string>
#include <vector>

/// What the tests of the JSON formats share.
namespace terracat::formats {

inline std::string fixture(std::string const& name) {
  std::ifstream file(std::string(TERRACAT_FIXTURES) + "/formats/stac/" + name, std::ios::binary);
  if (!file) throw std::runtime_error("no fixture " + name);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// Reads one document after the other, as a run does.
struct TestReader {
  json::Parser parser;
  std::string address;
  std::string language;
  std::string local_assets;
  bool is_ours = false;

  ReadResult item(std::string_view document) { return read_stac_item(document, context()); }

  ReadResult collection(std::string_view document) {
    return read_stac_collection(document, context());
  }

  ReadResult record(std::string_view document) { return read_ogc_record(document, context()); }

  ReadContext context() {
    return {.address = address,
            .language = language,
            .local_assets = local_assets,
            .is_ours = is_ours,
            .json = parser};
  }
};

inline model::Item const& item_of(ReadResult const& result) {
  return std::get<model::Item>(result->resource);
}

inline model::Record const& record_of(ReadResult const& result) {
  return std::get<model::Record>(result->resource);
}

/// `code where` for each finding.
inline std::vector<std::string> findings_of(ReadResult const& result) {
  std::vector<std::string> texts;
  for (auto const& finding : result->findings) {
    texts.push_back(std::string(name(finding.code)) + " " + finding.where);
  }
  return texts;
}

/// `code where` of a document that is refused.
inline std::string refusal_of(ReadResult const& result) {
  if (result) return "read";
  return std::string(name(result.error().code)) + " " + result.error().where;
}

/// The item as it is answered without links of its own.
inline std::string answered(model::Item const& item) {
  std::string out;
  append_item(out, item->body, item->native_id, item->collection, {});
  return out;
}

/// The member at a path of names, as text; empty if there is none.
inline std::string at(std::string_view text, std::vector<std::string> const& path) {
  auto const document = json::Document::parse(text);
  if (!document) return "not JSON: " + document.error().detail;
  auto value = document->root();
  for (auto const& name : path) {
    auto const member = value.member(name);
    if (!member) return {};
    value = *member;
  }
  return value.text();
}

} // namespace terracat::formats

#include "store/sqlite/sqlite_reader.hpp"

/// What data managers say instead of sources, and what operators decided of keywords.
namespace terracat::store {
namespace {

constexpr auto of_one_record =
    "SELECT s.name, c.native_id, c.field, c.language, c.value, c.author, c.at, c.reason, c.number "
    "FROM correction AS c JOIN source AS s ON s.number = c.source "
    "WHERE s.name = ? AND c.native_id = ? ORDER BY c.field, c.language";

constexpr auto of_all =
    "SELECT s.name, c.native_id, c.field, c.language, c.value, c.author, c.at, c.reason, c.number "
    "FROM correction AS c JOIN source AS s ON s.number = c.source "
    "ORDER BY s.name, c.native_id, c.field, c.language";

constexpr auto of_keywords =
    "SELECT keyword, label, concept, author, at FROM keyword_decision ORDER BY keyword";

} // namespace

std::vector<Correction> SqliteReader::corrections(std::string_view source,
                                                  std::string_view native_id) {
  Execution run(searches_.get(of_one_record));
  return read_corrections(run.with(source, native_id));
}

std::vector<Correction> SqliteReader::corrections() {
  Execution run(searches_.get(of_all));
  return read_corrections(run);
}

std::vector<Correction> SqliteReader::read_corrections(Execution& run) {
  std::vector<Correction> out;
  while (run.step()) {
    auto const& row = run.row();
    Correction correction{.key = {.source = std::string(row.text(0)),
                                  .native_id = std::string(row.text(1)),
                                  .field = std::string(row.text(2)),
                                  .language = std::string(row.text(3))},
                          .value = {},
                          .author = std::string(row.text(5)),
                          .at = model::Instant(row.integer(6)),
                          .reason = std::string(row.text(7))};
    codec_.decompress(row.text(4), correction.value,
                      "correction " + std::to_string(row.integer(8)));
    out.push_back(std::move(correction));
  }
  return out;
}

std::vector<KeywordDecision> SqliteReader::keyword_decisions() {
  Execution run(searches_.get(of_keywords));
  std::vector<KeywordDecision> out;
  while (run.step()) {
    auto const& row = run.row();
    out.push_back({.keyword = std::string(row.text(0)),
                   .label = std::string(row.text(1)),
                   .concept_uri = std::string(row.text(2)),
                   .author = std::string(row.text(3)),
                   .at = model::Instant(row.integer(4))});
  }
  return out;
}

} // namespace terracat::store

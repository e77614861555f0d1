#include "vocabulary/read.hpp"

#include "vocabulary/formats.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace terracat::vocabulary {
namespace {

Finding nothing_described() {
  return {.code = FindingCode::unexpected_root,
          .where = {},
          .excerpt = "it describes no concept and no scheme of concepts"};
}

} // namespace

std::optional<Finding> Reader::add(Document& document) {
  constexpr std::size_t enough = std::size_t{64} << 10;
  document.rewind();
  auto const begin = document.read(enough);
  if (begin.empty()) {
    return document.is_broken() ? Finding{.code = FindingCode::file_unreadable}
                                : nothing_described();
  }
  auto const& format = format_of(beginning_of(begin));
  auto const before = gathered_.statements.rows().size();
  try {
    auto refusal =
        format.read({.document = document, .parser = parser_, .number = documents_++}, gathered_);
    if (refusal) return refusal;
  } catch (std::length_error const&) { // more than is numbered
    return Finding{.code = FindingCode::too_large, .where = {}, .excerpt = {}};
  }
  if (gathered_.statements.rows().size() == before) return nothing_described();
  if (std::ranges::find(formats_, &format) == formats_.end()) formats_.push_back(&format);
  return std::nullopt;
}

boost::system::result<Draft, Finding> Reader::finish(std::string name) {
  for (auto const* const format : formats_) {
    if (format->settle != nullptr) format->settle(gathered_);
  }
  auto out = draft_of(std::move(gathered_));
  if (out.size() == 0 && out.schemes.empty()) return nothing_described();
  out.name = std::move(name);
  return out;
}

boost::system::result<Draft, Finding> read(std::string_view text, std::string_view name,
                                           rdf::Parser& parser) {
  Document document(text);
  Reader reader(parser);
  if (auto refusal = reader.add(document)) return std::move(*refusal);
  return reader.finish(std::string(name));
}

} // namespace terracat::vocabulary

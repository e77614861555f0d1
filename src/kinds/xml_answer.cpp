#include "kinds/xml_answer.hpp"

#include "formats/xml/xml.hpp"

#include <terracat/text.hpp>

#include <algorithm>
#include <array>
#include <charconv>

namespace terracat::kinds {
namespace {

namespace xml = formats::xml;
using xml::Node;

std::string text_of(Node node) {
  return std::string(trimmed(node.text()));
}

std::optional<std::size_t> number(Node node, std::string_view name) {
  auto const text = trimmed(node.attribute(name));
  std::size_t value = 0;
  auto const [stop, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || stop != text.data() + text.size()) return std::nullopt;
  return value;
}

std::string native_id(Node record) {
  if (auto const id = record.child("fileIdentifier")) return text_of(id.child());
  if (auto const id = record.child("metadataIdentifier")) {
    return text_of(id.child().child("code").child());
  }
  return text_of(record.child("identifier"));
}

Results results_of(Node list) {
  Results results;
  results.matched = number(list, "numberOfRecordsMatched");
  results.next_record = number(list, "nextRecord");
  for (auto const record : list.children()) {
    results.records.push_back({.native_id = native_id(record), .bytes = xml::standalone(record)});
  }
  return results;
}

/// How many bytes are a mark of the byte order, blanks and comments.
std::size_t before_first_tag(std::string_view body) {
  constexpr std::string_view mark = "\xEF\xBB\xBF";
  constexpr std::string_view begin = "<!--";
  constexpr std::string_view end = "-->";
  std::size_t at = body.starts_with(mark) ? mark.size() : 0;
  while (true) {
    at = std::min(body.find_first_not_of(" \t\r\n\f", at), body.size());
    if (!body.substr(at).starts_with(begin)) return at;
    auto const behind = body.find(end, at + begin.size());
    if (behind == std::string_view::npos) return body.size();
    at = behind + end.size();
  }
}

Exception exception_of(Node report) {
  auto const first = report.child();
  auto const text = first.child("ExceptionText");
  return {.code = std::string(first.attribute("exceptionCode")),
          .locator = std::string(first.attribute("locator")),
          .text = text_of(text ? text : first)};
}

} // namespace

bool starts_like_html(std::string_view body) {
  constexpr std::array<std::string_view, 2> beginnings{"<!doctype html", "<html"};
  body.remove_prefix(before_first_tag(body));
  return std::ranges::any_of(beginnings, [body](std::string_view beginning) {
    return equal_ignoring_case(body.substr(0, beginning.size()), beginning);
  });
}

std::string Exception::sentence() const {
  std::string out;
  for (auto const* const part : {&code, &locator, &text}) {
    if (!part->empty()) out += (out.empty() ? "" : ": ") + *part;
  }
  return out.empty() ? "no reason is given" : out;
}

Answer read_answer(std::string_view body) {
  if (starts_like_html(body)) return Finding{FindingCode::unexpected_root, "/", "an HTML page"};
  auto const document = xml::Document::parse(body, {}, xml::Keep::everything);
  if (!document) return document.error();
  auto const root = document->root();
  if (root.name() == "ExceptionReport" || root.name() == "ServiceExceptionReport") {
    return exception_of(root);
  }
  if (root.name() == "GetRecordByIdResponse") return results_of(root);
  auto const list = root.child("SearchResults");
  if (root.name() != "GetRecordsResponse" || !list) {
    return Finding{FindingCode::unexpected_root, "/", excerpt(root.name())};
  }
  return results_of(list);
}

} // namespace terracat::kinds

#include "kinds/oai_pmh/answer.hpp"

#include "formats/xml/xml.hpp"
#include "kinds/xml_answer.hpp"

#include <terracat/text.hpp>

#include <charconv>

namespace terracat::kinds::oai_pmh {
namespace {

namespace xml = formats::xml;
using xml::Node;

std::string text_of(Node node) {
  return std::string(trimmed(node.text()));
}

std::optional<model::Instant> time_of(Node node) {
  auto const time = model::parse_rfc3339_lenient(trimmed(node.text()));
  return time ? std::optional(*time) : std::nullopt;
}

std::optional<std::size_t> number(std::string_view text) {
  text = trimmed(text);
  std::size_t value = 0;
  auto const* const end = text.data() + text.size();
  auto const [stop, error] = std::from_chars(text.data(), end, value);
  if (error != std::errc{} || stop != end) return std::nullopt;
  return value;
}

std::optional<ResumptionToken> token_of(Node list) {
  auto const token = list.child("resumptionToken");
  if (!token) return std::nullopt;
  return ResumptionToken{.text = text_of(token),
                         .list_size = number(token.attribute("completeListSize"))};
}

/// The one element within `metadata`, or all of it if there are several: some repositories leave
/// out what the format has around them.
std::string document_of(Node metadata) {
  auto const only = metadata.child();
  if (!only) return {};
  return xml::standalone(only.next() ? metadata : only);
}

Listed listed(Node header, Node metadata) {
  Listed out{.identifier = text_of(header.child("identifier")),
             .sets = {},
             .is_deleted = trimmed(header.attribute("status")) == "deleted",
             .bytes = document_of(metadata)};
  for (auto const set : header.children("setSpec")) {
    if (auto name = text_of(set); !name.empty()) out.sets.push_back(std::move(name));
  }
  return out;
}

List list_of(Node node) {
  List list;
  for (auto const header : node.children("header")) list.records.push_back(listed(header, {}));
  for (auto const record : node.children("record")) {
    list.records.push_back(listed(record.child("header"), record.child("metadata")));
  }
  list.token = token_of(node);
  return list;
}

Identity identity_of(Node node) {
  // Whatever is no time of day is a day: the protocol has these two.
  auto const granularity = node.child("granularity").text();
  return {.name = text_of(node.child("repositoryName")),
          .earliest = time_of(node.child("earliestDatestamp")),
          .is_daily = granularity.find("hh") == std::string::npos};
}

Formats formats_of(Node node) {
  Formats out;
  for (auto const format : node.children("metadataFormat")) {
    out.formats.push_back({.prefix = text_of(format.child("metadataPrefix")),
                           .namespace_uri = text_of(format.child("metadataNamespace"))});
  }
  return out;
}

Sets sets_of(Node node) {
  Sets out;
  for (auto const set : node.children("set")) out.names.push_back(text_of(set.child("setSpec")));
  out.token = token_of(node);
  return out;
}

/// An answer may hold several errors; one that says that nothing is wrong but the list being empty
/// counts only alone.
Error error_of(Node root) {
  Error chosen;
  for (auto const node : root.children("error")) {
    Error error{.code = std::string(trimmed(node.attribute("code"))), .text = text_of(node)};
    if (chosen.code.empty() || chosen.code == "noRecordsMatch") chosen = std::move(error);
  }
  return chosen;
}

} // namespace

std::string Error::sentence() const {
  if (code.empty() && text.empty()) return "no reason is given";
  return code.empty() || text.empty() ? code + text : code + ": " + text;
}

std::variant<Answer, Finding> read_answer(std::string_view body) {
  if (starts_like_html(body)) return Finding{FindingCode::unexpected_root, "/", "an HTML page"};
  auto const document = xml::Document::parse(body, {}, xml::Keep::everything);
  if (!document) return document.error();
  auto const root = document->root();
  if (root.name() != "OAI-PMH") {
    return Finding{FindingCode::unexpected_root, "/", excerpt(root.name())};
  }
  Answer answer{.content = Error{}, .responded = time_of(root.child("responseDate"))};
  if (auto const identify = root.child("Identify")) {
    answer.content = identity_of(identify);
  } else if (auto const formats = root.child("ListMetadataFormats")) {
    answer.content = formats_of(formats);
  } else if (auto const sets = root.child("ListSets")) {
    answer.content = sets_of(sets);
  } else if (auto const records = root.child("ListRecords")) {
    answer.content = list_of(records);
  } else if (auto const headers = root.child("ListIdentifiers")) {
    answer.content = list_of(headers);
  } else if (root.child("error")) {
    answer.content = error_of(root);
  } else {
    return Finding{FindingCode::unexpected_root, "/OAI-PMH", excerpt(root.child().name())};
  }
  return answer;
}

} // namespace terracat::kinds::oai_pmh

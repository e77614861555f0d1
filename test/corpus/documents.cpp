#include "corpus/documents.hpp"

#include "formats/xml/xml.hpp"

#include <terracat/format.hpp>

namespace terracat::corpus {
namespace {

namespace xml = formats::xml;

bool is_record(xml::Node node) noexcept {
  auto const name = node.name();
  if (name == "record") return !node.at("metadata/*").name().empty(); // of OAI-PMH
  return name.ends_with("D_Metadata") || name == "MI_Metadata" || name == "Record" ||
         name == "SummaryRecord" || name == "BriefRecord" || name == "dc" || name == "resource" ||
         name == "eml";
}

} // namespace

std::vector<std::string> documents_in(std::string_view bytes) {
  auto const parsed = xml::Document::parse(bytes);
  bool const is_recognised = formats::recognise(bytes) != nullptr;
  if (!parsed) {
    return is_recognised ? std::vector{std::string(bytes)} : std::vector<std::string>();
  }
  if (is_record(parsed->root()) && is_recognised) return {std::string(bytes)};
  std::vector<std::string> documents;
  std::vector<xml::Node> waiting{parsed->root()};
  while (!waiting.empty()) {
    auto const node = waiting.back();
    waiting.pop_back();
    if (is_record(node)) {
      auto document = xml::standalone(node);
      if (formats::recognise(document) != nullptr) documents.push_back(std::move(document));
      continue;
    }
    for (auto const child : node.children()) waiting.push_back(child);
  }
  return documents;
}

} // namespace terracat::corpus

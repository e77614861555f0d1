#include "formats/xml/answers.hpp"

#include "formats/words/text.hpp"

#include <algorithm>
#include <array>

namespace terracat::formats::xml {
namespace {

bool is_wrapper(std::string_view name) noexcept {
  constexpr std::array<std::string_view, 10> names{"GetRecordByIdResponse",
                                                   "GetRecordsResponse",
                                                   "SearchResults",
                                                   "OAI-PMH",
                                                   "GetRecord",
                                                   "ListRecords",
                                                   "record",
                                                   "metadata",
                                                   "oai_datacite",
                                                   "payload"};
  return std::ranges::find(names, name) != names.end();
}

} // namespace

std::vector<Node> documents_in(Node root, bool (*is_document)(Node)) {
  std::vector<Node> found;
  std::vector<Node> waiting{root};
  while (!waiting.empty()) {
    auto const node = waiting.back();
    waiting.pop_back();
    if (is_document(node)) {
      found.push_back(node);
    } else if (is_wrapper(node.name())) {
      auto const before = static_cast<std::ptrdiff_t>(waiting.size());
      for (auto const child : node.children()) waiting.push_back(child);
      std::reverse(waiting.begin() + before, waiting.end());
    }
  }
  return found;
}

std::optional<Finding> error_report(Node root) {
  auto const refusal = [root](std::string_view text) {
    return Finding{.code = FindingCode::exception_report,
                   .where = root.pointer(),
                   .excerpt = excerpt(one_line(text))};
  };
  if (root.name() == "ExceptionReport" || root.name() == "ServiceExceptionReport") {
    auto text = root.at("Exception/ExceptionText").text();
    return refusal(text.empty() ? root.child("ServiceException").text() : text);
  }
  auto const error = root.name() == "OAI-PMH" ? root.child("error") : Node();
  if (!error) return std::nullopt;
  return refusal(std::string(error.attribute("code")) + ": " + error.text());
}

Node oai_header(Node document) {
  auto const around = document.name() == "metadata" ? document : document.parent();
  auto const record = around.parent();
  return around.name() == "metadata" && record.name() == "record" ? record.child("header") : Node();
}

} // namespace terracat::formats::xml

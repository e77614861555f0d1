#include "formats/words/resource_types.hpp"

#include <terracat/text.hpp>

#include <algorithm>

namespace terracat::formats {
namespace {

struct DcmiType {
  std::string_view name;
  std::string_view scope;
};

constexpr std::array dcmi_types{
    DcmiType{"Dataset", "dataset"}, DcmiType{"Collection", "series"},
    DcmiType{"Service", "service"}, DcmiType{"Software", "software"},
    DcmiType{"Text", "document"},   DcmiType{"InteractiveResource", "application"},
};

} // namespace

std::string_view scope_of_dcmi_type(std::string_view name) noexcept {
  auto const* const found = std::ranges::find_if(
      dcmi_types, [name](DcmiType const& type) { return equal_ignoring_case(type.name, name); });
  return found == dcmi_types.end() ? std::string_view() : found->scope;
}

std::string type_from_address(std::string_view text) {
  constexpr std::string_view dcmi = "purl.org/dc/dcmitype/";
  auto const at = text.find(dcmi);
  if (at == std::string_view::npos) return std::string(text);
  auto const name = text.substr(at + dcmi.size());
  auto const scope = scope_of_dcmi_type(name);
  return std::string(scope.empty() ? name : scope);
}

} // namespace terracat::formats

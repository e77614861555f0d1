#include "formats/iso/parts.hpp"
#include "formats/iso/property.hpp"

#include "formats/words/links.hpp"
#include "formats/words/media_types.hpp"
#include "formats/words/text.hpp"

#include <algorithm>
#include <array>
#include <unordered_set>

namespace terracat::formats::iso {
namespace {

using model::OnlineResource;

/// CI_OnLineFunctionCode of ISO 19115:2003 and 19115-1:2014.
constexpr std::array<std::string_view, 12> functions{
    "download",      "information", "offlineAccess", "order",    "search",     "completeMetadata",
    "browseGraphic", "upload",      "emailService",  "browsing", "fileAccess", "webMapService"};

/// The code, or what stands for it if that is a word: SeaDataNet puts sentences there.
std::string function_of(xml::Node resource) {
  auto function = code(resource.child("function"), functions);
  if (is_known(function, functions)) return function;
  bool const is_word = std::ranges::all_of(
      function, [](unsigned char c) { return std::isalnum(c) != 0 || c == '.'; });
  return is_word && !says_nothing(function) ? function : std::string();
}

/// By the first that says it: the type of a MimeFileType, the protocol, the name of the file.
std::string media_type_of(xml::Node resource, std::string_view protocol, std::string_view href,
                          std::string_view function) {
  for (auto const* const name : {"name", "protocol"}) {
    auto type = media_type_in(resource.at(std::string(name) + "/MimeFileType").attribute("type"));
    if (!type.empty()) return type;
  }
  for (auto const& text : {std::string(protocol), line(resource.child("applicationProfile"))}) {
    if (auto type = media_type_in(text); !type.empty()) return type;
  }
  // The name of a service is no name of a file.
  auto const lower = lowered(protocol);
  bool const is_service = lower.starts_with("ogc:") || lower.find("opendap") != std::string::npos ||
                          lower.starts_with("esri:") || function == "search";
  return is_service ? std::string() : media_type_of_name(href);
}

/// Something that stands in each of two places is one link.
class Links {
 public:
  explicit Links(Draft& draft) noexcept : draft_(draft) {}

  void read(xml::Node resource) {
    auto const linkage = resource.child("linkage");
    auto const address = line(linkage);
    if (says_nothing(address)) return;
    auto link = read_link(address, draft_.context());
    if (link.finding) draft_.note(*link.finding, linkage, address);
    if (link.href.empty()) return;
    OnlineResource made;
    made.href = std::move(link.href);
    made.name = name_in_languages(resource.child("name"), draft_);
    made.description = prose_in_languages(resource.child("description"), draft_);
    made.protocol = line(resource.child("protocol"));
    if (is_placeholder(made.protocol)) made.protocol.clear();
    made.function = function_of(resource);
    made.media_type = media_type_of(resource, made.protocol, made.href, made.function);
    add(std::move(made));
  }

 private:
  void add(OnlineResource resource) {
    auto const key = resource.href + '\n' + lowered(resource.protocol) + '\n' +
                     std::string(resource.name.first());
    if (seen_.insert(key).second) draft_.parts.online.push_back(std::move(resource));
  }

  Draft& draft_;
  std::unordered_set<std::string> seen_;
};

/// The name in 19139; in 19115-3 the title of the format's specification.
void read_format(xml::Node format, Draft& draft) {
  auto name = name_in_languages(format.child("name"), draft);
  if (name.empty()) {
    name = name_in_languages(format.at("formatSpecificationCitation/*/title"), draft);
  }
  if (!says_nothing(name.first())) draft.add_new(draft.parts.formats, std::move(name));
}

void read_formats(xml::Node metadata, xml::Node identification, Draft& draft) {
  for (auto const* const path : {"distributionInfo/*/distributionFormat/*",
                                 "distributionInfo/*/distributor/*/distributorFormat/*",
                                 // Some forget the property around the format.
                                 "distributionInfo/*/MD_Format"}) {
    for (auto const format : metadata.all(path)) read_format(format, draft);
  }
  for (auto const format : identification.all("resourceFormat/*")) read_format(format, draft);
}

/// MD_BrowseGraphic: `fileName` in 19139, often `linkage` in 19115-3.
void read_picture(xml::Node graphic, Draft& draft) {
  auto where = graphic.child("fileName");
  auto address = line(where);
  if (auto const linkage = graphic.at("linkage/*/linkage");
      address.empty() || says_nothing(address)) {
    where = linkage;
    address = line(linkage);
  }
  if (says_nothing(address)) return;
  auto link = read_link(address, draft.context());
  if (link.finding) draft.note(*link.finding, where, address);
  bool const is_picture = link.href.starts_with("http") || link.href.starts_with("terracat-asset:");
  auto& assets = draft.parts.assets;
  constexpr std::size_t most = 200;
  bool const is_known = std::ranges::find(assets, link.href, &model::Asset::href) != assets.end();
  if (!is_picture || is_known) return;
  if (assets.size() >= most) return draft.left_out("assets", most);
  auto const description = line(graphic.child("fileDescription"));
  bool const is_thumbnail = folded(description).find("thumbnail") != std::string::npos;
  model::Asset asset;
  asset.roles = {is_thumbnail ? "thumbnail" : "overview"};
  asset.key = asset.roles.front();
  if (auto const others = std::ranges::count(assets, asset.roles, &model::Asset::roles);
      others > 0) {
    asset.key.append("-").append(std::to_string(others + 1));
  }
  asset.href = std::move(link.href);
  if (!is_placeholder(description)) asset.title = description;
  auto const file_type = line(graphic.child("fileType"));
  asset.type = media_type_in(file_type);
  if (asset.type.empty()) asset.type = media_type_of_name("." + file_type);
  if (asset.type.empty()) asset.type = media_type_of_name(asset.href);
  assets.push_back(std::move(asset));
}

} // namespace

void read_distribution(xml::Node metadata, xml::Node identification, Draft& draft) {
  Links links(draft);
  for (auto const* const path :
       {"distributionInfo/*/transferOptions/*/onLine/*",
        "distributionInfo/*/distributor/*/distributorTransferOptions/*/onLine/*"}) {
    for (auto const resource : metadata.all(path)) links.read(resource);
  }
  // What a service offers, and the services that come with data.
  for (auto const point :
       metadata.all("identificationInfo/*/containsOperations/*/connectPoint/*")) {
    links.read(point);
  }
  for (auto const resource : identification.all("citation/*/onlineResource/*")) {
    links.read(resource);
  }
  for (auto const resource : metadata.all("metadataLinkage/*")) links.read(resource);
  read_formats(metadata, identification, draft);
  for (auto const graphic : identification.all("graphicOverview/*")) read_picture(graphic, draft);
}

} // namespace terracat::formats::iso

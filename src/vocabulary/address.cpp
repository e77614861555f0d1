#include "vocabulary/address.hpp"

#include <terracat/text.hpp>

#include <algorithm>
#include <array>

namespace terracat::vocabulary {
namespace {

struct Move {
  std::string_view from;
  std::string_view to;
};

/// Places that the vocabularies of GCMD have had.
constexpr std::array moves{
    Move{"gcmdservices.gsfc.nasa.gov/kms/concept/", "gcmd.earthdata.nasa.gov/kms/concept/"},
    Move{"gcmdservices.gsfc.nasa.gov/kms/concepts/", "gcmd.earthdata.nasa.gov/kms/concept/"},
    Move{"gcmd.earthdata.nasa.gov/kms/concepts/", "gcmd.earthdata.nasa.gov/kms/concept/"},
    Move{"cmr.earthdata.nasa.gov/kms/concept/", "gcmd.earthdata.nasa.gov/kms/concept/"},
};

/// `SDN:P01::TEMPPR01` and `SDN:P01:75:TEMPPR01` as SeaDataNet has them: the list, its version, the
/// code in it.
std::string of_seadatanet(std::string_view urn) {
  constexpr std::size_t scheme = 4; // `SDN:`
  auto const rest = urn.substr(scheme);
  auto const list = rest.substr(0, rest.find(':'));
  std::string key = "vocab.nerc.ac.uk/collection/" + std::string(list) + "/current";
  auto const code = rest.rfind(':');
  if (code != std::string_view::npos) key.append("/").append(rest.substr(code + 1));
  return key;
}

} // namespace

std::string address_key(std::string_view uri) {
  uri = trimmed(uri);
  if (equal_ignoring_case(uri.substr(0, 4), "SDN:")) return of_seadatanet(uri);
  auto const mark = uri.find("://");
  auto const scheme = lowered(uri.substr(0, mark == std::string_view::npos ? 0 : mark));
  if (scheme != "http" && scheme != "https") return std::string(uri);
  uri.remove_prefix(mark + 3);
  while (uri.ends_with('/')) uri.remove_suffix(1);
  auto const path = std::min(uri.find_first_of("/?#"), uri.size());
  auto host = uri.substr(0, path);
  for (std::string_view const port : {":80", ":443"}) {
    if (host.ends_with(port)) host.remove_suffix(port.size());
  }
  auto key = lowered(host) + std::string(uri.substr(path));
  for (auto const& [from, to] : moves) {
    if (key.starts_with(from)) return std::string(to) + key.substr(from.size());
  }
  return key;
}

} // namespace terracat::vocabulary

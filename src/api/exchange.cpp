#include "api/exchange.hpp"

namespace terracat::api {

std::string Exchange::self() const {
  auto path = path_;
  if (path.size() > 1 && path.ends_with('/')) path.remove_suffix(1);
  auto const query = parameters_.with("", "");
  return site().public_url + std::string(path) + (query.empty() ? "" : "?" + query);
}

} // namespace terracat::api

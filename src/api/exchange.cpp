#include "api/exchange.hpp"

namespace terracat::api {

Continuation::Continuation(Exchange const& exchange)
    : path_(exchange.path_),
      surroundings_(exchange.surroundings_),
      found_{.address = exchange.found_.address, .captures = {}},
      parameters_(exchange.parameters_) {}

Exchange Continuation::exchange(Request& request, ApiWorker& worker) const {
  request.deadline = std::chrono::steady_clock::now() + surroundings_.site.answer_timeout;
  return {request, path_, surroundings_, found_, parameters_, worker};
}

std::string Exchange::self() const {
  auto path = path_;
  if (path.size() > 1 && path.ends_with('/')) path.remove_suffix(1);
  auto const query = parameters_.with("", "");
  return site().public_url + std::string(path) + (query.empty() ? "" : "?" + query);
}

} // namespace terracat::api

#include "api/generations.hpp"

namespace terracat::api {

void Generations::begin(Site site) {
  all_.push_back(std::make_unique<ApiApplication>(catalogue_, std::move(site), log_));
  current_ = all_.back().get();
}

} // namespace terracat::api

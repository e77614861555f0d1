#include "api/generations.hpp"

namespace terracat::api {

void Generations::begin(Site site) {
  auto next = std::make_shared<ApiApplication>(catalogue_, std::move(site), log_);
  std::scoped_lock const lock(mutex_);
  current_.swap(next); // what was before goes, if nobody needs it, once the lock is free
}

Plan Generations::plan(Head const& head) const noexcept {
  auto answerer = current();
  auto plan = answerer->plan(head);
  plan.answerer = std::move(answerer);
  return plan;
}

std::shared_ptr<ApiApplication> Generations::current() const noexcept {
  std::scoped_lock const lock(mutex_);
  return current_;
}

} // namespace terracat::api

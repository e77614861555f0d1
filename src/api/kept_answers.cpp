#include "api/kept_answers.hpp"

#include <algorithm>
#include <utility>

namespace terracat::api {
namespace {

/// Of all that may be kept, so that one answer does not drive out all others.
constexpr std::size_t largest_share = 8;

std::size_t bytes_of(Reply const& reply) noexcept {
  constexpr std::size_t around = 512; // tag, headers, and what a map takes
  return std::get<Text>(reply.content).bytes.size() + around;
}

} // namespace

std::shared_ptr<Reply const> KeptAnswers::find(std::string const& tag) {
  std::scoped_lock const lock(mutex_);
  auto const young = young_.find(tag);
  if (young != young_.end()) return young->second;
  auto const old = old_.find(tag);
  if (old == old_.end()) return nullptr;
  auto reply = std::move(old->second);
  old_.erase(old);
  keep(tag, reply);
  return reply;
}

void KeptAnswers::keep(Reply const& reply) {
  auto const* const text = std::get_if<Text>(&reply.content);
  auto const tag =
      std::ranges::find(reply.headers, "ETag", &std::pair<std::string, std::string>::first);
  if (reply.status != 200 || text == nullptr || tag == reply.headers.end()) return;
  if (bytes_of(reply) > most_bytes_ / largest_share) return;
  auto copy = std::make_shared<Reply const>(reply);
  std::scoped_lock const lock(mutex_);
  keep(tag->second, std::move(copy));
}

void KeptAnswers::keep(std::string const& tag, std::shared_ptr<Reply const> reply) {
  auto const bytes = bytes_of(*reply);
  if (young_bytes_ + bytes > most_bytes_ / 2) {
    old_ = std::exchange(young_, {});
    young_bytes_ = 0;
  }
  if (young_.insert_or_assign(tag, std::move(reply)).second) young_bytes_ += bytes;
}

} // namespace terracat::api

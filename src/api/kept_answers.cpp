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

/// A tag alone is a digest, which two addresses may share.
std::string key_of(std::string const& address, std::string const& tag) {
  return tag + ' ' + address;
}

} // namespace

std::shared_ptr<Reply const> KeptAnswers::find(std::string const& address, std::string const& tag) {
  auto const key = key_of(address, tag);
  std::scoped_lock const lock(mutex_);
  auto const young = young_.find(key);
  if (young != young_.end()) return young->second;
  auto const old = old_.find(key);
  if (old == old_.end()) return nullptr;
  auto reply = std::move(old->second);
  old_.erase(old);
  put(key, reply);
  return reply;
}

void KeptAnswers::keep(std::string const& address, Reply const& reply) {
  auto const* const text = std::get_if<Text>(&reply.content);
  auto const tag =
      std::ranges::find(reply.headers, "ETag", &std::pair<std::string, std::string>::first);
  if (reply.status != 200 || text == nullptr || tag == reply.headers.end()) return;
  if (bytes_of(reply) > most_bytes_ / largest_share) return;
  auto copy = std::make_shared<Reply const>(reply);
  auto const key = key_of(address, tag->second);
  std::scoped_lock const lock(mutex_);
  put(key, std::move(copy));
}

void KeptAnswers::put(std::string const& key, std::shared_ptr<Reply const> reply) {
  auto const bytes = bytes_of(*reply);
  if (young_bytes_ + bytes > most_bytes_ / 2) {
    old_ = std::exchange(young_, {});
    young_bytes_ = 0;
  }
  if (young_.insert_or_assign(key, std::move(reply)).second) young_bytes_ += bytes;
}

} // namespace terracat::api

#include "jobs/caller.hpp"

#include <terracat/json.hpp>

namespace terracat::jobs {
namespace {

constexpr std::size_t most_frames = 4;

bool is_stop(Frame const& frame) {
  if (frame.kind != Frame::Kind::json) return false;
  auto const document = json::Document::parse(frame.content);
  auto const stop = document ? document->root().member("stop") : std::nullopt;
  return stop && stop->boolean().value_or(false);
}

} // namespace

Caller::Caller(Channel& channel) : channel_(channel) {
  reader_ = std::jthread([this] { read_until_end(); });
}

Caller::~Caller() {
  stop_.request_stop();
  channel_.shut();
}

void Caller::send_json(std::string_view text) noexcept {
  try {
    channel_.send_json(text);
  } catch (std::exception const&) { // whoever is gone has stopped the work, or wants no more of it
    stop_.request_stop();
  }
}

std::optional<Frame> Caller::receive(std::chrono::seconds patience) {
  std::unique_lock lock(mutex_);
  bool const has_come =
      changed_.wait_for(lock, stop_.get_token(), patience, [this] { return !frames_.empty(); });
  if (!has_come || stop_.stop_requested()) return std::nullopt;
  auto frame = std::move(frames_.front());
  frames_.pop_front();
  changed_.notify_all();
  return frame;
}

void Caller::read_until_end() {
  try {
    while (auto frame = channel_.receive()) {
      if (is_stop(*frame)) {
        stop_.request_stop();
        continue;
      }
      std::unique_lock lock(mutex_);
      changed_.wait(lock, stop_.get_token(), [this] { return frames_.size() < most_frames; });
      frames_.push_back(std::move(*frame));
      changed_.notify_all();
      if (stop_.stop_requested()) frames_.clear(); // nobody asks for it any more
    }
  } catch (std::exception const&) { // NOLINT: what is no message ends the job like no message
  }
  stop_.request_stop();
}

} // namespace terracat::jobs

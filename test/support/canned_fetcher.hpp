#pragma once

#include <terracat/fetch.hpp>

#include <functional>
#include <map>
#include <string>
#include <vector>

namespace terracat::test {

/// Answers from memory, and remembers what it was asked.
class CannedFetcher : public fetch::Fetcher {
 public:
  using Answers = std::function<fetch::Response(fetch::Request const&)>;

  explicit CannedFetcher(Answers answers) : answers_(std::move(answers)) {}

  /// Bodies by URL; other URLs do not exist.
  explicit CannedFetcher(std::map<std::string, std::string> pages)
      : CannedFetcher([pages = std::move(pages)](fetch::Request const& request) {
          auto const found = pages.find(request.url);
          if (found == pages.end()) throw status(404);
          return fetch::Response{.status = 200, .body = found->second, .url = request.url};
        }) {}

  [[nodiscard]] fetch::Response fetch(fetch::Request const& request,
                                      std::stop_token stop) override {
    using Reason = fetch::FetchError::Reason;
    if (stop.stop_requested()) throw fetch::FetchError(Reason::stopped, 0, "stopped");
    requests.push_back(request);
    return answers_(request);
  }

  [[nodiscard]] std::vector<std::string> urls() const {
    std::vector<std::string> out;
    for (auto const& request : requests) out.push_back(request.url);
    return out;
  }

  /// What a fetcher throws for a status that is an error.
  [[nodiscard]] static fetch::FetchError status(int number, std::string answer = {}) {
    return {fetch::FetchError::Reason::status, number, "status " + std::to_string(number),
            std::move(answer)};
  }

  std::vector<fetch::Request> requests;

 private:
  Answers answers_;
};

} // namespace terracat::test

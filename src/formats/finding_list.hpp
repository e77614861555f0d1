#pragma once

#include <terracat/finding.hpp>

#include <vector>

namespace terracat::formats {

/// What was noticed about one document. A document with a million bad links is told apart from one
/// with a hundred by nobody, so the list ends there.
class FindingList {
 public:
  void add(FindingCode code, std::string where, std::string_view text) {
    constexpr std::size_t longest = 100;
    if (findings_.size() < longest) findings_.push_back({code, std::move(where), excerpt(text)});
  }

  [[nodiscard]] std::vector<Finding> take() { return std::move(findings_); }

 private:
  std::vector<Finding> findings_;
};

} // namespace terracat::formats

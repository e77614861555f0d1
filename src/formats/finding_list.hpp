#pragma once

#include <terracat/finding.hpp>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace terracat::formats {

/// What was noticed about one document, each thing once. A document with a million bad links is
/// told apart from one with a hundred by nobody, so the list ends there.
class FindingList {
 public:
  /// What is added from now on is dropped.
  [[nodiscard]] bool is_full() const noexcept { return findings_.size() == most; }

  void add(FindingCode code, std::string where, std::string_view text) {
    if (is_full()) return;
    Finding finding{.code = code, .where = std::move(where), .excerpt = excerpt(text)};
    if (std::ranges::find(findings_, finding) != findings_.end()) return;
    findings_.push_back(std::move(finding));
  }

  [[nodiscard]] std::vector<Finding> take() { return std::move(findings_); }

 private:
  static constexpr std::size_t most = 100;

  std::vector<Finding> findings_;
};

} // namespace terracat::formats

#pragma once

#include <terracat/keyword_decision.hpp>

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace terracat::catalogue {

/// A keyword as decisions name it: its words, without the difference of case and accents. Empty if
/// it has none, or is longer than a keyword can be.
[[nodiscard]] std::string folded_keyword(std::string_view text);

/// What operators decided of keywords. Fixed once it is made.
class KeywordDecisions {
 public:
  KeywordDecisions() = default;

  /// \param all  as a store has them: in the order of their keywords
  explicit KeywordDecisions(std::vector<store::KeywordDecision> all) noexcept
      : all_(std::move(all)) {}

  [[nodiscard]] std::span<store::KeywordDecision const> all() const noexcept { return all_; }

  /// \param keyword  folded  \return  null if nothing was decided
  [[nodiscard]] store::KeywordDecision const* find(std::string_view keyword) const noexcept;

  /// Keywords of which the two do not say the same, in order.
  [[nodiscard]] std::vector<std::string> differences(KeywordDecisions const& other) const;

  /// Another one for other decisions; 0 if there are none.
  [[nodiscard]] std::uint64_t digest() const;

 private:
  std::vector<store::KeywordDecision> all_;
};

} // namespace terracat::catalogue

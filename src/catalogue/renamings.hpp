#pragma once

#include <terracat/store_reader.hpp>

#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

/// Records that got another identifier at their source (doc/design.md 6): the one is missing, and a
/// new one says the same. They are proposed, and an operator decides.
namespace terracat::catalogue {

struct LikelyRenaming {
  store::RecordRow former; ///< missing at its source
  store::RecordRow now;    ///< came since the former was seen last
};

/// Those of a source: with one title but for case and accents, one box or none, and an address or a
/// DOI in common; each alone in that, and not refused before.
/// \param reader  without a state, and left so
/// \param stop    ends it with what was found so far
/// \throws geometry::Late
[[nodiscard]] std::vector<LikelyRenaming> likely_renamings(store::Reader& reader,
                                                           std::string const& source,
                                                           std::stop_token const& stop = {});

/// Where is kept which records an operator said that a record is not, by their native ids: among
/// what is kept of it that its source did not say.
[[nodiscard]] store::CorrectionKey refusals_of(store::RecordRow const& now);

/// True of what stands there: it corrects nothing.
[[nodiscard]] bool is_refusal(store::CorrectionKey const& key) noexcept;

/// The value with one more of them. \param value  empty: the first
[[nodiscard]] std::string with_refusal(std::string_view value, std::string_view native_id);

} // namespace terracat::catalogue

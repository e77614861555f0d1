#pragma once

#include <terracat/finding.hpp>
#include <terracat/record.hpp>

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace terracat::formats {

/// What was left out of one document since it has more of it than is taken: how much was taken and
/// how much was not, by what it is.
class CutList {
 public:
  /// So many more of these were left out.
  /// \param what   "variables": a list of the record, or words for what was not looked at; few
  ///               different ones
  /// \param taken  how many there are at most
  void left_out(std::string_view what, std::size_t taken, std::size_t count = 1);

  [[nodiscard]] bool empty() const noexcept { return cuts_.empty(); }

  /// Adds one finding `more-than-taken` for each of them.
  void tell(std::vector<Finding>& findings) const;

 private:
  struct Cut {
    std::size_t taken;
    std::size_t left;
  };

  std::map<std::string, Cut, std::less<>> cuts_;
};

/// The name of a list of the record as it is stored, or "entries" if it is none of them.
[[nodiscard]] std::string_view list_name(model::RecordParts const& parts, void const* list);

} // namespace terracat::formats

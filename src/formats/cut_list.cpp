#include "formats/cut_list.hpp"

#include "formats/record_fields.hpp"

namespace terracat::formats {

void CutList::left_out(std::string_view what, std::size_t taken, std::size_t count) {
  auto found = cuts_.find(what);
  if (found == cuts_.end()) found = cuts_.emplace(what, Cut{.taken = taken, .left = 0}).first;
  found->second.left += count;
}

void CutList::tell(std::vector<Finding>& findings) const {
  for (auto const& [what, cut] : cuts_) {
    auto const text = what + ": " + std::to_string(cut.taken) + " taken, " +
                      std::to_string(cut.left) + " left out";
    findings.push_back(
        {.code = FindingCode::more_than_taken, .where = {}, .excerpt = excerpt(text)});
  }
}

std::string_view list_name(model::RecordParts const& parts, void const* list) {
  std::string_view found = "entries";
  visit_fields(parts, [&](std::string_view name, auto const& field) {
    if (static_cast<void const*>(&field) == list) found = name;
  });
  return found;
}

} // namespace terracat::formats

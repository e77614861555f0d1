#include "api/merge_patch.hpp"

#include <optional>
#include <string_view>
#include <unordered_map>

namespace terracat::api {
namespace {

void begin_member(std::string& out, std::string_view name) {
  if (out.back() != '{') out += ',';
  out += json::quoted(name);
  out += ':';
}

/// As deep as the texts are, which their parsers bound.
/// \param target  nothing: there is no such member, or it is none to be changed in parts
void append_merged(std::string& out, std::optional<json::Value> const& target,
                   json::Value const& patch) {
  if (!patch.is_object()) return patch.append_to(out);
  std::unordered_map<std::string_view, json::Value> changes;
  for (auto const [name, value] : patch.members()) changes.emplace(name, value);
  out += '{';
  if (target) {
    for (auto const [name, value] : target->members()) {
      auto const change = changes.find(name);
      if (change == changes.end()) {
        begin_member(out, name);
        value.append_to(out);
        continue;
      }
      if (!change->second.is_null()) {
        begin_member(out, name);
        append_merged(out, value, change->second);
      }
      changes.erase(change);
    }
  }
  for (auto const [name, value] : patch.members()) { // in the order of the text
    if (value.is_null() || !changes.contains(name)) continue;
    begin_member(out, name);
    append_merged(out, std::nullopt, value);
  }
  out += '}';
}

} // namespace

std::string merged(json::Value const& target, json::Value const& patch) {
  std::string out;
  append_merged(out, target, patch);
  return out;
}

} // namespace terracat::api

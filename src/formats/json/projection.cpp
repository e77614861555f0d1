#include "formats/json/projection.hpp"

#include "formats/json/json_text.hpp"

#include <terracat/text.hpp>

#include <charconv>
#include <cmath>

namespace terracat::formats {
namespace {

constexpr std::string_view epsg_prefix = "EPSG:";

std::optional<std::int64_t> whole_number(std::string_view text) noexcept {
  std::int64_t number = 0;
  auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || number <= 0) return std::nullopt;
  return number;
}

} // namespace

void Projection::read(std::string_view name, json::Value const& value) {
  was_met_ = true;
  if (auto const text = value.string()) {
    read_text(trimmed(*text));
  } else if (auto const number = value.number(); number && name == "proj:epsg") {
    constexpr double greatest = 1e9;
    if (*number > 0 && *number < greatest && std::trunc(*number) == *number) {
      epsg_ = static_cast<std::int64_t>(*number);
    }
  }
  if (epsg_ && code_.empty()) code_ = std::string(epsg_prefix) + std::to_string(*epsg_);
}

void Projection::read_text(std::string_view text) {
  if (auto const number = whole_number(text)) {
    epsg_ = number;
    return;
  }
  auto const colon = text.find(':');
  if (colon == 0 || colon == std::string_view::npos) return;
  auto const code = text.substr(colon + 1);
  if (text.starts_with(epsg_prefix)) {
    auto const number = whole_number(code);
    if (number && !epsg_) epsg_ = number;
    if (number) code_ = text;
  } else if (!code.empty() && code != "None" && code != "null") {
    code_ = text;
  }
}

void Projection::append(std::string& out) const {
  if (epsg_) append_raw_member(out, "proj:epsg", std::to_string(*epsg_));
  if (!code_.empty()) append_member(out, "proj:code", code_);
}

} // namespace terracat::formats

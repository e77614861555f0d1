#include "cli/terminal.hpp"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <unistd.h>

#include <algorithm>
#include <iostream>

namespace terracat::cli {
namespace {

using std::chrono::steady_clock;

std::string duration(double seconds) {
  auto const whole = static_cast<std::int64_t>(seconds);
  if (whole < 60) return std::to_string(whole) + " s";
  if (whole < 3'600)
    return std::to_string(whole / 60) + " min " + std::to_string(whole % 60) + " s";
  return std::to_string(whole / 3'600) + " h " + std::to_string(whole / 60 % 60) + " min";
}

} // namespace

std::string plain(std::string_view text) {
  auto const* const bytes = reinterpret_cast<std::uint8_t const*>(text.data());
  auto const length = static_cast<std::int32_t>(text.size());
  std::string out;
  for (std::int32_t i = 0; i < length;) {
    auto const start = static_cast<std::size_t>(i);
    UChar32 point = 0;
    U8_NEXT(bytes, i, length, point);
    bool const is_line_end = point == '\n';
    bool const steers =
        point < 0 || u_charType(point) == U_CONTROL_CHAR || u_charType(point) == U_FORMAT_CHAR;
    if (is_line_end || !steers) out += text.substr(start, static_cast<std::size_t>(i) - start);
  }
  return out;
}

std::string plain_line(std::string_view text) {
  auto out = plain(text);
  std::ranges::replace(out, '\n', ' ');
  return out;
}

ProgressLine::ProgressLine(std::string name)
    : name_(std::move(name)), is_terminal_(::isatty(STDERR_FILENO) == 1) {}

ProgressLine::~ProgressLine() {
  if (is_open_) std::cerr << '\n';
}

bool ProgressLine::is_due() {
  auto const period = is_terminal_ ? std::chrono::milliseconds(200) : std::chrono::seconds(10);
  auto const now = steady_clock::now();
  if (now - last_ < period) return false;
  last_ = now;
  return true;
}

void ProgressLine::write(std::string const& text) {
  if (is_terminal_) {
    std::cerr << '\r' << "\x1b[K" << plain(name_) << ": " << text << std::flush;
    is_open_ = true;
  } else {
    std::cerr << plain(name_) << ": " << text << std::endl;
  }
}

void ProgressLine::show(run::Progress const& progress) {
  if (!is_due()) return;
  auto const& counts = progress.counts;
  auto const done =
      counts.created + counts.updated + counts.unchanged + counts.skipped + counts.failed;
  std::chrono::duration<double> const took = steady_clock::now() - start_;
  auto const rate = static_cast<double>(done) / std::max(took.count(), 0.001);
  auto text = std::to_string(done);
  if (progress.announced) text += " of " + std::to_string(*progress.announced);
  text += " documents, " + std::to_string(static_cast<std::int64_t>(rate)) + "/s";
  if (progress.announced && rate > 0) {
    auto const left = static_cast<double>(*progress.announced) - static_cast<double>(done);
    text += ", " + duration(std::max(left, 0.0) / rate) + " left";
  }
  write(text);
}

void ProgressLine::show(double done) {
  if (!is_due()) return;
  write(std::to_string(static_cast<int>(done * 100)) + " %");
}

} // namespace terracat::cli

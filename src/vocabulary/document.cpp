#include "vocabulary/document.hpp"

#include <algorithm>
#include <system_error>
#include <utility>

namespace terracat::vocabulary {
namespace {

/// What is larger is no vocabulary.
constexpr std::uintmax_t most_bytes = std::uintmax_t{4} << 30U;

Finding refusal(FindingCode code) {
  return {.code = code, .where = {}, .excerpt = {}};
}

} // namespace

boost::system::result<Document, Finding> Document::open(std::filesystem::path const& path) {
  std::error_code error;
  if (!std::filesystem::is_regular_file(path, error)) {
    return refusal(FindingCode::file_unreadable);
  }
  auto const size = std::filesystem::file_size(path, error);
  if (error) return refusal(FindingCode::file_unreadable);
  if (size > most_bytes) return refusal(FindingCode::too_large);
  std::ifstream file(path, std::ios::binary);
  if (!file.good()) return refusal(FindingCode::file_unreadable);
  return Document(std::move(file), size);
}

std::string Document::read(std::size_t most) {
  if (!file_.is_open()) {
    auto const next = text_.substr(at_, most);
    at_ += next.size();
    return std::string(next);
  }
  std::string out(std::min<std::uintmax_t>(most, size_ + 1), '\0'); // it may have grown by now
  file_.read(out.data(), static_cast<std::streamsize>(out.size()));
  is_broken_ = is_broken_ || file_.bad();
  out.resize(static_cast<std::size_t>(file_.gcount()));
  return out;
}

void Document::rewind() {
  at_ = 0;
  if (!file_.is_open()) return;
  file_.clear();
  file_.seekg(0);
}

boost::system::result<std::string, Finding> Document::whole(std::size_t most) {
  if (size_ > most) return refusal(FindingCode::too_large);
  rewind();
  auto out = read(most);
  if (is_broken_) return refusal(FindingCode::file_unreadable);
  return out;
}

std::string_view beginning_of(std::string_view text) noexcept {
  constexpr std::string_view mark = "\xEF\xBB\xBF";
  if (text.starts_with(mark)) text.remove_prefix(mark.size());
  text.remove_prefix(std::min(text.find_first_not_of(" \t\r\n"), text.size()));
  return text;
}

} // namespace terracat::vocabulary

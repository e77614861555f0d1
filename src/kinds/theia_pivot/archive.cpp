#include "kinds/theia_pivot/archive.hpp"

#include "kinds/inflate.hpp"

#include <algorithm>

namespace terracat::kinds::theia_pivot {
namespace {

constexpr std::string_view local_sign = "PK\x03\x04";
constexpr std::string_view entry_sign = "PK\x01\x02";
constexpr std::string_view end_sign = "PK\x05\x06";

constexpr std::size_t most_entries = 10'000;
constexpr std::size_t local_bytes = 30; ///< of the head of a file, before its name
constexpr std::size_t entry_bytes = 46; ///< of an entry of the list, before its name
constexpr std::size_t end_bytes = 22;
constexpr std::size_t most_behind = 65'535; ///< a remark behind the end of the list

constexpr std::uint16_t encrypted = 1;
constexpr std::uint16_t stored = 0;
constexpr std::uint16_t deflated = 8;

Finding unreadable(std::string_view why) {
  return {.code = FindingCode::file_unreadable, .where = {}, .excerpt = std::string(why)};
}

/// A number of so many bytes, the lowest first.
/// \pre  they are there
std::uint32_t number_at(std::string_view bytes, std::size_t at, std::size_t size) {
  std::uint32_t out = 0;
  for (auto i = size; i > 0; --i) out = out << 8U | static_cast<unsigned char>(bytes[at + i - 1]);
  return out;
}

std::uint16_t short_at(std::string_view bytes, std::size_t at) {
  return static_cast<std::uint16_t>(number_at(bytes, at, 2));
}

std::uint32_t long_at(std::string_view bytes, std::size_t at) {
  return number_at(bytes, at, 4);
}

/// So many bytes from there, or none if they are not there.
std::string_view piece(std::string_view bytes, std::size_t at, std::size_t size) {
  return at <= bytes.size() && size <= bytes.size() - at ? bytes.substr(at, size)
                                                         : std::string_view();
}

} // namespace

bool starts_like_archive(std::string_view bytes) noexcept {
  return bytes.starts_with(local_sign) || bytes.starts_with(end_sign);
}

boost::system::result<std::vector<Entry>, Finding> entries_of(std::string_view archive) {
  auto const tail =
      archive.substr(archive.size() - std::min(archive.size(), most_behind + end_bytes));
  auto const found = tail.rfind(end_sign);
  auto const end =
      found == std::string_view::npos ? std::string_view() : piece(tail, found, end_bytes);
  if (end.empty()) return unreadable("the archive is cut off");
  auto const count = short_at(end, 10);
  if (count > most_entries) return unreadable("the archive has too many files");
  std::size_t at = long_at(end, 16);
  std::vector<Entry> out;
  for (std::size_t i = 0; i < count; ++i) {
    auto const head = piece(archive, at, entry_bytes);
    if (!head.starts_with(entry_sign)) return unreadable("the list of the archive is damaged");
    auto const length = short_at(head, 28);
    auto const name = piece(archive, at + entry_bytes, length);
    if (name.size() != length) return unreadable("the list of the archive is damaged");
    at += entry_bytes + length + short_at(head, 30) + short_at(head, 32);
    if (name.empty() || name.ends_with('/')) continue;
    out.push_back({.name = std::string(name),
                   .flags = short_at(head, 8),
                   .method = short_at(head, 10),
                   .checksum = long_at(head, 16),
                   .packed = long_at(head, 20),
                   .start = long_at(head, 42)});
  }
  return out;
}

boost::system::result<std::string, Finding>
contents_of(std::string_view archive, Entry const& entry, std::size_t most, std::size_t& spent) {
  spent = 0;
  if ((entry.flags & encrypted) != 0) return unreadable("the file is encrypted");
  auto const head = piece(archive, entry.start, local_bytes);
  if (!head.starts_with(local_sign)) return unreadable("the archive is damaged");
  auto const begin = entry.start + local_bytes + short_at(head, 26) + short_at(head, 28);
  auto const packed = piece(archive, begin, entry.packed);
  if (packed.size() != entry.packed) return unreadable("the archive is cut off");
  std::optional<std::string> out;
  if (entry.method == stored) {
    if (packed.size() <= most) out = std::string(packed);
    spent = out ? out->size() : 0;
  } else if (entry.method == deflated) {
    out = inflated(packed, Deflated::raw, most, spent);
    spent = std::max(spent, packed.size()); // empty blocks become nothing
  } else {
    return unreadable("the file is packed in a way that is not known");
  }
  if (!out) return Finding{FindingCode::too_large, {}, "or the archive is damaged"};
  if (checksum_of(*out) != entry.checksum) return unreadable("the file is damaged");
  return std::move(*out);
}

} // namespace terracat::kinds::theia_pivot

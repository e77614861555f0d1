#include "api/handlers.hpp"
#include "api/problems.hpp"
#include "api/tags.hpp"

#include "query/digest.hpp"

#include <terracat/descriptor.hpp>

#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>

namespace terracat::api {
namespace {

/// As FileRange shares it with whoever sends it.
using SharedFile = std::shared_ptr<int const>;

SharedFile owned(int descriptor) {
  return {new int(descriptor), [](int const* held) { // NOLINT: the deleter closes and frees
            ::close(*held);
            delete held; // NOLINT
          }};
}

[[noreturn]] void not_found() {
  throw ProblemError(
      {.kind = ProblemKind::not_found, .detail = "there is no such file", .where = {}});
}

/// Opens a file below a folder. The kernel itself sees to it that no ".." and no symbolic link
/// leads out of the folder.
/// \return  null if there is no such file, or it lies elsewhere
SharedFile open_beneath(std::string const& folder, std::string const& path) {
  Descriptor const root(::open(folder.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC)); // NOLINT: C
  if (root.number() < 0) return nullptr;
  open_how how{};
  how.flags = O_RDONLY | O_CLOEXEC | O_NONBLOCK;
  how.resolve = RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS;
  auto const file = ::syscall(SYS_openat2, root.number(), path.c_str(), &how, sizeof how); // NOLINT
  return file < 0 ? nullptr : owned(static_cast<int>(file));
}

/// The decoded path below the folder. \return  nothing for what can be no file: empty segments,
/// dots
std::optional<std::string> relative_path(std::string_view encoded) {
  std::string out;
  while (true) {
    auto const slash = encoded.find('/');
    auto const segment = decode_segment(encoded.substr(0, slash));
    bool const is_name = segment && !segment->empty() && *segment != "." && *segment != ".." &&
                         segment->find('/') == std::string::npos;
    if (!is_name) return std::nullopt;
    out += (out.empty() ? "" : "/") + *segment;
    if (slash == std::string_view::npos) return out;
    encoded.remove_prefix(slash + 1);
  }
}

struct Type {
  std::string_view ending;
  std::string_view media_type;
};

constexpr std::array types{
    Type{".csv", "text/csv"},
    Type{".geojson", "application/geo+json"},
    Type{".gpkg", "application/geopackage+sqlite3"},
    Type{".jpg", "image/jpeg"},
    Type{".jpeg", "image/jpeg"},
    Type{".json", "application/json"},
    Type{".laz", "application/vnd.laszip"},
    Type{".nc", "application/netcdf"},
    Type{".parquet", "application/vnd.apache.parquet"},
    Type{".pdf", "application/pdf"},
    Type{".png", "image/png"},
    Type{".tif", "image/tiff; application=geotiff"},
    Type{".tiff", "image/tiff; application=geotiff"},
    Type{".txt", "text/plain; charset=utf-8"},
    Type{".xml", "application/xml"},
    Type{".zip", "application/zip"},
};

std::string_view media_type(std::string_view path) noexcept {
  auto const* const found =
      std::ranges::find_if(types, [&](Type const& type) { return path.ends_with(type.ending); });
  return found == types.end() ? std::string_view("application/octet-stream") : found->media_type;
}

/// The name for `Content-Disposition` (RFC 6266): the last segment, quotes and controls left out.
std::string disposition(std::string const& path) {
  auto const name = path.substr(path.rfind('/') + 1);
  std::string plain;
  for (auto const c : name) {
    auto const byte = static_cast<unsigned char>(c);
    plain += byte < 0x20 || byte > 0x7e || c == '"' || c == '\\' ? '_' : c;
  }
  return "attachment; filename=\"" + plain + "\"; filename*=UTF-8''" + encode(name);
}

struct Span {
  std::uint64_t first;
  std::uint64_t last;
};

std::optional<std::uint64_t> number_in(std::string_view text) noexcept {
  std::uint64_t value = 0;
  auto const* const end = text.data() + text.size();
  auto const [stop, error] = std::from_chars(text.data(), end, value);
  return error == std::errc{} && stop == end ? std::optional(value) : std::nullopt;
}

/// One range of bytes (RFC 9110 14.1.2). Several ranges, and units that are none, are ignored,
/// which the standard allows: the whole file is answered.
/// \return  nothing for the whole file; a span that begins at the end or behind it if the range
///          lies there
std::optional<Span> range_of(std::string_view header, std::uint64_t size) {
  constexpr std::string_view unit = "bytes=";
  if (!header.starts_with(unit) || header.find(',') != std::string_view::npos) return std::nullopt;
  auto const range = header.substr(unit.size());
  auto const dash = range.find('-');
  if (dash == std::string_view::npos) return std::nullopt;
  auto const first = number_in(range.substr(0, dash));
  auto const last = number_in(range.substr(dash + 1));
  std::optional<Span> span;
  if (first && (last || dash + 1 == range.size())) {
    span = Span{*first, std::min(last.value_or(UINT64_MAX), size == 0 ? 0 : size - 1)};
    if (last && *last < *first) return std::nullopt;
  } else if (dash == 0 && last) {
    span = Span{size - std::min(*last, size), size == 0 ? 0 : size - 1};
    if (*last == 0) span->first = size;
  } else {
    return std::nullopt;
  }
  return span;
}

/// The answer to a range that lies beyond the end of a file of that size.
Reply beyond_the_end(Exchange const& exchange, std::uint64_t size) {
  auto const bytes = std::to_string(size);
  auto reply = problem_reply({.kind = ProblemKind::range_not_satisfiable,
                              .detail = "the file has " + bytes + " bytes",
                              .where = "Range"},
                             exchange.request().head.request_id);
  reply.headers.emplace_back("Content-Range", "bytes */" + bytes);
  return reply;
}

/// A file is the same as long as its place, size and time of change are.
std::string file_tag(struct stat const& status, std::string const& path) {
  query::Digest what;
  what.add(path).add(static_cast<std::uint64_t>(status.st_size));
  what.add(static_cast<std::uint64_t>(status.st_mtim.tv_sec));
  what.add(static_cast<std::uint64_t>(status.st_mtim.tv_nsec));
  return "\"" + std::to_string(what.value()) + "\"";
}

} // namespace

Reply get_asset(Exchange& exchange) {
  auto const& folders = exchange.site().asset_folders;
  auto const folder = std::ranges::find(folders, exchange.captured("source"), &AssetFolder::source);
  auto const path = relative_path(exchange.captured_rest("path"));
  if (folder == folders.end() || !path) not_found();
  auto const file = open_beneath(folder->path, *path);

  struct stat status {};

  if (!file || ::fstat(*file, &status) != 0 || !S_ISREG(status.st_mode)) not_found();

  auto const size = static_cast<std::uint64_t>(status.st_size);
  auto const tag = file_tag(status, *path);
  auto const& head = exchange.request().head;
  Reply reply{.status = 200,
              .content_type = std::string(media_type(*path)),
              .headers = {{"Accept-Ranges", "bytes"},
                          {"Content-Disposition", disposition(*path)},
                          {"ETag", tag},
                          {"Cache-Control", "no-cache"},
                          {"Content-Security-Policy", "sandbox; default-src 'none'"}},
              .content = FileRange{.descriptor = file, .offset = 0, .length = size}};
  if (lists_tag(head.if_none_match, tag)) {
    reply.status = 304;
    reply.content = Text{};
    return reply;
  }
  bool const may_be_partial = head.if_range.empty() || head.if_range == tag;
  auto const range = may_be_partial ? range_of(head.range, size) : std::nullopt;
  if (range && range->first >= size) return beyond_the_end(exchange, size);
  if (range) {
    reply.status = 206;
    reply.headers.emplace_back("Content-Range", "bytes " + std::to_string(range->first) + "-" +
                                                    std::to_string(range->last) + "/" +
                                                    std::to_string(size));
    reply.content = FileRange{
        .descriptor = file, .offset = range->first, .length = range->last - range->first + 1};
  }
  return reply;
}

} // namespace terracat::api

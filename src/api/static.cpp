#include "api/handlers.hpp"
#include "api/media_types.hpp"
#include "api/tags.hpp"
#include "pages/static_files.hpp"

/// Files that pages are shown with, under addresses that change with their content: those in the
/// program, coded ahead, and those of the site's own look.
namespace terracat::api {
namespace {

/// The file as the client prefers it, and what that coding is called; empty: it is as it is.
struct Coded {
  std::string_view bytes;
  std::string_view coding;
};

Coded coded(EmbeddedFile const& file, Coding preferred) noexcept {
  if (preferred == Coding::brotli && !file.brotli.empty()) return {file.brotli, "br"};
  if (preferred == Coding::zstd && !file.zstd.empty()) return {file.zstd, "zstd"};
  if (preferred == Coding::gzip && !file.gzip.empty()) return {file.gzip, "gzip"};
  return {file.bytes, {}};
}

} // namespace

Reply get_static(Exchange& exchange) {
  auto const* const file = pages::static_file(exchange.captured("file"));
  if (file == nullptr) {
    throw ProblemError(
        {.kind = ProblemKind::not_found, .detail = "there is no such file", .where = {}});
  }
  auto const& head = exchange.request().head;
  auto const [bytes, coding] = coded(*file, head.coding);
  auto const tag =
      "\"" + std::string(file->address) + (coding.empty() ? "" : "-") + std::string(coding) + "\"";
  Reply reply{.status = 200,
              .content_type = std::string(pages::media_type_of(*file)),
              .headers = {{"Cache-Control", "public, max-age=31536000, immutable"},
                          {"ETag", tag},
                          {"Vary", "Accept-Encoding"},
                          {"Content-Security-Policy", "sandbox; default-src 'none'"}},
              .content = Text{}};
  if (lists_tag(head.if_none_match, tag)) {
    reply.status = 304;
    reply.content_type.clear();
    return reply;
  }
  if (!coding.empty()) reply.headers.emplace_back("Content-Encoding", coding);
  reply.content = Text{std::string(bytes)};
  return reply;
}

Reply get_look(Exchange& exchange) {
  auto const look = exchange.site().look;
  auto const name = std::string(exchange.captured("file"));
  auto const mark = std::string(exchange.captured("mark"));
  auto const* const file =
      look == nullptr || look->address != "/look/" + mark ? nullptr : look->file(name);
  if (file == nullptr) {
    throw ProblemError(
        {.kind = ProblemKind::not_found, .detail = "there is no such file", .where = {}});
  }
  auto const tag = "W/\"" + mark + "-" + name + "\"";
  Reply reply{.status = 200,
              .content_type = std::string(pages::look_type(name).value_or(bytes_type)),
              .headers = {{"Cache-Control", "public, max-age=31536000, immutable"},
                          {"ETag", tag},
                          {"Content-Security-Policy", "sandbox; default-src 'none'"}},
              .content = Text{}};
  if (lists_tag(exchange.request().head.if_none_match, tag)) {
    reply.status = 304;
    reply.content_type.clear();
    return reply;
  }
  reply.content = Text{file->bytes};
  return reply;
}

} // namespace terracat::api

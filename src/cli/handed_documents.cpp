#include "cli/handed_documents.hpp"

#include "model/finding_code.hpp"

#include <terracat/json.hpp>

namespace terracat::cli {
namespace {

using kinds::ProtocolError;

void write(json::Writer& out, kinds::RawDocument const& document) {
  out.begin_object().name("bytes").integer(static_cast<std::int64_t>(document.bytes.size()));
  out.member("native_id", document.native_id).member("format", document.format);
  out.member("address", document.address).member("collection", document.collection).end_object();
}

void write(json::Writer& out, kinds::Failure const& failure) {
  out.begin_object().member("native_id", failure.native_id);
  out.member("code", name(failure.finding.code)).member("where", failure.finding.where);
  out.member("excerpt", failure.finding.excerpt).end_object();
}

void send(jobs::Channel& channel, kinds::Page const& page) {
  json::Writer out;
  out.begin_object().name("page").begin_object().name("documents").begin_array();
  for (auto const& document : page.documents) write(out, document);
  out.end_array().name("failures").begin_array();
  for (auto const& failure : page.failures) write(out, failure);
  channel.send_json(out.end_array().end_object().end_object().take());
  std::string bytes;
  for (auto const& document : page.documents) bytes += document.bytes;
  channel.send_bytes(bytes);
}

std::string text(json::Value const& value, std::string_view name) {
  return std::string(value.string(name).value_or(""));
}

[[noreturn]] void refuse() {
  throw ProtocolError("the command that hands over documents speaks another language");
}

/// The wall between two processes, seen from the one that writes.
class HandedDocuments : public kinds::Harvester {
 public:
  explicit HandedDocuments(jobs::Caller& caller) : caller_(caller) {}

  [[nodiscard]] std::optional<kinds::Page> next(std::stop_token) override {
    caller_.send_json(R"({"want":"page"})");
    auto const answer = receive(jobs::Frame::Kind::json);
    auto const document = json::Document::parse(answer);
    if (!document) refuse();
    if (auto const end = document->root().member("end")) {
      auto const complete = end->member("complete");
      is_complete_ = complete && complete->boolean().value_or(false);
      if (auto const why = end->string("failed")) throw ProtocolError(std::string(*why));
      return std::nullopt;
    }
    auto const page = document->root().member("page");
    if (!page) refuse();
    return read(*page);
  }

  [[nodiscard]] bool complete() const noexcept override { return is_complete_; }

 private:
  static constexpr std::int64_t longest_document = std::int64_t{64} << 20;

  std::string receive(jobs::Frame::Kind kind) {
    auto frame = caller_.receive();
    if (!frame)
      throw fetch::FetchError(fetch::FetchError::Reason::stopped, 0, "stopped by request");
    if (frame->kind != kind) refuse();
    return std::move(frame->content);
  }

  kinds::Page read(json::Value const& value) {
    kinds::Page page;
    auto const documents = value.member("documents");
    auto const failures = value.member("failures");
    if (!documents || !failures) refuse();
    for (auto const element : documents->elements()) {
      auto const size = element.member("bytes");
      auto const bytes = size ? size->integer() : std::nullopt;
      if (!bytes || *bytes < 0 || *bytes > longest_document) refuse();
      page.documents.push_back({.native_id = text(element, "native_id"),
                                .format = text(element, "format"),
                                .bytes = take(static_cast<std::size_t>(*bytes)),
                                .address = text(element, "address"),
                                .collection = text(element, "collection")});
    }
    for (auto const element : failures->elements()) {
      auto const code = finding_code(text(element, "code"));
      if (!code) refuse();
      page.failures.push_back({.native_id = text(element, "native_id"),
                               .finding = {.code = *code,
                                           .where = text(element, "where"),
                                           .excerpt = excerpt(text(element, "excerpt"))}});
    }
    return page;
  }

  std::string take(std::size_t size) {
    while (bytes_.size() - taken_ < size) {
      bytes_.erase(0, taken_);
      taken_ = 0;
      bytes_ += receive(jobs::Frame::Kind::bytes);
    }
    taken_ += size;
    return bytes_.substr(taken_ - size, size);
  }

  jobs::Caller& caller_;
  std::string bytes_; ///< received; those up to taken_ were handed out
  std::size_t taken_ = 0;
  bool is_complete_ = false;
};

} // namespace

void send_page(jobs::Channel& channel, kinds::Harvester& documents, std::stop_token const& stop) {
  json::Writer out;
  try {
    if (auto const page = documents.next(stop)) return send(channel, *page);
    out.begin_object().name("end").begin_object();
    out.name("complete").boolean(documents.complete());
  } catch (kinds::ProtocolError const& error) {
    out.begin_object().name("end").begin_object().member("failed", error.what());
  } catch (fetch::FetchError const&) {
    return; // stopped: the other side has been told
  }
  channel.send_json(out.end_object().end_object().take());
}

std::unique_ptr<kinds::Harvester> documents_from(jobs::Caller& caller) {
  return std::make_unique<HandedDocuments>(caller);
}

} // namespace terracat::cli

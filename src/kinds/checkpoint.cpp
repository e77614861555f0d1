#include "kinds/checkpoint.hpp"

#include <terracat/kind.hpp>

namespace terracat::kinds {
namespace {

std::string fingerprint(std::string_view query) {
  return std::to_string(stable_hash(query));
}

json::Document parsed(std::string_view text) {
  auto document = json::Document::parse(text);
  if (!document) throw StaleCheckpoint("the checkpoint cannot be read");
  return std::move(*document);
}

} // namespace

json::Writer begin_checkpoint(std::int64_t version, std::string_view query) {
  json::Writer out;
  out.begin_object().name("version").integer(version).name("query").string(fingerprint(query));
  return out;
}

Checkpoint::Checkpoint(std::string_view text, std::int64_t version, std::string_view query)
    : document_(parsed(text)) {
  auto const written = count("version");
  if (!written || static_cast<std::int64_t>(*written) != version) {
    throw StaleCheckpoint("the checkpoint is of another version");
  }
  if (root().string("query") != fingerprint(query)) {
    throw StaleCheckpoint(
        "the checkpoint belongs to another query: the source was configured anew");
  }
}

std::optional<std::size_t> Checkpoint::count(std::string_view name) const {
  auto const member = root().member(name);
  auto const value = member ? member->integer() : std::nullopt;
  if (!value || *value < 0) return std::nullopt;
  return static_cast<std::size_t>(*value);
}

std::size_t Checkpoint::needed_count(std::string_view name) const {
  auto const value = count(name);
  if (!value) throw StaleCheckpoint("the checkpoint has no " + std::string(name));
  return *value;
}

bool Checkpoint::flag(std::string_view name) const {
  auto const member = root().member(name);
  return member && member->boolean().value_or(false);
}

std::optional<SeenIds> Checkpoint::ids(std::string_view name) const {
  auto const text = root().string(name);
  if (!text) return std::nullopt;
  auto seen = SeenIds::from_text(*text);
  if (!seen) throw StaleCheckpoint("the checkpoint's ids cannot be read");
  return seen;
}

} // namespace terracat::kinds
